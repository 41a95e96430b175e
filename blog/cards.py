"""The card that is shown where somebody shares a post: 1200 × 630, the Society's colours, title and names.

Drawn with the letters that Pillow carries, of which none has an accent: those are drawn over their letter
here, for Welsh, Gaelic, Irish, Polish and their neighbours. What cannot be drawn is folded to plain letters.
"""

import hashlib
import io
import unicodedata
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from blog.reading import Reading
from ukis.addresses import PLAIN

WIDTH, HEIGHT = 1200, 630
PAPER, INK, SOFT, DEEP, ON_DEEP, AMBER = '#faf8f2', '#1b2322', '#434e4b', '#0b4f4b', '#f0ecdf', '#c9812f'
LEFT, RIGHT = 80, 1120
FINE = 2
DRAWN_AS = 1  # raise it when the drawing changes: the addresses change with it

_PUNCTUATION = str.maketrans(
    {'–': '-', '—': '-', '\u2011': '-', '«': '"', '»': '"', '\xa0': ' ', '\u202f': ' '}
)
ACUTE, GRAVE, CIRCUMFLEX, DIAERESIS, TILDE, CARON = '\u0301', '\u0300', '\u0302', '\u0308', '\u0303', '\u030c'
DOT, RING, CEDILLA, OGONEK = '\u0307', '\u030a', '\u0327', '\u0328'
SLASH = '\u0338'  # across the letter's middle: ł, ø, đ
# In hundredths of the letter's size, from its middle and its top (or foot): each a line through its points.
_STROKES: dict[str, list[list[tuple[int, int]]]] = {
    ACUTE: [[(-4, -6), (6, -17)]],
    GRAVE: [[(4, -6), (-6, -17)]],
    CIRCUMFLEX: [[(-11, -6), (0, -16), (11, -6)]],
    CARON: [[(-11, -16), (0, -6), (11, -16)]],
    TILDE: [[(-12, -8), (-5, -13), (5, -8), (12, -13)]],
    DIAERESIS: [[(-11, -11), (-5, -11)], [(5, -11), (11, -11)]],
    DOT: [[(-3, -11), (3, -11)]],
    SLASH: [[(-12, 9), (12, -9)]],
    RING: [[(-5, -12), (0, -17), (5, -12), (0, -7), (-5, -12)]],
}
_SLASHED = str.maketrans(
    {letter: f'{plain}{SLASH}' for letter, plain in zip('łŁøØđĐ', 'lLoOdD', strict=True)}
)
_BELOW: dict[str, list[list[tuple[int, int]]]] = {
    CEDILLA: [[(0, 0), (2, 7), (-6, 12)]],
    OGONEK: [[(8, 0), (3, 8), (10, 12)]],
}


_ACCENTS = frozenset([*_STROKES, *_BELOW])


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size=size)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font


@cache
def _can_draw(letter: str) -> bool:
    nothing, it = _font(40).getmask('\uffff'), _font(40).getmask(letter)
    return letter == ' ' or (it.size, bytes(it)) != (nothing.size, bytes(nothing))


def mark(reading: Reading) -> str:
    """What the card's address carries: another one as soon as anything on it is another."""
    drawn = '\n'.join(
        [str(DRAWN_AS), reading.title, reading.byline_words, _places(reading), reading.society.name]
    )
    return hashlib.sha256(drawn.encode()).hexdigest()[:16]


def draw(reading: Reading) -> bytes:
    """A PNG, the same bytes for the same words. Drawn large, then made smaller: smooth edges."""
    image = Image.new('RGB', (WIDTH * FINE, HEIGHT * FINE), PAPER)
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, (HEIGHT - 110) * FINE, WIDTH * FINE, HEIGHT * FINE), fill=DEEP)
    canvas.rectangle((LEFT * FINE, 70 * FINE, (LEFT + 96) * FINE, 78 * FINE), fill=AMBER)
    size, lines = _fitted(reading.title)
    y = 108
    for line in lines:
        _write(canvas, LEFT, y, line, size, INK)
        y += round(size * 1.2)
    y += 24
    for words, colour in ((reading.byline_words, INK), (_places(reading), SOFT)):
        for line in _wrapped(words, 32)[:1]:
            _write(canvas, LEFT, y, line, 32, colour)
            y += 44
    _write(canvas, LEFT, HEIGHT - 74, reading.society.name, 34, ON_DEEP)
    out = io.BytesIO()
    image.reduce(FINE).save(out, 'PNG', optimize=True)
    return out.getvalue()


def _places(reading: Reading) -> str:
    return ', '.join(dict.fromkeys(line.affiliation for line in reading.bylines if line.affiliation))


def _fitted(title: str) -> tuple[int, list[str]]:
    """The largest size at which the title stands in four lines; the longest is cut."""
    for size in (76, 66, 58, 50):
        lines = _wrapped(title, size)
        if len(lines) * size * 1.2 <= 290:
            return size, lines
    return 50, [*lines[:3], lines[3] + ' …'] if len(lines) > 4 else lines


def _wrapped(words: str, size: int) -> list[str]:
    lines = ['']
    for word in _drawable(words).split():
        longer = f'{lines[-1]} {word}'.strip()
        if lines[-1] and _width(longer, size) > RIGHT - LEFT:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _drawable(words: str) -> str:
    """Decomposed, with nothing left that is neither a letter of the font's nor an accent of ours."""
    folded = unicodedata.normalize('NFD', words.translate(_PUNCTUATION).translate(_SLASHED).translate(PLAIN))
    return ''.join(letter for letter in folded if letter in _ACCENTS or _can_draw(letter))


def _width(words: str, size: int) -> float:
    return _font(size).getlength(''.join(letter for letter in words if not unicodedata.combining(letter)))


def _write(canvas: ImageDraw.ImageDraw, x: int, y: int, words: str, size: int, colour: str) -> None:
    """The plain letters in one go, then each accent where its letter came to stand."""
    x, y, size = x * FINE, y * FINE, size * FINE
    font, plain = _font(size), ''
    accents: list[tuple[int, str]] = []
    for letter in _drawable(words):
        if unicodedata.combining(letter) and plain:
            accents.append((len(plain) - 1, letter))
        elif not unicodedata.combining(letter):
            plain += letter
    canvas.text((x, y), plain, font=font, fill=colour)
    for at, accent in accents:
        left, top, right, foot = font.getbbox(plain[at])
        middle, base = (
            x + font.getlength(plain[:at]) + (left + right) / 2,
            y + (foot if accent in _BELOW else top),
        )
        if accent == SLASH:
            base = y + (top + foot) / 2
        for line in _BELOW.get(accent) or _STROKES[accent]:
            points = [(middle + dx * size / 100, base + dy * size / 100) for dx, dy in line]
            canvas.line(points, fill=colour, width=max(2, round(size * 0.065)), joint='curve')
