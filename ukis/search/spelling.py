"""‘Did you mean’: for a word that stands nowhere the nearest that stands in what everybody may read, and only where
that finds something. Nothing else that was typed is changed."""

from collections.abc import Callable
from string import ascii_lowercase

from django.db import connection
from django.db.models import QuerySet

from ukis.search.asking import AskedWords, SoughtPart
from ukis.search.keeping import body
from ukis.search.models import Form, Word

SHORTEST, LONGEST, SHORTEST_OF_TWO = 3, 30, 6
MOST_LOOKED_AT, TRIED = 3_000, 3


def meant(asked: AskedWords, finds: Callable[[str], bool]) -> str:
    """What was typed, with each unknown word in another spelling; empty where that helps nothing."""
    unknown = [term for term in asked.required if term.unknown and SHORTEST <= len(term.words[0]) <= LONGEST]
    if not unknown or len(unknown) < sum(term.unknown for term in asked.required):
        return ''
    offers = [_nearest(term.words[0]) for term in unknown]
    for number in range(TRIED):
        if all(number < len(offer) or (len(unknown) > 1 and offer) for offer in offers):
            chosen = [offer[min(number, len(offer) - 1)] for offer in offers]
            instead = _with(asked.typed, unknown, chosen)
            if finds(instead):
                return instead
    return ''


def _with(typed: str, terms: list[SoughtPart], chosen: list[str]) -> str:
    for term, word in sorted(zip(terms, chosen, strict=True), key=lambda pair: -pair[0].typed[0]):
        start, end = term.typed
        typed = f'{typed[:start]}{word}{typed[end:]}'
    return typed


def _nearest(word: str) -> list[str]:
    """The nearest first, of those as near the most used."""
    known = dict(_words().filter(word__in=_one_away(word)).values_list('word', 'documents'))
    if not known and len(word) >= SHORTEST_OF_TWO:
        known = _two_away(word)
    return sorted(known, key=lambda one: (-known[one], one))


def _words() -> QuerySet[Word]:
    return Word.objects.filter(form=Form.WORD)


def _one_away(word: str) -> list[str]:
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {a + b[1:] for a, b in cuts if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    found |= {a + letter + b[1:] for a, b in cuts if b for letter in ascii_lowercase}
    found |= {a + letter + b for a, b in cuts for letter in ascii_lowercase}
    return sorted(one for one in found - {word} if len(one) >= SHORTEST)


def _two_away(word: str) -> dict[str, int]:
    """Of those that begin as it does: nobody mistakes the first letters twice."""
    from rapidfuzz.distance import OSA  # in C, and of use only where nothing was found

    with connection.cursor() as cursor:
        cursor.execute(*body().beginning(word[:2], MOST_LOOKED_AT))
        rows = cursor.fetchall()
    return {one: count for one, count in rows if OSA.distance(word, one, score_cutoff=2) <= 2}
