"""What was found, with what was looked for marked in it, and the part of a text in which most of that stands. Cut from
what is shown alone, by the function that made the index."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from ukis.search.asking import AskedWords
from ukis.search.sought import All, Begins, One, Phrase, Sought
from ukis.search.words import Chunk, chunks, stem

PASSAGE = 240


class MarkedPlace(NamedTuple):
    start: int
    end: int
    what: int  # which of the parts that were typed


class Marker:
    def __init__(self, asked: AskedWords) -> None:
        self.words: dict[str, int] = {}
        self.beginnings: dict[str, int] = {}
        self.rows: list[tuple[tuple[str, ...], int]] = []
        self.parts = frozenset(range(len(asked.required)))
        for number, term in enumerate(asked.required):
            for way in term.ways:
                self._take(way, number)

    def _take(self, way: Sought, number: int) -> None:
        match way:
            case One(words):
                self.words |= dict.fromkeys(words, number)
            case Begins(word):
                self.beginnings[word] = number
            case Phrase(words):
                self.rows.append((words, number))
            case All(ways):
                for one in ways:
                    self._take(one, number)

    def places(self, text: str) -> list[MarkedPlace]:
        stand = list(chunks(text))
        found = [
            MarkedPlace(start, end, what)
            for start, end, one in stand
            if (what := self._what(one)) is not None
        ]
        for words, number in self.rows:
            found += _in_a_row(stand, words, number)
        return sorted(set(found))

    def _what(self, one: Chunk) -> int | None:
        for word in (*one.words, *([one.joined] if one.joined else [])):
            for form in (word, stem(word)):
                if form in self.words:
                    return self.words[form]
            for beginning, number in self.beginnings.items():
                if word.startswith(beginning):
                    return number
        return None

    def missed(self, *texts: str) -> frozenset[int]:
        """Which of the parts that were typed stand in none of them."""
        return self.parts - {place.what for text in texts for place in self.places(text)}

    def marked(self, text: str) -> SafeString:
        return _marked(text, self.places(text))

    def passage(self, text: str) -> SafeString:
        """Some of it, where most of what was typed stands; its beginning where nothing does."""
        text = ' '.join(text.split())
        places = self.places(text)
        start, end = _cut(text, _best(places))
        inside = [
            one._replace(start=one.start - start, end=one.end - start)
            for one in places
            if start <= one.start and one.end <= end
        ]
        before, after = '… ' if start else '', ' …' if end < len(text) else ''
        return format_html('{}{}{}', before, _marked(text[start:end], inside), after)


def _in_a_row(
    stand: Sequence[tuple[int, int, Chunk]], words: tuple[str, ...], number: int
) -> list[MarkedPlace]:
    flat = [(start, end, word) for start, end, one in stand for word in one.words]
    length = len(words)
    return [
        MarkedPlace(flat[at][0], flat[at + length - 1][1], number)
        for at in range(len(flat) - length + 1)
        if all(flat[at + step][2] == word for step, word in enumerate(words))
    ]


def _marked(text: str, places: Sequence[MarkedPlace]) -> SafeString:
    parts, last = [], 0
    for place in places:
        if place.end <= last:
            continue
        start = max(place.start, last)
        parts += [
            conditional_escape(text[last:start]),
            format_html('<mark>{}</mark>', text[start : place.end]),
        ]
        last = place.end
    return mark_safe(''.join([*parts, conditional_escape(text[last:])]))


def _best(places: Sequence[MarkedPlace]) -> int:
    """Where the stretch begins that has most of the parts, and most of them; the first of several."""
    best, where = (0, 0), 0
    for at, place in enumerate(places):
        inside = [one for one in places[at : at + 40] if one.end <= place.start + PASSAGE * 3 // 4]
        told = (len({one.what for one in inside}), len(inside))
        if told > best:
            best, where = told, place.start
    return where


def _cut(text: str, where: int) -> tuple[int, int]:
    start = max(0, where - PASSAGE // 4)
    if start:
        start = text.rfind(' ', 0, start) + 1
    end = start + PASSAGE
    if end >= len(text):
        return start, len(text)
    space = text.rfind(' ', start, end)
    return start, space if space > start else end
