"""A register as a table: each cell as an import takes it back."""

from collections.abc import Iterator
from itertools import batched

from members.exchange.register import Exchanged
from ukis.leafing import in_order

AT_ONCE = 500


def export(register: Exchanged) -> tuple[list[str], Iterator[list[str]]]:
    """Head and rows, as many as they like: keys are asked for once, and the rows in parts."""
    return [column.head for column in register.columns], _rows(register)


def _rows(register: Exchanged) -> Iterator[list[str]]:
    keys = list(register.rows().values_list('pk', flat=True))
    for part in batched(keys, AT_ONCE):
        rows = in_order(register.rows(), part)
        register.hang(rows)
        for row in rows:
            yield [column.of(row) for column in register.columns]
