"""Payments from a bank's file: read, matched, looked at, confirmed as a whole, undone as a whole."""

from members.money.bank.columns import MOST_COLUMNS, Columns
from members.money.bank.importing import (
    WAITS,
    Choice,
    built_since,
    confirm,
    drawn_for,
    is_behind,
    known_until,
    let_go,
    never_confirmed,
    set_columns,
    take,
    undo,
)
from members.money.bank.matching import propose
from members.money.bank.proposals import Proposal
from members.money.bank.table import DELIMITERS, ENCODINGS, MOST_BYTES, FileLine, Unreadable, rows_of, text_of
from members.money.bank.targets import offered_to

__all__ = [
    'DELIMITERS',
    'ENCODINGS',
    'MOST_BYTES',
    'MOST_COLUMNS',
    'WAITS',
    'Choice',
    'Columns',
    'FileLine',
    'Proposal',
    'Unreadable',
    'built_since',
    'confirm',
    'drawn_for',
    'is_behind',
    'known_until',
    'let_go',
    'never_confirmed',
    'offered_to',
    'propose',
    'rows_of',
    'set_columns',
    'take',
    'text_of',
    'undo',
]
