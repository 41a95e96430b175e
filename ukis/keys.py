"""A row that another names, chosen by search; without scripts by typing what it is called."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from ukis.rows import SentFormSet

SHOWN = 5  # of several that are called the same
LONGEST = 1_000  # letters; nothing is called so long, and SQLite refuses to look for much more


def may_be_a_key(model: type[Model], value: str) -> bool:
    """An address or a form may name anything; the admin would ask the database for it."""
    try:
        key = model._meta.pk
        key.run_validators(key.to_python(value))
    except ValidationError:
        return False
    return True


class Typed(str):
    """What somebody typed in place of choosing; kept as it is until it is found."""


class Autocomplete(AutocompleteSelect):
    """The admin's, with words in its empty option, which it otherwise leaves out or leaves blank: not valid HTML.

    Without scripts it offers nothing but what is chosen already, so a text beside it says what is meant.
    """

    # What the page has loaded already, by its key: a row's choice is then not asked for once more.
    known: dict[str, str] = {}

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        typed = ' '.join(str(data.get(f'{name}-typed', '')).split())
        return Typed(typed) if typed else super().value_from_datadict(data, files, name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return f'{name}-typed' not in data and super().value_omitted_from_data(data, files, name)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        typed = value if isinstance(value, Typed) else ''
        return format_html(
            '{}<noscript><input class="vTextField" name="{}-typed" value="{}" aria-label="{}">'
            '<span class="help">{}</span></noscript>',
            super().render(name, None if typed else value, attrs, renderer),
            name,
            typed,
            f'{str(self.field.verbose_name).capitalize()}, typed',
            'Or type the whole name, the email address or the number.',
        )

    def optgroups(self, name: str, value: Sequence[str], attrs: Any = None) -> list:
        asked = [
            one for one in value if may_be_a_key(self.field.remote_field.model, one) and one not in self.known
        ]
        # To find out that there are no rows without a key, Django writes a whole question.
        groups: list[Any] = super().optgroups(name, asked, attrs) if asked else [(None, [], 0)]
        options = groups[0][1]
        options += [
            self.create_option(name, one, self.known[one], selected=True, index=1)
            for one in value
            if one in self.known
        ]
        options[:] = [option for option in options if option['value'] != '']
        options.insert(0, self.create_option(name, '', '–', selected=not any(value), index=0))
        return groups


class KeyField(forms.ModelChoiceField):
    """Takes what was chosen, or finds what was typed: exactly one row is called so, or the person is told."""

    default_error_messages = {'invalid_choice': 'It is not there, or no longer. Choose again.'}
    names: Sequence[str] = ()  # the fields of the row by which it is known

    def to_python(self, value: Any) -> Model | None:
        if not isinstance(value, Typed):
            return super().to_python(value)
        found = list(self._called(value)[: SHOWN + 1])
        if not found:
            called = Truncator(value).chars(80)
            raise ValidationError(f'Nothing here is called “{called}”. Type the whole name.', code='unknown')
        if len(found) > 1:
            several = ', '.join(f'{row} (#{row.pk})' for row in found[:SHOWN])
            more = ' and others' if len(found) > SHOWN else ''
            raise ValidationError(
                f'Several are called “{value}”: {several}{more}. Type the number with its #.', code='several'
            )
        return found[0]

    def _called(self, typed: str) -> QuerySet:
        rows: Any = self.queryset
        if len(typed) > LONGEST:
            return rows.none()
        key = typed.removeprefix('#')
        if typed.startswith('#') and key.isascii() and key.isdigit() and len(key) < 19:
            return rows.filter(pk=int(key))
        called = Q(pk__in=[])
        for name in self.names:
            called |= Q(**{f'{name}__iexact': typed})
        return rows.filter(called).order_by('pk').distinct()


class KnowingFormSet(SentFormSet):
    """Tells each row's autocompletes what its row holds. The inline's queryset brings it along."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = getattr(field.widget, 'widget', field.widget)
            held = (
                getattr(form.instance, name, None)
                if isinstance(widget, Autocomplete) and form.instance.pk
                else None
            )
            if held is not None:
                widget.known = {str(held.pk): str(held)}


class KeysField(forms.ModelMultipleChoiceField):
    """Several rows, chosen; what cannot be the key of one is said to be none, and no database is asked for it."""

    def clean(self, value: Any) -> Any:
        rows: Any = self.queryset
        for key in value if isinstance(value, list | tuple) else ():
            if not may_be_a_key(rows.model, str(key)):
                raise ValidationError(
                    self.error_messages['invalid_choice'], code='invalid_choice', params={'value': key}
                )
        return super().clean(value)


class Autocompleted:
    """For the admin of a model, or an inline, with `autocomplete_fields`: keys by the field and widget above."""

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        return super().formfield_for_manytomany(db_field, request, **{'form_class': KeysField, **kwargs})  # type: ignore[misc]

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name not in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
        site = self.admin_site  # type: ignore[attr-defined]
        kwargs |= {'widget': Autocomplete(db_field, site), 'form_class': KeyField}
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
        field.names = site.get_model_admin(db_field.remote_field.model).search_fields
        return field
