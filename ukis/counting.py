"""How many rows each of many questions has, asked as one: pages that count what every table holds ask no more for it
than pages that count one."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def counts(several: Sequence[QuerySet[Any, Any]], most: int | None = None) -> list[int]:
    """Of each, in their order; where `most` is given, none is counted further than that."""
    parts: list[str] = []
    given: list[Any] = []
    for found in several:
        try:
            sql, params = found.order_by().values('pk')[:most].query.sql_with_params()
        except EmptyResultSet:
            sql, params = 'SELECT 1 WHERE 1 = 0', ()
        parts.append(f'(SELECT COUNT(*) FROM ({sql}) AS one)')  # noqa: S608
        given += params
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {", ".join(parts)}', given)
        return list(cursor.fetchone())
