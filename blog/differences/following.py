"""Where words of one text stand in a later one: at the same place, or nowhere. Never a lookalike elsewhere.

Both texts are read as blocks (paragraphs, headings, cells). Blocks that did not change are aligned in order, changed
ones between them are paired where each is clearly the other's likest, and inside a pair words are aligned. Every
alignment is made from the front and from the back, and only what both agree on counts: where one of two identical
sentences went, nobody can tell which, and both are called gone. A whole block that was moved is followed where it is
long, and stands once in each text.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ukis.differences.blocks import Node, blocks_of, read
from ukis.differences.comparing import Budget, common

MOVED_FROM = 12  # words that a block must have to be known again elsewhere
BESIDE = 40  # characters on either side by which lookalikes are told apart
MORE = 5  # of those, by so many more
RUN = 4  # words that must have stayed beside each other, the quoted ones among them
ALIKE = 0.5  # so much of the words of both blocks in both
CLEARLY = 0.1  # by so much more than any other
FEW = 6  # blocks that may have been cut or joined
WIDEST = 60  # blocks between two unchanged ones that are looked at
MOST_STEPS = 400_000  # of `Budget`, for one pair of texts

_WORD = re.compile(r'\w+|[^\w\s]')


def leaves(source: str) -> list[Node]:
    """The blocks of a text that hold words, in order."""
    return [leaf for leaf in _leaves(read(source)) if said(leaf)]


def _leaves(node: Node) -> Iterator[Node]:
    if node.is_leaf:
        yield node
        return
    for child in blocks_of(node):
        yield from _leaves(child)


def said(node: Node) -> str:
    """The words of a block on one line."""
    return ' '.join(''.join(pieces(node)).split())


def pieces(node: Node) -> Iterator[str]:
    """The texts of a block in order; a line break is a blank."""
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.tag == 'br':
            yield ' '
        else:
            yield from pieces(child)


class WordPlace(NamedTuple):
    """A word, or a mark, and where it stands."""

    word: str
    block: int
    start: int
    end: int


def words_in(text: str, block: int) -> list[WordPlace]:
    return [WordPlace(found[0], block, found.start(), found.end()) for found in _WORD.finditer(text)]


@dataclass(frozen=True)
class Stretch:
    """Blocks of both texts between the same unchanged ones, whose words are aligned as one run."""

    olds: tuple[int, ...]
    news: tuple[int, ...]
    run: int  # words that must have stayed beside each other


class Alignment:
    """Two texts, and which words of the one are those of the other."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self.old, self.new = list(old), list(new)
        self.budget = Budget(MOST_STEPS)
        self.same = agreed(self.old, self.new, self.budget)
        self.moved = self._moved()
        self.stretches = {n: stretch for stretch in self._stretches() for n in stretch.olds}
        self._words: dict[Stretch, tuple[list[WordPlace], list[WordPlace], dict[int, int]]] = {}

    def follow(self, block: int, start: int, words: str) -> tuple[int, int] | None:
        """Block and place in the new text of words that stood there in the old one; None where they are gone."""
        if not words or block >= len(self.old) or self.old[block][start : start + len(words)] != words:
            return None
        whole = self.same.get(block, self.moved.get(block))
        if whole is not None:
            return whole, start
        found = self._among_words(block, start, start + len(words))
        if found is None or self.new[found[0]][found[1] : found[1] + len(words)] != words:
            return None
        return None if self._stand_elsewhere(block, start, words, found) else found

    def _stand_elsewhere(self, block: int, start: int, words: str, found: tuple[int, int]) -> bool:
        """Whether more of what stood beside them stands beside the same words at another place: where two sentences or
        paragraphs changed places, this is the lookalike."""
        before, after = _beside(self.old[block], start, words)

        def kept(n: int, at: int) -> int:
            there_before, there_after = _beside(self.new[n], at, words)
            return _alike_from_here(before[::-1], there_before[::-1]) + _alike_from_here(after, there_after)

        here = kept(*found)
        if here == len(before) + len(after):
            return False
        return any(
            (n, at) != found and kept(n, at) >= here + MORE
            for n, text in enumerate(self.new)
            for at in _places(text, words)
        )

    def _among_words(self, block: int, start: int, end: int) -> tuple[int, int] | None:
        stretch = self.stretches.get(block)
        if stretch is None:
            return None
        before, after, found = self._aligned_words(stretch)
        inside = [
            n
            for n, place in enumerate(before)
            if place.block == block and place.start < end and place.end > start
        ]
        if not inside or any(n not in found for n in inside):
            return None
        first, last = inside[0], inside[-1]
        if (
            found[last] - found[first] != last - first
            or after[found[last]].block != after[found[first]].block
        ):
            return None
        beside = _stayed(found, first, -1, stretch.run) + _stayed(found, last, 1, stretch.run)
        if last - first + 1 + beside < min(stretch.run, len(before)):
            return None
        there = after[found[first]]
        return there.block, there.start + start - before[first].start

    def _aligned_words(self, stretch: Stretch) -> tuple[list['WordPlace'], list['WordPlace'], dict[int, int]]:
        if stretch not in self._words:
            before = [place for n in stretch.olds for place in words_in(self.old[n], n)]
            after = [place for n in stretch.news for place in words_in(self.new[n], n)]
            found = agreed([one.word for one in before], [one.word for one in after], self.budget)
            self._words[stretch] = (before, after, found)
        return self._words[stretch]

    def _stretches(self) -> Iterator[Stretch]:
        """Between two unchanged blocks: each changed one with the one that is clearly what became of it; the rest,
        where a paragraph was cut in two or two were joined, all together."""
        taken = set(self.moved.values())
        ends = [(-1, -1), *sorted(self.same.items()), (len(self.old), len(self.new))]
        for (a, b), (c, d) in pairwise(ends):
            olds = [n for n in range(a + 1, c) if n not in self.moved]
            news = [n for n in range(b + 1, d) if n not in taken]
            wide = max(len(olds), len(news))
            if not olds or not news or wide > WIDEST or not self.budget.pays(len(olds) * len(news) * 16):
                continue
            pairs = self._likest(olds, news)
            for i, j in pairs.items():
                yield Stretch((i,), (j,), RUN)
            left = tuple(n for n in olds if n not in pairs)
            there = tuple(n for n in news if n not in pairs.values())
            if left and there and max(len(left), len(there)) <= FEW:
                yield Stretch(left, there, 2 * RUN)

    def _likest(self, olds: Sequence[int], news: Sequence[int]) -> dict[int, int]:
        before = {n: Counter(self.old[n].split()) for n in olds}
        after = {n: Counter(self.new[n].split()) for n in news}
        alike = {(i, j): _alike(before[i], after[j]) for i in olds for j in news}
        found = {}
        for (i, j), much in alike.items():
            rivals = [alike[i, n] for n in news if n != j] + [alike[n, j] for n in olds if n != i]
            if much >= ALIKE and much >= max(rivals, default=0) + CLEARLY:
                found[i] = j
        return _in_order(found)

    def _moved(self) -> dict[int, int]:
        before, after = Counter(self.old), Counter(self.new)
        places = {text: n for n, text in enumerate(self.new)}
        return {
            n: places[text]
            for n, text in enumerate(self.old)
            if n not in self.same
            and before[text] == 1
            and after[text] == 1
            and len(text.split()) >= MOVED_FROM
        }


def _beside(text: str, start: int, words: str) -> tuple[str, str]:
    return text[max(0, start - BESIDE) : start], text[start + len(words) :][:BESIDE]


def _alike_from_here(one: str, other: str) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _stayed(found: Mapping[int, int], at: int, way: int, most: int) -> int:
    """How many words beside this one stayed beside it."""
    count = 0
    while count < most and found.get(at + way * (count + 1)) == found[at] + way * (count + 1):
        count += 1
    return count


def _alike(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _in_order(pairs: Mapping[int, int]) -> dict[int, int]:
    """Those that cross no other: which of two that changed places was moved, nobody can tell."""
    return {i: j for i, j in pairs.items() if all((i < n) == (j < m) for n, m in pairs.items() if n != i)}


def agreed(old: Sequence[str], new: Sequence[str], budget: Budget) -> dict[int, int]:
    """Which of the old is which of the new, as read from the front and from the back alike."""
    front = dict(_one_by_one(common(old, new, budget)))
    back = {
        len(old) - 1 - i: len(new) - 1 - j
        for i, j in _one_by_one(common(list(reversed(old)), list(reversed(new)), budget))
    }
    return {i: j for i, j in front.items() if back.get(i) == j}


def _one_by_one(runs: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    for a, b, length in runs:
        for n in range(length):
            yield a + n, b + n


@lru_cache(maxsize=8)
def aligned(old: str, new: str) -> Alignment:
    """Of two texts as they are stored; kept, for a conversation asks it of each of its passages."""
    return Alignment([said(leaf) for leaf in leaves(old)], [said(leaf) for leaf in leaves(new)])
