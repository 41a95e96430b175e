"""The index as a whole: made anew while others write, put right by the clock, looked over, and purged."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.db import connection, transaction

from ukis.search.keeping import AT_ONCE, KINDS, body, counted, document, said
from ukis.search.models import Document, SearchState, Word
from ukis.search.words import VERSION


def is_whole() -> bool:
    return SearchState.objects.filter(pk=1, whole=True, version=VERSION).exists()


def put_right(now: datetime | None = None) -> None:
    """By the clock: everything anew where it was made by another function or never gone through, otherwise what nobody
    told of."""
    if not is_whole():
        for _ in rebuild():
            pass
    else:
        for kind in KINDS.values():
            kind.settle()


def rebuild() -> Iterator[tuple[str, int, int]]:
    """Everything anew, while others write: name of the kind, how many of it are done, how many there are."""
    with transaction.atomic():
        SearchState.objects.select_for_update().get_or_create(pk=1)
        Document.objects.all().delete()
        Word.objects.all().delete()
        SearchState.objects.filter(pk=1).update(version=VERSION, documents=0, whole=False)
    for kind in KINDS.values():
        rows = sorted(kind.rows())
        for start in range(0, len(rows), AT_ONCE):
            kind.keep(rows[start : start + AT_ONCE])
            yield kind.name, min(start + AT_ONCE, len(rows)), len(rows)
    # What began to be there since, by others' hands that tell nobody.
    for kind in KINDS.values():
        kind.keep(kind.astray())
    SearchState.objects.filter(pk=1).update(whole=True)
    purge()


def slips() -> list[str]:
    """Where the index is not as those things have it that are kept at once: nothing, always."""
    found = []
    counts: Counter[tuple[int, str]] = Counter()
    for kind in (one for one in KINDS.values() if one.at_once):
        with transaction.atomic():
            wanted = {text.row: document(kind, text) for text in kind.texts(list(kind.rows()))}
        there = {one.row: one for one in Document.objects.filter(kind=kind.number)}
        rows = sorted(wanted.keys() | there.keys())
        found += [f'{kind.name} {row}' for row in rows if said(wanted.get(row)) != said(there.get(row))]
    for one in Document.objects.filter(
        kind__in=[kind.number for kind in KINDS.values() if kind.for_everybody]
    ):
        counts.update(counted(one))
    kept = {
        (form, word): count for form, word, count in Word.objects.values_list('form', 'word', 'documents')
    }
    found += [
        f'{word} counted'
        for form, word in kept.keys() | counts.keys()
        if kept.get((form, word), 0) != counts[form, word]
    ]
    return found


def purge() -> None:
    """After an erasure: nothing of what went is left in the index."""
    with connection.cursor() as cursor:
        for statement in body().PURGE:
            cursor.execute(statement)
