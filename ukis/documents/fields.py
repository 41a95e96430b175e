"""Fields: what a word processor works out by itself. Their results are words; a few say that they are more."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

_LINK = re.compile(r'HYPERLINK\s+(?:\\[a-z]\s+)*"([^"]*)"', re.IGNORECASE)
_INSIDE = re.compile(r'HYPERLINK\s+\\l\b', re.IGNORECASE)
_CITATION = re.compile(
    r'(ADDIN\s+(ZOTERO_ITEM|EN\.CITE|CSL_CITATION|Mendeley Citation)|CITATION)\b', re.IGNORECASE
)
_REFERENCES = re.compile(
    r'(ADDIN\s+(ZOTERO_BIBL|EN\.REFLIST|CSL_BIBLIOGRAPHY|Mendeley Bibliography)|BIBLIOGRAPHY)\b',
    re.IGNORECASE,
)
_BY_NAME = {'TOC': 'contents', 'INDEX': 'contents', 'TOA': 'contents', 'PAGEREF': 'page number'}


@dataclass
class Field:
    closed: bool  # it has an end; of one that has none every word counts
    code: str = ''
    has_result: bool = False
    kind: str = ''  # '', link, inside, citation, references, contents, page number
    link: str = ''


class Fields:
    """Those that are open where we are, the outermost first."""

    def __init__(self, part: Element) -> None:
        self.open: list[Field] = []
        self.closed = _closed(part)

    def mark(self, node: Element) -> str:
        """A `w:fldChar`; the kind of the field whose result begins with it."""
        kind = node.get('w:fldCharType')
        if kind == 'begin':
            self.open.append(Field(closed=id(node) in self.closed))
        elif kind == 'separate' and self.open:
            return self._begin_result(self.open[-1])
        elif kind == 'end' and self.open:
            self.open.pop()
        return ''

    def read(self, words: str) -> None:
        if self.open and not self.open[-1].has_result:
            self.open[-1].code += words

    def simple(self, code: str) -> str:
        """A `w:fldSimple`: call `end_simple` behind it."""
        field = Field(closed=True, code=code)
        self.open.append(field)
        return self._begin_result(field)

    def end_simple(self) -> None:
        self.open.pop()

    def _begin_result(self, field: Field) -> str:
        field.has_result = True
        field.kind, field.link = known(field.code)
        if field.kind == 'contents' and not field.closed:
            field.kind = ''
        return field.kind

    def holds(self, kind: str) -> bool:
        return any(field.kind == kind and field.closed for field in self.open)

    @property
    def is_code(self) -> bool:
        """Whether words here belong to what another field is worked out from."""
        return any(field.closed and not field.has_result for field in self.open[:-1])

    @property
    def link(self) -> str:
        return next((field.link for field in reversed(self.open) if field.link), '')


def known(code: str) -> tuple[str, str]:
    """(kind, address) of a field by its code."""
    code = code.strip()
    if link := _LINK.match(code):
        return ('inside', '') if _INSIDE.match(code) else ('link', link[1])
    if _CITATION.match(code):
        return 'citation', ''
    if _REFERENCES.match(code):
        return 'references', ''
    return _BY_NAME.get(code.split(' ')[0].upper(), ''), ''


def _closed(part: Element) -> set[int]:
    """The beginnings that have an end."""
    stack: list[int] = []
    found: set[int] = set()
    for node in part.iter('w:fldChar'):
        kind = node.get('w:fldCharType')
        if kind == 'begin':
            stack.append(id(node))
        elif kind == 'end' and stack:
            found.add(stack.pop())
    return found
