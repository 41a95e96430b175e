"""The text of a document, written anew in the few elements that its reader makes something of.

What the reader would lose without a word is words here, or is told: text boxes, equations, charts, fields, numbers
of lists, styles based on others. What a paragraph is, and where a picture stands, travels as a bookmark.
"""

import re
from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from ukis.documents import equations
from ukis.documents.drawings import BOX, Drawings
from ukis.documents.fields import Fields
from ukis.documents.found import Found
from ukis.documents.numbers import ListNumbers
from ukis.documents.package import Package
from ukis.documents.paragraphs import LineWritten, Paragraphs
from ukis.documents.runs import Runs
from ukis.documents.styles import AUTHOR, CONTENTS, REFERENCES, Styles
from ukis.documents.trees import NO_WORDS, child, chosen, is_on, value, within

_LOOSE = ('w:r', 'w:hyperlink', 'w:fldSimple', 'm:oMathPara', 'm:oMath')  # where only blocks should stand
_CITES = re.compile('MENDELEY_CITATION|MENDELEY_BIBLIOGRAPHY|CitaviPlaceholder|CitaviBibliography')


type Note = tuple[str, str]  # kind and key


class Body:
    """Of one part: the text itself, or the notes."""

    def __init__(
        self,
        package: Package,
        part: str,
        tree: Element,
        styles: Styles,
        numbers: ListNumbers,
        found: Found,
        notes: Mapping[Note, tuple[str, Element]],
    ) -> None:
        self.package, self.tree, self.found, self.styles = package, tree, found, styles
        self.relations = package.relations(part)
        self.fields = Fields(tree)
        self.drawings = Drawings(package, found, self.relations)
        self.dropping: list[str] = []  # why words here are left out, the outermost first
        self.known_notes = notes
        self.notes: dict[Note, int] = {}  # in the order in which they are met, with their numbers
        self.cited: list[str] = []  # controls that hold a bibliography
        self.tables = 0
        self.in_notes = part != package.main
        self.runs = Runs(self)
        self.paragraphs = Paragraphs(self, styles, numbers)
        self.known = self._what_is_known()

    def written(self, node: Element) -> str:
        """The blocks below, as XML."""
        out: list[str] = []
        self.blocks(node, out)
        out += self.paragraphs.rest()
        return ''.join(out)

    def blocks(self, node: Element, out: list[str]) -> None:
        for one in node:
            if one.tag == 'w:p':
                self.paragraphs.write(one, out)
            elif one.tag == 'w:tbl':
                self._table(one, out)
            elif one.tag == 'w:sdt':
                self._control(one, lambda content: self.blocks(content, out))
            elif one.tag == 'w:altChunk':
                self._inserted_file(one)
            elif one.tag in ('w:del', 'w:moveFrom'):
                self._deleted(one)
            elif one.tag == 'mc:AlternateContent':
                self.blocks(chosen(one), out)
            elif one.tag in _LOOSE:
                self.paragraphs.write(_around(one), out)
            elif one.tag.removeprefix('w:') not in NO_WORDS:
                self.blocks(one, out)

    # --- Inside a paragraph ----------------------------------------------------------------------------

    def inline(self, node: Element, line: LineWritten) -> None:
        for one in node:
            known = self.known.get(one.tag)
            if known is not None:
                known(one, line)
            elif one.tag.removeprefix('w:') not in NO_WORDS:
                self.inline(one, line)

    def _what_is_known(self) -> dict[str, Callable[[Element, LineWritten], None]]:
        drawing, equation, inserted = self.drawing, self._equation, self._inserted
        return {
            'w:r': self.runs.write,
            'w:hyperlink': self._link,
            'w:fldSimple': self._simple_field,
            'w:del': lambda one, line: self._deleted(one),
            'w:moveFrom': lambda one, line: None,
            'w:ins': inserted,
            'w:moveTo': inserted,
            'w:sdt': lambda one, line: self._control(one, lambda content: self.inline(content, line)),
            'w:p': lambda one, line: self.paragraphs.write(one, line.after),
            'w:tbl': lambda one, line: self._table(one, line.after),
            'm:oMath': equation,
            'm:oMathPara': equation,
            'mc:AlternateContent': lambda one, line: self.inline(chosen(one), line),
            'w:drawing': drawing,
            'w:pict': drawing,
            'w:object': drawing,
        }

    def _simple_field(self, one: Element, line: LineWritten) -> None:
        self.begin_result(self.fields.simple(one.get('w:instr', '')), line)
        self.inline(one, line)
        self.fields.end_simple()

    def _inserted(self, one: Element, line: LineWritten) -> None:
        has_words = any((word.text or '').strip() for word in one.iter('w:t'))
        kind = 'insertion' if one.tag == 'w:ins' else 'move'
        self.found.tell(kind, has_words and not self.is_left_out)
        self.inline(one, line)

    def begin_result(self, kind: str, line: LineWritten) -> None:
        if kind in ('citation', 'page number'):
            self.found.tell(kind)
        elif kind == 'inside':
            self.found.tell('inner link')
        elif kind == 'contents' and not self.dropping:
            self.found.tell('contents')
        elif kind == 'references':
            line.is_reference = True

    def _link(self, one: Element, line: LineWritten) -> None:
        relation = self.relations.get(one.get('r:id', ''))
        before = line.link
        if relation is not None and relation.target:
            anchor = one.get('w:anchor', '')
            line.link = relation.target + (f'#{anchor}' if anchor and '#' not in relation.target else '')
        elif one.get('w:anchor') and not self.is_left_out:
            self.found.tell('inner link')
        self.inline(one, line)
        line.link = before

    def _control(self, one: Element, walk: Callable[[Element], None]) -> None:
        """A content control: its words are words, but for a prompt that nobody answered and a table of contents."""
        properties, content = child(one, 'w:sdtPr'), child(one, 'w:sdtContent')
        if content is None:
            return
        gallery = value(properties, 'w:docPartObj/w:docPartGallery') or ''
        tag = value(properties, 'w:tag') or ''
        left = 'contents' if gallery == 'Table of Contents' else ''
        if not left and is_on(properties, 'w:showingPlcHdr'):
            left = 'prompt'
        if left and not self.is_left_out:
            self.found.tell(left)
        if _CITES.search(tag) and 'BIBLIOGRAPHY' not in tag.upper():
            self.found.tell('citation')
        self.cited += [tag] if 'BIBLIOGRAPHY' in tag.upper() else []
        self.dropping += [left] if left else []
        walk(content)
        del self.dropping[len(self.dropping) - bool(left) :]
        del self.cited[len(self.cited) - ('BIBLIOGRAPHY' in tag.upper()) :]

    def drawing(self, one: Element, line: LineWritten) -> None:
        pictures, places, lines = self.drawings.read(one)
        if not self.is_left_out:
            line.pictures(pictures)
        line.text(places, self.why_left_out)
        for words in lines:
            line.after.append(f'<w:p><w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>')
        for box in within(one, BOX, but=('mc:Fallback',)):
            if any((word.text or '').strip() for word in box.iter('w:t')):
                self.found.tell('text box')
            self.blocks(box, line.after)

    def _equation(self, one: Element, line: LineWritten) -> None:
        words = ' '.join(equations.in_a_line(one).split())
        if equations.is_plain(one):
            self.found.tell('formula', words != '')
            line.text(words, self.why_left_out)
        else:
            self.found.tell('equation')
            self.found.leave_out('equation', words)
            line.text(self.found.place('equation', words), self.why_left_out)

    # --- What is left out ------------------------------------------------------------------------------

    @property
    def is_left_out(self) -> bool:
        return bool(self.why_left_out)

    @property
    def why_left_out(self) -> str:
        if self.dropping:
            return self.dropping[0]
        if self.fields.holds('contents'):
            return 'contents'
        return 'field code' if self.fields.is_code else ''

    def leaving_out(self, role: str) -> str:
        """Why a paragraph of this role is left out."""
        return {CONTENTS: 'contents', AUTHOR: 'author'}.get(role, '')

    def is_a_reference(self, role: str) -> bool:
        return role == REFERENCES or bool(self.cited) or self.fields.holds('references')

    def _deleted(self, one: Element) -> None:
        if one.tag != 'w:moveFrom':
            words = ' '.join(word.text or '' for word in one.iter() if word.tag in ('w:delText', 'w:t'))
            self.found.tell('deletion', bool(words.strip()))
            self.found.leave_out('deletion', words)

    def _inserted_file(self, one: Element) -> None:
        self.found.tell('inserted file')
        relation = self.relations.get(one.get('r:id', ''))
        inside = relation is not None and not relation.is_outside
        content = self.package.bytes_of(relation.target) if relation and inside else b''
        self.found.leave_out(
            'inserted file', re.sub(r'<[^>]*>', ' ', (content or b'').decode('utf-8', 'replace'))
        )

    # --- Tables ------------------------------------------------------------------------------------------

    def _table(self, one: Element, out: list[str]) -> None:
        self.tables += 1
        rows = [row for row in within(one, 'w:tr', but=('w:tbl', 'w:p')) if not self._is_deleted_row(row)]
        written = [self._row(row) for row in rows]
        self.tables -= 1
        if rows:
            out.append(f'<w:tbl>{"".join(written)}</w:tbl>')
            if self._is_layout(rows) and not self.tables:
                self.found.tell('layout table')

    def _is_deleted_row(self, row: Element) -> bool:
        if child(child(row, 'w:trPr'), 'w:del') is None:
            return False
        self._deleted(row)
        return True

    def _row(self, row: Element) -> str:
        cells = ''.join(self._cell(cell) for cell in within(row, 'w:tc', but=('w:tbl', 'w:p')))
        properties = child(row, 'w:trPr')
        head = '<w:trPr><w:tblHeader/></w:trPr>' if is_on(properties, 'w:tblHeader') else ''
        before, after = (self._left_free(properties, name) for name in ('w:gridBefore', 'w:gridAfter'))
        return f'<w:tr>{head}{before}{cells}{after}</w:tr>'

    def _left_free(self, row: Element | None, name: str) -> str:
        """A row that is drawn in, or ends early, has its cells under those to which they belong."""
        spans = _span(value(row, name))
        return f'<w:tc><w:tcPr>{spans}</w:tcPr><w:p/></w:tc>' if spans else ''

    def _cell(self, cell: Element) -> str:
        properties = child(cell, 'w:tcPr')
        merged = value(properties, 'w:vMerge')
        covered = merged is not None and merged != 'restart'
        if child(properties, 'w:cellDel') is not None:
            self._deleted(cell)
            return '<w:tc><w:p/></w:tc>'
        if covered and not self.is_left_out:
            self.found.tell('covered cell', any((word.text or '').strip() for word in cell.iter('w:t')))
        self.dropping += ['covered cell'] if covered else []
        out: list[str] = []
        self.blocks(cell, out)
        del self.dropping[len(self.dropping) - covered :]
        spans = _span(value(properties, 'w:gridSpan'))
        merging = f'<w:vMerge w:val="{merged or "continue"}"/>' if merged is not None else ''
        merging = merging if merged in (None, '', 'restart', 'continue') else ''
        return f'<w:tc><w:tcPr>{spans}{merging}</w:tcPr>{"".join(out) or "<w:p/>"}</w:tc>'

    def _is_layout(self, rows: list[Element]) -> bool:
        """Whether it looks as if made to put things side by side."""
        if len(rows) > 2:
            return False
        words = [
            len(''.join(word.text or '' for word in cell.iter('w:t')).split())
            for row in rows
            for cell in within(row, 'w:tc', but=('w:tbl', 'w:p'))
        ]
        return len(words) > 1 and max(words) > 60


def _span(said: str | None) -> str:
    return (
        f'<w:gridSpan w:val={quoteattr(said)}/>' if re.fullmatch('[1-9][0-9]?', said or '') and said else ''
    )


def _around(loose: Element) -> Element:
    paragraph = Element('w:p')
    paragraph.append(loose)
    return paragraph
