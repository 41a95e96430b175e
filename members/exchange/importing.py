"""A file from its choice to its end: taken and looked at, confirmed by somebody, carried out whole or not at all.

Small ones at once; large ones by the worker, which may die in the middle: nothing is written then, and it begins anew.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from members.exchange.cells import Refused
from members.exchange.planning import CHANGED, NEW, UNCHANGED, Planned, plan
from members.exchange.register import Exchanged
from members.exchange.registers import REGISTERS
from members.exchange.sheets import FileTable, read
from members.models import Person, RegisterImport, RegisterImportRow
from ukis import engine, history
from ukis.refusals import NotNow

# For so long a file waits for somebody who confirms it, and what it did stays to be read.
WAITS = timedelta(days=7)
SMALL = 300  # rows that are carried out while somebody waits
TOLD_EVERY = 50
LONGEST_NOTED = 120
State = RegisterImport.State


def take(data: bytes, *, by: Person, register: str, file_name: str) -> RegisterImport:
    """Unreadable where it is no file of this register."""
    table = read(data, REGISTERS[register]().columns)
    row = RegisterImport.objects.create(
        register=register,
        file_name=file_name[-200:],
        content=data,
        total=len(table.lines),
        unknown=', '.join(table.unknown)[:300],
        by=by,
        at=timezone.now(),
    )
    return look(row) if row.total <= SMALL else row


def look(row: RegisterImport) -> RegisterImport:
    """What it would change, kept for whoever confirms it."""
    register = REGISTERS[row.register]()
    planned = list(_told(row, plan(register, _table(row, register))))
    with transaction.atomic():
        held = engine.locked(row, 'by')
        if held.state != State.WAITING:
            return held
        held.rows.all().delete()
        for name in ('new', 'changed', 'unchanged', 'refused'):
            setattr(held, name, sum(one.kind == name for one in planned))
        held.left = sum(one.left for one in planned)
        held.digest, held.state = _digest(planned), State.LOOKED
        held.save()
        RegisterImportRow.objects.bulk_create(
            (
                RegisterImportRow(
                    of=held,
                    line=one.line,
                    kind=one.kind,
                    label=one.label,
                    why=one.why[:500],
                    changes=one.changes,
                )
                for one in planned
                if one.kind != UNCHANGED
            ),
            batch_size=500,
        )
    return held


@transaction.atomic
def confirm(row: RegisterImport, *, by: Person) -> RegisterImport:
    """From now on it is carried out, however often somebody says so. NotNow while a row of it is refused."""
    held = engine.locked(row, 'by')
    if held.state in (State.CONFIRMED, State.DONE):
        return held
    if held.state == State.WAITING:
        raise NotNow('The file is still being read. Look again in a moment.')
    if held.refused:
        raise NotNow(
            'Rows of the file are refused, and nothing is done by half. Put them right in the file, and upload it '
            'again.'
        )
    if not held.new + held.changed:
        raise NotNow('The file changes nothing: there is nothing to carry out.')
    held.state, held.confirmed_by, held.confirmed_at, held.trouble = (
        State.CONFIRMED, by, timezone.now(), '',
    )  # fmt: skip
    held.save()
    return held


def carry_out(row: RegisterImport) -> RegisterImport:
    """All of it in one transaction. Where the registers changed meanwhile it is looked at anew, and says so."""
    try:
        with transaction.atomic():
            return _carried_out(row)
    except (Refused, NotNow, IntegrityError, OperationalError, ValidationError) as why:
        said = ' '.join(why.messages) if isinstance(why, ValidationError) else str(why)
        if isinstance(why, IntegrityError):
            said = 'Somebody wrote the same at this moment.'
        if isinstance(why, OperationalError):
            said = 'The database was busy with something else. Confirm it again in a moment.'
        RegisterImport.objects.filter(pk=row.pk, state=State.CONFIRMED).update(
            state=State.WAITING, trouble=f'Nothing was carried out. {said}'[:500]
        )
        row.refresh_from_db()
        return look(row)


def _carried_out(row: RegisterImport) -> RegisterImport:
    # One file after the other, in the order of their keys: what one brings the next has to find.
    confirmed = RegisterImport.objects.filter(state=State.CONFIRMED).order_by('pk')
    list(confirmed.select_for_update().values_list('pk'))
    held = engine.locked(row, 'by', 'confirmed_by')
    if held.state != State.CONFIRMED:
        return held
    register = REGISTERS[held.register]()
    planned = list(plan(register, _table(held, register)))
    if _digest(planned) != held.digest:
        raise NotNow('What the file is about was changed since you looked at it: look at it again.')
    register.hold([one.row for one in planned if one.kind in (NEW, CHANGED)])
    for one in _told(held, planned):
        if one.kind in (NEW, CHANGED):
            _write(register, one, held)
    held.state, held.done_at, held.content = State.DONE, timezone.now(), None
    held.save()
    return held


def _write(register: Exchanged, one: Planned, its: RegisterImport) -> None:
    is_new, by, row = one.kind == NEW, its.confirmed_by, one.row
    assert by is not None
    try:
        if not is_new:
            row = register.lock(row)
            _refuse_changed(register, row, one)
        register.write(row, one.values, by, is_new)
    except (Refused, NotNow) as why:
        raise NotNow(f'Row {one.line}, {one.label}: {why}') from None
    if not register.notes_itself:
        changes = [change for change in one.changes if change[0] not in register.noted_by_verbs]
        history.note(row, by=by, lines=[f'From the file {its.file_name}', *_lines(changes)], added=is_new)


def _refuse_changed(register: Exchanged, row: object, one: Planned) -> None:
    columns = {column.head: column for column in register.columns}
    for head, was, _ in one.changes:
        if columns[head].of(row) != was:
            raise NotNow('it was changed at this moment.')


def _lines(changes: Iterable[Sequence[str]]) -> list[str]:
    return [
        f'{head} changed'
        if max(len(was), len(now)) > LONGEST_NOTED
        else history.changed(head, history.said(was), history.said(now))
        for head, was, now in changes
    ]


@transaction.atomic
def let_go(row: RegisterImport) -> None:
    """Nothing of it is kept, unless somebody confirmed it. Twice does no more than once."""
    RegisterImport.objects.filter(pk=row.pk, state__in=(State.WAITING, State.LOOKED)).delete()


def carry_out_confirmed(now: datetime) -> None:
    """By the worker: reads what waits to be looked at, and carries out what somebody confirmed."""
    for row in RegisterImport.objects.filter(state=State.WAITING).order_by('pk'):
        look(row)
    for row in RegisterImport.objects.filter(state=State.CONFIRMED).order_by('pk'):
        carry_out(row)


def never_confirmed(now: datetime) -> QuerySet[RegisterImport]:
    """Files that nobody confirmed in their time."""
    return RegisterImport.objects.filter(state__in=(State.WAITING, State.LOOKED), at__lt=now - WAITS)


def read_long_ago(now: datetime) -> QuerySet[RegisterImportRow]:
    """What stood in files that were carried out: it is in the history of each row."""
    return RegisterImportRow.objects.filter(of__state=State.DONE, of__done_at__lt=now - WAITS)


def progress(row: RegisterImport) -> int:
    """How many of its rows are done; 0 where nobody can say."""
    return cache.get(f'register-import-{row.pk}', 0)


def _told(row: RegisterImport, planned: Iterable[Planned]) -> Iterable[Planned]:
    for count, one in enumerate(planned):
        if count % TOLD_EVERY == 0:
            cache.set(f'register-import-{row.pk}', count, 3600)
        yield one


def _table(row: RegisterImport, register: Exchanged) -> FileTable:
    return read(bytes(row.content or b''), register.columns)


def _digest(planned: Iterable[Planned]) -> str:
    whole = hashlib.sha256()
    for one in planned:
        whole.update(repr(one.said).encode())
    return whole.hexdigest()
