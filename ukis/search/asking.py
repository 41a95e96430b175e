"""What was typed, in parts: words, beginnings, and what stands in quotes. No sign in it is one of any language."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db import connection

from ukis.search import weighing
from ukis.search.keeping import body
from ukis.search.models import Form, Synonyms
from ukis.search.sought import All, Begins, One, Phrase, Sought
from ukis.search.words import chunks, in_words, stem

MOST_TYPED, MOST_TERMS = 400, 12
SHORTEST_BEGINNING = 3
MOST_ENDINGS = 30
# A word that stands in one of so many documents, and in as many as this, needs no help from words that begin with it.
EVERYWHERE, MANY = 20, 500
# What has to stand in a row is looked for in so many of the newest that have all of its words.
AMONG = 2000

_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]|([^"“”„«»]+|["“”„«»])')
# Stand in nearly everything. They are looked for where nothing else is, or in quotes; beside others they only count.
_COMMON = (
    'a an and are as at be been but by for from had has have he her his i in into is it its more no not of on or our',
    'she so such than that the their them there these they this to was we were what when which who will with you',
)
COMMON = frozenset(' '.join(_COMMON).split())


@dataclass(frozen=True)
class Scored:
    """A hash that a document's weights may hold, how much it tells, and how many eighths of that count."""

    hashed: int
    tells: int
    eighths: int


@dataclass
class SoughtPart:
    """One part of what was typed. It counts as much as the best of `scored`: of each all have to stand there."""

    words: tuple[str, ...]
    typed: tuple[int, int]
    quoted: bool = False
    joined: str = ''
    ways: list[Sought] = field(default_factory=list)
    scored: list[tuple[Scored, ...]] = field(default_factory=list)
    # Where it is one word that stands nowhere and begins none.
    unknown: bool = False

    @property
    def is_common(self) -> bool:
        return not self.quoted and set(self.words) <= COMMON


@dataclass(frozen=True)
class AskedWords:
    typed: str
    required: tuple[SoughtPart, ...] = ()
    also: tuple[SoughtPart, ...] = ()
    # Whether more was typed than is looked for.
    is_cut: bool = False
    # Whether each required part stands in more than half of all documents, so that fewer lack one than have them.
    is_in_most: bool = False
    # Whether something has to stand in a row, and more may have all of its words than are looked through for it.
    is_looked_for_among: bool = False

    @property
    def ways(self) -> list[list[Sought]]:
        return [term.ways for term in self.required]

    @property
    def terms(self) -> tuple[SoughtPart, ...]:
        return (*self.required, *self.also)


NOTHING_ASKED = AskedWords('')


def asked(typed: str, *, of_names: bool = False) -> AskedWords:
    """Of names every word has to stand there, and any of them may be a beginning; what is too short for one is asked
    for where there is nothing else: somebody is still typing it."""
    whole = typed.replace(chr(0), ' ')
    typed = whole[:MOST_TYPED]
    parts = _alike_taken_together(_parts(typed))
    terms, is_cut = parts[:MOST_TERMS], len(whole) > MOST_TYPED or len(parts) > MOST_TERMS
    known = KnownWords(terms, of_names=of_names)
    for term in terms:
        known.fill(term)
    if of_names:
        long = [term for term in terms if len(term.words) > 1 or len(term.words[0]) >= SHORTEST_BEGINNING]
        return AskedWords(typed, tuple(long or terms), is_cut=is_cut)
    telling = [term for term in terms if not term.is_common]
    return AskedWords(
        typed,
        tuple(telling or terms),
        tuple(term for term in terms if term.is_common) if telling else (),
        is_cut,
        all(map(known.is_in_most, telling or terms)),
        stands_in_a_row(typed) and min(map(known.at_most, telling or terms)) > AMONG,
    )


def stands_in_a_row(typed: str) -> bool:
    """Whether any of it is to be found only in a row, as it was typed."""
    return any(len(part.words) > 1 for part in _parts(typed[:MOST_TYPED].replace(chr(0), ' ')))


def _parts(typed: str) -> list[SoughtPart]:
    found: list[SoughtPart] = []
    for part in _QUOTED.finditer(typed):
        quoted, plain = part.groups()
        if quoted is not None:
            words = tuple(in_words(quoted)[0])
            if words:
                found.append(SoughtPart(words, part.span(), quoted=True))
        else:
            for start, end, one in chunks(plain):
                if one.words:
                    where = (part.start() + start, part.start() + end)
                    found.append(SoughtPart(one.words, where, joined=one.joined))
    return [term for at, term in enumerate(found) if not _stands_in(term, found[:at])]


def _stands_in(term: SoughtPart, others: Sequence[SoughtPart]) -> bool:
    return any(one.words == term.words and one.quoted == term.quoted for one in others)


# --- Words that mean the same ----------------------------------------------------------------------------


def _synonyms() -> list[list[tuple[str, ...]]]:
    groups = []
    for (words,) in Synonyms.objects.order_by('words', 'pk').values_list('words')[:500]:
        entries = [tuple(in_words(one)[0]) for one in words.split(',')]
        groups.append([one for one in entries if one])
    return groups


def _stemmed(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(stem(word) for word in words)


def _alike_taken_together(terms: list[SoughtPart]) -> list[SoughtPart]:
    """Where several words in a row are one that has others beside it, they are one part."""
    groups = _synonyms() if terms else []
    alike: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for group in groups:
        for entry in group:
            alike.setdefault(_stemmed(entry), []).extend(one for one in group if one != entry)
    longest = max(map(len, alike), default=0)
    found: list[SoughtPart] = []
    at = 0
    while at < len(terms):
        taken = 1
        for count in range(min(longest, len(terms) - at), 0, -1):
            some = terms[at : at + count]
            words = tuple(word for term in some for word in term.words)
            others = alike.get(_stemmed(words))
            if others and (count == 1 or not any(term.quoted for term in some)):
                whole = SoughtPart(
                    words,
                    (some[0].typed[0], some[-1].typed[1]),
                    some[0].quoted,
                    some[0].joined if count == 1 else '',
                )
                if count > 1:
                    whole.ways.append(All(tuple(One(_both(word)) for word in words)))
                whole.ways += [_way(other) for other in others]
                found.append(whole)
                taken = count
                break
        else:
            found.append(terms[at])
        at += taken
    return found


def _both(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((stem(word), word)))


def _way(words: tuple[str, ...]) -> Sought:
    return One(_both(words[0])) if len(words) == 1 else Phrase(words)


# --- What is known of them -------------------------------------------------------------------------------


class KnownWords:
    """How many documents have which word, asked once for all that was typed."""

    def __init__(self, terms: Collection[SoughtPart], *, of_names: bool = False) -> None:
        self.of_names = of_names
        self.documents = 0
        self.is_whole = False
        self.counts: dict[tuple[int, str], int] = {}
        words = sorted({word for term in terms for word in _words_of(term)})
        if words:
            self._ask(words)

    def _ask(self, words: list[str]) -> None:
        wanted = sorted({*words, *(stem(word) for word in words)})
        places = ', '.join(['%s'] * len(wanted))
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT form, word, documents FROM ukis_word WHERE form IN (0, 1) AND word IN ({places}) '  # noqa: S608
                "UNION ALL SELECT CASE WHEN whole THEN 10 ELSE 9 END, '', documents FROM ukis_search_state",
                wanted,
            )
            for form, word, count in cursor.fetchall():
                if form >= 9:
                    self.documents, self.is_whole = count, form == 10
                else:
                    self.counts[form, word] = count

    def fill(self, term: SoughtPart) -> None:
        """The ways in which it is looked for, and what counts of it."""
        others = list(term.ways)
        if term.quoted and len(term.words) > 1:
            term.ways.append(Phrase(term.words))
            term.scored.append(self._in_a_row(term.words))
        elif len(term.words) > 1 and not any(isinstance(one, All) for one in others):
            term.ways.append(Phrase(term.words))
            term.scored.append(self._in_a_row(term.words))
            if term.joined:
                term.ways.append(One(_both(term.joined)))
                term.scored += self._of_word(term.joined)
        elif len(term.words) == 1:
            self._fill_word(term, term.words[0])
        for way in others:
            term.scored += self._of_way(way)

    def is_in_most(self, term: SoughtPart) -> bool:
        """Not of what stands in a row, which no table counts; and not while the index is made anew."""
        alone = len(term.words) == 1 and not term.quoted
        return alone and self.is_whole and self._having(term.words[0]) * 2 > self.documents

    def at_most(self, term: SoughtPart) -> int:
        """No more documents than this have it."""
        return sum(map(self._at_most, term.ways))

    def _at_most(self, way: Sought) -> int:
        match way:
            case One(words):
                return sum(
                    self.counts.get((form, word), 0) for word in words for form in (Form.STEM, Form.WORD)
                )
            case Phrase(words):
                return min(self.counts.get((Form.WORD, word), 0) for word in words)
            case All(ways):
                return min(map(self._at_most, ways))
        return self.documents

    def _having(self, word: str) -> int:
        return max(self.counts.get((Form.STEM, stem(word)), 0), self.counts.get((Form.WORD, word), 0))

    def _fill_word(self, term: SoughtPart, word: str) -> None:
        term.ways.append(Phrase((word,)) if term.quoted else One(_both(word)))
        term.scored += self._of_word(word)
        if term.quoted:
            return
        having = self._having(word)
        everywhere = having > MANY and having * EVERYWHERE > self.documents
        if len(word) >= SHORTEST_BEGINNING and (self.of_names or not everywhere):
            endings = self._endings(word)
            term.ways.append(Begins(word))
            term.scored += [self._one(weighing.word_hash(one), count, 6) for one, count in endings]
            term.unknown = not having and not endings
        else:
            term.unknown = not having

    def _endings(self, word: str) -> list[tuple[str, int]]:
        with connection.cursor() as cursor:
            cursor.execute(*body().beginning(word, MOST_ENDINGS + 1))
            return [(one, count) for one, count in cursor.fetchall() if one != word][:MOST_ENDINGS]

    def _of_word(self, word: str) -> list[tuple[Scored, ...]]:
        """As it was typed it counts for more than what only shares its stem."""
        of_stem = self.counts.get((Form.STEM, stem(word)), 0)
        return [
            self._one(weighing.stem_hash(stem(word)), of_stem, 8),
            self._one(weighing.word_hash(word), of_stem or self.counts.get((Form.WORD, word), 0), 12),
        ]

    def _of_way(self, way: Sought) -> list[tuple[Scored, ...]]:
        match way:
            case One(words):
                return [self._of_stem(words[0], 7)]
            case Phrase(words):
                return [self._in_a_row(words, 7)]
            case All(ways):
                stems = [one.words[0] for one in ways if isinstance(one, One)]
                return [tuple(one for word in stems for one in self._of_stem(word, 8))]
        return []

    def _of_stem(self, word: str, eighths: int) -> tuple[Scored, ...]:
        return self._one(weighing.stem_hash(word), self.counts.get((Form.STEM, word), 0), eighths)

    def _in_a_row(self, words: Sequence[str], eighths: int = 12) -> tuple[Scored, ...]:
        return tuple(
            one
            for word in dict.fromkeys(words)
            for one in self._one(weighing.word_hash(word), self.counts.get((Form.WORD, word), 0), eighths)
        )

    def _one(self, hashed: int, having: int, eighths: int) -> tuple[Scored, ...]:
        return (Scored(hashed, weighing.telling(self.documents, having), eighths),)


def _words_of(term: SoughtPart) -> list[str]:
    found = [*term.words, *([term.joined] if term.joined else [])]
    for way in term.ways:
        found += _words_in(way)
    return found


def _words_in(way: Sought) -> list[str]:
    match way:
        case One(words) | Phrase(words):
            return list(words)
        case All(ways):
            return [word for one in ways for word in _words_in(one)]
    return []
