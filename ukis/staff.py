"""What every page of the admin shares: pages and blocks that the apps add, and fields for keys.

And the base of all change forms of ours, which keeps two tabs from undoing one another.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, NoReturn

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminDateWidget, AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import DateField, ForeignKey
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest, HttpResponse

from ukis import days
from ukis.unsaved import both, standing

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


CONFLICT = 409


class StaffModelAdmin(Autocompleted, admin.ModelAdmin):
    """Every page of ours in the admin is one. Its change form carries what it began from, inlines included. What
    somebody else saved meanwhile is shown beside what was typed before one goes over the other."""

    formfield_overrides = DAYS
    # Keys to rows whose own page changes this one too: held before it, as that page does.
    held_first: Sequence[str] = ()

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kw: Any
    ) -> Any:
        if request.method != 'POST' or object_id is None:
            return super().changeform_view(request, object_id, *args, **kw)
        with transaction.atomic():
            with suppress(ValueError, ValidationError):  # no key at all: answered below
                self._hold(unquote(object_id))
            return super().changeform_view(request, object_id, *args, **kw)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: type[ModelForm] = super().get_form(request, obj, change, **kwargs)
        if obj is None or not change:
            return form
        hanging = self._hanging(request, obj) if request.method == 'POST' else []

        class Beginning(form):  # type: ignore[valid-type, misc]
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **kwargs)
                self.hanging = hanging
                self.fields['began'] = standing.began_from(self)
                self.fields['began'].hang(standing.state_of_rows(hanging))

        return Beginning

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        form = context['adminform'].form
        sent = [one.formset for one in context['inline_admin_formsets']]
        stale = standing.is_stale(form)
        if 'began' in form.fields and not form.is_bound:
            form.fields['began'].hang(standing.state_of_rows(sent))
        if stale:
            context['both'] = both.in_all(form, sent, form.hanging)
        response = super().render_change_form(request, context, *args, **kwargs)
        response.status_code = CONFLICT if stale else response.status_code
        return response

    def _hanging(self, request: HttpRequest, obj: Any) -> list[BaseInlineFormSet]:
        """The inlines as they stand, unsent, and held until the transaction ends."""
        standing_now = []
        for formset, inline in self.get_formsets_with_inlines(request, obj):
            self._lock(formset.model, **{formset.fk.name: obj})
            standing_now.append(formset(instance=obj, queryset=inline.get_queryset(request)))
        return standing_now

    def _hold(self, pk: str) -> None:
        for name in self.held_first:
            key = self.model._base_manager.filter(pk=pk).values_list(name, flat=True).first()
            self._lock(self.model._meta.get_field(name).related_model, pk=key)
        self._lock(self.model, pk=pk)

    @staticmethod
    def _lock(model: Any, **which: Any) -> None:
        rows = model._base_manager.select_for_update(of=('self',), no_key=True).filter(**which)
        list(rows.order_by('pk').values_list('pk'))
