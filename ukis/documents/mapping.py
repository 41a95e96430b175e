"""From what the reader of the document made to the elements of our own markup: lists with their numbers, quotations,
pictures with captions, notes with their ways there and back; title, standfirst and references apart."""

import re
from collections import Counter
from typing import Any

from ukis.markup.parsing import Element, read

ADDRESS = '/media/document/'  # of a picture that is not taken in yet: behind it stands its number
FACT, PICTURE = re.compile(r'uk-fact-(\d+)'), re.compile(r'uk-picture-(\d+)')
_HEADING = re.compile('h[1-6]')
_REFERENCES = re.compile(
    r'\s*(references?|bibliography|works cited|literature|sources|cyfeiriadau)\s*', re.IGNORECASE
)
_NOTE = re.compile(r'(#?)(foot|end)note-(ref-)?(\w{1,20})')


class Mapped:
    """The body as a tree, and what of it has a place of its own."""

    def __init__(self, html: str, facts: list[dict[str, Any]], pictures: list[dict[str, Any]]) -> None:
        self.facts, self.shown = facts, pictures
        self.title = self.standfirst = ''
        self.references = Element('body')
        self.counts: Counter[str] = Counter()  # what is to be told, by kind
        self.words: dict[str, list[str]] = {}  # and the words that were left out
        self.unmarked: list[str] = []  # where notes lead back to what has none in it
        self.body = read(html)
        self._rename(self.body)
        self.body.children = self._blocks(self.body.children)
        self._unmark(self.body)

    def _rename(self, node: Element) -> None:
        """Notes get the names that ours have, pictures their place."""
        for at, child in enumerate(node.children):
            if isinstance(child, str):
                continue
            if found := PICTURE.fullmatch(child.attrs.get('id', '')):
                node.children[at] = self._picture(int(found[1]))
                continue
            for name in ('id', 'href'):
                if name in child.attrs:
                    child.attrs[name] = _NOTE.sub(_name_of_note, child.attrs[name], count=1)
            self._rename(child)

    def _picture(self, number: int) -> Element:
        picture = self.shown[number]
        attrs = {'src': f'{ADDRESS}{number}', 'alt': picture['alt']}
        return Element('img', attrs | ({'data-decorative': ''} if picture['decorative'] else {}))

    def _blocks(self, nodes: list[Element | str]) -> list[Element | str]:
        made = _Blocks()
        for node in nodes:
            fact = self._fact(node)
            if isinstance(node, Element) and node.tag != 'p':
                node.children = self._blocks(node.children)
            if isinstance(node, str) or not fact:
                made.add(node)
            elif fact['is'] == 'title':
                self._notes_of_line(node)
                self.title = ' '.join(_plain(node).split())
                made.pictures_of(node)
            elif fact['is'] == 'subtitle':
                self._notes_of_line(node)
                self.standfirst = ' '.join(f'{self.standfirst} {_plain(node)}'.split())
                made.pictures_of(node)
            elif fact['is'] == 'reference':
                self._heading_of_references(made)
                self.references.children.append(node)
            else:
                made.add_as(node, fact)
        return made.nodes

    def _notes_of_line(self, node: Element) -> None:
        """Title and standfirst are plain lines: a note on one of them keeps its words and has no mark."""
        for child in node.children:
            if isinstance(child, Element):
                back = child.attrs.get('href', '')
                self.unmarked += [f'#fnref-{back.removeprefix("#fn-")}'] if back.startswith('#fn-') else []
                self._notes_of_line(child)

    def _unmark(self, node: Element) -> None:
        kept: list[Element | str] = []
        for child in node.children if self.unmarked else ():
            if isinstance(child, Element) and child.attrs.get('href', '') in self.unmarked:
                self.counts['note without a mark'] += 1
                continue
            if isinstance(child, Element):
                self._unmark(child)
            kept.append(child)
        node.children = kept if self.unmarked else node.children

    def _heading_of_references(self, made: '_Blocks') -> None:
        """They come to a place that has a heading of its own."""
        before = made.nodes[-1] if made.nodes else ''
        if (
            isinstance(before, Element)
            and _REFERENCES.fullmatch(_plain(before))
            and _HEADING.fullmatch(before.tag)
        ):
            self.counts['heading of references'] += 1
            self.words.setdefault('heading of references', []).append(_plain(before))
            made.nodes.pop()

    def _fact(self, node: Element | str) -> dict[str, Any]:
        first = node.children[0] if isinstance(node, Element) and node.children else ''
        found = FACT.fullmatch(first.attrs.get('id', '')) if isinstance(first, Element) else None
        if not found or isinstance(node, str):
            return {}
        del node.children[0]
        return self.facts[int(found[1])]


class _Blocks:
    """Neighbours as they come together."""

    def __init__(self) -> None:
        self.nodes: list[Element | str] = []
        self.lists: list[tuple[int, Element, int]] = []  # the open ones: level, list, its last number
        self.quote: Element | None = None
        self.caption: Element | None = None  # the block before this was one, and belongs to no picture yet

    def add(self, node: Element | str) -> None:
        self.lists, self.quote = [], None
        if isinstance(node, Element) and _is_picture(node) and self.caption is not None:
            self.nodes[-1] = _figure(node, self.caption)
        else:
            self.nodes.append(node)
        self.caption = None

    def pictures_of(self, node: Element) -> None:
        for child in node.children:
            if isinstance(child, Element) and child.tag == 'img':
                self.add(Element('p', {}, [child]))

    def add_as(self, node: Element, fact: dict[str, Any]) -> None:
        kind = fact['is']
        if kind == 'item' and fact['goes_on']:
            self._add_to_item(node, fact['level'])
        elif kind == 'item':
            self._add_item(node, fact)
        elif kind == 'code':
            self._add_code(node)
        elif kind == 'quote':
            self._add_quoted(node)
        elif kind == 'caption':
            self._add_caption(node)
        else:
            self.add(Element(f'h{min(fact["level"], 6)}', {}, node.children))

    def _add_quoted(self, node: Element) -> None:
        quote = self.quote
        if quote is None:
            quote = Element('blockquote')
            self.add(quote)
        quote.children.append(node)
        self.quote = quote

    def _add_caption(self, node: Element) -> None:
        before = self.nodes[-1] if self.nodes else ''
        if isinstance(before, Element) and _is_picture(before):
            self.nodes[-1] = _figure(before, node)
            self.lists, self.quote = [], None
            return
        after_table = isinstance(before, Element) and before.tag == 'table'
        self.add(node)
        self.caption = None if after_table else node

    def _add_item(self, node: Element, fact: dict[str, Any]) -> None:
        level, tag, number = fact['level'], 'ol' if fact['ordered'] else 'ul', fact['number']
        while self.lists and self.lists[-1][0] > level:
            self.lists.pop()
        if self.lists and self.lists[-1][0] == level and not _goes_on(self.lists[-1], tag, number):
            self.lists.pop()
        if not self.lists or self.lists[-1][0] < level:
            self._open(level, tag, number, fact['kind'])
        _, around, _ = self.lists[-1]
        around.children.append(Element('li', {}, [node]))
        self.lists[-1] = (level, around, number)

    def _add_to_item(self, node: Element, level: int) -> None:
        around = next((one for depth, one, _ in reversed(self.lists) if depth <= level), None)
        if around is None:
            self.add(node)
        else:
            last = around.children[-1]
            assert isinstance(last, Element)
            last.children.append(node)

    def _add_code(self, node: Element) -> None:
        """What leads back from a note that ends with code stands below it: within, a link is only letters."""
        back = [one for one in node.children if isinstance(one, Element) and _leads_back(one)]
        node.children = [one for one in node.children if one not in back]
        self._add_line_of_code(node)
        if back:
            self.add(Element('p', {}, [*back]))

    def _add_line_of_code(self, node: Element) -> None:
        before = self.nodes[-1] if self.nodes else ''
        if isinstance(before, Element) and before.tag == 'pre':
            before.children += [Element('br'), *node.children]
        else:
            self.add(Element('pre', {}, node.children))

    def _open(self, level: int, tag: str, number: int, kind: str) -> None:
        attrs = {'start': str(number)} if tag == 'ol' and number != 1 else {}
        fresh = Element(tag, attrs | ({'type': kind} if kind else {}))
        if self.lists:
            last = self.lists[-1][1].children[-1]
            assert isinstance(last, Element)
            last.children.append(fresh)
        else:
            self.add(fresh)
        self.lists.append((level, fresh, number))


def _goes_on(before: tuple[int, Element, int], tag: str, number: int) -> bool:
    _, around, last = before
    return around.tag == tag and (tag == 'ul' or number == last + 1)


def _leads_back(node: Element) -> bool:
    return node.tag == 'a' and node.attrs.get('href', '').startswith('#fnref')


def _is_picture(node: Element) -> bool:
    """Whether pictures are all that stands in this paragraph."""
    inner = [child for child in node.children if isinstance(child, Element) or child.strip()]
    return (
        node.tag == 'p'
        and bool(inner)
        and all(isinstance(one, Element) and one.tag == 'img' for one in inner)
    )


def _figure(picture: Element, caption: Element) -> Element:
    return Element('figure', {}, [*picture.children, Element('figcaption', {}, caption.children)])


def _plain(node: Element) -> str:
    """Its words, without the marks of notes."""
    return ''.join(
        child
        if isinstance(child, str)
        else ''
        if child.attrs.get('href', '').startswith('#fn')
        else _plain(child)
        for child in node.children
    )


def _name_of_note(found: re.Match[str]) -> str:
    kind = 'e' if found[2] == 'end' else ''
    return f'{found[1]}fn{"ref" if found[3] else ""}-{kind}{found[4].lower().replace("_", "-")}'
