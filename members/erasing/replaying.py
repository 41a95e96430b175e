"""Receipts of erasures outside of the database: one that is brought back from a backup knows people again who were
forgotten since, and forgets them by these. A line holds a key, and nothing of the person."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from members import erasing
from members.models import Erasure, Person

FILE = 'erasures.jsonl'
AT_ONCE = 200


@dataclass(frozen=True)
class KeptReceipt:
    person: int
    mark: str
    bylines: str


def path() -> Path:
    return Path(settings.DATA_DIR) / FILE


def write_down(now: datetime) -> None:
    """By the clock. Whoever dies between the file and the database writes a line twice, which does no harm."""
    rows = Erasure.objects.filter(done_at__isnull=False, written_at=None).select_related('person')
    found = list(rows.order_by('pk')[:AT_ONCE])
    if not found:
        return
    _append([line for row in found for line in _lines(row)])
    Erasure.objects.filter(pk__in=[row.pk for row in found]).update(written_at=now)


def replay(at: datetime | None = None) -> list[int]:
    """Erases again whoever came back; their keys. Nobody is written to."""
    at, done = at or timezone.now(), []
    for receipt in receipts():
        # Nothing is left in one that was merged: the one that it leads to has a line of its own.
        person = Person.objects.standing().filter(pk=receipt.person).first()
        # A key may be another person's by now, who came after the backup was made.
        if person is not None and mark_of(person) == receipt.mark:
            row = _asked(person, receipt.bylines, at)
            if erasing.carry_out(row, at=at, again=True):
                done.append(person.pk)
    return done


def receipts() -> Iterator[KeptReceipt]:
    """A line that was half written is left out."""
    if not path().exists():
        return
    for line in path().read_text().splitlines():
        try:
            yield KeptReceipt(**json.loads(line))
        except (ValueError, TypeError):
            continue


def mark_of(person: Person) -> str:
    """Which person a key is: by the moment at which the row was made, which stays, merged or not."""
    return sha256(f'{person.pk} {person.joined_at.isoformat()}'.encode()).hexdigest()[:24]


def _lines(erasure: Erasure) -> list[dict[str, object]]:
    """In a backup from before a merger the person is there under each key they had."""
    keys = [erasure.person, *erasure.person.merged.order_by('pk')]
    return [{'person': one.pk, 'mark': mark_of(one), 'bylines': erasure.bylines} for one in keys]


@transaction.atomic
def _asked(person: Person, bylines: str, at: datetime) -> Erasure:
    standing = erasing.of(person)
    if standing is None:
        return Erasure.objects.create(person=person, bylines=bylines, asked_at=at, due_at=at)
    standing.bylines, standing.due_at = bylines, min(standing.due_at, at)
    standing.save(update_fields=['bylines', 'due_at'])
    return standing


def _append(lines: list[dict[str, object]]) -> None:
    """On the disk when this returns; after a line that was torn, a new one is begun."""
    opened = os.open(path(), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(opened, 'ab+') as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 1))
        torn = size > 0 and file.read(1) != b'\n'
        text = ''.join(f'{json.dumps(line)}\n' for line in lines)
        file.write(b'\n' * torn + text.encode())
        file.flush()
        os.fsync(file.fileno())
