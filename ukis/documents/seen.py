"""The words of a document as whoever reads it with all changes accepted sees them: the count against which what
came of it is held. It goes its own way through the parts, so that it misses nothing that the other way misses."""

import re
from xml.etree.ElementTree import Element

from ukis.documents.drawings import BOX, lines_of
from ukis.documents.package import Package, Relation
from ukis.documents.paragraphs import goes_on
from ukis.documents.runs import font_of, shown_in, symbol
from ukis.documents.styles import Styles
from ukis.documents.trees import child, chosen, value

_UNSEEN = frozenset(
    ['w:del', 'w:moveFrom', 'w:instrText', 'w:delText', 'w:delInstrText', 'w:fldData', 'w:comment']
)
_SPACES = frozenset(['w:tab', 'w:ptab', 'w:br', 'w:cr', 'w:tc'])
_NOTES = {'w:footnoteReference': 'footnotes', 'w:endnoteReference': 'endnotes'}


class SeenWords:
    def __init__(self, package: Package, styles: Styles) -> None:
        self.package, self.styles = package, styles
        self.out: list[str] = []
        self.notes: dict[tuple[str, str], Element] = {}
        self.relations: dict[str, Relation] = {}
        self.font = ''
        self.style: str | None = None  # of the paragraph

    def text(self) -> str:
        """The text and its notes."""
        for kind in _NOTES.values():
            for part in self.package.beside(kind)[:1]:
                for note in self.package.children(part):
                    self.notes[kind, note.get('w:id', '')] = note
        return self._of(self.package.main)

    def around(self) -> str:
        """Headers and footers; where several pages have the same, once."""
        found: list[str] = []
        for part in [*self.package.beside('header'), *self.package.beside('footer')]:
            words = self._of(part)
            found += [words] if words.split() and words.split() not in [one.split() for one in found] else []
        return '\n'.join(found)

    def _of(self, part: str) -> str:
        self.out = []
        self.relations = self.package.relations(part)
        tree = self.package.tree(part)
        if tree is not None:
            self._walk(tree)
        return ''.join(self.out)

    def _walk(self, node: Element) -> None:
        for one in node:
            tag = one.tag
            if tag in _UNSEEN or tag.endswith('Pr') or self._is_unseen(one):
                continue
            if tag in ('w:t', 'm:t'):
                self.out.append(shown_in(self.font, one.text or ''))
            elif tag == 'w:r':
                around, self.font = self.font, font_of(child(one, 'w:rPr'))
                self._walk(one)
                self.font = around
            elif tag == 'w:p':
                self._apart(one)
            elif tag == 'mc:AlternateContent':
                self._walk(chosen(one))
            elif tag == 'w:sym':
                self.out.append(symbol(one.get('w:font', ''), one.get('w:char', '')))
            elif tag == 'w:noBreakHyphen':
                self.out.append('\u2011')
            elif tag == 'w:rt':
                self._apart(one)
            elif tag in _NOTES:
                self._note(_NOTES[tag], one.get('w:id', ''))
            elif tag == 'w:altChunk' or one.get('r:dm') or (tag == 'c:chart' and one.get('r:id')):
                self._other_part(one)
            else:
                self.out += [' '] if tag in _SPACES else ['\n'] if tag == BOX else []
                self.out += [f' {one.get("string", "")} '] if tag == 'v:textpath' else []
                self._walk(one)

    def _apart(self, one: Element) -> None:
        """A paragraph ends with its mark, unless that was deleted."""
        properties = child(one, 'w:pPr')
        (inner, self.out), (around, self.style) = (self.out, []), (self.style, value(properties, 'w:pStyle'))
        self._walk(one)
        (words, self.out), self.style = (''.join(self.out), inner), around
        self.out.append(words if goes_on(properties) else f'{words}\n')

    def _is_unseen(self, one: Element) -> bool:
        if one.tag == 'w:r':
            return 'hidden' in self.styles.worn(child(one, 'w:rPr'), self.style)
        if one.tag == 'w:tr':
            return child(child(one, 'w:trPr'), 'w:del') is not None
        if one.tag == 'w:tc':
            return child(child(one, 'w:tcPr'), 'w:cellDel') is not None
        return False

    def _note(self, kind: str, key: str) -> None:
        """Its words, apart from those of the line to which it belongs."""
        note = self.notes.pop((kind, key), None)
        if note is not None:
            before, self.out = self.out, []
            self._walk(note)
            before.insert(0, f'{"".join(self.out)}\n')
            self.out = before

    def _other_part(self, one: Element) -> None:
        relation = self.relations.get(one.get('r:dm') or one.get('r:id') or '')
        if relation is None or relation.is_outside:
            return
        if one.tag == 'w:altChunk':
            content = self.package.bytes_of(relation.target) or b''
            self.out.append(re.sub(r'<[^>]*>', ' ', content.decode('utf-8', 'replace')))
        else:
            self.out.append('\n' + '\n'.join(lines_of(self.package.tree(relation.target))) + '\n')
