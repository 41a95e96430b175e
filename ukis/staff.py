"""What every page of the admin shares: pages and blocks that the apps add, and fields for keys."""

from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from django.contrib.admin.widgets import AdminDateWidget, AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import DateField, ForeignKey
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse

from ukis import days

Page = tuple[str, Callable[..., HttpResponse], str, Callable[..., NoReturn]]
Block = Callable[[HttpRequest], dict | None]

# Filled by the apps' admin modules when they are imported, so that nothing here names an app.
# (route below /admin/, view, name, what refuses who is no staff): pages of an app's own
pages: list[Page] = []
blocks: list[Block] = []  # what stands first on the front page: {'template': …} and its context, or None


class Day(AdminDateWidget):
    """The admin's, with its shortcuts; shows a day in words."""

    def format_value(self, value: Any) -> Any:
        return days.DayInput.format_value(self, value)  # type: ignore[arg-type]


# For `formfield_overrides` of an admin or an inline in which a day is asked for.
DAYS: dict[type, dict[str, Any]] = {DateField: {'form_class': days.DayField, 'widget': Day}}


class Autocomplete(AutocompleteSelect):
    """The admin's, with words in its empty option, which it otherwise leaves out or leaves blank: not valid HTML."""

    # What the page has loaded already, by its key: a row's choice is then not asked for once more.
    known: dict[str, str] = {}

    def optgroups(self, name: str, value: Sequence[str], attrs: Any = None) -> list:
        asked = [one for one in value if self._may_be_a_key(one) and one not in self.known]
        groups = super().optgroups(name, asked, attrs)
        options = groups[0][1]
        options += [
            self.create_option(name, one, self.known[one], selected=True, index=1)
            for one in value
            if one in self.known
        ]
        options[:] = [option for option in options if option['value'] != '']
        options.insert(0, self.create_option(name, '', '–', selected=not any(value), index=0))
        return groups

    def _may_be_a_key(self, value: str) -> bool:
        """An address or a form may name anything; the admin would ask the database for it."""
        try:
            key = self.field.remote_field.model._meta.pk
            key.run_validators(key.to_python(value))
        except ValidationError:
            return False
        return True


class KnowingFormSet(BaseInlineFormSet):
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


class Autocompleted:
    """For the admin of a model, or an inline, with `autocomplete_fields`: keys by the widget above."""

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs['widget'] = Autocomplete(db_field, self.admin_site)  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
