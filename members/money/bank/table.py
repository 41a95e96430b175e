"""A bank's file as a table: which encoding, which delimiter, which lines."""

import csv
import io
from dataclasses import dataclass

MOST_BYTES = 2_000_000
MOST_ROWS = 5_000
LONGEST_CELL = 500
DELIMITERS = (',', ';', '\t', '|')
ENCODINGS = ('utf-8-sig', 'utf-16', 'cp1252')


class Unreadable(Exception):
    """Why a file cannot be taken, in a sentence for the person, with the line where there is one."""


@dataclass(frozen=True)
class FileLine:
    """`line`: which line of the file it begins on, as an editor counts."""

    line: int
    cells: tuple[str, ...]

    def cell(self, column: int | None) -> str:
        return self.cells[column] if column is not None and column < len(self.cells) else ''

    @property
    def is_empty(self) -> bool:
        return not any(self.cells)


def guess_encoding(data: bytes) -> str:
    if data.startswith((b'\xff\xfe', b'\xfe\xff')):
        return 'utf-16'
    try:
        data.decode('utf-8-sig')
    except UnicodeDecodeError:
        return 'cp1252'
    return 'utf-8-sig'


def text_of(
    data: bytes,
    encoding: str,
    *,
    most: int = MOST_BYTES,
    larger: str = 'Ask the bank for a shorter span, a month or a quarter, as CSV.',
    none: str = 'The bank offers one, often as “Export” or “Download”.',
) -> str:
    """`larger` and `none`: what to do about a file that is larger than `most`, and about one that is no CSV."""
    if len(data) > most:
        raise Unreadable(f'The file is larger than {most // 1_000_000} MB. {larger}')
    if data.startswith((b'PK\x03\x04', b'\xd0\xcf\x11\xe0')):
        raise Unreadable('This is a workbook of Excel. Save it as CSV (Save as, CSV UTF-8), and choose that.')
    if data.startswith(b'%PDF'):
        raise Unreadable(f'This is a PDF, and no CSV file. {none}')
    if not data.strip():
        raise Unreadable('The file is empty.')
    try:
        text = data.decode(encoding, errors='replace' if encoding == 'cp1252' else 'strict')
    except UnicodeError:
        raise Unreadable('The file is not written in the encoding chosen. Choose another one.') from None
    if '\0' in text or sum(not one.isprintable() and one not in '\r\n\t' for one in text[:5_000]) > 20:
        raise Unreadable(f'This is no CSV file. {none}')
    return text


def guess_delimiter(text: str) -> str:
    """The one that most lines have most evenly."""
    lines = [line for line in text.splitlines()[:200] if line.strip()]

    def weight(delimiter: str) -> int:
        # As many lines as have one number of them, times that number: addresses in a text have commas, too.
        counts = [len(cells) - 1 for cells in csv.reader(lines, delimiter=delimiter) if len(cells) > 1]
        return max((counts.count(one) * min(one, 10) for one in set(counts)), default=0)

    try:
        return max(DELIMITERS, key=weight)
    except csv.Error:
        return ','


def rows_of(text: str, delimiter: str) -> list[FileLine]:
    """Every line with something on it. Unreadable where a quotation mark is never closed."""
    reader = csv.reader(io.StringIO(text, newline=''), delimiter=delimiter)
    rows, begins = [], 1
    try:
        for cells in reader:
            row = FileLine(begins, tuple(' '.join(cell.split())[:LONGEST_CELL] for cell in cells))
            if reader.line_num - begins > 20:
                raise Unreadable(f'Line {begins} has a quotation mark that is not closed.')
            begins = reader.line_num + 1
            if not row.is_empty:
                rows.append(row)
            if len(rows) > MOST_ROWS:
                raise Unreadable(
                    f'The file has more than {MOST_ROWS:,} lines. Ask the bank for a shorter span.'
                )
    except csv.Error:
        raise Unreadable(
            f'Line {reader.line_num} cannot be read as CSV: is a quotation mark missing?'
        ) from None
    return rows
