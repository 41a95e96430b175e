"""Which column of a bank's file is what: guessed from its headings and from what stands in them, corrected by staff."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from itertools import pairwise
from typing import Any

from members.money.bank.table import (
    DELIMITERS,
    ENCODINGS,
    FileLine,
    guess_delimiter,
    guess_encoding,
    rows_of,
    text_of,
)
from members.money.bank.values import ORDERS, amount_of, day_of, guess_order, is_money

MOST_COLUMNS = 40
LOOKED_AT = 400  # rows

# What banks call them; the first that fits is taken, so a value date goes before any other.
HEADINGS = {
    'day': ('value date', 'date', 'transaction date', 'posting date', 'posted', 'booking date', 'entry date'),
    'paid_in': ('paid in', 'money in', 'credit', 'credits', 'credit amount', 'receipts', 'in', 'deposit'),
    'paid_out': ('paid out', 'money out', 'debit', 'debits', 'debit amount', 'payments', 'out', 'withdrawal'),
    'amount': ('amount', 'value', 'transaction amount', 'amount gbp', 'net amount'),
    'balance': ('balance', 'running balance', 'account balance', 'balance gbp', 'ledger balance'),
    'sign': ('dr cr', 'cr dr', 'credit debit', 'debit credit', 'credit debit indicator', 'd c', 'c d'),
}
# Columns that tell nothing of who pays what for.
BESIDE = {
    'account number',
    'sort code',
    'account name',
    'currency',
    'type',
    'transaction type',
    'time',
    'account',
}
_SIGN_WORDS = re.compile(r'(?i)(cr|dr|credit|debit|c|d)\.?')


@dataclass(frozen=True)
class Columns:
    """Columns are counted from 0; None: the file has none of the kind."""

    encoding: str = 'utf-8-sig'
    delimiter: str = ','
    order: str = 'dmy'
    day: int | None = None
    amount: int | None = None
    paid_in: int | None = None
    paid_out: int | None = None
    sign: int | None = None
    balance: int | None = None
    texts: tuple[int, ...] = ()
    headings: str = ''  # by which the same bank's next file is known

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_json(cls, kept: dict[str, Any]) -> 'Columns':
        names = {one.name for one in fields(cls)}
        known = {name: value for name, value in kept.items() if name in names}
        return cls(**known | {'texts': tuple(known.get('texts', ()))})

    @property
    def problem(self) -> str:
        """What is still missing before a file can be read, or nothing."""
        if self.encoding not in ENCODINGS or self.delimiter not in DELIMITERS or self.order not in ORDERS:
            return 'Choose how the file is written.'
        if self.day is None:
            return 'Say which column is the date.'
        if self.amount is None and self.paid_in is None:
            return 'Say which column is the amount: one with signs, or the one of what was paid in.'
        if not self.texts:
            return 'Say in which columns the payer’s words stand.'
        numbers = [
            one
            for one in (self.day, self.amount, self.paid_in, self.paid_out, self.balance)
            if one is not None
        ]
        if len(set(numbers)) < len(numbers) or set(numbers) & set(self.texts):
            return 'Each column is one thing: a column was chosen twice.'
        return ''


def guess(data: bytes, known: Sequence[Columns] = ()) -> Columns:
    """How this file is to be read: as a saved format whose headings it has, else as it looks."""
    encoding = guess_encoding(data)
    text = text_of(data, encoding)
    delimiter = guess_delimiter(text)
    rows = rows_of(text, delimiter)[:LOOKED_AT]
    lines = {headings_of(row) for row in rows[:40]}
    for saved in known:
        if saved.headings and saved.headings in lines:
            return Columns.of_json(saved.as_json() | {'encoding': encoding, 'delimiter': delimiter})
    body = _body(rows)
    order = guess_order(
        [row.cell(column) for row in body for column in range(_width(body)) if _may_be_day(row.cell(column))]
    )
    head = _head(rows, order)
    found = _by_headings(head) if head else {}
    found = _by_looks(found, body, order)
    if found.get('paid_in') is None and found.get('amount') is None and found.get('paid_out') is not None:
        found['paid_out'] = None
    taken = {column for column in found.values() if column is not None}
    texts = _texts(head, body, order, taken)
    return Columns(
        encoding, delimiter, order, texts=texts, headings=headings_of(head) if head else '', **found
    )


def headings_of(row: FileLine) -> str:
    return '|'.join(_plain(cell) for cell in row.cells)[:1000]


def _plain(text: str) -> str:
    return ' '.join(re.sub(r'[^a-z]+', ' ', text.lower()).split())


def _width(rows: Sequence[FileLine]) -> int:
    return min(max((len(row.cells) for row in rows), default=0), MOST_COLUMNS)


def _may_be_day(text: str) -> bool:
    return any(day_of(text, order) for order in ORDERS)


def _body(rows: Sequence[FileLine]) -> list[FileLine]:
    """The rows in which a day stands, and an amount beside it."""
    return [
        row
        for row in rows
        if any(_may_be_day(cell) for cell in row.cells)
        and any(amount_of(cell) is not None and not _may_be_day(cell) for cell in row.cells)
    ]


def _head(rows: Sequence[FileLine], order: str) -> FileLine | None:
    """The last row before the first with a day that names a date and something else."""
    head = None
    for row in rows:
        if any(day_of(cell, order) for cell in row.cells):
            break
        names = {_plain(cell) for cell in row.cells}
        if names & set(HEADINGS['day']) and len(names) > 2:
            head = row
    return head


def _by_headings(head: FileLine) -> dict[str, int | None]:
    named: dict[str, int] = {}
    for column, cell in enumerate(head.cells[:MOST_COLUMNS]):
        named.setdefault(_plain(cell), column)
    found: dict[str, int | None] = {}
    for kind, words in HEADINGS.items():
        found[kind] = next((named[word] for word in words if word in named), None)
    if found['amount'] is not None and found['paid_in'] is not None and found['paid_out'] is not None:
        found['amount'] = None
    return found


def _by_looks(found: dict[str, int | None], body: Sequence[FileLine], order: str) -> dict[str, int | None]:
    """What no heading says: the first column of days, the first of amounts; another of amounts is the balance."""
    for kind in HEADINGS:
        found.setdefault(kind, None)
    if not body:
        return found
    columns = range(_width(body))

    def share(column: int, test: Any) -> float:
        cells = [row.cell(column) for row in body if row.cell(column)]
        return sum(bool(test(cell)) for cell in cells) / len(cells) if len(cells) * 5 > len(body) else 0

    if found['day'] is None:
        found['day'] = next(
            (one for one in columns if share(one, lambda cell: day_of(cell, order)) > 0.9), None
        )
    money = [
        one
        for one in columns
        if one not in found.values()
        and share(one, lambda cell: is_money(cell) and not _may_be_day(cell)) > 0.6
    ]
    if found['amount'] is None and found['paid_in'] is None:
        _two_or_one(found, money, body)
    if found['sign'] is None and found['amount'] is not None:
        found['sign'] = next(
            (one for one in columns if one not in found.values() and share(one, _SIGN_WORDS.fullmatch) > 0.9),
            None,
        )
    return found


def _two_or_one(found: dict[str, int | None], money: list[int], body: Sequence[FileLine]) -> None:
    for first, second in pairwise(money):
        both = sum(bool(row.cell(first)) == bool(row.cell(second)) for row in body)
        if both == 0 and not any((amount_of(row.cell(first)) or 0) < 0 for row in body):
            # Of two of which each row has one, banks mostly write what went out first.
            found['paid_out'], found['paid_in'] = first, second
            money = [one for one in money if one not in (first, second)]
            break
    else:
        if money:
            found['amount'] = money.pop(0)
    if found['balance'] is None and money:
        found['balance'] = money[-1]


def _texts(head: FileLine | None, body: Sequence[FileLine], order: str, taken: set[int]) -> tuple[int, ...]:
    """Every other column in which there are letters or long numbers: a payer's number may stand in any."""
    found = []
    for column in range(_width(body)):
        name = _plain(head.cell(column)) if head else ''
        cells = [row.cell(column) for row in body if row.cell(column)]
        if column in taken or name in BESIDE or not cells:
            continue
        if all(day_of(cell, order) for cell in cells) or all(is_money(cell) for cell in cells):
            continue
        found.append(column)
    return tuple(found)
