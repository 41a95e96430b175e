"""What the styles of a document mean: a heading, a quotation, bold. By their built-in names, which every language of
Word keeps, and by the styles on which they are based."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ukis.documents.trees import child, is_on, value

TITLE, SUBTITLE, AUTHOR, QUOTE, CAPTION = 'title', 'subtitle', 'author', 'quote', 'caption'
CONTENTS, REFERENCES, HEADING, CODE = 'contents', 'references', 'heading', 'code'

_ROLES = {
    'title': TITLE, 'subtitle': SUBTITLE, 'author': AUTHOR, 'date': AUTHOR,
    'quote': QUOTE, 'intense quote': QUOTE, 'quotations': QUOTE, 'block text': QUOTE, 'block quotation': QUOTE,
    'source code': CODE, 'html preformatted': CODE, 'preformatted text': CODE,
    'caption': CAPTION, 'image caption': CAPTION, 'table caption': CAPTION,
    'toc heading': CONTENTS, 'contents heading': CONTENTS, 'table of figures': CONTENTS,
    'bibliography': REFERENCES, 'endnote bibliography': REFERENCES,
}  # fmt: skip
_CONTENTS = re.compile(r'(toc|contents) \d')
_HEADING = re.compile(r'heading ([1-9])')
_TOGGLES = {
    'w:b': 'bold', 'w:i': 'italic', 'w:strike': 'struck', 'w:dstrike': 'struck', 'w:vanish': 'hidden',
    'w:caps': 'capitals', 'w:smallCaps': 'capitals',
}  # fmt: skip

# A heading is bold by its style; a paragraph that is no heading may have been meant as one.
_MORE_THAN_A_LOOK = {
    'w:vanish': 'hidden',
    'w:strike': 'struck',
    'w:dstrike': 'struck',
    'w:b': 'bold by style',
}


@dataclass(frozen=True)
class ParagraphRole:
    name: str = ''
    level: int = 0


@dataclass(frozen=True)
class Style:
    name: str
    based_on: str | None
    outline: str | None
    numbering: tuple[str | None, str | None]
    run: Element | None


class Styles:
    def __init__(self, tree: Element | None) -> None:
        self.styles: dict[str, Style] = {}
        self.numbering: dict[str, str] = {}  # of styles of lists
        self.language = ''
        for one in tree if tree is not None else ():
            if one.tag == 'w:style':
                self._take(one)
            elif one.tag == 'w:docDefaults':
                properties = child(child(one, 'w:rPrDefault'), 'w:rPr')
                self.language = value(properties, 'w:lang') or ''

    def _take(self, one: Element) -> None:
        properties = child(one, 'w:pPr')
        numbering = child(properties, 'w:numPr')
        name, key = (value(one, 'w:name') or '').lower(), one.get('w:styleId', '')
        if one.get('w:type') == 'numbering':
            self.numbering[key] = value(numbering, 'w:numId') or ''
        self.styles[key] = Style(
            name=name,
            based_on=value(one, 'w:basedOn'),
            outline=value(properties, 'w:outlineLvl'),
            numbering=(value(numbering, 'w:numId'), value(numbering, 'w:ilvl')),
            run=child(one, 'w:rPr'),
        )

    def chain(self, key: str | None) -> Iterator[Style]:
        """The style and what it is based on, however these go round in circles."""
        seen = set()
        while key is not None and key in self.styles and key not in seen:
            seen.add(key)
            yield self.styles[key]
            key = self.styles[key].based_on

    def role(self, properties: Element | None) -> ParagraphRole:
        """What a paragraph is."""
        said = value(properties, 'w:outlineLvl')
        if said is not None:
            level = _level(said)
            return ParagraphRole(HEADING, level) if level else ParagraphRole()
        for style in self.chain(value(properties, 'w:pStyle')):
            if heading := _HEADING.fullmatch(style.name):
                return ParagraphRole(HEADING, int(heading[1]))
            if name := (CONTENTS if _CONTENTS.fullmatch(style.name) else _ROLES.get(style.name)):
                return ParagraphRole(name)
            if level := _level(style.outline):
                return ParagraphRole(HEADING, level)
        return ParagraphRole()

    def list_of(self, properties: Element | None) -> tuple[str, int]:
        """(key of its numbering, level from 0) of a paragraph; ('', 0) of one in no list."""
        numbering = child(properties, 'w:numPr')
        number, level = value(numbering, 'w:numId'), value(numbering, 'w:ilvl')
        for style in self.chain(value(properties, 'w:pStyle')):
            number = style.numbering[0] if number is None else number
            level = style.numbering[1] if level is None else level
        return ('' if number in (None, '', '0') else str(number)), int(str(level)) if _is_number(level) else 0

    def worn(self, properties: Element | None, paragraph: str | None = None) -> set[str]:
        """What a run wears, by itself or by its style; of the style of its paragraph what is more than a look."""
        found: dict[str, bool] = {}
        several = [properties, *(style.run for style in self.chain(value(properties, 'w:rStyle')))]
        for one in several:
            for name, what in _TOGGLES.items():
                said = is_on(one, name)
                if said is not None:
                    found.setdefault(what, said)
            raised = value(one, 'w:vertAlign')
            if raised is not None:
                found.setdefault('raised', raised == 'superscript')
                found.setdefault('lowered', raised == 'subscript')
        for style in self.chain(paragraph):
            for name, what in _MORE_THAN_A_LOOK.items():
                said = is_on(style.run, name)
                if said is not None:
                    found.setdefault(what, said)
        return {what for what, said in found.items() if said}


def _is_number(said: str | None) -> bool:
    return bool(said) and str(said).isascii() and str(said).isdigit() and len(str(said)) < 3


def _level(outline: str | None) -> int:
    return int(str(outline)) + 1 if _is_number(outline) and int(str(outline)) < 9 else 0
