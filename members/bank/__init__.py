"""Payments from a bank's file: read, matched, looked at, confirmed as a whole, undone as a whole."""

from members.bank.columns import MOST_COLUMNS, Columns
from members.bank.importing import (
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
from members.bank.matching import Proposal, propose
from members.bank.table import DELIMITERS, ENCODINGS, MOST_BYTES, FileLine, Unreadable, rows_of, text_of
from members.bank.targets import offered_to

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
