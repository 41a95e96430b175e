"""The card that is shown where somebody shares a post: 1200 × 630, the Society's mark and colours, title and names.

Drawn with Source Serif, which has Latin, Greek and Cyrillic. What is written in a script that it has not got is left
out whole, for half a title says something else: the card then bears the Society's name in its place, and editors are
told before release. Beside the words stands the lead picture, cut around what must stay in sight of it.
"""

import hashlib
import io
import math
import re
import unicodedata
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from blog.post_page import PostPage
from ukis.pictures import store, turns
from ukis.pictures.models import Picture

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
MOST = 300_000  # bytes: what the programs take that show it
PAPER, INK, SOFT, DEEP, ON_DEEP, AMBER = '#faf8f2', '#1b2322', '#434e4b', '#0a3f3c', '#f6f2e6', '#c98a3c'
LEFT, RIGHT = 80, 1120
BAND = 110
TITLE_SIZES, TITLE_TOP, TITLE_ROOM, LEADING = (76, 66, 58, 50, 44), 106, 300, 1.18
SMALL = 32
PICTURE_LEFT = 780  # the picture stands from here to the right edge, down to the band
RIGHT_BESIDE = 732
QUALITY = 85
DRAWN_AS = 3  # raise it when the drawing changes: the addresses change with it

_FONT = files('fontpkg_source_serif_4') / 'files' / 'SourceSerif4[opsz,wght].ttf'
BOLD, REGULAR = 600, 400
_BLANKS = re.compile(r'[^\S\xa0\u202f]+')  # but those at which no line may end

# The mark of `static/img/mark.svg`, in its 32 × 32: two halves, each with its rounded corners' centres.
_MARK = 32
_KNOW = [
    (12, 2),
    (12, 6),
    (20, 4.5),
    (20, 14.5),
    (12, 13),
    (12, 19),
    (20, 17.5),
    (20, 27.5),
    (12, 26),
    (12, 30),
]
_KNOW_CORNERS = [((5, 27), 90), ((5, 5), 180)]
_MAKE = [
    (12, 30),
    (12, 26),
    (20, 27.5),
    (20, 17.5),
    (12, 19),
    (12, 13),
    (20, 14.5),
    (20, 4.5),
    (12, 6),
    (12, 2),
]
_MAKE_CORNERS = [((27, 5), 270), ((27, 27), 0)]
_ROUND = 3


@cache
def _font(size: int, weight: int) -> 'FreeTypeFont':
    from PIL import ImageFont

    font = ImageFont.truetype(str(_FONT), size)
    wanted = {b'Weight': weight, b'Optical Size': min(size, 60)}
    font.set_variation_by_axes(
        [wanted.get(axis['name'] or b'', axis['default'] or 0) for axis in font.get_variation_axes()]
    )
    return font


def mark(post_page: PostPage) -> str:
    """What the card's address carries: another one as soon as anything on it is another."""
    drawn = [
        str(DRAWN_AS),
        post_page.title,
        post_page.byline_words,
        _places(post_page),
        post_page.society.name,
    ]
    if picture := post_page.lead_picture:
        drawn += [picture.hash, f'{picture.focal_x:.2f} {picture.focal_y:.2f}']
    return hashlib.sha256('\n'.join(drawn).encode()).hexdigest()[:16]


def kind(post_page: PostPage) -> str:
    return 'jpg' if post_page.lead_picture else 'png'


def name(post_page: PostPage) -> str:
    """The end of its address."""
    return f'{mark(post_page)}.{kind(post_page)}'


def content_type(post_page: PostPage) -> str:
    return 'image/jpeg' if post_page.lead_picture else 'image/png'


def alt(post_page: PostPage) -> str:
    """What is to be seen on it, for whoever does not: its words, whichever could be drawn, and its picture."""
    by = f', by {post_page.byline_words}' if post_page.byline_words else ''
    beside = f' Beside it: {post_page.lead_alt}' if post_page.lead_picture and post_page.lead_alt else ''
    return f'Card of the {post_page.society.name}: “{post_page.title}”{by}.{beside}'


def picture_of(post_page: PostPage) -> bytes | None:
    """The lead picture in the smallest size that is large enough. Raises StoreAway."""
    picture = post_page.lead_picture
    if picture is None:
        return None
    large = (size['name'] for size in picture.sizes if size['format'] != 'avif' and _is_large(size))
    try:
        return store.read(next(large, str(picture.file.name)))
    except FileNotFoundError:
        return None


def _is_large(size: dict[str, Any]) -> bool:
    return size['width'] >= WIDTH - PICTURE_LEFT and size['height'] >= HEIGHT - BAND


def draw(post_page: PostPage, picture: bytes | None = None) -> bytes:
    """As `kind` says, the same bytes for the same words and picture. Raises Busy."""
    from PIL import Image, ImageDraw  # not before somebody asks for a card: posts are read without

    image = Image.new('RGB', (WIDTH, HEIGHT), PAPER)
    canvas = ImageDraw.Draw(image)
    right = RIGHT
    if picture is not None and post_page.lead_picture:
        _draw_picture(image, picture, post_page.lead_picture)
        right = RIGHT_BESIDE
    title, society = drawable(post_page.title), drawable(post_page.society.name)
    canvas.rectangle((LEFT, 70, LEFT + 95, 77), fill=AMBER)
    canvas.rectangle((0, HEIGHT - BAND, WIDTH, HEIGHT), fill=DEEP)
    _draw_mark(image, LEFT, HEIGHT - BAND + 27, 56)
    if title:
        _write(canvas, LEFT + 76, HEIGHT - BAND / 2 + 12, society, _font(34, BOLD), ON_DEEP)
    size, lines = _fitted(title or society, right - LEFT)
    y: float = TITLE_TOP
    for line in lines:
        _write(canvas, LEFT, y + size * 0.92, line, _font(size, BOLD), INK)
        y += size * LEADING
    y += 24
    for words, colour in ((post_page.byline_words, INK), (_places(post_page), SOFT)):
        font = _font(SMALL, REGULAR)
        for line in _cut(_wrapped(drawable(words), font, right - LEFT), 1, font, right - LEFT):
            _write(canvas, LEFT, y + SMALL, line, font, colour)
            y += 44
    out = io.BytesIO()
    if post_page.lead_picture:
        image.save(out, 'JPEG', quality=QUALITY, optimize=True, subsampling=0)
    else:
        image.save(out, 'PNG')
    return out.getvalue()


def _places(post_page: PostPage) -> str:
    return ', '.join(dict.fromkeys(line.affiliation for line in post_page.bylines if line.affiliation))


# --- Words ------------------------------------------------------------------------------------------------


def drawable(words: str) -> str:
    """As they can be drawn; '' where a letter or a number could not. A sign that could not is left out."""
    out = []
    for letter in _BLANKS.sub(' ', unicodedata.normalize('NFC', words)):
        kind = unicodedata.category(letter)
        if kind != 'Cf' and _can_draw(letter):
            out.append(letter)
        elif kind[0] in 'LMN':
            return ''
    return _BLANKS.sub(' ', ''.join(out)).strip()


@cache
def _can_draw(letter: str) -> bool:
    font = _font(40, REGULAR)
    nothing, it = font.getmask('\uffff'), font.getmask(letter)
    return letter == ' ' or (it.size, bytes(it)) != (nothing.size, bytes(nothing))


def _fitted(title: str, width: int) -> tuple[int, list[str]]:
    """The largest size at which the title has room; the longest is cut."""
    for size in TITLE_SIZES:
        lines, room = _wrapped(title, _font(size, BOLD), width), int(TITLE_ROOM / (size * LEADING))
        if len(lines) <= room:
            break
    return size, _cut(lines, room, _font(size, BOLD), width)


def _cut(lines: list[str], most: int, font: 'FreeTypeFont', width: int) -> list[str]:
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and font.getlength(f'{last} …') > width:
        last = last.rpartition(' ')[0] or last[:-1]
    return [*lines[: most - 1], f'{last.rstrip(",")} …']


def _wrapped(words: str, font: 'FreeTypeFont', room: int) -> list[str]:
    lines: list[str] = []
    for word in filter(None, words.split(' ')):
        longer = f'{lines[-1]} {word}' if lines else word
        if lines and font.getlength(longer) <= room:
            lines[-1] = longer
            continue
        while font.getlength(word) > room:  # an address, or a very long word
            fits = bisect_right(range(2, len(word)), float(room), key=lambda n: font.getlength(word[:n])) + 1
            lines.append(word[:fits])
            word = word[fits:]
        lines.append(word)
    return lines


def _write(canvas: 'ImageDraw', x: float, base: float, words: str, font: 'FreeTypeFont', colour: str) -> None:
    canvas.text((x, round(base)), words, font=font, fill=colour, anchor='ls')


# --- The picture ------------------------------------------------------------------------------------------


def _draw_picture(image: 'Image', source: bytes, picture: Picture) -> None:
    from PIL import Image, ImageOps

    room = (WIDTH - PICTURE_LEFT, HEIGHT - BAND)
    with turns.decoding(), Image.open(io.BytesIO(source), formats=('JPEG', 'PNG', 'WEBP')) as original:
        original.load()
        shown = original.convert('RGBA')
    around = (picture.focal_x, picture.focal_y)
    cut = ImageOps.fit(shown, room, Image.Resampling.LANCZOS, centering=around)
    image.paste(cut, (PICTURE_LEFT, 0), cut)


# --- The mark ---------------------------------------------------------------------------------------------


def _draw_mark(image: 'Image', left: int, top: int, side: int) -> None:
    for points, corners, colour in ((_KNOW, _KNOW_CORNERS, ON_DEEP), (_MAKE, _MAKE_CORNERS, AMBER)):
        image.paste(colour, (left, top), _half(points, corners, side))


def _half(points: list, corners: list, side: int) -> 'Image':
    """As a mask, drawn large and made smaller: smooth edges."""
    from PIL import Image, ImageDraw

    scale = 8 * side / _MARK
    round_off = [
        (x + _ROUND * math.cos(math.radians(turn)), y + _ROUND * math.sin(math.radians(turn)))
        for (x, y), start in corners
        for turn in range(start, start + 91, 10)
    ]
    mask = Image.new('L', (8 * side, 8 * side))
    ImageDraw.Draw(mask).polygon([(x * scale, y * scale) for x, y in [*points, *round_off]], fill=255)
    return mask.reduce(8)
