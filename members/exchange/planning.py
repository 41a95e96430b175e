"""What a file would change, row by row: nothing is written here."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from members.exchange import spoilt
from members.exchange.cells import CLEAR, Column, Refused, shown
from members.exchange.register import KEY, Exchanged
from members.exchange.sheets import FileRow, FileTable

AT_ONCE = 500
NEW, CHANGED, UNCHANGED, REFUSED = 'new', 'changed', 'unchanged', 'refused'


@dataclass
class Planned:
    """One row of the file. `changes`: the head of the column, what stands, and what the file says."""

    line: int
    kind: str
    label: str = ''
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    why: str = ''
    left: int = 0  # cells that say something else than is told here, and are not taken
    row: Any = None
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def said(self) -> tuple[Any, ...]:
        """By which two looks at the same file agree."""
        return (self.line, self.kind, self.changes, self.why, self.row.pk if self.row else None)


def plan(register: Exchanged, table: FileTable) -> Iterator[Planned]:
    """Of each row in its order what would become of it."""
    register.begin_reading()
    seen: dict[Any, int] = {}
    for lines in batched(table.lines, AT_ONCE):
        for line, found in zip(lines, register.find(lines), strict=True):
            planned = _one(register, table, line, found)
            _once_only(register, planned, seen)
            yield planned


def _one(register: Exchanged, table: FileTable, line: FileRow, found: Any) -> Planned:
    label = register.label(line, None if isinstance(found, Refused) else found)[:200]
    if isinstance(found, Refused):
        return Planned(line.number, REFUSED, label, why=str(found))
    planned = Planned(line.number, UNCHANGED, label, row=found)
    try:
        _read(register, table, line, planned)
        if planned.values or found is None:
            _judge(register, planned)
    except Refused as why:
        planned.kind, planned.why = REFUSED, str(why)
    return planned


def _read(register: Exchanged, table: FileTable, line: FileRow, planned: Planned) -> None:
    is_new = planned.row is None
    row = register.begin({}) if is_new else planned.row
    for column in register.columns:
        text = line.cells.get(column.head, '')
        if not text or (is_new and not column.is_taken):
            continue
        stands = '' if is_new and column.hangs else column.of(row)
        if table.same(text, stands):
            continue
        if not column.is_taken:
            planned.left += column.head != KEY
            continue
        if why := spoilt.of_itself(text):
            raise Refused(f'“{column.head}”: {why}')
        value = _value(column, table, text, stands)
        now = _told(column, row, value)
        if now == stands:
            continue
        if why := spoilt.beside(text, stands, narrow=table.narrow):
            raise Refused(f'“{column.head}”: {why}')
        if column.once and not is_new:
            raise Refused(f'“{column.head}” is “{stands[:80]}” and stays so.')
        column.refuse_opening(stands, now)
        planned.values[column.name] = value
        planned.changes.append((column.head, '' if is_new else stands, now))


def _value(column: Column, table: FileTable, text: str, stands: str) -> Any:
    if column.is_day and text.casefold() != CLEAR:
        try:
            return table.day(text, stands)
        except ValueError as wrong:
            raise Refused(f'“{column.head}”: {wrong}') from None
    return column.read(text)


def _told(column: Column, row: Any, value: Any) -> str:
    """How a value would be told if it stood there."""
    if column.hangs:
        return shown(value)
    would_be = copy(row)
    setattr(would_be, column.name, value)
    return column.of(would_be)


def _judge(register: Exchanged, planned: Planned) -> None:
    is_new = planned.row is None
    row = register.begin(planned.values) if is_new else copy(planned.row)
    register.put(row, planned.values)
    planned.kind = NEW if is_new else CHANGED
    register.judge(row, planned.values, is_new)
    if is_new:
        planned.row = row


def _once_only(register: Exchanged, planned: Planned, seen: dict[Any, int]) -> None:
    """Two rows of one file that speak of the same are one too many, also where both would be new."""
    for what in register.same(planned.row, planned.values):
        first = seen.setdefault(what, planned.line)
        if first != planned.line and planned.kind != REFUSED:
            planned.kind, planned.why = REFUSED, f'Row {first} of the file speaks of the same.'
