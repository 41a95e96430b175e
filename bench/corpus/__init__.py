"""A society of any size, made in bulk: the same for the same numbers, shaped as such things are.

Tags, authors and organisations are used as words are (Zipf): a few by many posts, most by few. Beside what is in
print stand the submissions that are not, their messages and letters, and the staff who look after them.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.db import connection, transaction

from bench.corpus.desk import make_desk
from bench.corpus.posts import make_posts
from bench.corpus.society import make_society
from bench.corpus.staff import make_staff
from bench.corpus.work import make_work
from blog.shelves import shelving
from ukis import search
from ukis.postgresql.base import unhurried
from ukis.search.keeping import KINDS

# Submissions that are not in print, for each hundred posts.
UNFINISHED = 14


def make(
    *,
    posts: int,
    organisations: int,
    people: int,
    tags: int,
    unfinished: int | None = None,
    seed: int = 1,
    found_by_words: bool = True,
) -> None:
    """Everything in one transaction, into an empty database; and the index of words after it, which counts each word
    again and again: in one transaction PostgreSQL keeps every count that was. `found_by_words`: whether anybody will
    search, for the index takes as long as all the rest."""
    chance = random.Random(seed)  # noqa: S311
    # What points at rows is looked at when all is written at the end, which may take minutes.
    at_leisure = unhurried(connection) if connection.vendor == 'postgresql' else nullcontext()
    with at_leisure, _words_later(), transaction.atomic():
        staff = make_staff()
        society = make_society(chance, organisations=organisations, people=people, tags=tags, pictures=posts)
        make_posts(chance, society, staff, posts)
        make_work(
            chance, society, staff, posts * UNFINISHED // 100 + 10 if unfinished is None else unfinished
        )
        make_desk(chance, staff)
        # What goes through them all is planned by how many there are, not by how many there were.
        _count_rows()
        shelving.rebuild()
    if found_by_words:
        for _ in search.rebuild():
            pass
        _count_rows()


@contextmanager
def _words_later() -> Iterator[None]:
    kinds = dict(KINDS)
    KINDS.clear()
    try:
        yield
    finally:
        KINDS.update(kinds)


def _count_rows() -> None:
    if connection.vendor == 'postgresql':
        with connection.cursor() as cursor:
            # Those here alone: the tables of the whole server wait for everybody else who looks at them.
            names = map(connection.ops.quote_name, connection.introspection.table_names(cursor))
            cursor.execute(f'ANALYZE {", ".join(names)}')
