"""Tables that a checker and a screen reader can follow: a full grid, and headers that say what they head."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .block import Block
from .flow import Place, Shaping
from .parsing import Element
from .runs import Run, paragraphs

MAX_COLUMNS = 50
MAX_ROWS = 2000

type Grid = list[list[int | None]]


@dataclass(slots=True)
class Cell:
    header: bool
    children: list[Block]
    columns: int
    rows: int
    row: int = 0  # where it begins, within its section


def shape_table(shaper: Shaping, table: Element, place: Place) -> list[Block]:
    """The table, after its caption as a paragraph; of a table of one cell only what stands in it."""
    shaped: list[Block] = []
    rows: list[list[Cell]] = []
    head = 0  # how many of the rows are the table's head
    for kind, node in _parts(table):
        if kind == 'aside':
            shaped += shaper.flow([node], place)
            continue
        assert isinstance(node, Element)
        cells = [_cell(shaper, child, place) for child in node.children if _is_cell(child)]
        loose = [child for child in node.children if not _is_cell(child)]
        shaped += shaper.flow(loose, place)
        if cells:
            head += kind == 'head' and head == len(rows)
            rows.append(cells)
    cells = [cell for row in rows for cell in row]
    filled = [cell for cell in cells if cell.children]
    if len(filled) < 2 or len(rows) > MAX_ROWS:
        return shaped + [block for cell in filled for block in cell.children]
    if not head and _is_head(rows):
        head = 1
    return [*shaped, _laid_out(rows, min(head, len(rows)))]


def _parts(table: Element) -> Iterator[tuple[str, Element | str]]:
    """Rows ('head' or 'body') and everything else ('aside'), in their order; a foot comes last."""
    feet: list[Element] = []
    for child in table.children:
        if isinstance(child, str) or child.tag in ('caption', 'colgroup'):
            yield 'aside', child
        elif child.tag == 'tr':
            yield 'body', child
        elif child.tag in ('thead', 'tbody', 'tfoot'):
            for row in child.children:
                if isinstance(row, str) or row.tag != 'tr':
                    yield 'aside', row
                elif child.tag == 'tfoot':
                    feet.append(row)
                else:
                    yield ('head' if child.tag == 'thead' else 'body'), row
        else:
            yield 'aside', child
    for row in feet:
        yield 'body', row


def _is_cell(node: Element | str) -> bool:
    return isinstance(node, Element) and node.tag in ('td', 'th')


def _cell(shaper: Shaping, node: Element | str, place: Place) -> Cell:
    assert isinstance(node, Element)
    header = node.tag == 'th'
    children = shaper.contained(node.children, shaper.restyled(place, node))
    return Cell(header, children, _span(node, 'colspan', MAX_COLUMNS), _span(node, 'rowspan', MAX_ROWS))


def _span(node: Element, name: str, most: int) -> int:
    value = node.attrs.get(name, '').strip()
    return min(max(int(value), 1), most) if re.fullmatch(r'\d{1,4}', value) else 1


def _is_head(rows: list[list[Cell]]) -> bool:
    """Whether the first row says what the columns are, by its tags or, before others, by bold words."""
    first = [cell for cell in rows[0] if cell.children]
    if first and all(cell.header for cell in first) and (len(first) > 1 or len(first) == len(rows[0])):
        return True
    return len(rows) > 1 and len(first) == len(rows[0]) and all(_is_bold(cell) for cell in first)


def _is_bold(cell: Cell) -> bool:
    """Whether all its words are bold: the way Word shows the head of a table."""
    runs = [run for block in cell.children for run in block.runs]
    return bool(runs) and all('strong' in run.marks for run in runs if run.text.strip())


def _laid_out(rows: list[list[Cell]], head: int) -> Block:
    sections = [_grid(rows[:head]), _grid(rows[head:])]
    width = max(len(row) for grid, _ in sections for row in grid)
    # Rows in which no words begin and columns in which no cell begins are none.
    begun: set[int] = set()
    for grid, cells in sections:
        grid[:] = [
            row for at, row in enumerate(grid) if any(cell.row == at and cell.children for cell in cells)
        ]
        for row in grid:
            begun |= {
                at for at, cell in enumerate(row) if cell is not None and (at == 0 or row[at - 1] != cell)
            }
    columns = [at for at in range(width) if at in begun]
    table = Block('table')
    for tag, (grid, cells) in zip(('thead', 'tbody'), sections, strict=True):
        if grid:
            table.children.append(_section(tag, grid, cells, columns))
    return table


def _grid(rows: list[list[Cell]]) -> tuple[Grid, list[Cell]]:
    """Which cell (by number) covers which square, and the cells. Spans end with their section."""
    grid: Grid = [[] for _ in rows]
    cells: list[Cell] = []
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while column < len(grid[at]) and grid[at][column] is not None:
                column += 1
            if column >= MAX_COLUMNS and cells:  # what stands too far right joins the cell before it
                cells[-1].children += cell.children
                continue
            cell.row = at
            cell.rows = min(cell.rows, len(rows) - at)
            cell.columns = _free(grid, at, column, cell)
            for covered in grid[at : at + cell.rows]:
                covered += [None] * (column + cell.columns - len(covered))
                covered[column : column + cell.columns] = [len(cells)] * cell.columns
            cells.append(cell)
            column += cell.columns
    return grid, cells


def _free(grid: Grid, at: int, column: int, cell: Cell) -> int:
    """How many squares from here on are free for this cell."""
    most = min(cell.columns, MAX_COLUMNS - column)
    for width in range(1, most):
        if any(
            len(row) > column + width and row[column + width] is not None for row in grid[at : at + cell.rows]
        ):
            return width
    return max(most, 1)


def _section(tag: str, grid: Grid, cells: list[Cell], columns: list[int]) -> Block:
    section = Block(tag)
    seen: set[int] = set()
    for at, row in enumerate(grid):
        line = Block('tr')
        for column in columns:
            number = row[column] if column < len(row) else None
            if number is None:
                line.children.append(Block('td'))
            elif number not in seen:
                seen.add(number)
                columns_covered = sum(1 for other in columns if other < len(row) and row[other] == number)
                rows_covered = sum(
                    1 for other in grid[at:] if column < len(other) and other[column] == number
                )
                line.children.append(_drawn(tag, cells[number], columns_covered, rows_covered))
        section.children.append(line)
    return section


def _drawn(tag: str, cell: Cell, columns: int, rows: int) -> Block:
    header = bool(cell.children) and (tag == 'thead' or cell.header)
    attrs: dict[str, str] = {}
    if header:
        attrs['scope'] = 'col' if tag == 'thead' else 'row'
    if columns > 1:
        attrs['colspan'] = str(columns)
    if rows > 1:
        attrs['rowspan'] = str(rows)
    for block in cell.children:
        if tag == 'thead' and block.tag == 'p':  # a header is bold by itself
            plain = [Run(run.text, run.marks - {'strong'}) for run in block.runs]
            block.runs = next(iter(paragraphs(plain)), [])
    return Block('th' if header else 'td', attrs, children=cell.children)
