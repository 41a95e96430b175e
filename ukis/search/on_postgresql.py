"""The body on PostgreSQL: a narrow table of what each document has, and its index. The words come folded, as a value of
the type itself: its own parser would take them apart again. A letter before each says where it stands, and no weight:
of weights the planner knows nothing."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import connection

from ukis.search.models import KIND_BITS, MOST_ROWS, Document
from ukis.search.sought import LONG, All, Begins, One, Phrase, Sought

# By triggers and no foreign key: nobody could empty the tables of the site while one stands there that Django does not
# know of.
MAKE = (
    'CREATE TABLE ukis_document_words (key bigint PRIMARY KEY, has tsvector NOT NULL)',
    """CREATE FUNCTION ukis_document_forgotten() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'TRUNCATE' THEN
                TRUNCATE ukis_document_words;
            ELSE
                DELETE FROM ukis_document_words WHERE key = OLD.key;
            END IF;
            RETURN NULL;
        END $$""",
    """CREATE TRIGGER ukis_document_gone AFTER DELETE ON ukis_document
        FOR EACH ROW EXECUTE FUNCTION ukis_document_forgotten()""",
    """CREATE TRIGGER ukis_document_emptied AFTER TRUNCATE ON ukis_document
        FOR EACH STATEMENT EXECUTE FUNCTION ukis_document_forgotten()""",
    'ALTER TABLE ukis_document_words ALTER COLUMN has SET STORAGE EXTERNAL',
    'ALTER TABLE ukis_document_words SET (toast_tuple_target = 128)',
    'CREATE INDEX ukis_document_has ON ukis_document_words USING gin (has) WITH (fastupdate = off)',
    'CREATE INDEX ukis_word_beginning ON ukis_word (form, word varchar_pattern_ops)',
)
UNMAKE = (
    'DROP INDEX ukis_word_beginning',
    'DROP TRIGGER ukis_document_gone ON ukis_document',
    'DROP TRIGGER ukis_document_emptied ON ukis_document',
    'DROP FUNCTION ukis_document_forgotten()',
    'DROP TABLE ukis_document_words',
)

PURGE: tuple[str, ...] = ()

# PostgreSQL counts no further: a document with more is asked for its phrases once more (`LONG`).
LAST_PLACE, MOST_PLACES = 16_383, 256


def write(documents: Sequence[Document]) -> None:
    for one in documents:
        one.first_stems, one.stems, stems = '', '', (one.first_stems, one.stems)
        one.has = _has(one, *stems)  # type: ignore[attr-defined]
    Document.objects.bulk_create(documents, batch_size=100)
    with connection.cursor() as cursor:
        cursor.executemany(
            'INSERT INTO ukis_document_words (key, has) VALUES (%s, %s::tsvector)',
            [(one.key, one.has) for one in documents],  # type: ignore[attr-defined]
        )


def count_words(changes: Sequence[tuple[int, str, int]]) -> None:
    """So many documents more or fewer have each: form, word, change. By two statements, where one a word took the
    longest of all that is done when a document is written."""
    fewer = [one for one in changes if one[2] < 0]
    more = [one for one in changes if one[2] > 0]
    with connection.cursor() as cursor:
        if more:
            cursor.execute(
                f'INSERT INTO ukis_word (form, word, documents) {_CHANGES} '  # noqa: S608
                'ON CONFLICT (form, word) DO UPDATE SET documents = ukis_word.documents + EXCLUDED.documents',
                list(map(list, zip(*more, strict=True))),
            )
        if fewer:
            cursor.execute(
                f'UPDATE ukis_word SET documents = documents + change FROM ({_CHANGES}) AS fewer(f, w, change) '  # noqa: S608
                'WHERE form = f AND word = w',
                list(map(list, zip(*fewer, strict=True))),
            )


_CHANGES = 'SELECT * FROM unnest(%s::smallint[], %s::text[], %s::integer[])'


def _has(document: Document, first_stems: str, stems: str) -> str:
    found = [f"'a:{word}'" for word in first_stems.split()]
    found += [f"'b:{word}'" for word in stems.split()]
    for letter, text in (('c', document.first), ('d', document.rest)):
        places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(text.split(), 1):
            if place <= LAST_PLACE and len(places[word]) < MOST_PLACES - 1:
                places[word].append(place)
        found += [
            f"'{letter}:{word}'" + (f':{",".join(map(str, at))}' if at else '') for word, at in places.items()
        ]
    found += [f"'f:{facet}'" for facet in document.facets.split()]
    return ' '.join(found)


def expression(sought: Sequence[Sequence[Sought]], groups: Sequence[Sequence[str]], *, first: bool) -> str:
    """All of `sought`, each in one of its ways, and of each group of facets one. Every word is quoted, always."""
    asked = [' | '.join(f'({_one(way, first=first)})' for way in ways) for ways in sought]
    asked += [' | '.join(f"'f:{one}'" for one in group) for group in groups]
    return ' & '.join(f'({one})' for one in asked)


def _one(way: Sought, *, first: bool) -> str:
    letters = 'c' if first else 'cd'
    match way:
        case One(words):
            return ' | '.join(f"'{'a' if first else 'b'}:{word}'" for word in words)
        case Begins(word):
            return ' | '.join(f"'{letter}:{word}':*" for letter in letters)
        case Phrase(words):
            rows = [' <-> '.join(f"'{letter}:{word}'" for word in words) for letter in letters]
            together = [' & '.join(f"'{letter}:{word}'" for word in words) for letter in letters]
            some = ' | '.join(f'({one})' for one in rows)
            return f"{some} | ('f:{LONG}' & ({' | '.join(f'({one})' for one in together)}))"
        case All(ways):
            return ' & '.join(f'({_one(one, first=first)})' for one in ways)


_MATCHED = 'WITH matched AS MATERIALIZED (SELECT key FROM ukis_document_words WHERE has @@ %s::tsquery)'


def newest(asked: str, most: int) -> list[int]:
    """Keys, newest first. By the index of words alone: two words that stand in much and never meet would have it walk
    along the dates to the end."""
    with connection.cursor() as cursor:
        cursor.execute(f'{_MATCHED} SELECT key FROM matched ORDER BY key DESC LIMIT %s', [asked, most])  # noqa: S608
        return [key for (key,) in cursor.fetchall()]


def count(asked: str, most: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT COUNT(*) FROM (SELECT 1 FROM ukis_document_words WHERE has @@ %s::tsquery LIMIT %s) AS found',
            [asked, most],
        )
        return cursor.fetchone()[0]


def rows(asked: str) -> tuple[str, list[Any]]:
    """A question for the rows, of whatever kind is asked for, in SQL."""
    sql = f'SELECT (key >> {KIND_BITS}) & {MOST_ROWS - 1} FROM ukis_document_words WHERE has @@ %s::tsquery'  # noqa: S608
    return sql, [asked]


def beginning(word: str, most: int) -> tuple[str, list[Any]]:
    return (
        'SELECT word, documents FROM ukis_word WHERE form = 1 AND word LIKE %s '
        'ORDER BY documents DESC, word COLLATE "C" LIMIT %s',
        [re.sub(r'([%_\\])', r'\\\1', word) + '%', most],
    )
