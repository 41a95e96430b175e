"""The body on PostgreSQL: a narrow table of what each document has, and its index. The words come folded, as a value of
the type itself: its own parser would take them apart again. A letter before each says where it stands, and no weight:
of weights the planner knows nothing."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import connection

from ukis.postgresql.binary import in_bytes
from ukis.search.models import KIND_BITS, MOST_ROWS, Document
from ukis.search.sought import LONG, All, Begins, One, Phrase, Sought, has_rows

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

# The planner takes the table, which is narrow, for cheap to read: it does not know that each word list in it is kept
# apart and has to be fetched and unpacked. In these there is but one way: by the index of words, then newest first.
# What stands in a row is in no index: it is looked for in the newest that have all of its words, and in no more.
ASK = (
    """CREATE FUNCTION ukis_search_newest(words tsquery, in_a_row tsquery, most int, among int)
        RETURNS SETOF bigint LANGUAGE plpgsql STABLE
        SET enable_seqscan = off SET jit = off SET max_parallel_workers_per_gather = 0 AS $$
        BEGIN
            IF in_a_row IS NULL THEN
                RETURN QUERY
                    WITH matched AS MATERIALIZED (SELECT key FROM ukis_document_words WHERE has @@ words)
                    SELECT key FROM matched ORDER BY key DESC LIMIT most;
            ELSE
                RETURN QUERY
                    WITH matched AS MATERIALIZED (SELECT key, has FROM ukis_document_words WHERE has @@ words),
                    latest AS MATERIALIZED (SELECT key, has FROM matched ORDER BY key DESC LIMIT among)
                    (SELECT key FROM latest WHERE has @@ in_a_row LIMIT most)
                    UNION ALL SELECT -1 WHERE (SELECT COUNT(*) FROM latest) = among;
            END IF;
        END $$""",
    """CREATE FUNCTION ukis_search_all(words tsquery)
        RETURNS SETOF bigint LANGUAGE plpgsql STABLE ROWS 500
        SET enable_seqscan = off SET jit = off SET max_parallel_workers_per_gather = 0 AS $$
        BEGIN
            RETURN QUERY SELECT key FROM ukis_document_words WHERE has @@ words;
        END $$""",
)
ASK_NO_MORE = (
    'DROP FUNCTION ukis_search_newest(tsquery, tsquery, int, int)',
    'DROP FUNCTION ukis_search_all(tsquery)',
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


def _asked(
    sought: Sequence[Sequence[Sought]], groups: Sequence[Sequence[str]], *, first: bool, in_rows: bool
) -> str:
    """All of `sought`, each in one of its ways, and of each group of facets one. Every word is quoted, always."""
    asked = [' | '.join(f'({_one(way, first=first, in_rows=in_rows)})' for way in ways) for ways in sought]
    asked += [' | '.join(f"'f:{one}'" for one in group) for group in groups]
    return ' & '.join(f'({one})' for one in asked)


def _one(way: Sought, *, first: bool, in_rows: bool) -> str:
    letters = 'c' if first else 'cd'
    match way:
        case One(words):
            return ' | '.join(f"'{'a' if first else 'b'}:{word}'" for word in words)
        case Begins(word):
            return ' | '.join(f"'{letter}:{word}':*" for letter in letters)
        case Phrase(words):
            together = [' & '.join(f"'{letter}:{word}'" for word in words) for letter in letters]
            in_one = ' | '.join(f'({one})' for one in together)
            if not in_rows or len(words) == 1:
                return in_one
            rows = [' <-> '.join(f"'{letter}:{word}'" for word in words) for letter in letters]
            return f"{' | '.join(f'({one})' for one in rows)} | ('f:{LONG}' & ({in_one}))"
        case All(ways):
            return ' & '.join(f'({_one(one, first=first, in_rows=in_rows)})' for one in ways)


def newest(
    sought: Sequence[Sequence[Sought]], groups: Sequence[Sequence[str]], *, first: bool, most: int, among: int
) -> tuple[list[int], bool]:
    """Keys, newest first. What has to stand in a row is looked for in so many of the newest that have its words; and
    whether there were more of those."""
    words = _asked(sought, groups, first=first, in_rows=False)
    in_a_row = _asked(sought, groups, first=first, in_rows=True) if has_rows(sought) else None
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT ukis_search_newest(%s::tsquery, %s::tsquery, %s, %s)', [words, in_a_row, most, among]
        )
        keys = [key for (key,) in cursor.fetchall()]
    return [key for key in keys if key >= 0], -1 in keys[-1:]


def weighed(keys: Sequence[int]) -> list[tuple[int, bytes, str]]:
    """Of each its weights and facets."""
    with in_bytes(connection) as cursor:
        cursor.execute(
            'SELECT key, weights, facets FROM ukis_document WHERE key = ANY(%s::bigint[])',
            [f'{{{",".join(map(str, keys))}}}'],
        )
        return cursor.fetchall()


def rows(
    sought: Sequence[Sequence[Sought]], groups: Sequence[Sequence[str]], *, first: bool
) -> tuple[str, list[Any]]:
    """A question for the rows, of whatever kind is asked for, in SQL."""
    sql = f'SELECT (key >> {KIND_BITS}) & {MOST_ROWS - 1} FROM ukis_search_all(%s::tsquery) AS found(key)'  # noqa: S608
    return sql, [_asked(sought, groups, first=first, in_rows=True)]


def rows_among(
    sought: Sequence[Sequence[Sought]], groups: Sequence[Sequence[str]], among: int
) -> tuple[str, list[Any]]:
    """Likewise, but what has to stand in a row is looked for in so many of the newest that have its words."""
    sql = (
        f'SELECT (key >> {KIND_BITS}) & {MOST_ROWS - 1} '  # noqa: S608
        'FROM ukis_search_newest(%s::tsquery, %s::tsquery, %s, %s) AS found(key) WHERE key >= 0'
    )
    words, in_a_row = (_asked(sought, groups, first=False, in_rows=in_rows) for in_rows in (False, True))
    return sql, [words, in_a_row, among, among]


def rows_lacking(
    sought: Sequence[Sequence[Sought]], groups: Sequence[Sequence[str]]
) -> tuple[str, list[Any]]:
    """Likewise those of the groups that have not all of it."""
    sql, _ = rows(sought, groups, first=False)
    its, all_of_it = (_asked(*one, first=False, in_rows=True) for one in (((), groups), (sought, ())))
    return sql, [f'{its} & !({all_of_it})']


def having(facet: str, after: int, most: int) -> list[int]:
    """Keys, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT key FROM ukis_search_all(%s::tsquery) AS found(key) WHERE key > %s ORDER BY key LIMIT %s',
            [f"'f:{facet}'", after, most],
        )
        return [key for (key,) in cursor.fetchall()]


def beginning(word: str, most: int) -> tuple[str, list[Any]]:
    return (
        'SELECT word, documents FROM ukis_word WHERE form = 1 AND word LIKE %s '
        'ORDER BY documents DESC, word COLLATE "C" LIMIT %s',
        [re.sub(r'([%_\\])', r'\\\1', word) + '%', most],
    )
