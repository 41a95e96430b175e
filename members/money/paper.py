"""Documents, drawn: PDF/A with every character's meaning, a language, a title and sections, in Source Serif, which has
Latin, Greek and Cyrillic. What is written in a script that it has not got stands as ◊, and the document says so.

This file is what a child runs, and imports nothing of ours: it is given what the document says, and says the PDF; given
nothing, the bold type.
"""

import base64
import json
import re
import sys
import tempfile
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

FONT = files('fontpkg_source_serif_4') / 'files' / 'SourceSerif4[opsz,wght].ttf'
# What is printed bold are our own words and numbers.
BOLD_HAS = ''.join(map(chr, range(32, 127))) + '£–—’“”−'
INK, SOFT, DEEP, LINE = (27, 35, 34), (67, 78, 75), (10, 63, 60), (190, 184, 168)
LEFT, WIDE, STEP = 20, 170, 5.2
MISSING = '◊'
NOT_PRINTED = f'Letters of a script that this document has no type for are shown as {MISSING}.'
DRAWN = re.compile('(xmp:(?:Modify|Metadata)Date)="[^"]*"')

Facts = Sequence[tuple[str, str]]
Row = Sequence[str]
# `title`, `about`, `author`, `at`, and `parts`: of each the method of `Paper`, and what it is given.
Said = dict[str, Any]


def drawn(said: Said) -> bytes:
    type_face = base64.b64decode(said['bold']) if 'bold' in said else bold()
    at = datetime.fromisoformat(said['at'])
    paper = Paper(said['title'], about=said['about'], at=at, author=said['author'], bold=type_face)
    for part, given in said['parts']:
        getattr(paper, part)(*given)
    return paper.made()


@cache
def bold() -> bytes:
    """The bold of our own letters, cut out of the variable font first: made of the whole it takes ten times as long."""
    from fontTools import subset, ttLib
    from fontTools.varLib import instancer

    with tempfile.TemporaryDirectory() as place:
        font: Any = ttLib.TTFont(str(FONT), recalcTimestamp=False)
        options = subset.Options()
        options.name_IDs = ['*']
        only = subset.Subsetter(options)
        only.populate(text=BOLD_HAS)
        only.subset(font)
        file = Path(place) / 'bold.ttf'
        instancer.instantiateVariableFont(font, {'wght': 600, 'opsz': 14}).save(file)
        return file.read_bytes()


class Paper:
    """An A4 page, or as many as it takes, filled from above. `at`: when what it says was done, whenever it is drawn."""

    def __init__(self, title: str, *, about: str, at: datetime, author: str, bold: bytes) -> None:
        from fpdf import FPDF
        from fpdf.enums import DocumentCompliance

        self.pdf = FPDF(enforce_compliance=DocumentCompliance.PDFA_2U)
        self.title, self.lost = title, False
        pdf = self.pdf
        pdf.set_creation_date(at)
        pdf.set_lang('en-GB')
        pdf.set_title(title)
        pdf.set_author(author)
        pdf.add_font('serif', '', str(FONT))
        with tempfile.TemporaryDirectory() as place:
            file = Path(place) / 'bold.ttf'
            file.write_bytes(bold)
            pdf.add_font('serif', 'B', file)
        pdf.set_subject(self.printable(about))
        pdf.set_margins(LEFT, 18, LEFT)
        pdf.set_auto_page_break(auto=True, margin=20)
        pdf.add_page()

    def printable(self, text: str) -> str:
        """With ◊ for each letter that the font has not, and for what no document should carry."""
        has: Any = self.pdf.fonts['serif'].cmap  # type: ignore[union-attr]
        composed = unicodedata.normalize('NFC', text)
        shown = ''.join(letter if ord(letter) in has else MISSING for letter in composed)
        self.lost = self.lost or shown != composed
        return shown

    def head(self, sender: str, payer: Sequence[str], facts: Facts) -> None:
        name, *address = sender.splitlines() or ['']
        self._section(self.title, 22, DEEP, after=3)
        top = self.pdf.get_y()
        self._lines([name], 12, INK, width=82)
        self._lines(address, 9.5, SOFT, width=82)
        self.pdf.ln(6)
        self._lines(payer[:1], 12, INK, width=82)
        self._lines(payer[1:], 10.5, INK, width=82)
        left = self.pdf.get_y()
        self.pdf.set_y(top)
        for label, said in facts:
            if said:
                self.pdf.set_x(LEFT + 90)
                self._set(9.5, SOFT)
                self.pdf.cell(32, STEP, self.printable(label))
                self._set(10.5, INK)
                self.pdf.multi_cell(48, STEP, self.printable(said), align='L', new_x='LMARGIN', new_y='NEXT')
        self.pdf.set_y(max(left, self.pdf.get_y()) + 8)

    def notice(self, said: str) -> None:
        self._set(11, INK, 'B')
        self.pdf.multi_cell(WIDE, STEP + 1, self.printable(said), border=1, new_x='LMARGIN', new_y='NEXT')
        self.pdf.ln(4)

    def section(self, title: str, lines: Sequence[str]) -> None:
        self._section(title, 13, DEEP, after=1)
        self._lines(lines, 10.5, INK)
        self.pdf.ln(5)

    def table(self, title: str, heads: Row, rows: Sequence[Row]) -> None:
        self._section(title, 13, DEEP, after=1)
        self._set(10.5, INK)
        self.pdf.set_draw_color(*LINE)
        widths = (WIDE - 25 * (len(heads) - 1), *[25] * (len(heads) - 1))
        from fpdf.fonts import FontFace

        with self.pdf.table(
            col_widths=widths,
            text_align=('LEFT', *['RIGHT'] * (len(heads) - 1)),
            borders_layout='HORIZONTAL_LINES',
            line_height=STEP,
            padding=1.2,
            headings_style=FontFace(emphasis='BOLD', color=SOFT, size_pt=9.5),
        ) as table:
            for row in [heads, *rows]:
                table.row([self.printable(cell) for cell in row])
        self.pdf.ln(2)

    def sums(self, sums: Facts) -> None:
        for place, (label, amount) in enumerate(sums):
            self._set(10.5, INK, 'B' if place == len(sums) - 1 else '')
            self.pdf.set_x(LEFT + 85)
            self.pdf.cell(60, STEP + 0.8, self.printable(label), align='R')
            self.pdf.cell(25, STEP + 0.8, self.printable(amount), align='R', new_x='LMARGIN', new_y='NEXT')
        self.pdf.ln(6)

    def remarks(self, lines: Sequence[str]) -> None:
        if lines:
            self._lines(lines, 9.5, SOFT)
            self.pdf.ln(5)

    def made(self) -> bytes:
        if self.lost:
            self._lines([NOT_PRINTED], 9.5, SOFT)
        from fpdf.output import OutputProducer

        said = OutputProducer(self.pdf)._build_xmp_from_info()  # which would say when it was drawn
        self.pdf.set_xmp_metadata(
            DRAWN.sub(rf'\1="{self.pdf.creation_date.isoformat(timespec="seconds")}"', said)
        )
        return bytes(self.pdf.output())

    def _section(self, title: str, size: float, colour: tuple[int, int, int], *, after: float) -> None:
        self.pdf.start_section(title)
        self._set(size, colour, 'B')
        self.pdf.multi_cell(WIDE, size * 0.5, self.printable(title), align='L', new_x='LMARGIN', new_y='NEXT')
        self.pdf.ln(after)

    def _lines(
        self, lines: Sequence[str], size: float, colour: tuple[int, int, int], *, width: float = WIDE
    ) -> None:
        self._set(size, colour)
        for line in lines:
            said = self.printable(line) or ' '
            self.pdf.multi_cell(width, max(STEP, size * 0.45), said, align='L', new_x='LMARGIN', new_y='NEXT')

    def _set(self, size: float, colour: tuple[int, int, int], style: str = '') -> None:
        self.pdf.set_font('serif', style, size)
        self.pdf.set_text_color(*colour)


if __name__ == '__main__':
    asked = sys.stdin.buffer.read()
    sys.stdout.buffer.write(drawn(json.loads(asked)) if asked else bold())
