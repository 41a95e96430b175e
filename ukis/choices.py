"""Choices as they are chosen from: each begins with a capital. In the middle of a sentence they are small."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst


def capitals(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    return [(value, capfirst(str(label))) for value, label in choices]


def with_capitals(field: Any) -> Any:
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        field.choices = capitals(field.choices)  # type: ignore[arg-type]
    return field
