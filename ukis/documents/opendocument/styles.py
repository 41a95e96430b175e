"""What the styles of an OpenDocument text mean, as a Word document would say it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element
from xml.sax.saxutils import quoteattr

from ukis.documents.opendocument.file import OpenFile
from ukis.documents.trees import child

type Look = dict[str, str]  # what words wear

_TOGGLES = {
    'bold': ('fo:font-weight', ('bold', '600', '700', '800', '900')),
    'italic': ('fo:font-style', ('italic', 'oblique')),
    'hidden': ('text:display', ('none',)),
}

_FORMS = {'1': 'decimal', 'a': 'lowerLetter', 'A': 'upperLetter', 'i': 'lowerRoman', 'I': 'upperRoman'}
_NO_COLOUR = ('', 'transparent', '#000000', '#ffffff')
LEVELS = 9


@dataclass(frozen=True)
class OpenStyle:
    name: str  # as its user reads it; '' of one made by the program
    parent: str
    look: Look = field(default_factory=dict)


@dataclass(frozen=True)
class ListLevel:
    form: str = 'decimal'
    start: int = 1


class OpenStyles:
    def __init__(self, file: OpenFile) -> None:
        self.paragraphs: dict[str, OpenStyle] = {}
        self.texts: dict[str, OpenStyle] = {}
        self.lists: dict[str, dict[int, ListLevel]] = {}
        self.language = ''
        for tree in file.style_trees():
            for group in tree:
                for one in group if group.tag.endswith('styles') else ():
                    self._take(one, is_named=group.tag == 'office:styles')

    def name_of_paragraph(self, key: str) -> str:
        """The style itself, which some programs only name and never describe."""
        if key and key not in self.paragraphs:
            self.paragraphs[key] = OpenStyle(key.replace('_20_', ' '), '')
        return key

    def _take(self, one: Element, *, is_named: bool) -> None:
        key, family = one.get('style:name', ''), one.get('style:family')
        if one.tag == 'text:list-style':
            self.lists[key] = dict(_levels(one))
        elif one.tag == 'style:default-style' and family == 'paragraph':
            self.language = _look(one).get('language', '')
        elif one.tag == 'style:style' and family in ('paragraph', 'text'):
            shown = one.get('style:display-name') or key.replace('_20_', ' ')
            style = OpenStyle(shown if is_named else '', one.get('style:parent-style-name', ''), _look(one))
            (self.paragraphs if family == 'paragraph' else self.texts)[key] = style

    def look_of(self, key: str, before: Look) -> Look:
        """What words of this style wear, over what they wore before."""
        return before | self._worn(self.texts, key, named=True)

    def look_of_paragraph(self, key: str) -> Look:
        """What was put on a whole paragraph by hand; what its named style looks like is left to that style."""
        language = self._worn(self.paragraphs, key, named=True).get('language')
        return ({'language': language} if language else {}) | self._worn(self.paragraphs, key, named=False)

    def _worn(self, styles: dict[str, OpenStyle], key: str, *, named: bool) -> Look:
        found: Look = {}
        for style in _chain(styles, key):
            if named or not style.name:
                found = style.look | found
        return found

    def written(self) -> str:
        """As a Word document says it: names, and on what they are based."""
        said = ''.join(
            f'<w:style w:type="paragraph" w:styleId={quoteattr(key)}><w:name w:val={quoteattr(style.name or key)}/>'
            + (f'<w:basedOn w:val={quoteattr(style.parent)}/>' if style.parent else '')
            + '</w:style>'
            for key, style in self.paragraphs.items()
        )
        language = f'<w:lang w:val={quoteattr(self.language)}/>' if self.language else ''
        return f'<w:docDefaults><w:rPrDefault><w:rPr>{language}</w:rPr></w:rPrDefault></w:docDefaults>{said}'


def _chain(styles: dict[str, OpenStyle], key: str) -> Iterator[OpenStyle]:
    seen = set()
    while key in styles and key not in seen:
        seen.add(key)
        yield styles[key]
        key = styles[key].parent


def _look(style: Element) -> Look:
    said = child(style, 'style:text-properties')
    if said is None:
        return {}
    found = {
        name: 'yes' if said.get(attribute) in wanted else ''
        for name, (attribute, wanted) in _TOGGLES.items()
        if said.get(attribute) is not None
    }
    if place := said.get('style:text-position', '').split():
        found['raised'] = _raised(place[0])
    for name, attribute in (
        ('struck', 'style:text-line-through-style'),
        ('underlined', 'style:text-underline-style'),
    ):
        if (line := said.get(attribute)) is not None:
            found[name] = '' if line == 'none' else 'yes'
    if said.get('fo:text-transform') == 'uppercase' or said.get('fo:font-variant') == 'small-caps':
        found['capitals'] = 'yes'
    for name, attribute in (('highlight', 'fo:background-color'), ('colour', 'fo:color')):
        if (colour := said.get(attribute)) is not None:
            found[name] = '' if colour.lower() in _NO_COLOUR else colour.lstrip('#')
    if (language := said.get('fo:language')) and language not in ('none', 'zxx'):
        country = said.get('fo:country', 'none')
        found['language'] = language if country == 'none' else f'{language}-{country}'
    if font := said.get('style:font-name') or said.get('fo:font-family'):
        found['font'] = font.strip('\'"')
    return found


def _raised(place: str) -> str:
    if place in ('super', 'sub'):
        return place
    return 'super' if re.fullmatch(r'[1-9]\d*%', place) else 'sub' if place.startswith('-') else ''


def _levels(style: Element) -> Iterator[tuple[int, ListLevel]]:
    for one in style:
        level = one.get('text:level', '')
        if not re.fullmatch('[1-9][0-9]?', level):
            continue
        if one.tag == 'text:list-level-style-number':
            start = one.get('text:start-value', '1')
            form = _FORMS.get(one.get('style:num-format', '1'), 'none')
            yield int(level) - 1, ListLevel(form, int(start) if re.fullmatch(r'\d{1,4}', start) else 1)
        else:
            yield int(level) - 1, ListLevel('bullet')
