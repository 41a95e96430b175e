"""One place up or down in an order that staff keep by hand."""

from typing import Any, NamedTuple

from ukis.refusals import NotNow


class Moved[Row](NamedTuple):
    rows: list[Row]
    place: int

    def __str__(self) -> str:
        return f'“{self.rows[self.place - 1]}” is number {self.place} of {len(self.rows)} now.'


def moved[Row: Any](rows: list[Row], row: Row, *, up: bool, gone: str) -> Moved[Row]:
    """The rows in their new order. NotNow where it stands at that end already, or nowhere: it is “not” `gone`."""
    at = next((number for number, one in enumerate(rows) if one.pk == row.pk), None)
    if at is None:
        raise NotNow(f'“{row}” is not {gone}.')
    to = at + (-1 if up else 1)
    if not 0 <= to < len(rows):
        raise NotNow(f'“{row}” stands {"first" if up else "last"} already.')
    order = [*rows]
    order[at], order[to] = order[to], order[at]
    return Moved(order, to + 1)
