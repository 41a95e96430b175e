"""One column of a register: how a cell is told, and what is read from one that somebody filled in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from members.money.bank.values import amount_of

CLEAR = '(clear)'
YES, NO = {'yes', 'y', 'true', '1'}, {'no', 'n', 'false', '0'}


class Refused(Exception):
    """Why a row is not taken, in a sentence that names the column."""


def shown(value: Any) -> str:
    """A value as its cell has it, before it is guarded."""
    if value is None:
        return ''
    if isinstance(value, bool):
        return 'yes' if value else 'no'
    if isinstance(value, Decimal):
        return f'{value:.2f}'
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ', '.join(map(str, value))
    return '\n'.join(line.rstrip() for line in str(value).strip().splitlines())


Parse = Callable[[str], Any]


@dataclass(frozen=True)
class Column:
    """`name`: the field that it writes; without one it is told and never taken. `closing`: its values from the most
    open to the most closed, of which a file may only go towards the last."""

    head: str
    get: Callable[[Any], Any]
    name: str = ''
    parse: Parse = str
    clears: bool = False
    empty: Any = ''
    is_day: bool = False
    once: bool = False  # said when the row is new, and kept
    hangs: bool = False  # rows of their own behind it: the verb writes them
    closing: Sequence[str] = ()
    hint: str = ''

    @property
    def is_taken(self) -> bool:
        return bool(self.name)

    def of(self, row: Any) -> str:
        try:
            return shown(self.get(row))
        except ObjectDoesNotExist:  # of a row that is still to be
            return ''

    def read(self, text: str) -> Any:
        if text.casefold() == CLEAR:
            if not self.clears:
                raise Refused(f'“{self.head}” cannot be cleared.')
            return self.empty
        try:
            return self.parse(text)
        except ValueError as wrong:
            raise Refused(f'“{self.head}”: {wrong}') from None

    def refuse_opening(self, was: str, now: str) -> None:
        """A file raises no consent: who shows more of themselves says so themselves."""
        if self.closing and self.closing.index(now) < self.closing.index(was or self.closing[-1]):
            raise Refused(
                f'“{self.head}” is “{was or self.closing[-1]}” until they choose otherwise themselves: a file '
                f'cannot make it “{now}”.'
            )


def truth(text: str) -> bool:
    said = text.casefold()
    if said not in YES | NO:
        raise ValueError(f'“{text[:40]}” is neither yes nor no.')
    return said in YES


def number(text: str) -> int:
    plain = text.replace(',', '').removesuffix('.0').removesuffix('.00')
    if not (plain.isascii() and plain.isdigit() and len(plain) < 10):
        raise ValueError(f'“{text[:40]}” is no whole number.')
    return int(plain)


def money(text: str) -> Decimal:
    amount = amount_of(text)
    if amount is None:
        raise ValueError(f'“{text[:40]}” is no amount in pounds and pence.')
    return amount


def one_of(choices: Sequence[tuple[str, str]]) -> Parse:
    """By its words or by the value behind them."""
    known = {said.casefold(): value for value, label in choices for said in (str(label), value)}

    def parse(text: str) -> str:
        if text.casefold() not in known:
            words = ', '.join(str(label) for _, label in choices)
            raise ValueError(f'“{text[:40]}” is none of {words}.')
        return known[text.casefold()]

    return parse


def several_of(choices: Sequence[tuple[str, str]]) -> Parse:
    one = one_of(choices)
    return lambda text: [one(part.strip()) for part in text.split(',') if part.strip()]
