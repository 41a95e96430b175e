"""The public registers in which organisations stand, and how each writes its numbers."""

import re

from django.db import models


class Register(models.TextChoices):
    ENGLAND_AND_WALES = 'ccew', 'Charity Commission for England and Wales'
    SCOTLAND = 'oscr', 'Scottish Charity Regulator (OSCR)'
    NORTHERN_IRELAND = 'ccni', 'Charity Commission for Northern Ireland'
    COMPANIES = 'companies', 'Companies House'


# The prefix with which a register begins its numbers, the digits after it, and an example for people.
_SHAPES = {
    Register.ENGLAND_AND_WALES: (r'(\d{5,8})(?:-\d+)?', '1234567'),
    Register.SCOTLAND: (r'(?:SC[O0]?|SCO)?(\d{1,6})', 'SC012345'),
    Register.NORTHERN_IRELAND: (r'(?:NIC)?(\d{5,6})', 'NIC100123'),
    Register.COMPANIES: (r'([A-Z]{2}|)(\d{1,8})', '01234567 or SC123456'),
}


def normalised(register: str, typed: str) -> str:
    """One number as its register writes it: padding, prefix and spaces make no difference. ValueError, in a sentence,
    where it is none of this register. The same digits in another register are another's."""
    kind = Register(register)
    shape, example = _SHAPES[kind]
    plain = re.sub(r'[\s./]+', '', typed).upper()
    found = re.fullmatch(shape, plain, re.ASCII)
    if found is None or not int(found[found.lastindex or 1]):
        raise ValueError(f'This is no number of the {kind.label}. One looks like {example}.')
    if kind is Register.COMPANIES:
        prefix, digits = found[1], found[2].lstrip('0')
        if len(digits) > 8 - len(prefix):
            raise ValueError(f'This is no number of the {kind.label}. One looks like {example}.')
        return prefix + digits.zfill(8 - len(prefix))
    digits = found[1].lstrip('0')
    match kind:
        case Register.SCOTLAND:
            return f'SC{digits.zfill(6)}'
        case Register.NORTHERN_IRELAND:
            return f'NIC{digits.zfill(6)}'
    return digits
