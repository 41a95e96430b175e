"""The words of an OpenDocument text as its reader sees them, by a way of its own through the file, so that it misses
nothing that the other way misses."""

from xml.etree.ElementTree import Element

from ukis.documents.opendocument.file import OpenFile
from ukis.documents.opendocument.lines import lines_of_chart, words_of_formula
from ukis.documents.opendocument.styles import OpenStyles

_UNSEEN = frozenset([
    'text:tracked-changes', 'office:annotation', 'text:note-citation', 'svg:title', 'svg:desc', 'office:forms',
    'table:covered-table-cell', 'text:script', 'office:binary-data',
])  # fmt: skip
_APART = ('text:note', 'draw:text-box', 'draw:custom-shape', 'text:ruby-text')
_SPACES = frozenset(['text:s', 'text:tab', 'text:line-break', 'table:table-cell'])
_LINES = frozenset(['text:p', 'text:h'])


class SeenInOpenDocument:
    def __init__(self, file: OpenFile, styles: OpenStyles) -> None:
        self.file, self.styles = file, styles
        self.out: list[str] = []

    def text(self) -> str:
        return self._of(self.file.text)

    def around(self) -> str:
        return '\n'.join(self._of(one) for one in self.file.around())

    def _of(self, node: Element) -> str:
        self.out = []
        self._walk(node)
        return ''.join(self.out)

    def _walk(self, node: Element) -> None:
        for one in node:
            if one.tag in _APART:
                self._apart(one)
            elif one.tag == 'draw:object':
                self._object(one)
            elif not (one.tag in _UNSEEN or one.tag.endswith('-source') or self._is_hidden(one)):
                self.out += [' '] if one.tag in _SPACES else []
                self.out.append(one.text or '')
                self._walk(one)
                self.out += ['\n'] if one.tag in _LINES else []
            self.out.append(one.tail or '')

    def _apart(self, one: Element) -> None:
        """Not among the words in whose midst it is anchored."""
        inner, self.out = self.out, []
        self._walk(one)
        words, self.out = ''.join(self.out), inner
        self.out.insert(0, f'{words}\n')

    def _object(self, one: Element) -> None:
        tree = self.file.object(one.get('xlink:href', ''))
        if tree is not None and tree.tag == 'math:math':
            self.out.append(f' {words_of_formula(tree)} ')
        elif tree is not None:
            self.out.insert(0, '\n'.join(lines_of_chart(tree)) + '\n')

    def _is_hidden(self, one: Element) -> bool:
        if one.tag == 'text:span':
            return bool(self.styles.look_of(one.get('text:style-name', ''), {}).get('hidden'))
        if one.tag in ('text:p', 'text:h'):
            return bool(self.styles.look_of_paragraph(one.get('text:style-name', '')).get('hidden'))
        if one.tag in ('text:hidden-text', 'text:hidden-paragraph'):
            return one.get('text:is-hidden') != 'false'
        return one.tag == 'text:section' and one.get('text:display') == 'none'
