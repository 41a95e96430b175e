"""What files of the registers say of somebody who is forgotten: a week old at most, found by names and addresses."""

import json
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from members import erasing
from members.exchange.registers import REGISTERS
from members.exchange.sheets import read
from members.models import Person, RegisterImport, RegisterImportRow
from ukis.personal import Holding, Leaving, deleted

WAITING = (RegisterImport.State.WAITING, RegisterImport.State.LOOKED, RegisterImport.State.CONFIRMED)


def forget(leaving: Leaving) -> None:
    """A file that was not carried out yet would bring them back: it is let go whole, and staff upload another."""
    for its in RegisterImport.objects.filter(state__in=WAITING).order_by('pk'):
        if _file_names(its, leaving):
            RegisterImport.objects.filter(pk=its.pk, state__in=WAITING).delete()
    _rows_naming(leaving).delete()


def _file_names(its: RegisterImport, leaving: Leaving) -> bool:
    table = read(bytes(its.content or b''), REGISTERS[its.register]().columns)
    return any(_names(leaving, cell) for line in table.lines for cell in line.cells.values())


def _names(leaving: Leaving, text: str) -> bool:
    return any(leaving.unnamed(one) != one for one in (text, text.lower()))


def _rows_of(person: Person) -> QuerySet[RegisterImportRow]:
    return _rows_naming(erasing.as_known(person, at=timezone.now()))


def _rows_naming(leaving: Leaving) -> QuerySet[RegisterImportRow]:
    """The database finds those that may, as it writes what is quoted; whole names are looked for in these alone."""
    near = Q(pk__in=[])
    for name in (*leaving.names, *leaving.addresses):
        near |= Q(label__icontains=name) | Q(why__icontains=name)
        for quoted in {json.dumps(name), json.dumps(name, ensure_ascii=False)}:
            near |= Q(said__icontains=quoted[1:-1])
    rows = RegisterImportRow.objects.annotate(said=Cast('changes', TextField())).filter(near)
    found = [row.pk for row in rows.iterator() if any(_names(leaving, text) for text in _texts(row))]
    return RegisterImportRow.objects.filter(pk__in=found).order_by('pk')


def _texts(row: RegisterImportRow) -> list[str]:
    changes: list[Any] = row.changes
    return [row.label, row.why, *(str(text) for change in changes for text in change)]


HOLDINGS = (
    Holding(
        'members.registerimportrow',
        'What files of the registers changed of you',
        (),
        why='Kept for a week, for the staff; what it changed stands in your own rows.',
        rows=_rows_of,
        erasure=deleted('With files that name you and were not carried out yet.', by=forget),
    ),
)
