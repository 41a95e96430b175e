"""Passages of the words: chosen, found again in the words as they stand, and marked there."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from blog.differences.following import aligned, leaves, said
from blog.models import QuotedPassage, Version
from ukis import markup
from ukis.differences.blocks import VOID, Node, blocks_of, read
from ukis.refusals import NotNow

LONGEST = 2000
BESIDE = 120
PARTS = tuple(QuotedPassage.Part)
PLAIN = (QuotedPassage.Part.TITLE, QuotedPassage.Part.STANDFIRST)


@dataclass(frozen=True)
class Standing:
    """Where a passage stands in the words as they are now; `block` is None where it is gone."""

    block: int | None
    start: int = 0

    @property
    def is_here(self) -> bool:
        return self.block is not None


GONE = Standing(None)


@dataclass(frozen=True)
class TextBlock:
    part: str
    number: int
    text: str


def stored(version: Version, part: str) -> str:
    """A part of the words as HTML."""
    text = getattr(version, part)
    return html.escape(text) if part in PLAIN else text


def blocks_in(version: Version) -> Iterator[TextBlock]:
    for part in PARTS:
        for number, leaf in enumerate(leaves(stored(version, part))):
            yield TextBlock(part, number, said(leaf))


def chosen(version: Version, *, part: str, block: int, words: str, start: int | None = None) -> QuotedPassage:
    """The passage, not saved yet. `start` is where a page saw the words begin; without it they must stand there once.
    NotNow, with a sentence, where they do not stand in that paragraph."""
    if part not in PARTS:
        raise NotNow('Choose a paragraph first.')
    texts = [said(leaf) for leaf in leaves(stored(version, part))]
    if block >= len(texts):
        raise NotNow('That paragraph is not in this version. Load the page once more.')
    text, words = texts[block], ' '.join(words.split()) or texts[block]
    if len(words) > LONGEST:
        raise NotNow(f'A passage has up to {LONGEST} characters. Quote a part of it.')
    if start is None or text[start : start + len(words)] != words:
        found = text.find(words)
        if found < 0:
            raise NotNow('These words do not stand in that paragraph, letter by letter. Copy them from it.')
        if text.find(words, found + 1) >= 0:
            raise NotNow(
                'These words stand more than once in that paragraph. Take some more of those beside them.'
            )
        start = found
    return QuotedPassage(
        version=version,
        part=part,
        block=block,
        start=start,
        words=words,
        before=text[max(0, start - BESIDE) : start],
        after=text[start + len(words) :][:BESIDE],
    )


def standing(passage: QuotedPassage, then: Version, now: Version | None) -> Standing:
    """`then` is its own version, `now` the words as they stand. Whatever happens here, nobody is kept from saving."""
    if now is None:
        return GONE
    if now.pk == then.pk:
        return Standing(passage.block, passage.start)
    both = aligned(stored(then, passage.part), stored(now, passage.part))
    found = both.follow(passage.block, passage.start, passage.words)
    return Standing(*found) if found else GONE


@dataclass(frozen=True)
class Spot:
    """Words to be marked: the passage's key, and where they stand in the text that is shown."""

    key: int
    block: int
    start: int
    end: int


def shown(version: Version, part: str, spots: Iterable[Spot], *, from_level: int) -> SafeString:
    """A part of the words for a page, with the spots marked in it."""
    text = marked(stored(version, part), part, spots, deeper=from_level - 2)
    return markup.render(text, part=markup.REFERENCES if part == 'references' else '')


def marked(source: str, part: str, spots: Iterable[Spot] = (), *, deeper: int = 0) -> SafeString:
    """A stored text with each block numbered, and the spots marked and to be jumped to; its headings that much
    deeper."""
    by_block: dict[int, list[Spot]] = {}
    for spot in spots:
        by_block.setdefault(spot.block, []).append(spot)
    numbers = iter(range(len(source) + 1))
    root = read(source)
    if deeper:
        _deepen(root, deeper)
    return mark_safe(''.join(_shown(root, part, numbers, by_block)))  # noqa: S308  # clean HTML, and ours


def _deepen(node: Node, by: int) -> None:
    for child in node.children:
        if isinstance(child, Node):
            if re.fullmatch('h[1-6]', child.tag):
                was, child.tag = child.tag, f'h{min(int(child.tag[1]) + by, 6)}'
                child.start = child.start.replace(f'<{was}', f'<{child.tag}', 1)
            _deepen(child, by)


def _shown(node: Node, part: str, numbers: Iterator[int], spots: dict[int, list[Spot]]) -> Iterator[str]:
    if node.tag in VOID:
        yield node.start
    elif not node.is_leaf:
        yield node.start
        for child in blocks_of(node):
            yield from _shown(child, part, numbers, spots)
        yield node.end
    elif not said(node):
        yield node.html
    else:
        number = next(numbers)
        tag = f'<{node.tag}'
        yield (
            node.start.replace(tag, f'{tag} data-part="{part}" data-block="{number}"', 1) if node.tag else ''
        )
        yield from _Marking(spots.get(number, ())).shown(node)
        yield node.end


class _Marking:
    """Goes through the texts of a block, counting as its words on one line are counted."""

    def __init__(self, spots: Sequence[Spot]) -> None:
        self.spots = sorted(spots, key=lambda spot: (spot.start, spot.key))
        self.named: set[int] = set()
        self.at = 0
        self.blank = False

    def shown(self, node: Node) -> Iterator[str]:
        for child in node.children:
            if isinstance(child, str):
                yield self._text(child)
            elif child.tag == 'br':
                self.blank = self.at > 0
                yield child.start
            elif child.tag in VOID:
                yield child.start
            else:
                yield child.start
                yield from self.shown(child)
                yield child.end

    def _text(self, text: str) -> str:
        runs: list[tuple[tuple[Spot, ...], list[str]]] = []
        for letter in text:
            if letter.isspace():
                self.blank, place = self.at > 0, self.at
            else:
                self.at += self.blank
                self.blank, place = False, self.at
                self.at += 1
            over = tuple(spot for spot in self.spots if spot.start <= place < spot.end)
            if not runs or runs[-1][0] != over:
                runs.append((over, []))
            runs[-1][1].append(letter)
        return ''.join(self._run(over, ''.join(letters)) for over, letters in runs)

    def _run(self, over: tuple[Spot, ...], text: str) -> str:
        escaped = html.escape(text, quote=False)
        if not over:
            return escaped
        opened = ''
        for spot in over:
            first = spot.key not in self.named
            self.named.add(spot.key)
            opened += f'<mark class="passage" id="passage-{spot.key}">' if first else '<mark class="passage">'
        return opened + escaped + '</mark>' * len(over)
