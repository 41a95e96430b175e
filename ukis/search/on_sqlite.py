"""The body on SQLite: FTS5 beside the table, kept by triggers. What comes to it is folded, so that it folds nothing."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from ukis.search.models import KIND_BITS, MOST_ROWS, Document
from ukis.search.sought import All, Begins, One, Phrase, Sought, has_rows

_COLUMNS = 'first_stems, stems, first, rest, facets'
_NEW = ', '.join(f'new.{name.strip()}' for name in _COLUMNS.split(','))
_OLD = ', '.join(f'old.{name.strip()}' for name in _COLUMNS.split(','))
_ADD = f'INSERT INTO ukis_document_words(rowid, {_COLUMNS}) VALUES (new.key, {_NEW});'  # noqa: S608
_TAKE = f"INSERT INTO ukis_document_words(ukis_document_words, rowid, {_COLUMNS}) VALUES ('delete', old.key, {_OLD});"  # noqa: S608
MAKE = (
    f"""CREATE VIRTUAL TABLE ukis_document_words USING fts5(
        {_COLUMNS}, content='ukis_document', content_rowid='key', tokenize='ascii', prefix='3')""",
    f'CREATE TRIGGER ukis_document_added AFTER INSERT ON ukis_document BEGIN {_ADD} END',
    f'CREATE TRIGGER ukis_document_gone AFTER DELETE ON ukis_document BEGIN {_TAKE} END',
    f'CREATE TRIGGER ukis_document_changed AFTER UPDATE ON ukis_document BEGIN {_TAKE} {_ADD} END',
)
UNMAKE = (
    'DROP TRIGGER ukis_document_added',
    'DROP TRIGGER ukis_document_gone',
    'DROP TRIGGER ukis_document_changed',
    'DROP TABLE ukis_document_words',
)

# Words that went stand in the index until it is written anew, and in pages that are free until others overwrite them.
PURGE = (
    'PRAGMA secure_delete = ON',
    "INSERT INTO ukis_document_words(ukis_document_words) VALUES ('optimize')",
)


def write(documents: Sequence[Document]) -> None:
    Document.objects.bulk_create(documents, batch_size=100)


def count_words(changes: Sequence[tuple[int, str, int]]) -> None:
    """So many documents more or fewer have each: form, word, change."""
    with connection.cursor() as cursor:
        cursor.executemany(
            'INSERT INTO ukis_word (form, word, documents) VALUES (%s, %s, %s) '
            'ON CONFLICT (form, word) DO UPDATE SET documents = ukis_word.documents + %s',
            [(form, word, max(0, change), change) for form, word, change in changes],
        )


def _asked(
    sought: Sequence[Sequence[Sought]], groups: Sequence[Sequence[str]], *, first: bool, in_rows: bool
) -> str:
    """All of `sought`, each in one of its ways, and of each group of facets one. Every word is quoted, always."""
    asked = [' OR '.join(f'({_one(way, first=first, in_rows=in_rows)})' for way in ways) for ways in sought]
    asked += [' OR '.join(f'({{facets}} : "{one}")' for one in group) for group in groups]
    return ' AND '.join(f'({one})' for one in asked)


def _one(way: Sought, *, first: bool, in_rows: bool) -> str:
    columns = ('first',) if first else ('first', 'rest')
    match way:
        case One(words):
            both = ' OR '.join(f'"{word}"' for word in words)
            return f'{{{"first_stems" if first else "stems"}}} : ({both})'
        case Begins(word):
            return f'{{{" ".join(columns)}}} : "{word}" *'
        case Phrase(words):
            if in_rows or len(words) == 1:
                return f'{{{" ".join(columns)}}} : "{" ".join(words)}"'
            together = ' AND '.join(f'"{word}"' for word in words)
            return ' OR '.join(f'({{{column}}} : ({together}))' for column in columns)
        case All(ways):
            return ' AND '.join(f'({_one(one, first=first, in_rows=in_rows)})' for one in ways)


_MATCHED = 'FROM ukis_document_words WHERE ukis_document_words MATCH %s'


def newest(
    sought: Sequence[Sequence[Sought]], groups: Sequence[Sequence[str]], *, first: bool, most: int, among: int
) -> tuple[list[int], bool]:
    """Keys, newest first. What has to stand in a row is looked for in so many of the newest that have its words; and
    whether there were more of those."""
    asked = _asked(sought, groups, first=first, in_rows=True)
    with connection.cursor() as cursor:
        oldest = 0
        if has_rows(sought):
            words = _asked(sought, groups, first=first, in_rows=False)
            cursor.execute(
                f'SELECT rowid {_MATCHED} ORDER BY rowid DESC LIMIT 1 OFFSET %s', [words, among - 1]
            )
            oldest = (cursor.fetchone() or (0,))[0]
        cursor.execute(
            f'SELECT rowid {_MATCHED} AND rowid >= %s ORDER BY rowid DESC LIMIT %s', [asked, oldest, most]
        )
        return [key for (key,) in cursor.fetchall()], bool(oldest)


def weighed(keys: Sequence[int]) -> list[tuple[int, bytes, str]]:
    """Of each its weights and facets."""
    places = ', '.join(['%s'] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT key, weights, facets FROM ukis_document WHERE key IN ({places})', keys)  # noqa: S608
        return cursor.fetchall()


def rows(
    sought: Sequence[Sequence[Sought]], groups: Sequence[Sequence[str]], *, first: bool
) -> tuple[str, list[Any]]:
    """A question for the rows, of whatever kind is asked for, in SQL."""
    sql = f'SELECT (rowid >> {KIND_BITS}) & {MOST_ROWS - 1} {_MATCHED}'
    return sql, [_asked(sought, groups, first=first, in_rows=True)]


def rows_among(
    sought: Sequence[Sequence[Sought]], groups: Sequence[Sequence[str]], among: int
) -> tuple[str, list[Any]]:
    """Likewise, but what has to stand in a row is looked for in so many of the newest that have its words."""
    sql, asked = rows(sought, groups, first=False)
    oldest = f'SELECT rowid {_MATCHED} ORDER BY rowid DESC LIMIT 1 OFFSET %s'
    words = _asked(sought, groups, first=False, in_rows=False)
    return f'{sql} AND rowid >= COALESCE(({oldest}), 0)', [*asked, words, among - 1]


def rows_lacking(
    sought: Sequence[Sequence[Sought]], groups: Sequence[Sequence[str]]
) -> tuple[str, list[Any]]:
    """Likewise those of the groups that have not all of it."""
    sql, _ = rows(sought, groups, first=False)
    its, all_of_it = (_asked(*one, first=False, in_rows=True) for one in (((), groups), (sought, ())))
    return sql, [f'({its}) NOT ({all_of_it})']


def having(facet: str, after: int, most: int) -> list[int]:
    """Keys, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT rowid {_MATCHED} AND rowid > %s ORDER BY rowid LIMIT %s',
            [f'{{facets}} : "{facet}"', after, most],
        )
        return [key for (key,) in cursor.fetchall()]


def beginning(word: str, most: int) -> tuple[str, list[Any]]:
    return (
        'SELECT word, documents FROM ukis_word WHERE form = 1 AND word >= %s AND word < %s '
        'ORDER BY documents DESC, word LIMIT %s',
        [word, f'{word}\U0010ffff', most],
    )
