"""What stands inside a paragraph of an OpenDocument text, as a Word document writes it."""

import base64
import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from ukis.documents.opendocument import parts
from ukis.documents.opendocument.styles import Look
from ukis.documents.trees import child

if TYPE_CHECKING:
    from ukis.documents.opendocument.writing import Writing

_SPACE = re.compile(r'[ \t\r\n]+')
_MOST_SPACES = 1_000
_PICTURES = ('.png', '.jpg', '.jpeg', '.webp')
_CITES = re.compile('ZOTERO_ITEM|Mendeley Citation|CITATION', re.IGNORECASE)
_PROPERTIES = {
    'bold': '<w:b/>',
    'italic': '<w:i/>',
    'struck': '<w:strike/>',
    'hidden': '<w:vanish/>',
    'capitals': '<w:caps/>',
    'underlined': '<w:u w:val="single"/>',
    'highlight': '<w:highlight w:val="yellow"/>',
}


class Lines:
    def __init__(self, writing: 'Writing') -> None:
        self.writing, self.parts = writing, writing.parts
        self.deleted: dict[str, tuple[str, str]] = {}  # by change: who, what
        self.inserted: dict[str, str] = {}  # by change: who
        self.open: list[str] = []  # the insertions in which we are
        self.in_note = False
        changes = child(writing.file.text, 'text:tracked-changes')
        for one in changes if changes is not None else ():
            self._remember(one)

    def _remember(self, region: Element) -> None:
        key = region.get('text:id') or region.get('xml:id') or ''
        for change in region:
            by = next((who.text or '' for who in change.iter('dc:creator')), '')
            if change.tag == 'text:deletion':
                words = ' '.join(words_of(one) for one in change if one.tag != 'office:change-info')
                self.deleted[key] = (by, words)
            elif change.tag == 'text:insertion':
                self.inserted[key] = by

    def inline(self, node: Element, look: Look) -> str:
        out = [self.run(node.text, look)]
        for one in node:
            out += [self.element(one, look), self.run(one.tail, look)]
        return ''.join(out)

    def run(self, words: str | None, look: Look) -> str:
        """What is typed; spaces in a row and line breaks of the file are one space."""
        words = _SPACE.sub(' ', words or '')
        return self._run(f'<w:t xml:space="preserve">{escape(words)}</w:t>', look, words) if words else ''

    def _run(self, inner: str, look: Look, words: str = '') -> str:
        properties = ''.join(xml for name, xml in _PROPERTIES.items() if look.get(name))
        if raised := look.get('raised'):
            properties += f'<w:vertAlign w:val="{raised}script"/>'
        for name, tag, attribute in (
            ('language', 'lang', 'val'),
            ('font', 'rFonts', 'ascii'),
            ('colour', 'color', 'val'),
        ):
            if look.get(name):
                properties += f'<w:{tag} w:{attribute}={quoteattr(look[name])}/>'
        run = f'<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>'
        if self.open and words.strip():  # told once for each, however many runs it goes over
            by = self.inserted.pop(self.open[-1], None)
            return run if by is None else f'<w:ins w:author={quoteattr(by)}>{run}</w:ins>'
        return run

    def element(self, one: Element, look: Look) -> str:
        name = one.tag
        if known := _KNOWN.get(name):
            return known(self, one, look)
        if name.startswith('draw:'):
            return self._drawing(one, look)
        return '' if name in _UNREAD else self.inline(one, look)

    # --- Words and what goes with them -------------------------------------------------------------------

    def _span(self, one: Element, look: Look) -> str:
        return self.inline(one, self.writing.styles.look_of(one.get('text:style-name', ''), look))

    def _spaces(self, one: Element, look: Look) -> str:
        count = one.get('text:c', '1')
        return self._run(
            f'<w:t xml:space="preserve">{" " * min(int(count), _MOST_SPACES) if count.isdecimal() else " "}</w:t>',
            look,
        )

    def _link(self, one: Element, look: Look) -> str:
        target, inner = one.get('xlink:href', ''), self.inline(one, look)
        if target.startswith('#') or not target:
            return f'<w:hyperlink w:anchor={quoteattr(target[1:])}>{inner}</w:hyperlink>'
        key = self.parts.relate('hyperlink', target, outside=True)
        return f'<w:hyperlink r:id="{key}">{inner}</w:hyperlink>'

    def _note(self, one: Element, look: Look) -> str:
        body = child(one, 'text:note-body')
        if body is None or self.in_note:
            return ''
        kind = 'endnote' if one.get('text:note-class') == 'endnote' else 'footnote'
        several = self.parts.notes[kind]
        several.append('')
        number, self.in_note = len(several), True
        several[number - 1] = self.writing.blocks(body)
        self.in_note = False
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    def _comment(self, one: Element, look: Look) -> str:
        by = next((who.text or '' for who in one.iter('dc:creator')), '')
        said = ' '.join(words_of(words) for words in one if words.tag in ('text:p', 'text:list'))
        self.parts.comments.append((by, said))
        return f'<w:r><w:commentReference w:id="{len(self.parts.comments)}"/></w:r>'

    def deletion(self, one: Element, look: Look | None = None) -> str:
        by, words = self.deleted.get(one.get('text:change-id', ''), ('', ''))
        if not words:
            return ''
        inner = f'<w:r><w:delText xml:space="preserve">{escape(words)}</w:delText></w:r>'
        return f'<w:del w:author={quoteattr(by)}>{inner}</w:del>'

    def _begin(self, one: Element, look: Look) -> str:
        key = one.get('text:change-id', '')
        self.open += [key] if key in self.inserted else []
        return ''

    def _end(self, one: Element, look: Look) -> str:
        key = one.get('text:change-id', '')
        self.open = [other for other in self.open if other != key]
        return ''

    def _prompt(self, one: Element, look: Look) -> str:
        inner = self.inline(one, look)
        return f'<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'

    def _citation(self, one: Element, look: Look) -> str:
        return f'<w:fldSimple w:instr="ADDIN ZOTERO_ITEM">{self.inline(one, look)}</w:fldSimple>'

    def _mark(self, one: Element, look: Look) -> str:
        return (
            self._citation(one, look) if _CITES.search(one.get('text:name', '')) else self.inline(one, look)
        )

    def _ruby(self, one: Element, look: Look) -> str:
        base, above = child(one, 'text:ruby-base'), child(one, 'text:ruby-text')
        words = escape(words_of(above)) if above is not None else ''
        inner = self.inline(base, look) if base is not None else ''
        return f'<w:r><w:ruby><w:rt><w:r><w:t>{words}</w:t></w:r></w:rt><w:rubyBase>{inner}</w:rubyBase></w:ruby></w:r>'

    def _hidden(self, one: Element, look: Look) -> str:
        shown = one.get('text:is-hidden') == 'false'
        return self.inline(one, look if shown else {**look, 'hidden': 'yes'})

    # --- Pictures, boxes, charts, formulas ---------------------------------------------------------------

    def _drawing(self, one: Element, look: Look) -> str:
        """A frame of any kind, a shape, or several together."""
        if one.tag in ('draw:g', 'draw:a'):
            return ''.join(self.element(inner, look) for inner in one if inner.tag.startswith('draw:'))
        said = _said(one, 'svg:desc') or _said(one, 'svg:title')
        for inner in one:
            if inner.tag == 'draw:object' and (shown := self._object(inner, said, look)):
                return shown
        box = next((inner for inner in one if inner.tag == 'draw:text-box'), None)
        if box is None and one.tag != 'draw:frame':
            box = one if any(inner.tag in ('text:p', 'text:list') for inner in one) else None
        if box is not None:
            return parts.box(self.writing.blocks(box))
        if table := child(one, 'table:table'):
            return parts.box(self.writing.blocks([table]))  # type: ignore[arg-type]
        return self._picture(one, said) or f'<w:r><w:pict><v:shape alt={quoteattr(said)}/></w:pict></w:r>'

    def _picture(self, frame: Element, said: str) -> str:
        several = [one for one in frame if one.tag == 'draw:image']
        several.sort(key=lambda one: not one.get('xlink:href', '').lower().endswith(_PICTURES))
        if not several:
            return ''
        decorative = 'true' in (frame.get('loext:decorative'), frame.get('draw:decorative'))
        return parts.drawing(
            parts.picture(self._key_of(several[0])),
            name=frame.get('draw:name', ''),
            said=said,
            decorative=decorative,
        )

    def _key_of(self, image: Element) -> str:
        address = image.get('xlink:href', '')
        inside = child(image, 'office:binary-data')
        if inside is not None:
            content = base64.b64decode(inside.text or '')
            return self.parts.add('image', f'media/{len(self.parts.files)}.png', content)
        name = address.removeprefix('./')
        kept = self.writing.file.bytes_of(name)
        if kept is None:
            return self.parts.relate('image', address, outside=True)
        return self.parts.add('image', f'media/{name.replace("/", "-")}', kept)

    def _object(self, one: Element, said: str, look: Look) -> str:
        tree = self.writing.file.object(one.get('xlink:href', ''))
        if tree is None:
            return ''
        if tree.tag == 'math:math':
            words = escape(words_of_formula(tree))
            return f'<m:oMath><m:box><m:e><m:r><m:t>{words}</m:t></m:r></m:e></m:box></m:oMath>'
        if next(tree.iter('chart:chart'), None) is None:
            return ''
        name = f'charts/{len(self.parts.files)}.xml'
        key = self.parts.add('chart', name, parts.chart_part(lines_of_chart(tree)))
        return parts.drawing(parts.chart(key), name='', said=said, decorative=False)


_UNREAD = frozenset(
    [
        'text:note-citation',
        'office:annotation-end',
        'text:soft-page-break',
        'svg:title',
        'svg:desc',
        'text:script',
    ]
)
_KNOWN = {
    'text:span': Lines._span,
    'text:s': Lines._spaces,
    'text:tab': lambda lines, one, look: lines._run('<w:tab/>', look),
    'text:line-break': lambda lines, one, look: lines._run('<w:br/>', look),
    'text:a': Lines._link,
    'text:note': Lines._note,
    'office:annotation': Lines._comment,
    'text:change': Lines.deletion,
    'text:change-start': Lines._begin,
    'text:change-end': Lines._end,
    'text:placeholder': Lines._prompt,
    'text:bibliography-mark': Lines._citation,
    'text:reference-mark': Lines._mark,
    'text:reference-mark-start': Lines._mark,
    'text:ruby': Lines._ruby,
    'text:hidden-text': Lines._hidden,
    'text:hidden-paragraph': Lines._hidden,
}


def words_of(node: Element) -> str:
    """Its words in a row."""
    return _SPACE.sub(' ', ' '.join(node.itertext())).strip()


def words_of_formula(tree: Element) -> str:
    """As it was typed, where the file remembers; else its signs in a row."""
    typed = next((one.text or '' for one in tree.iter('math:annotation')), '')
    return ' '.join((typed or ' '.join(tree.itertext())).split())


def lines_of_chart(tree: Element) -> list[str]:
    """Titles, and the words of its table."""
    titles = [words_of(one) for one in tree.iter() if one.tag in ('chart:title', 'chart:subtitle')]
    cells = [
        words_of(one) for one in tree.iter('table:table-cell') if one.get('office:value-type') == 'string'
    ]
    return [line for line in [*titles, *cells] if line]


def _said(frame: Element, name: str) -> str:
    found = child(frame, name)
    return words_of(found) if found is not None else ''
