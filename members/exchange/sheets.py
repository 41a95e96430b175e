"""A register's file as a table: its encoding and its delimiter are found out, its days told apart, and the guard
against formulas is taken back."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from members.exchange import spoilt
from members.exchange.cells import Column
from members.money.bank.table import DELIMITERS, Unreadable, guess_encoding, text_of
from members.money.bank.values import day_of
from ukis import days, tables

MOST_BYTES = 20_000_000
MOST_ROWS = 25_000
_SLASHED = re.compile(r'(\d{1,2})[/.](\d{1,2})[/.](\d{4})')


@dataclass(frozen=True)
class FileRow:
    """`number`: as a spreadsheet counts rows, the head being the first."""

    number: int
    cells: dict[str, str]


@dataclass
class FileTable:
    encoding: str
    narrow: bool  # it has no letter that Windows has not
    lines: list[FileRow] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)  # heads that are no column of ours
    month_first: bool = False
    day_first: bool = False

    def same(self, text: str, stands: str) -> bool:
        """Whether a cell says what stands, also where Windows had no letter for it."""
        if text == stands or (self.narrow and text == spoilt.asked(stands)):
            return True
        return self.encoding == 'cp1252' and text == spoilt.alike(stands)

    def day(self, text: str, stands: str) -> date:
        """2026-02-01, 1 February 2026, or 01/02/2026 where it cannot be another day. Else Refused."""
        found = _SLASHED.fullmatch(text)
        day = day_of(text, 'dmy')
        if found is None or found[1].zfill(2) == found[2].zfill(2):
            if day is None or re.fullmatch(r'\D*\d{1,2}\D\d{1,2}\D\d{2}', text):
                raise ValueError(f'“{text[:40]}” is no day. Write it like this: 2026-02-01.')
            return day
        turned = day_of(text, 'mdy')
        if day is None and turned is None:
            raise ValueError(f'“{text[:40]}” is no day. Write it like this: 2026-02-01.')
        if day is not None and (day.isoformat() == stands or (self.day_first and not self.month_first)):
            return day
        if day is not None and turned is None and not self.month_first:
            return day
        if turned is not None and turned.isoformat() == stands and self.month_first and not self.day_first:
            return turned
        raise ValueError(_ambiguous(text, day, turned))


def _ambiguous(text: str, day: date | None, turned: date | None) -> str:
    either = ' or '.join(days.in_words(one) for one in (day, turned) if one is not None)
    return f'{text} may be {either}, as days are written in this file. Write it as 2026-02-01.'


def either(text: str) -> set[date | None]:
    """The days that a cell may mean, to find a row by; which it is is judged when it is read."""
    return {day_of(text, 'dmy'), day_of(text, 'mdy')} - {None}


def read(data: bytes, columns: Sequence[Column]) -> FileTable:
    """Unreadable where it is no such file, with what to do."""
    encoding = guess_encoding(data)
    text = text_of(
        data,
        encoding,
        most=MOST_BYTES,
        larger='Take it in parts.',
        none='Export the register here, and change that file.',
    )
    heads = {column.head.casefold(): column.head for column in columns}
    delimiter = max(DELIMITERS, key=lambda one: _known(text, one, heads))
    if not _known(text, delimiter, heads):
        raise Unreadable(
            'The first row names none of the columns of this register. Export it here, and change that file.'
        )
    table = FileTable(encoding, narrow=spoilt.asked(text) == text)
    _take(csv.reader(io.StringIO(text, newline=''), delimiter=delimiter), heads, table)
    _tell_days_apart(table, [column.head for column in columns if column.is_day])
    return table


def _known(text: str, delimiter: str, heads: dict[str, str]) -> int:
    try:
        first = next(csv.reader(io.StringIO(text, newline=''), delimiter=delimiter), [])
    except csv.Error:
        return 0
    return sum(_plain(cell).casefold() in heads for cell in first)


def _plain(cell: str) -> str:
    return tables.unguarded(cell).strip()


def _take(rows: 'csv._reader', heads: dict[str, str], table: FileTable) -> None:  # type: ignore[name-defined]
    try:
        first = [_plain(cell) for cell in next(rows)]
        names = [heads.get(cell.casefold()) for cell in first]
        table.unknown = [cell for cell, name in zip(first, names, strict=True) if cell and name is None]
        named = [name for name in names if name]
        if twice := {name for name in named if named.count(name) > 1}:
            raise Unreadable(f'The column “{min(twice)}” stands there twice. Keep one of them.')
        for place, cells in enumerate(rows, start=2):
            if len(cells) > len(first) and any(cell.strip() for cell in cells[len(first) :]):
                raise Unreadable(
                    f'Row {place} has more cells than the first row has names. Is a quote missing?'
                )
            found = {
                name: '\n'.join(line.rstrip() for line in _plain(cell).splitlines())
                for name, cell in zip(names, cells, strict=False)
                if name
            }
            if any(found.values()):
                table.lines.append(FileRow(place, found))
            if len(table.lines) > MOST_ROWS:
                raise Unreadable(f'The file has more than {MOST_ROWS:,} rows. Take it in parts.')
    except csv.Error:
        raise Unreadable(f'Row {rows.line_num} cannot be read as CSV: is a quotation mark missing?') from None


def _tell_days_apart(table: FileTable, heads: Sequence[str]) -> None:
    """A 25 can be no month: one such day tells how the others in the file are written."""
    for line in table.lines:
        for head in heads:
            if found := _SLASHED.fullmatch(line.cells.get(head, '')):
                table.day_first |= int(found[1]) > 12
                table.month_first |= int(found[2]) > 12
