"""ORCID: who somebody is among researchers, as orcid.org writes it."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

LENGTH = 19
SHAPE = re.compile(r'[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]')
AS_SHOWN = re.compile(r'^(?:https?://)?(?:www\.)?orcid\.org/', re.IGNORECASE)
WRONG = 'Write the ORCID as 0000-0000-0000-0000, or copy its address from orcid.org.'


def plain(text: str) -> str:
    """Without the address that orcid.org shows around it, and with its hyphens; other text comes back as it is."""
    bare = AS_SHOWN.sub('', text.strip()).rstrip('/').upper()
    digits = re.sub(r'[\s–-]', '', bare)
    if re.fullmatch(r'[0-9]{15}[0-9X]', digits):
        return '-'.join(digits[start : start + 4] for start in range(0, 16, 4))
    return text.strip()


def check(value: str) -> None:
    """Its shape, then the check digit of ISO 7064 MOD 11-2: one validator, for Django runs all there are."""
    if not SHAPE.fullmatch(value):
        raise ValidationError(WRONG)
    digits = value.replace('-', '')
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    expected = (12 - total % 11) % 11
    if digits[-1] != ('X' if expected == 10 else str(expected)):
        raise ValidationError('This ORCID has a slip in it: its last character does not fit the others.')


class OrcidInput(forms.CharField):
    """Takes it as typed or copied; what is kept is the plain one."""

    def to_python(self, value: Any) -> str:
        return plain(super().to_python(value) or '')


class OrcidField(models.CharField):
    """An ORCID, or nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{'max_length': LENGTH, 'blank': True, 'validators': [check], **kwargs})

    def deconstruct(self) -> Any:
        """To the database it is a plain column of characters."""
        name, _, args, kwargs = super().deconstruct()
        kwargs.pop('validators', None)
        return name, 'django.db.models.CharField', args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{'form_class': OrcidInput, **kwargs, 'max_length': 80})
