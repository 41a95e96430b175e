"""Both texts: what stands now beside what was typed, field by field, for a form that was refused as stale."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils import timezone

from ukis import markup
from ukis.editor import ProseField
from ukis.rows import rows_sent

NOTHING = 'nothing'


@dataclass(frozen=True)
class Both:
    """One field of which the two say something else. Texts are words, or clean HTML that is marked as such."""

    label: str
    now: str
    typed: str


def in_form(form: forms.BaseForm, of: str = '') -> list[Both]:
    """Each field that is sent otherwise than it stands; `of` says of what, where the page has several."""
    return [
        Both(
            label=f'{of}{form[name].label}',
            now=shown(form.fields[name], form.get_initial_for_field(form.fields[name], name), f'now-{name}'),
            typed=shown(form.fields[name], form[name].value(), f'typed-{name}'),
        )
        for name in form.fields
        if _differs(form, name)
    ]


def kept_of(form: forms.BaseForm, data: Any) -> list[Both]:
    """The same of what was kept beside a form that is shown and not sent."""
    found = []
    for bound in form.visible_fields():
        field, now = bound.field, bound.value()
        if isinstance(field, forms.FileField) or not _is_in(bound, data):
            continue
        typed = _typed(bound, data)
        if field.has_changed(now, typed):
            sides = (shown(field, now, f'now-{bound.name}'), shown(field, typed, f'typed-{bound.name}'))
            found.append(Both(str(bound.label), *sides))
    return found


def kept_rows_of(formset: Any, data: Any) -> list[Both]:
    """The same of a formset: its rows, and those that were added on the page."""
    noun = str(formset.model._meta.verbose_name).capitalize()
    found = [
        Both(f'{noun}: {one.label}', one.now, one.typed)
        for form in formset.forms
        for one in kept_of(form, data)
    ]
    for number in range(len(formset.forms), rows_sent(data, formset.prefix)):
        start = f'{formset.prefix}-{number}-'
        typed = '; '.join(data[name] for name in sorted(data) if name.startswith(start) and data[name])
        if typed:
            found.append(Both(f'{noun}, new', NOTHING, typed))
    return found


def _is_in(bound: forms.BoundField, data: Any) -> bool:
    """An empty tick is sent by leaving it out; any other field that is not there was not on the page."""
    widget: Any = bound.field.widget
    return not widget.value_omitted_from_data(data, {}, bound.html_name)


def _typed(bound: forms.BoundField, data: Any) -> Any:
    """What was kept of it; where a field says `came_since`, with what was not on the page to be ticked then."""
    typed = bound.field.widget.value_from_datadict(data, {}, bound.html_name)
    came_since = getattr(bound.field, 'came_since', None)
    return [*typed, *came_since(data, bound.html_name)] if came_since else typed


def fill(form: forms.BaseForm, data: Any) -> None:
    """Puts what was kept into a form that is shown, with what it began from."""
    for name, field in form.fields.items():
        bound = form[name]
        if not isinstance(field, forms.FileField) and _is_in(bound, data):
            form.initial[name] = _typed(bound, data)
            bound.__dict__.pop('initial', None)  # worked out before


def _differs(form: forms.BaseForm, name: str) -> bool:
    """From what stands; Django's own `changed_data` may compare with what the page says stood."""
    field = form.fields[name]
    if isinstance(field, forms.FileField):
        return False
    return field.has_changed(form.get_initial_for_field(field, name), form[name].data)


def in_rows(sent: forms.BaseModelFormSet, now: forms.BaseModelFormSet) -> list[Both]:
    """The same of the rows that are changed on the same page, each as it was sent and as it stands."""
    standing = {form.instance.pk: form for form in now.initial_forms}
    model: Any = sent.model
    noun = str(model._meta.verbose_name).capitalize()
    found: list[Both] = []
    known = set()
    for form in sent.forms:
        pk = form.instance.pk if form in sent.initial_forms else None
        known.add(pk)
        if pk in standing:
            found += in_form(form, of=f'{noun} “{standing[pk].instance}”: ')
        elif form in sent.initial_forms:
            found.append(
                Both(noun, 'It was taken away meanwhile: tick “Delete” for it here as well.', _row(form))
            )
        elif form.has_changed():
            found.append(Both(f'{noun}, new', NOTHING, _row(form)))
    found += [
        Both(f'{noun} “{form.instance}”', _row(form), 'It is not in your form. It stays as it is.')
        for pk, form in standing.items()
        if pk not in known
    ]  # fmt: skip
    return found


def in_all(
    form: forms.BaseForm,
    sent: Sequence[forms.BaseModelFormSet] = (),
    now: Sequence[forms.BaseModelFormSet] = (),
) -> list[Both]:
    """Form and formsets together, the formsets in the same order as they were sent and as they stand."""
    return [*in_form(form), *(both for pair in zip(sent, now, strict=True) for both in in_rows(*pair))]


def _row(form: forms.BaseForm) -> str:
    lines = [
        (str(field.label), shown(field.field, field.value()))
        for field in form.visible_fields()
        if field.name != DELETION_FIELD_NAME
    ]
    return '; '.join(f'{label}: {value}' for label, value in lines if value not in (NOTHING, 'no'))


def shown(field: forms.Field, value: Any, part: str = '') -> str:
    """A value as a person reads it, be it the row's or as it was typed; of several texts on a page `part` is a word for
    this one."""
    if isinstance(field, ProseField):
        return _prose(value, part)
    if isinstance(field, forms.ModelChoiceField):
        return _rows(field, value)
    if isinstance(field, forms.BooleanField):
        return 'yes' if field.to_python(value) else 'no'
    if isinstance(value, list | tuple):
        return ', '.join(_one(field, one) for one in value if one) or NOTHING
    return _one(field, value)


def _one(field: forms.Field, value: Any) -> str:
    if value in (None, ''):
        return NOTHING
    for key, label in _choices(field):
        if str(key) == str(value):
            return str(label)
    if isinstance(value, datetime):
        return f'{timezone.localtime(value):%-d %B %Y, %H:%M}'
    if isinstance(value, date):
        return f'{value:%-d %B %Y}'
    return str(field.prepare_value(value))


def _choices(field: forms.Field) -> Iterable[tuple[Any, Any]]:
    for key, label in getattr(field, 'choices', ()):
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


def _rows(field: forms.ModelChoiceField, value: Any) -> str:
    given = value if isinstance(value, list | tuple) else [value]
    keys = [str(field.prepare_value(one)) for one in given if one not in (None, '')]
    rows: Any = field.queryset
    try:
        labels = {str(row.pk): field.label_from_instance(row) for row in rows.filter(pk__in=keys)}
    except (ValueError, TypeError, forms.ValidationError):
        labels = {}  # whoever typed it may have typed anything
    return ', '.join(labels.get(key, key) for key in keys) or NOTHING


def _prose(value: Any, part: str) -> str:
    try:
        return markup.render(markup.clean(value or ''), part=part) or NOTHING
    except ValueError as too_long:
        return str(too_long)
