"""The body on SQLite: FTS5 beside the table, kept by triggers. What comes to it is folded, so that it folds nothing."""

from ukis.search.models import KINDS
from ukis.search.terms import SoughtWords

MAKE = (
    """CREATE VIRTUAL TABLE ukis_document_words USING fts5(
        words, content='ukis_document', content_rowid='number', tokenize='ascii', prefix='3')""",
    """CREATE TRIGGER ukis_document_added AFTER INSERT ON ukis_document BEGIN
        INSERT INTO ukis_document_words(rowid, words) VALUES (new.number, new.words); END""",
    """CREATE TRIGGER ukis_document_gone AFTER DELETE ON ukis_document BEGIN
        INSERT INTO ukis_document_words(ukis_document_words, rowid, words) VALUES ('delete', old.number, old.words);
    END""",
    """CREATE TRIGGER ukis_document_changed AFTER UPDATE ON ukis_document BEGIN
        INSERT INTO ukis_document_words(ukis_document_words, rowid, words) VALUES ('delete', old.number, old.words);
        INSERT INTO ukis_document_words(rowid, words) VALUES (new.number, new.words);
    END""",
)
UNMAKE = (
    'DROP TRIGGER ukis_document_added',
    'DROP TRIGGER ukis_document_gone',
    'DROP TRIGGER ukis_document_changed',
    'DROP TABLE ukis_document_words',
)

# Words that went stand in the index until it is written anew.
PURGE = "INSERT INTO ukis_document_words(ukis_document_words) VALUES ('optimize')"


def having(kind: int, term: SoughtWords) -> tuple[str, list[object]]:
    sql = (
        f'SELECT rowid / {KINDS} FROM ukis_document_words '  # noqa: S608
        f'WHERE ukis_document_words MATCH %s AND rowid %% {KINDS} = %s'
    )
    return sql, [f'"{" ".join(term.words)}"{" *" if term.begins else ""}', kind]
