"""From a tree of anybody's elements to the few blocks and marks that a post is made of."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .links import note_id, safe_href
from .reading import BLOCKS, HEADINGS, Element
from .runs import SPACE, Link, Marks, Run, merged, paragraphs
from .word import NUMBERED, is_marker, without_start, word_item

MAX_LISTS = 6  # lists and quotations nested deeper than this are flattened
MAX_QUOTES = 3

_PICTURE = re.compile(r'/media/[A-Za-z0-9][A-Za-z0-9_-]*(?:[./][A-Za-z0-9_-]+)*')
_MARKS = {
    'b': 'strong', 'strong': 'strong', 'i': 'em', 'em': 'em', 'cite': 'em', 'dfn': 'em', 'var': 'em',
    'sub': 'sub', 'sup': 'sup', 'code': 'code', 'kbd': 'code', 'samp': 'code', 'tt': 'code',
}  # fmt: skip
_EMBEDDED = {'iframe': 'video', 'video': 'video', 'embed': 'video', 'object': 'video', 'audio': 'audio'}


@dataclass(slots=True)
class Block:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)  # of p, headings, figcaption, pre
    children: list['Block'] = field(default_factory=list)  # of everything that holds blocks


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the text we are."""

    marks: Marks = frozenset()
    lists: int = 0
    quotes: int = 0
    in_table: bool = False
    listed: bool = False  # straight inside a list, where its items are


class Shaper:
    """One pass over one tree. `left_out` counts what a person would want to know of."""

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()
        self.heading_shift = 0

    def shape(self, body: Element) -> list[Block]:
        from .tables import shape_table  # the two shape one another

        self.shape_table = shape_table
        self.heading_shift = 1 if _has(body, 'h1') else 0
        return _levelled(self.flow(body.children, Place()))

    def flow(self, nodes: Sequence[Element | str], place: Place) -> list[Block]:
        """The blocks that these nodes make; loose words become paragraphs."""
        flow = _Flow(self)
        flow.walk(nodes, place)
        flow.end_paragraph()
        return _parted(_listed(flow.blocks))

    def contained(self, nodes: Sequence[Element | str], place: Place) -> list[Block]:
        """As `flow`, for lists, quotations and cells, where a heading is only a bold paragraph."""
        return _demoted(self.flow(nodes, replace(place, listed=False)))


class _Flow:
    """Blocks in the making."""

    def __init__(self, shaper: Shaper) -> None:
        self.shaper = shaper
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
                self.picture(node)
            elif node.tag in _EMBEDDED:
                self.shaper.left_out[f'embedded {_EMBEDDED[node.tag]}'] += 1
                self.walk(node.children, place)
            elif node.tag in ('script', 'style', 'template', 'noscript', 'title'):
                self.shaper.left_out['scripts'] += node.tag == 'script'
            elif node.tag in BLOCKS:
                self.end_paragraph()
                self.block(node, _restyled(place, node, self.shaper.left_out))
                self.end_paragraph()
            else:
                self.inline(node, place)

    def inline(self, node: Element, place: Place) -> None:
        if is_marker(node):
            return
        left_out = self.shaper.left_out
        left_out['struck-out text made plain'] += node.tag in ('s', 'strike', 'del')
        left_out['underlining'] += node.tag == 'u'
        left_out['colours and fonts'] += node.tag == 'font'
        left_out['form fields'] += node.tag in ('input', 'select', 'button')
        marks = place.marks
        if mark := _MARKS.get(node.tag):
            marks |= {mark}
        if node.tag == 'a':
            marks = self.link(node, marks)
        if node.tag == 'q':
            self.runs.append(Run('“', marks))
        if re.search('Mso(Footnote|Endnote)Reference', node.attrs.get('class', '')):
            marks |= {'sup'}
        self.walk(node.children, _restyled(replace(place, marks=marks), node, left_out))
        if node.tag == 'q':
            self.runs.append(Run('”', marks))

    def link(self, node: Element, marks: Marks) -> Marks:
        name = note_id(node.attrs.get('id', '')) or note_id(node.attrs.get('name', ''))
        href = safe_href(node.attrs.get('href', ''))
        words = node.text().strip()
        if name and not words:
            self.anchor = self.anchor or name
        if node.attrs.get('href', '').strip() and not href and words:
            self.shaper.left_out['links'] += 1
        marks = frozenset(mark for mark in marks if not isinstance(mark, Link))
        return marks | {Link(href, name)} if words and (href or name) else marks

    def picture(self, node: Element) -> None:
        src = node.attrs.get('src', '')
        if not _PICTURE.fullmatch(src):
            local = src.startswith(('data:', 'file:', 'blob:', 'cid:', 'webkit-fake-url:')) or not src
            self.shaper.left_out['local pictures' if local else 'foreign pictures'] += 1
            return
        self.end_paragraph()
        alt = SPACE.sub(' ', node.attrs.get('alt', '')).strip()
        attrs = {'src': src, 'alt': alt}
        for side in ('width', 'height'):
            if re.fullmatch(r'[1-9]\d{0,4}', node.attrs.get(side, '')):
                attrs[side] = node.attrs[side]
        if not alt and 'data-decorative' in node.attrs:
            attrs['data-decorative'] = ''
        self.blocks.append(Block('figure', children=[Block('img', attrs)]))

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
        if node.tag in ('ul', 'ol', 'menu', 'dir') and place.lists < MAX_LISTS:
            self.list(node, place)
        elif node.tag == 'li' and (place.listed or place.lists < MAX_LISTS):
            self.item(node, place)
        elif node.tag == 'p' and place.lists < MAX_LISTS and (word := word_item(node)):
            self.word_item(node, place, *word)
        elif node.tag == 'blockquote' and place.quotes < MAX_QUOTES:
            self.quotation(node, place)
        elif node.tag == 'table' and not place.in_table:
            inside = replace(place, in_table=True, listed=False)
            self.blocks += self.shaper.shape_table(self.shaper, node, inside)
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
        self.walk(node.children, place)

    def quotation(self, node: Element, place: Place) -> None:
        inside = self.shaper.contained(node.children, replace(place, quotes=place.quotes + 1))
        if inside:
            self.blocks.append(Block('blockquote', children=inside))

    def rule(self, node: Element, place: Place) -> None:
        self.blocks.append(Block('hr'))

    def list(self, node: Element, place: Place) -> None:
        inside = _Flow(self.shaper)
        inside.anchor, self.anchor = self.anchor, ''
        inside.walk(node.children, replace(place, lists=place.lists + 1, listed=True))
        inside.end_paragraph()
        items: list[Block] = []
        for block in _listed(inside.blocks, group_items=False):
            if block.tag == 'li':
                items.append(block)
            elif items and block.tag in ('ul', 'ol'):
                items[-1].children.append(
                    block
                )  # a list straight inside a list belongs to the item before it
            elif block.tag != 'hr':
                items.append(_item(_demoted([block])))
        if items:
            attrs = {}
            if (
                node.tag == 'ol'
                and re.fullmatch(r'-?\d{1,4}', start := node.attrs.get('start', ''))
                and int(start) != 1
            ):
                attrs['start'] = str(int(start))
            self.blocks.append(Block('ol' if node.tag == 'ol' else 'ul', attrs, children=items))

    def item(self, node: Element, place: Place) -> None:
        depth = place.lists + (not place.listed)
        inside = self.shaper.contained(node.children, replace(place, lists=depth))
        if inside:
            self.add(_item(inside, note_id(node.attrs.get('id', ''))))

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
        caption = _joined([block for one in captions for block in self.shaper.flow(one.children, place)])
        pictures = [block for block in inside if block.tag == 'figure']
        if caption and pictures and pictures[-1].children[-1].tag != 'figcaption':
            pictures[-1].children.append(Block('figcaption', runs=caption))
        elif caption:
            inside.append(Block('p', runs=caption))
        self.blocks += inside

    def verbatim(self, node: Element, place: Place) -> None:
        text = _verbatim_text(node).replace('\u00a0', ' ').strip('\n').rstrip()
        if text.strip():
            self.blocks.append(Block('pre', runs=[Run(text)]))

    def word_item(self, node: Element, place: Place, level: int, marker: str, cut: int) -> None:
        """A paragraph that Word shows as an item of a list: `_listed` makes the list of it."""
        inside = self.shaper.contained(without_start(node.children, cut), place)
        number = NUMBERED.fullmatch(marker)
        attrs = {'level': str(min(level, MAX_LISTS - place.lists)), 'kind': 'ol' if number else 'ul'}
        if number and number[1].isdigit() and int(number[1]) != 1:
            attrs['start'] = str(int(number[1]))
        if inside:
            self.blocks.append(Block('word-item', attrs, children=inside))


def _joined(blocks: list[Block]) -> list[Run]:
    """The words of all these blocks in one line."""
    runs: list[Run] = []
    for block in blocks:
        inner = [Run(SPACE.sub(' ', run.text), run.marks) for run in block.runs] or _joined(block.children)
        runs += [Run(' ')] * bool(runs and inner) + inner
    return next(iter(paragraphs(runs)), [])


def _parted(blocks: list[Block]) -> list[Block]:
    """A rule stands between two blocks or nowhere."""
    found: list[Block] = []
    for block in blocks:
        if block.tag != 'hr' or (found and found[-1].tag != 'hr'):
            found.append(block)
    if found and found[-1].tag == 'hr':
        found.pop()
    return found


def _listed(blocks: list[Block], group_items: bool = True) -> list[Block]:
    """Loose items gathered into lists, and Word's numbered paragraphs into nested ones."""
    found: list[Block] = []
    word: list[tuple[int, Block]] = []  # the open lists, outermost first
    for block in blocks:
        if block.tag == 'word-item':
            _add_word_item(found, word, block)
            continue
        word = []
        if block.tag == 'li' and group_items:
            if not (found and found[-1].tag == 'ul' and found[-1].attrs.get('loose')):
                found.append(Block('ul', {'loose': '1'}))
            found[-1].children.append(block)
        else:
            found.append(block)
    for block in found:
        block.attrs.pop('loose', None)
    return found


def _add_word_item(found: list[Block], word: list[tuple[int, Block]], block: Block) -> None:
    level, kind = int(block.attrs['level']), block.attrs['kind']
    while word and (word[-1][0] > level or (word[-1][0] == level and word[-1][1].tag != kind)):
        word.pop()
    if not word or word[-1][0] < level:
        start = {'start': block.attrs['start']} if 'start' in block.attrs else {}
        fresh = Block(kind, start)
        (word[-1][1].children[-1].children if word else found).append(fresh)
        word.append((level, fresh))
    word[-1][1].children.append(_item(block.children))


def _item(children: list[Block], name: str = '') -> Block:
    """An item takes over the id of its first paragraph, whose tag may not be written."""
    name = name or children[0].attrs.pop('id', '')
    return Block('li', {'id': name} if name else {}, children=children)


def _demoted(blocks: list[Block]) -> list[Block]:
    for block in blocks:
        if block.tag in HEADINGS:
            block.tag = 'p'
            block.runs = merged([Run(run.text, run.marks | {'strong'}) for run in block.runs])
    return blocks


def _levelled(blocks: list[Block]) -> list[Block]:
    """No heading skips a level, and the first is an h2."""
    last = 1
    for block in blocks:
        if block.tag in HEADINGS:
            last = min(int(block.tag[1]), last + 1)
            block.tag = f'h{last}'
    return blocks


def _restyled(place: Place, node: Element, left_out: Counter[str]) -> Place:
    """What the style attribute says of bold, italic, raised and lowered; the rest of it is left out."""
    style = node.attrs.get('style')
    if not style:
        return place
    said = {
        name.strip().lower(): value.strip().lower()
        for name, _, value in (part.partition(':') for part in style.split(';'))
    }
    left_out['colours and fonts'] += any(
        name in said for name in ('color', 'background', 'font-family', 'background-color')
    )
    marks = set(place.marks)
    for name, mark, on, off in (
        ('font-weight', 'strong', r'bold(er)?|[6-9]00', r'normal|lighter|[1-5]00'),
        ('font-style', 'em', r'italic|oblique', r'normal'),
        ('vertical-align', 'sup', r'super', r'baseline'),
        ('vertical-align', 'sub', r'sub', r'baseline'),
    ):
        if re.fullmatch(on, said.get(name, '')):
            marks.add(mark)
        elif re.fullmatch(off, said.get(name, '')):
            marks.discard(mark)
    return replace(place, marks=frozenset(marks))


def _verbatim_text(node: Element) -> str:
    return ''.join(
        child if isinstance(child, str) else '\n' if child.tag == 'br' else _verbatim_text(child)
        for child in node.children
    )


def _has(node: Element, tag: str) -> bool:
    return any(
        isinstance(child, Element) and (child.tag == tag or _has(child, tag)) for child in node.children
    )
