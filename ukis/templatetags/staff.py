"""What is wrong with a form of the admin, said first on its page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet
from django.forms.utils import ErrorList

from ukis.unsaved import standing

register = template.Library()


@dataclass(frozen=True)
class Wrong:
    """`target`: the id on the page that is led to; empty where a fault is the whole page's."""

    label: str
    sentence: str
    target: str = ''


@register.inclusion_tag('admin/_errors.html')
def error_summary(adminform: Any, inline_admin_formsets: Iterable[Any]) -> dict[str, Any]:
    """Every fault of the form and of its rows, each leading to its field."""
    form: BaseForm = adminform.form
    if not form.is_bound:
        return {'faults': []}
    faults = [
        *_of_form(form),
        *(fault for one in inline_admin_formsets for fault in _of_formset(one.formset)),
    ]
    return {'faults': faults}


def _of_form(form: BaseForm, row: str = '', target: str = '') -> Iterator[Wrong]:
    """`row`: which of several rows it is; `target`: where that row begins."""
    for name, sentences in form.errors.items():
        field = form[name] if name in form.fields else None
        if field is not None and isinstance(field.field, standing.Began):
            continue  # said above, with both texts
        label = ': '.join(filter(None, [row, str(field.label) if field else '']))
        led = _id_of(field) if field else target
        yield from (Wrong(label, sentence, led) for sentence in _said(sentences))


def _of_formset(formset: BaseFormSet) -> Iterator[Wrong]:
    model: Any = formset.model  # type: ignore[attr-defined]
    noun = str(model._meta.verbose_name).capitalize()
    for sentence in _said(formset.non_form_errors()):
        yield Wrong(noun, sentence, f'{formset.prefix}-group')
    for number, form in enumerate(formset.forms):
        yield from _of_form(form, f'{noun} {number + 1}', f'{formset.prefix}-{number}')


def _id_of(field: Any) -> str:
    """Where the cursor goes: of several boxes to the first."""
    return f'{field.auto_id}_0' if field.use_fieldset else field.id_for_label


def _said(sentences: ErrorList) -> list[str]:
    return [str(sentence) for sentence in sentences]
