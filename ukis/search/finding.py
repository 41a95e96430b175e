"""What is found for what was typed, in one order on both databases.

A database says only which documents have the words, newest first. Those whose title, standfirst, tags or names have
them all come into question first, filled up with the newest of all; of these our own formula makes the order, in whole
numbers. What narrows a search is asked for with the words and not sifted out afterwards.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from ukis.search import gathering
from ukis.search.asking import AMONG, AskedWords, SoughtPart, asked
from ukis.search.keeping import EVERYBODY, KINDS, KindOfDocument, body, kind_of, row_of
from ukis.search.sought import LONG, One, Phrase
from ukis.search.weighing import Weights, value

FIRST, NEWEST, MOST_COUNTED = 150, 300, 1000


@dataclass(frozen=True)
class Hit:
    kind: int
    row: int
    key: int
    score: int
    facets: tuple[str, ...]


@dataclass(frozen=True)
class FoundDocuments:
    asked: AskedWords
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    # What has to stand in a row was looked for in the newest alone.
    is_cut: bool = False

    @property
    def is_searchable(self) -> bool:
        return bool(self.asked.required)

    @property
    def is_over(self) -> bool:
        return self.total > MOST_COUNTED

    def counted(self, letter: str) -> list[tuple[int, int]]:
        """Of the facets that begin so each number, and how many of what came into question have it."""
        counts = Counter(
            int(one[1:]) for hit in self.hits for one in hit.facets if one[0] == letter and one[1:].isdigit()
        )
        return sorted(counts.items(), key=lambda one: (-one[1], -one[0]))


def find(
    typed: str,
    *,
    kinds: Collection[int] = (),
    facets: Sequence[str] = (),
    newest_first: bool = False,
) -> FoundDocuments:
    """Of what everybody may see, or of these kinds; with all of `facets`."""
    gathering.write()
    return _find(asked(typed), kinds, facets, newest_first=newest_first)


def _find(
    wanted: AskedWords, kinds: Collection[int], facets: Sequence[str], *, newest_first: bool
) -> FoundDocuments:
    if not wanted.required:
        return FoundDocuments(wanted)
    groups = [*_groups(kinds), *([one] for one in facets)]
    keys, counted, is_cut = _candidates(wanted, groups, newest_first=newest_first)
    hits = _scored(keys, wanted)
    hidden = _not_visible(hits)
    hits = [hit for hit in hits if hit.key not in hidden]
    gone = len(keys) - len(hits)
    if gone and counted > MOST_COUNTED:
        # Others may stand where these did.
        counted = len(_newest(wanted, groups, MOST_COUNTED + 1 + gone)[0])
    order = (lambda hit: -hit.key) if newest_first else (lambda hit: (-hit.score, -hit.key))
    return FoundDocuments(wanted, sorted(hits, key=order), max(len(hits), counted - gone), is_cut)


def _groups(kinds: Collection[int]) -> list[list[str]]:
    return [[f'k{number}' for number in sorted(kinds)]] if kinds else [[EVERYBODY]]


def _newest(
    wanted: AskedWords, groups: list[list[str]], most: int, *, first: bool = False
) -> tuple[list[int], bool]:
    return body().newest(wanted.ways, groups, first=first, most=most, among=AMONG)


def _candidates(
    wanted: AskedWords, groups: list[list[str]], *, newest_first: bool
) -> tuple[list[int], int, bool]:
    """Keys, how many have everything that was typed, as far as that is counted, and whether there may be more."""
    everything, is_cut = _newest(wanted, groups, MOST_COUNTED + 1)
    if newest_first or (len(everything) <= NEWEST and not is_cut):
        return everything[:NEWEST], len(everything), is_cut
    first, _ = _newest(wanted, groups, FIRST, first=True)
    keys = dict.fromkeys([*first, *everything[:NEWEST]])
    # What has no date would never be among the newest.
    undated = [f'k{kind.number}' for kind in KINDS.values() if not kind.dated and kind.for_everybody]
    if undated and [EVERYBODY] in groups:
        keys |= dict.fromkeys(_newest(wanted, [*groups, undated], FIRST, first=True)[0])
    return list(keys), len(everything), is_cut


def _scored(keys: Sequence[int], wanted: AskedWords) -> list[Hit]:
    if not keys:
        return []
    rows = body().weighed(keys)
    doubtful = _doubtful([key for key, _, facets in rows if LONG in facets], wanted)
    return [
        Hit(
            kind_of(key),
            row_of(key),
            key,
            _score(Weights(weights), wanted.terms),
            tuple(facets.split()),
        )
        for key, weights, facets in rows
        if key not in doubtful
    ]


def _score(weights: Weights, terms: Sequence[SoughtPart]) -> int:
    length, of = weights.length, weights.of
    score = 0
    for term in terms:
        best = 0
        for together in term.scored:
            worth = 0
            for one in together:
                weight = of(one.hashed)
                if not weight:
                    worth = 0
                    break
                worth += value(weight, one.tells, length) * one.eighths // 8
            best = max(best, worth // len(together) if together else 0)
        score += best
    return score


def _doubtful(keys: Sequence[int], wanted: AskedWords) -> set[int]:
    """Of what is too long for PostgreSQL to know all places: those that have not what was asked for in a row."""
    phrases = [
        term for term in wanted.required if term.ways and all(isinstance(way, Phrase) for way in term.ways)
    ]
    if not phrases or not keys or connection.vendor != 'postgresql':
        return set()
    places = ', '.join(['%s'] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT key, first, rest FROM ukis_document WHERE key IN ({places})', keys)  # noqa: S608
        rows = cursor.fetchall()
    return {key for key, *texts in rows if not all(_has_one(texts, term) for term in phrases)}


def _has_one(texts: Sequence[str], term: SoughtPart) -> bool:
    rows = [way.words for way in term.ways if isinstance(way, (Phrase, One))]
    return any(f' {" ".join(words)} ' in f' {text} ' for words in rows for text in texts)


def _not_visible(hits: Sequence[Hit]) -> set[int]:
    """Of what is found that which nobody may see any more: what a day or another's choice hid since."""
    hidden: set[int] = set()
    for kind in KINDS.values():
        if kind.visible is None:
            continue
        its = {hit.row: hit.key for hit in hits if hit.kind == kind.number}
        if its:
            seen = set(kind.visible(list(its)))
            hidden |= {key for row, key in its.items() if row not in seen}
    return hidden


def rows_having(
    typed: str, kind: KindOfDocument, *, first: bool = False, all_are_kept: bool = False, key: str = 'pk'
) -> Q | None:
    """That a row of a kind has everything typed, as a condition on the column that leads to it; None where nothing in
    it is a word. `first`: has it in its title, standfirst, tags and names. `all_are_kept`: none of the rows of which it
    is asked is without words in the index. Then what stands in most of them is found by the few that lack it, and the
    keys of a hundred thousand are not gone through; what stands in a row is found in the newest that have its words,
    and whoever shows that says so."""
    gathering.write()
    wanted = asked(typed, of_names=kind.is_of_names)
    if not wanted.required:
        return None
    groups = [[kind.facet]]
    if all_are_kept and wanted.is_in_most and not first:
        return ~Q(**{f'{key}__in': RawSQL(*body().rows_lacking(wanted.ways, groups))})  # noqa: S611
    if all_are_kept and wanted.is_looked_for_among and not first:
        return Q(**{f'{key}__in': RawSQL(*body().rows_among(wanted.ways, groups, AMONG))})  # noqa: S611
    return Q(**{f'{key}__in': RawSQL(*body().rows(wanted.ways, groups, first=first))})  # noqa: S611
