"""Paragraphs as they are written anew: their words, what they are, and what comes after them."""

import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from ukis.documents.found import Found
from ukis.documents.numbers import ListNumbers
from ukis.documents.styles import CAPTION, CODE, HEADING, QUOTE, SUBTITLE, TITLE, Styles
from ukis.documents.trees import child, is_on, value

if TYPE_CHECKING:
    from ukis.documents.body import Body

FACT, PICTURE = 'uk-fact-', 'uk-picture-'
MOST_BOLD = 15  # words of a paragraph that may be meant as a heading
_BY_HAND = re.compile(r'\s*(\(?(\d{1,3}|[a-z]|[ivxlc]{2,6})[.)]|[•·▪◦‣●○■–*-])\s')


@dataclass
class LineWritten:
    """A paragraph in the making."""

    found: Found
    xml: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)  # what is written behind it
    left: dict[str, list[str]] = field(default_factory=dict)
    worn: set[str] = field(default_factory=set)
    link: str = ''
    language: str = ''
    is_reference: bool = False
    is_bold: bool = True  # all of it
    pictured: bool = False
    noted: bool = False

    def text(self, words: str, why_left_out: str) -> None:
        if why_left_out:
            self.left.setdefault(why_left_out, []).append(words)
            return
        if not words:
            return
        self.words.append(words)
        self.is_bold = self.is_bold and (not words.strip() or bool({'bold', 'bold by style'} & self.worn))
        self._add(f'<w:t xml:space="preserve">{escape(words)}</w:t>')

    def line_break(self, why_left_out: str) -> None:
        if why_left_out:
            self.left.setdefault(why_left_out, []).append(' ')
        else:
            self.words.append('\n')
            self._add('<w:br/>')

    def note(self, kind: str, key: str) -> None:
        self.noted = True
        self.xml.append(f'<w:r><w:{kind}Reference w:id={quoteattr(key)}/></w:r>')

    def pictures(self, keys: list[int]) -> None:
        for key in keys:
            self.pictured = True
            self.xml.append(_bookmark(f'{PICTURE}{key}'))

    def _add(self, inner: str) -> None:
        raised = 'superscript' if 'raised' in self.worn else 'subscript' if 'lowered' in self.worn else ''
        properties = '<w:b/>' * ('bold' in self.worn) + '<w:i/>' * ('italic' in self.worn)
        properties += f'<w:vertAlign w:val="{raised}"/>' if raised else ''
        run = f'<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>'
        if self.link:
            if self.link not in self.found.links:
                self.found.links.append(self.link)
            run = f'<w:hyperlink r:id="l{self.found.links.index(self.link)}">{run}</w:hyperlink>'
        self.xml.append(run)

    @property
    def has_anything(self) -> bool:
        return bool(self.plain.strip()) or self.pictured or self.noted

    @property
    def plain(self) -> str:
        return ''.join(self.words)


class Paragraphs:
    def __init__(self, body: 'Body', styles: Styles, numbers: ListNumbers) -> None:
        self.body, self.styles, self.numbers, self.found = body, styles, numbers, body.found
        self.open: LineWritten | None = None  # its mark was deleted: the next one goes on with it
        self.has_title = False
        self.by_hand = 0

    def write(self, paragraph: Element, out: list[str]) -> None:
        properties = child(paragraph, 'w:pPr')
        role = self.styles.role(properties)
        left = self.body.leaving_out(role.name)
        if left and not self.body.is_left_out and left != 'contents':
            self.found.tell(left)
        line, self.open = self.open or LineWritten(self.found), None
        line.is_reference = line.is_reference or self.body.is_a_reference(role.name)
        self.body.dropping += [left] if left else []
        around, self.body.runs.style = self.body.runs.style, value(properties, 'w:pStyle')
        self.body.inline(paragraph, line)
        self.body.runs.style = around
        is_left_out = self.body.is_left_out
        del self.body.dropping[len(self.body.dropping) - bool(left) :]
        if goes_on(properties):
            self.open = line
            return
        if left == 'contents' and line.left and not self.found.counts['contents']:
            self.found.tell('contents')
        self._finish(line, properties, role.name, role.level, is_left_out, out)

    def rest(self) -> list[str]:
        """What a deleted mark at the end left open."""
        out: list[str] = []
        if self.open is not None:
            self._finish(self.open, None, '', 0, False, out)
        return out

    def _finish(
        self,
        line: LineWritten,
        properties: Element | None,
        role: str,
        level: int,
        is_left_out: bool,
        out: list[str],
    ) -> None:
        for why, words in line.left.items():
            self.found.leave_out(why, ''.join(words))
        fact = self._fact(line, properties, role, level) if not is_left_out else {}
        if line.has_anything:
            if fact:
                self.found.paragraphs.append(fact)
                line.xml.insert(0, _bookmark(f'{FACT}{len(self.found.paragraphs) - 1}'))
            out.append(f'<w:p>{"".join(line.xml)}</w:p>')
        out += line.after

    def _fact(self, line: LineWritten, properties: Element | None, role: str, level: int) -> dict:
        plain = line.plain.strip()
        key, depth = self.styles.list_of(properties)
        item = self.numbers.next(key, depth) if key else None
        if not line.has_anything:
            return {}
        self.found.tell('right-to-left', bool(is_on(properties, 'w:bidi')) and plain != '')
        if role == HEADING or (role == TITLE and (self.has_title or self.body.tables or self.body.in_notes)):
            self.found.tell('heading number', item is not None and item.ordered)
            return {'is': HEADING, 'level': level or 1}
        if role in (TITLE, SUBTITLE, QUOTE, CAPTION) or (role == CODE and (item is None or item.goes_on)):
            self.has_title = self.has_title or role == TITLE
            return {'is': role} if not (role == SUBTITLE and self.body.tables) else {}
        if item is not None:
            self.found.tell('list number', not item.is_as_shown)
            return {'is': 'item', **asdict(item)}
        if line.is_reference and not self.body.in_notes:
            return {'is': 'reference'}
        self._look_at(line, plain)
        return {}

    def _look_at(self, line: LineWritten, plain: str) -> None:
        """What a person may have meant and only a person can say."""
        in_text = not self.body.tables and not self.body.in_notes
        if in_text and line.is_bold and plain and len(plain.split()) <= MOST_BOLD:
            self.found.tell('bold paragraph', shown=plain)
        if _BY_HAND.match(plain):
            self.found.tell('list by hand', shown=plain)


def goes_on(properties: Element | None) -> bool:
    """Whether the next paragraph is the same one: its mark was deleted, or it is the large letter that begins that."""
    mark, frame = child(properties, 'w:rPr'), child(properties, 'w:framePr')
    deleted = child(mark, 'w:del') is not None or child(mark, 'w:moveFrom') is not None
    return deleted or (frame is not None and frame.get('w:dropCap') in ('drop', 'margin'))


def _bookmark(name: str) -> str:
    return f'<w:bookmarkStart w:id="0" w:name="{name}"/><w:bookmarkEnd w:id="0"/>'
