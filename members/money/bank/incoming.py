"""From a bank's file what came in: credits alone. What is left out is counted, and said in words."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from members.money.bank.columns import Columns
from members.money.bank.table import FileLine, Unreadable, rows_of, text_of
from members.money.bank.values import MOST, amount_of, day_of, is_money
from ukis import days

MOST_CREDITS = 400
LONGEST_TEXT = 500
# A row of these words alone is a balance or a sum; 'Balance Consulting Ltd' is a payer.
_OF_BALANCES = {
    'opening', 'closing', 'start', 'end', 'statement', 'previous', 'new', 'available', 'current',
    'account', 'balance', 'balances', 'brought', 'carried', 'forward', 'b', 'c', 'f', 'bf', 'cf', 'fwd',
    'total', 'totals', 'credits', 'credit', 'debits', 'debit', 'paid', 'money', 'in', 'out', 'of', 'as',
    'at', 'on', 'for', 'the',
}  # fmt: skip
_SAYS_BALANCE = re.compile(r'\b(balances?|totals?|forward|fwd|[bc]/f(wd)?)\b')


@dataclass(frozen=True)
class Credit:
    """`occurrence`: which of several that are equal in this file. `fingerprint` is the same in every file, whatever
    columns were chosen; by `former`, which knows the chosen words alone, lines were known that were recorded before."""

    line: int
    day: date
    amount: Decimal
    text: str
    fingerprint: str
    former: str
    occurrence: int


@dataclass
class Read:
    credits: list[Credit] = field(default_factory=list)
    newest: date | None = None  # of all lines with a day, what went out included
    oldest: date | None = None
    out: int = 0
    balances: int = 0
    without_amount: int = 0
    before: int = 0  # lines before the first that is one

    @property
    def left_out(self) -> str:
        """'12 payments out and 2 rows of balances are left out.'"""
        parts = [
            _counted(self.out, 'payment that went out', 'payments that went out'),
            _counted(self.balances, 'row of a balance or total', 'rows of balances and totals'),
            _counted(self.without_amount, 'row without an amount', 'rows without an amount'),
            _counted(self.before, 'line before the first payment', 'lines before the first payment'),
        ]
        said = [part for part in parts if part]
        if not said:
            return 'Nothing is left out.'
        listed = said[0] if len(said) == 1 else f'{", ".join(said[:-1])} and {said[-1]}'
        return f'Left out: {listed}.'


def _counted(count: int, one: str, many: str) -> str:
    return '' if not count else f'{count:,} {one if count == 1 else many}'


def read(data: bytes, columns: Columns) -> Read:
    """Unreadable, with the number of the line, where one has a day without an amount that is one, or the reverse."""
    if columns.problem:
        raise Unreadable(columns.problem)
    rows = rows_of(text_of(data, columns.encoding), columns.delimiter)
    found, seen, begun = Read(), Counter[str](), False
    for row in rows:
        day = day_of(row.cell(columns.day), columns.order)
        if not begun and (day is None or not _amounts(row, columns)):
            found.before += 1
            continue
        begun = True
        if day is None and (_is_balance(row, columns) or not _amounts(row, columns)):
            found.balances += 1
            continue
        _take(row, day, columns, found, seen)
    if not begun:
        raise Unreadable(
            'No line has a day and an amount where they are expected. Say which columns they are.'
        )
    return found


def _take(row: FileLine, day: date | None, columns: Columns, found: Read, seen: Counter[str]) -> None:
    if day is None:
        written = row.cell(columns.day)
        said = f'“{written[:40]}” is no day' if written else 'there is an amount and no day'
        raise Unreadable(
            f'Line {row.line}: {said}. Put the file right, or choose another column for the date.'
        )
    if day > days.today():
        raise Unreadable(
            f'Line {row.line}: {days.in_words(day)} is still to come. Is the order of day and month right?'
        )
    found.newest, found.oldest = max(found.newest or day, day), min(found.oldest or day, day)
    amount = _amount(row, columns)
    if amount is None:
        found.balances += _is_balance(row, columns)
        found.without_amount += not _is_balance(row, columns)
    elif _is_balance(row, columns):
        found.balances += 1
    elif amount <= 0:
        found.out += 1
    else:
        _keep(row, day, amount, columns, found, seen)


def _keep(
    row: FileLine, day: date, amount: Decimal, columns: Columns, found: Read, seen: Counter[str]
) -> None:
    if amount > MOST:
        raise Unreadable(f'Line {row.line}: £{amount:,.2f} is more than an account here takes.')
    if len(found.credits) >= MOST_CREDITS:
        raise Unreadable(
            f'More than {MOST_CREDITS} payments came in: too many to look through at once. Ask the bank for a '
            'shorter span.'
        )
    text = _words(row, columns)
    mark = _fingerprint(amount, _whole(row, columns.order))
    former = _fingerprint(day.isoformat(), amount, text)
    seen[mark] += 1
    found.credits.append(Credit(row.line, day, amount, text, mark, former, seen[mark]))


def _fingerprint(*said: str | Decimal) -> str:
    """The same for the same line in whatever file: case and spaces are the bank's whim."""
    parts = [f'{one:.2f}' if isinstance(one, Decimal) else ' '.join(one.casefold().split()) for one in said]
    return hashlib.sha256('|'.join(parts).encode()).hexdigest()


def _whole(row: FileLine, order: str) -> str:
    """All that stands in the line but money: balances are reckoned anew when something of an earlier day comes in."""
    days_and_words = (day_of(cell, order) or cell for cell in row.cells if cell and not is_money(cell))
    return '|'.join(map(str, days_and_words))


def _words(row: FileLine, columns: Columns) -> str:
    parts: Sequence[str] = [row.cell(column) for column in columns.texts]
    return ' '.join(dict.fromkeys(part for part in parts if part))[:LONGEST_TEXT]


def _is_balance(row: FileLine, columns: Columns) -> bool:
    """Its words, which some banks write where the day stands."""
    day = row.cell(columns.day)
    cells = [row.cell(one) for one in columns.texts] + ([] if any(map(str.isdigit, day)) else [day])
    said = ' '.join(cells).lower()
    return bool(_SAYS_BALANCE.search(said)) and set(re.findall(r'[^\W\d_]+', said)) <= _OF_BALANCES


def _amounts(row: FileLine, columns: Columns) -> list[str]:
    cells = (row.cell(columns.amount), row.cell(columns.paid_in), row.cell(columns.paid_out))
    return [cell for cell in cells if cell]


def _amount(row: FileLine, columns: Columns) -> Decimal | None:
    """Less than nothing where it went out; None where the row has none."""
    if columns.amount is not None and (written := row.cell(columns.amount)):
        sign = row.cell(columns.sign)
        amount = _must(row, written)
        if sign:
            amount = -abs(amount) if sign.lower().startswith('d') else abs(amount)
        return amount
    paid_in, paid_out = row.cell(columns.paid_in), row.cell(columns.paid_out)
    if paid_in and (amount := _must(row, paid_in)):
        return amount
    if paid_out and (amount := _must(row, paid_out)):
        return -abs(amount)
    return None


def _must(row: FileLine, written: str) -> Decimal:
    amount = amount_of(written)
    if amount is None:
        raise Unreadable(
            f'Line {row.line}: “{written[:40]}” is no amount in pounds and pence. Put the file right, or choose '
            'another column.'
        )
    return amount
