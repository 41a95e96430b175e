"""The text of an OpenDocument, block by block, as a Word document writes it."""

import re
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element
from xml.sax.saxutils import quoteattr

from ukis.documents.opendocument.file import OpenFile
from ukis.documents.opendocument.lines import Lines
from ukis.documents.opendocument.parts import BLANK, Parts
from ukis.documents.opendocument.styles import LEVELS, Look, OpenStyles

INDEXES = frozenset(
    f'text:{name}'
    for name in (
        'table-of-content',
        'illustration-index',
        'table-index',
        'object-index',
        'user-index',
        'alphabetical-index',
    )
)
# What says how the text is made, and holds no words of it.
NO_TEXT = frozenset(
    [
        'text:tracked-changes',
        'text:soft-page-break',
        'office:forms',
        'office:annotation-end',
        'svg:title',
        'svg:desc',
    ]
    + [f'text:{name}-decls' for name in ('sequence', 'variable', 'user-field')]
    + [f'{name}-source' for name in (*INDEXES, 'text:bibliography')]
)
_MOST_REPEATED = 100
_CONTENTS, _REFERENCES = 'uk-contents', 'uk-references'
OWN_STYLES = (
    f'<w:style w:type="paragraph" w:styleId="{_CONTENTS}"><w:name w:val="toc 1"/></w:style>'
    f'<w:style w:type="paragraph" w:styleId="{_REFERENCES}"><w:name w:val="bibliography"/></w:style>'
)


@dataclass(frozen=True)
class BlockPlace:
    """Where in the text we are."""

    style: str = ''  # over that of the paragraph
    look: Look = field(default_factory=dict)
    list: int = 0  # the key of its numbering
    list_style: str = ''
    level: int = -1
    numbering: str = ''  # of the next paragraph


class Writing:
    def __init__(self, file: OpenFile, styles: OpenStyles, parts: Parts) -> None:
        self.file, self.styles, self.parts = file, styles, parts
        self.lines = Lines(self)
        self.known_lists: dict[str, int] = {}
        self.last_of_style: dict[str, int] = {}
        self.blank = parts.list_begun(BLANK, {})

    def blocks(self, node: Element, place: BlockPlace = BlockPlace()) -> str:  # noqa: B008  # it is frozen
        out = []
        for one in node:
            if one.tag in ('text:p', 'text:h'):
                out.append(self._paragraph(one, place))
            elif one.tag == 'text:list':
                out.append(self._list(one, place))
            elif one.tag == 'table:table':
                out.append(self._table(one, replace(place, numbering='', level=-1, list=0)))
            elif one.tag in INDEXES:
                out.append(self.blocks(one, replace(place, style=_CONTENTS)))
            elif one.tag == 'text:bibliography':
                out.append(self.blocks(one, replace(place, style=_REFERENCES)))
            elif one.tag == 'text:section' and one.get('text:display') == 'none':
                out.append(self.blocks(one, replace(place, look={**place.look, 'hidden': 'yes'})))
            elif one.tag == 'text:change':
                out.append(self.lines.deletion(one))
            elif one.tag.startswith(('draw:', 'text:change')):
                out.append(f'<w:p>{self.lines.element(one, place.look)}</w:p>')
            elif one.tag not in NO_TEXT:
                out.append(self.blocks(one, place))
        return ''.join(out)

    def _paragraph(self, one: Element, place: BlockPlace) -> str:
        key = self.styles.name_of_paragraph(one.get('text:style-name', ''))
        properties = f'<w:pStyle w:val={quoteattr(place.style or key)}/>'
        level = one.get('text:outline-level', '1')
        if one.tag == 'text:h' and not place.style and re.fullmatch('[1-9]', level):
            properties += f'<w:outlineLvl w:val="{int(level) - 1}"/>'
        look = self.styles.look_of_paragraph(key) | place.look
        return f'<w:p><w:pPr>{properties}{place.numbering}</w:pPr>{self.lines.inline(one, look)}</w:p>'

    # --- Lists -------------------------------------------------------------------------------------------

    def _list(self, one: Element, place: BlockPlace) -> str:
        style = one.get('text:style-name') or place.list_style
        level = min(place.level + 1, LEVELS - 1)
        key = place.list
        if not key or style != place.list_style:
            key = self._goes_on_with(one, style) or self._begun(style)
        self.known_lists[one.get('xml:id', '')] = self.last_of_style[style] = key
        out = []
        for item in one:
            start = item.get('text:start-value', '')
            if re.fullmatch(r'\d{1,4}', start):
                key = self.parts.list_begun(style, {level: int(start)})
                self.last_of_style[style] = self.known_lists[one.get('xml:id', '')] = key
            if item.tag in ('text:list-item', 'text:list-header'):
                inside = replace(place, list=key, list_style=style, level=level)
                out.append(self._item(item, inside, is_numbered=item.tag == 'text:list-item'))
        return ''.join(out)

    def _goes_on_with(self, one: Element, style: str) -> int:
        if before := one.get('text:continue-list'):
            return self.known_lists.get(before, 0)
        return self.last_of_style.get(style, 0) if one.get('text:continue-numbering') == 'true' else 0

    def _begun(self, style: str) -> int:
        starts = {
            level: form.start for level, form in self.styles.lists.get(style, {}).items() if level < LEVELS
        }
        return self.parts.list_begun(style, starts)

    def _item(self, item: Element, place: BlockPlace, *, is_numbered: bool) -> str:
        out = []
        for one in item:
            key = place.list if is_numbered and one.tag in ('text:p', 'text:h') else self.blank
            is_numbered = is_numbered and key == self.blank  # the number stands before the first paragraph
            numbering = f'<w:numPr><w:ilvl w:val="{place.level}"/><w:numId w:val="{key}"/></w:numPr>'
            out.append(self.blocks([one], replace(place, numbering=numbering)))  # type: ignore[arg-type]
        return ''.join(out)

    # --- Tables ------------------------------------------------------------------------------------------

    def _table(self, table: Element, place: BlockPlace) -> str:
        covered: dict[int, tuple[int, int]] = {}  # by column: for how many rows, how wide
        rows = ''.join(self._row(row, head, covered, place) for row, head in _rows(table))
        return f'<w:tbl>{rows}</w:tbl>' if rows else ''

    def _row(self, row: Element, head: bool, covered: dict[int, tuple[int, int]], place: BlockPlace) -> str:
        cells, column = [], 0
        for cell in row:
            if cell.tag not in ('table:table-cell', 'table:covered-table-cell'):
                continue
            for _ in range(_number(cell, 'table:number-columns-repeated')):
                if cell.tag == 'table:table-cell':
                    wide = _number(cell, 'table:number-columns-spanned')
                    tall = _number(cell, 'table:number-rows-spanned')
                    if tall > 1:
                        covered[column] = (tall - 1, wide)
                    cells.append(_cell(self.blocks(cell, place), wide, 'restart' if tall > 1 else ''))
                elif column in covered and (left := covered[column])[0]:
                    cells.append(_cell('', left[1], 'continue'))
                    covered[column] = (left[0] - 1, left[1])
                column += 1
        return f'<w:tr>{"<w:trPr><w:tblHeader/></w:trPr>" if head else ""}{"".join(cells)}</w:tr>'


def _cell(inner: str, wide: int, merging: str) -> str:
    properties = f'<w:gridSpan w:val="{wide}"/>' if wide > 1 else ''
    properties += f'<w:vMerge w:val="{merging}"/>' if merging else ''
    return f'<w:tc><w:tcPr>{properties}</w:tcPr>{inner or "<w:p/>"}</w:tc>'


def _rows(table: Element, head: bool = False) -> list[tuple[Element, bool]]:
    found = []
    for one in table:
        if one.tag == 'table:table-row':
            has_words = ''.join(one.itertext()).strip()
            found += [(one, head)] * (_number(one, 'table:number-rows-repeated') if has_words else 1)
        elif one.tag in ('table:table-header-rows', 'table:table-rows', 'table:table-row-group'):
            found += _rows(one, head or one.tag == 'table:table-header-rows')
    return found


def _number(one: Element, name: str) -> int:
    said = one.get(name, '1')
    return min(int(said), _MOST_REPEATED) if re.fullmatch('[1-9][0-9]{0,5}', said) else 1
