"""The registers as files: exported whole, and taken back. What a file would change is looked at first, and carried out
as a whole or not at all."""

from members.exchange.exporting import export
from members.exchange.forgetting import HOLDINGS
from members.exchange.importing import (
    SMALL,
    WAITS,
    carry_out,
    carry_out_confirmed,
    confirm,
    let_go,
    look,
    never_confirmed,
    progress,
    read_long_ago,
    take,
)
from members.exchange.register import Exchanged
from members.exchange.registers import REGISTERS
from members.exchange.sheets import MOST_BYTES, MOST_ROWS
from members.money.bank.table import Unreadable

__all__ = [
    'HOLDINGS',
    'MOST_BYTES',
    'MOST_ROWS',
    'REGISTERS',
    'SMALL',
    'WAITS',
    'Exchanged',
    'Unreadable',
    'carry_out',
    'carry_out_confirmed',
    'confirm',
    'export',
    'let_go',
    'look',
    'never_confirmed',
    'progress',
    'read_long_ago',
    'take',
]
