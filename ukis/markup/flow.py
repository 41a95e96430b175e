"""Elements as they come, one after the other, into blocks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urldefrag

from . import embedded
from .block import Block, gathered, item, joined
from .embedded import EMBEDDED
from .footnotes import note_id
from .links import safe_href
from .parsing import BLOCKS, HEADINGS, Element
from .runs import SPACE, Link, Marks, Run, paragraphs
from .telling import Told
from .word import NUMBERED, is_marker, is_quoted, without_start, word_item

MAX_LISTS = 6  # lists and quotations nested deeper than this are flattened
MAX_QUOTES = 3

_MARKS = {
    'b': 'strong', 'strong': 'strong', 'i': 'em', 'em': 'em', 'cite': 'em', 'dfn': 'em', 'var': 'em',
    'sub': 'sub', 'sup': 'sup', 'code': 'code', 'kbd': 'code', 'samp': 'code', 'tt': 'code',
}  # fmt: skip
_TOLD = {
    'u': 'underlining', 'input': 'form field', 'select': 'form field', 'button': 'form field', 'math': 'formula',
    'svg': 'drawing', 'canvas': 'drawing',
}  # fmt: skip
_LISTS = ('ul', 'ol', 'menu', 'dir')
LETTERED = ('a', 'A', 'i', 'I')


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the text we are."""

    marks: Marks = frozenset()
    lists: int = 0
    quotes: int = 0
    in_table: bool = False
    listed: bool = False  # straight inside a list, where its items are


class Shaping(Protocol):
    """What shapes one tree, and knows how each kind of block is made."""

    told: Told
    fragment: bool
    heading_shift: int
    notes: set[str]

    def flow(self, nodes: Sequence[Element | str], place: Place) -> list[Block]: ...
    def contained(self, nodes: Sequence[Element | str], place: Place) -> list[Block]: ...
    def table(self, node: Element, place: Place) -> list[Block]: ...
    def demoted(self, blocks: list[Block]) -> list[Block]: ...
    def restyled(self, place: Place, node: Element) -> Place: ...


class Flow:
    """Blocks in the making."""

    def __init__(self, shaper: Shaping) -> None:
        self.shaper = shaper
        self.told = shaper.told
        self.blocks: list[Block] = []
        self.runs: list[Run] = []
        self.anchor = ''  # a footnote's anchor without words of its own: the next block takes its id

    def walk(self, nodes: Sequence[Element | str], place: Place) -> None:
        for node in nodes:
            if isinstance(node, str):
                self.runs.append(Run(SPACE.sub(' ', node), place.marks))
            elif node.tag == 'br':
                self.runs.append(Run('\n'))
            elif node.tag == 'img':
                self.picture(node, place)
            elif node.tag in EMBEDDED:
                self.embedded(node, place)
            elif node.tag in ('script', 'style', 'template', 'noscript', 'title'):
                self.told.add('script', node.tag == 'script')
            elif node.tag in BLOCKS:
                self.end_paragraph()
                self.block(node, self.shaper.restyled(place, node))
                self.end_paragraph()
            else:
                self.inline(node, place)

    def inline(self, node: Element, place: Place) -> None:
        if is_marker(node):
            return
        if node.tag in _TOLD:
            self.told.add(_TOLD[node.tag])
        marks = place.marks
        if mark := _MARKS.get(node.tag):
            marks |= {mark}
        if node.tag == 'a':
            marks = self.link(node, marks)
        if node.tag == 'q':
            self.runs.append(Run('“', marks))
        if re.search('Mso(Footnote|Endnote)Reference', node.attrs.get('class', '')):
            marks |= {'sup'}
        self.walk(node.children, self.shaper.restyled(replace(place, marks=marks), node))
        if node.tag == 'q':
            self.runs.append(Run('”', marks))

    def link(self, node: Element, marks: Marks) -> Marks:
        name = note_id(node.attrs.get('id', '')) or note_id(node.attrs.get('name', ''))
        raw = node.attrs.get('href', '').strip()
        href = self.to_note(raw) or safe_href(raw)
        pictures = _pictures(node)
        words = node.text().strip() or not all(map(embedded.is_ours, pictures))
        if name and not words:
            self.anchor = self.anchor or name
        if raw and not href and (words or pictures):
            self.told.add('link')
        if href and pictures and not words:
            self.told.add('picture link')
        marks = frozenset(mark for mark in marks if not isinstance(mark, Link))
        return marks | {Link(href, name)} if words and (href or name) else marks

    def to_note(self, raw: str) -> str:
        """Browsers and Word write the way to a note of the same page as a whole address."""
        address, fragment = urldefrag(raw) if '#' in raw else ('', '')
        note = note_id(fragment)
        inside = note in self.shaper.notes and (self.shaper.fragment or address.startswith('file:'))
        return f'#{note}' if note and inside else ''

    def picture(self, node: Element, place: Place) -> None:
        if not embedded.is_ours(node) or embedded.emoji(node):
            self.runs.append(Run(self.in_words(node), place.marks))
            return
        self.end_paragraph()
        alt = embedded.alt_of(node)
        attrs = {'src': node.attrs['src'], 'alt': alt}
        for side in ('width', 'height'):
            if re.fullmatch(r'[1-9]\d{0,4}', node.attrs.get(side, '')):
                attrs[side] = node.attrs[side]
        if not alt and 'data-decorative' in node.attrs:
            attrs['data-decorative'] = ''
        self.blocks.append(Block('figure', children=[Block('img', attrs)]))

    def in_words(self, image: Element) -> str:
        """An emoji as characters; of a picture that is refused the place where it stood."""
        if characters := embedded.emoji(image):
            return characters
        self.told.add(embedded.kind_of_refused(image))
        return embedded.place(image)

    def embedded(self, node: Element, place: Place) -> None:
        words, address = embedded.as_link(node)
        self.told.add('embedding' if address else 'embedded')
        if address:
            self.end_paragraph()
            marks = frozenset(mark for mark in place.marks if not isinstance(mark, Link))
            self.runs.append(Run(words, marks | {Link(address, '')}))
            self.end_paragraph()
        inner = [child for child in node.children if isinstance(child, str) or child.tag not in EMBEDDED]
        self.walk(inner if address else node.children, place)

    def end_paragraph(self) -> None:
        for runs in paragraphs(self.runs):
            self.add(Block('p', runs=runs))
        self.runs = []

    def add(self, block: Block) -> None:
        if self.anchor and block.tag in ('p', 'li'):
            block.attrs.setdefault('id', self.anchor)
            self.anchor = ''
        self.blocks.append(block)

    def block(self, node: Element, place: Place) -> None:
        if node.tag in _LISTS and place.lists < MAX_LISTS:
            self.list(node, place)
        elif node.tag == 'li' and (place.listed or place.lists < MAX_LISTS):
            self.item(node, place)
        elif node.tag == 'p' and place.lists < MAX_LISTS and (word := word_item(node)):
            self.word_item(node, place, *word)
        elif place.quotes < MAX_QUOTES and (node.tag == 'blockquote' or is_quoted(node)):
            self.quotation(node, place)
        elif node.tag == 'table' and not place.in_table:
            inside = replace(place, in_table=True, listed=False)
            self.blocks += self.shaper.table(node, inside)
        elif node.tag in HEADINGS:
            self.heading(node, place)
        elif shape := {'figure': self.figure, 'pre': self.verbatim, 'hr': self.rule}.get(node.tag):
            shape(node, place)
        else:
            self.passed_through(node, place)

    def passed_through(self, node: Element, place: Place) -> None:
        if name := note_id(node.attrs.get('id', '')):
            self.anchor = self.anchor or name
        if node.tag in ('dt', 'summary', 'caption', 'legend'):
            place = replace(place, marks=place.marks | {'strong'})
        self.told.add('nested table', node.tag == 'table')
        self.walk(node.children, place)

    def quotation(self, node: Element, place: Place) -> None:
        inside = self.shaper.contained(node.children, replace(place, quotes=place.quotes + 1))
        if inside:
            tag = 'blockquote' if node.tag == 'blockquote' else 'word-quote'
            self.blocks.append(Block(tag, children=inside))

    def rule(self, node: Element, place: Place) -> None:
        self.blocks.append(Block('hr'))

    def list(self, node: Element, place: Place) -> None:
        inside = Flow(self.shaper)
        inside.anchor, self.anchor = self.anchor, ''
        inside.walk(node.children, replace(place, lists=place.lists + 1, listed=True))
        inside.end_paragraph()
        items: list[Block] = []
        for block in gathered(inside.blocks, items=False):
            if block.tag == 'li':
                items.append(block)
            elif items and block.tag in ('ul', 'ol'):
                items[-1].children.append(block)  # straight inside a list it belongs to the item before it
            elif block.tag != 'hr':
                items.append(item(self.shaper.demoted([block])))
        if items:
            numbered = node.tag == 'ol'
            attrs = _numbering(node) if numbered else {}
            self.blocks.append(Block('ol' if numbered else 'ul', attrs, children=items))

    def item(self, node: Element, place: Place) -> None:
        depth = place.lists + (not place.listed)
        inside = self.shaper.contained(node.children, replace(place, lists=depth))
        if inside:
            self.add(item(inside, note_id(node.attrs.get('id', ''))))

    def heading(self, node: Element, place: Place) -> None:
        """Words only, on one line and not bold by themselves; what else stands in it follows it."""
        plain = replace(place, marks=place.marks - {'strong'}, listed=False)
        inside = self.shaper.flow(node.children, plain)
        runs: list[Run] = []
        rest: list[Block] = []
        for block in inside:
            if block.tag == 'p' or block.tag in HEADINGS:
                runs += [Run(' ')] if runs else []
                runs += [
                    Run(' ' if run.text == '\n' else run.text, run.marks - {'strong'}) for run in block.runs
                ]
                self.anchor = self.anchor or block.attrs.get('id', '')
            else:
                rest.append(block)
        level = min(max(int(node.tag[1]) + self.shaper.heading_shift, 2), 4)
        self.blocks += [Block(f'h{level}', runs=words) for words in paragraphs(runs)] + rest

    def figure(self, node: Element, place: Place) -> None:
        place = replace(place, listed=False)
        captions = [
            child for child in node.children if isinstance(child, Element) and child.tag == 'figcaption'
        ]
        inside = self.shaper.flow([child for child in node.children if child not in captions], place)
        caption = joined([block for one in captions for block in self.shaper.flow(one.children, place)])
        pictures = [block for block in inside if block.tag == 'figure']
        if caption and pictures and pictures[-1].children[-1].tag != 'figcaption':
            pictures[-1].children.append(Block('figcaption', runs=caption))
        elif caption:
            inside.append(Block('p', runs=caption))
        self.blocks += inside

    def verbatim(self, node: Element, place: Place) -> None:
        text = self.verbatim_text(node).replace('\u00a0', ' ').strip('\n').rstrip()
        if text.strip():
            self.blocks.append(Block('pre', runs=[Run(text)]))

    def verbatim_text(self, node: Element) -> str:
        text = ''
        for child in node.children:
            if isinstance(child, str):
                text += child
            elif child.tag == 'img':
                text += self.in_words(child)
            else:
                text += '\n' if child.tag == 'br' else self.verbatim_text(child)
        return text

    def word_item(self, node: Element, place: Place, level: int, marker: str, cut: int) -> None:
        """A paragraph that Word shows as an item of a list: `gathered` makes the list of it."""
        inside = self.shaper.contained(without_start(node.children, cut), place)
        number = NUMBERED.fullmatch(marker)
        attrs = {'level': str(min(level, MAX_LISTS - place.lists)), 'kind': 'ol' if number else 'ul'}
        if number and number[1].isdigit() and int(number[1]) != 1:
            attrs['start'] = str(int(number[1]))
        if inside:
            self.blocks.append(Block('word-item', attrs, children=inside))


def _pictures(node: Element) -> list[Element]:
    inner = [child for child in node.children if isinstance(child, Element)]
    return [child for child in inner if child.tag == 'img'] + [
        one for child in inner for one in _pictures(child)
    ]


def _numbering(node: Element) -> dict[str, str]:
    """With which number a list begins, and whether letters or roman figures stand for its numbers."""
    start, kind = _start(node), node.attrs.get('type', '').strip()
    return ({'start': str(start)} if start != 1 else {}) | ({'type': kind} if kind in LETTERED else {})


def _start(node: Element) -> int:
    first = next((child for child in node.children if isinstance(child, Element) and child.tag == 'li'), node)
    for value in (node.attrs.get('start', ''), first.attrs.get('value', '')):
        if re.fullmatch(r'-?\d{1,4}', value.strip()):
            return int(value)
    return 1
