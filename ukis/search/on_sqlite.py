"""The body on SQLite: FTS5 beside the table, kept by triggers. What comes to it is folded, so that it folds nothing."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from ukis.search.models import KIND_BITS, MOST_ROWS, Document
from ukis.search.sought import All, Begins, One, Phrase, Sought

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


def expression(sought: Sequence[Sequence[Sought]], groups: Sequence[Sequence[str]], *, first: bool) -> str:
    """All of `sought`, each in one of its ways, and of each group of facets one. Every word is quoted, always."""
    asked = [' OR '.join(f'({_one(way, first=first)})' for way in ways) for ways in sought]
    asked += [' OR '.join(f'({{facets}} : "{one}")' for one in group) for group in groups]
    return ' AND '.join(f'({one})' for one in asked)


def _one(way: Sought, *, first: bool) -> str:
    match way:
        case One(words):
            both = ' OR '.join(f'"{word}"' for word in words)
            return f'{{{"first_stems" if first else "stems"}}} : ({both})'
        case Begins(word):
            return f'{{{"first" if first else "first rest"}}} : "{word}" *'
        case Phrase(words):
            return f'{{{"first" if first else "first rest"}}} : "{" ".join(words)}"'
        case All(ways):
            return ' AND '.join(f'({_one(one, first=first)})' for one in ways)


def newest(asked: str, most: int) -> list[int]:
    """Keys, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT rowid FROM ukis_document_words WHERE ukis_document_words MATCH %s '
            'ORDER BY rowid DESC LIMIT %s',
            [asked, most],
        )
        return [key for (key,) in cursor.fetchall()]


def count(asked: str, most: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT COUNT(*) FROM (SELECT rowid FROM ukis_document_words WHERE ukis_document_words MATCH %s '
            'LIMIT %s)',
            [asked, most],
        )
        return cursor.fetchone()[0]


def rows(asked: str) -> tuple[str, list[Any]]:
    """A question for the rows, of whatever kind is asked for, in SQL."""
    sql = (
        f'SELECT (rowid >> {KIND_BITS}) & {MOST_ROWS - 1} FROM ukis_document_words '  # noqa: S608
        'WHERE ukis_document_words MATCH %s'
    )
    return sql, [asked]


def beginning(word: str, most: int) -> tuple[str, list[Any]]:
    return (
        'SELECT word, documents FROM ukis_word WHERE form = 1 AND word >= %s AND word < %s '
        'ORDER BY documents DESC, word LIMIT %s',
        [word, f'{word}\U0010ffff', most],
    )
