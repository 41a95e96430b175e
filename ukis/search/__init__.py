"""Words, and what has them: one face, and a body for each database.

What is sought is said in one row a thing, in folded words; the databases answer only which rows have which words. A
kind of thing is a `KindOfWords`, with a number of its own: the words of one are never found for another's.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from types import ModuleType

from django.db import connection

from ukis.folding import folded
from ukis.search import on_postgresql, on_sqlite
from ukis.search.models import KINDS, Document
from ukis.search.terms import SoughtWords

MOST_TERMS = 8
LONGEST_WORD = 64
# In nearly everything: nothing is found by one of these beside another word.
COMMON = frozenset(
    {
        *(
            'a',
            'an',
            'and',
            'are',
            'as',
            'at',
            'be',
            'been',
            'but',
            'by',
            'for',
            'from',
            'had',
            'has',
            'have',
        ),
        *('he', 'her', 'his', 'i', 'in', 'into', 'is', 'it', 'its', 'more', 'no', 'not', 'of', 'on', 'or'),
        *(
            'our',
            'she',
            'so',
            'such',
            'than',
            'that',
            'the',
            'their',
            'them',
            'there',
            'these',
            'they',
            'this',
        ),
        *('to', 'was', 'we', 'were', 'what', 'when', 'which', 'who', 'will', 'with', 'you'),
    }
)


@dataclass(frozen=True)
class KindOfWords:
    """A kind of thing that is looked for by its words."""

    number: int

    def put(self, key: int, *texts: str) -> None:
        """These are its words from now on, in the transaction that changes them."""
        words = in_words(' '.join(texts))
        Document.objects.bulk_create(
            [Document(number=self._number(key), words=words)],
            update_conflicts=True,
            unique_fields=['number'],
            update_fields=['words'],
        )

    def drop(self, keys: Iterable[int]) -> None:
        Document.objects.filter(number__in=[self._number(key) for key in keys]).delete()

    def put_all(self, texts: Iterable[tuple[int, str]]) -> None:
        """Of many that are not there yet."""
        rows = [Document(number=self._number(key), words=in_words(text)) for key, text in texts]
        Document.objects.bulk_create(rows, batch_size=500)

    def clear(self) -> None:
        Document.objects.of(self.number).delete()

    def count(self) -> int:
        return Document.objects.of(self.number).count()

    def words(self) -> dict[int, str]:
        """What is known of each, by its key."""
        found = Document.objects.of(self.number).values_list('number', 'words')
        return {number // KINDS: words for number, words in found}

    def having(self, term: SoughtWords) -> tuple[str, list[object]]:
        """A question for the keys of all that have it, in SQL."""
        return _body().having(self.number, term)

    def _number(self, key: int) -> int:
        return key * KINDS + self.number


def _body() -> ModuleType:
    return on_postgresql if connection.vendor == 'postgresql' else on_sqlite


def purge() -> None:
    """After an erasure: nothing of what went is left in the index."""
    if statement := _body().PURGE:
        with connection.cursor() as cursor:
            cursor.execute(statement)


def in_words(text: str) -> str:
    return ' '.join(word[:LONGEST_WORD] for word in folded(text).split())


def terms(typed: str) -> list[tuple[str, SoughtWords]]:
    """What was typed in parts, each as it was typed and as it is looked for: “several words” in a row, or one and all
    that begin with it. A short word is meant as it stands. What has no letter or number is nothing."""
    found = []
    for quoted, plain in re.findall(r'["“”«»]([^"“”«»]*)["“”«»]|([^\s"“”«»]+)', typed):
        words = tuple(in_words(quoted or plain).split())
        if words:
            begins = not quoted and len(words[-1]) > 2
            found.append((quoted or plain, SoughtWords(words, begins=begins)))
    telling = [one for one in found if len(one[1].words) > 1 or one[1].words[0] not in COMMON]
    return (telling or found)[:MOST_TERMS]


__all__ = ['KINDS', 'Document', 'KindOfWords', 'SoughtWords', 'in_words', 'purge', 'terms']
