"""The history of a row as the admin shows it: lines that verbs write in their own transaction, with what was and
what is."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db.models import Model
from django.utils import timezone

from ukis import days
from ukis.editor import ProseField
from ukis.unsaved import both

EMPTY = 'empty'


def note(row: Model, *, by: Model | None, lines: Iterable[str], added: bool = False) -> None:
    """One entry of the row's history; none where nothing changed, or where the site itself acts (`by=None`)."""
    said = ' '.join(f'{line.rstrip(".")}.' for line in lines)
    if by is None or not said:
        return
    LogEntry.objects.log_actions(
        user_id=by.pk,
        queryset=[row],
        action_flag=ADDITION if added else CHANGE,
        change_message=said,
        single_object=True,
    )


def of_form(
    form: forms.BaseForm, *, besides: Collection[str] = (), formsets: Iterable[forms.BaseModelFormSet] = ()
) -> list[str]:
    """The same of what a form changed, leaving out what verbs say themselves; long texts are only named."""
    lines = []
    for name in form.changed_data:
        field, label = form.fields[name], str(form[name].label)
        if name in besides:
            continue
        if isinstance(field.widget, forms.Textarea) or isinstance(field, forms.FileField | ProseField):
            lines.append(f'{label} changed')
        else:
            was = both.shown(field, form.get_initial_for_field(field, name))
            lines.append(changed(label, was, both.shown(field, form[name].value())))
    for formset in formsets:
        model: Any = formset.model
        noun = str(model._meta.verbose_name).capitalize()
        lines += [f'{noun} added: {row}' for row in getattr(formset, 'new_objects', ())]
        lines += [f'{noun} changed: {row}' for row, _ in getattr(formset, 'changed_objects', ())]
        lines += [f'{noun} removed: {row}' for row in getattr(formset, 'deleted_objects', ())]
    return lines


def changes(before: Model, after: Model, names: Iterable[str]) -> list[str]:
    """'End: was 31 March 2027, is 30 June 2027' for each of these fields that differs."""
    return [
        changed(str(after._meta.get_field(name).verbose_name), in_words(before, name), in_words(after, name))  # type: ignore[union-attr]
        for name in names
        if _value(before, name) != _value(after, name)
    ]


def changed(label: str, was: str, now: str) -> str:
    return f'{label[:1].upper()}{label[1:]}: was {was}, is {now}'


def in_words(row: Model, name: str) -> str:
    """What a field of a row holds, as a person reads it."""
    shown = getattr(row, f'get_{name}_display', None)
    return said(shown() if shown else getattr(row, name))


def said(value: Any) -> str:
    if value is None or value == '' or value == []:
        return EMPTY
    if isinstance(value, bool):
        return 'yes' if value else 'no'
    if isinstance(value, Decimal):
        return f'{value:.2f}'
    if isinstance(value, datetime):
        local = timezone.localtime(value, days.LONDON)
        return f'{days.in_words(local)}, {local:%H:%M}'
    if isinstance(value, date):
        return days.in_words(value)
    if isinstance(value, list | tuple | set):
        return ', '.join(map(said, value))
    return f'“{value}”' if isinstance(value, str) else str(value)


def _value(row: Model, name: str) -> Any:
    field: Any = row._meta.get_field(name)
    return getattr(row, field.attname)
