"""The body on PostgreSQL: a column that the database makes of the words, and its index. Words in a row are looked for
among what has all of them."""

from ukis.search.models import KINDS
from ukis.search.terms import SoughtWords

MAKE = (
    """ALTER TABLE ukis_document ADD COLUMN has tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED""",
    'CREATE INDEX ukis_document_has ON ukis_document USING gin (has) WITH (fastupdate = off)',
)
UNMAKE = ('ALTER TABLE ukis_document DROP COLUMN has',)

PURGE = ''


def having(kind: int, term: SoughtWords) -> tuple[str, list[object]]:
    # Words are letters a to z and numbers: there is nothing in them that a tsquery could take for a sign.
    *others, last = (f"'{word}'" for word in term.words)
    asked = ' & '.join([*others, last + (':*' if term.begins else '')])
    sql = f'SELECT number / {KINDS} FROM ukis_document WHERE has @@ %s::tsquery AND number %% {KINDS} = %s'  # noqa: S608
    given: list[object] = [asked, kind]
    if len(term.words) > 1:
        sql += " AND (' ' || words || ' ') LIKE %s"
        given.append(f'% {" ".join(term.words)}{"" if term.begins else " "}%')
    return sql, given
