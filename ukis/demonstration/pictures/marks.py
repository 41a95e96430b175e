"""Marks of organisations: a plain shape in two colours, each after what the organisation is."""

import math
from collections.abc import Callable

from ukis.demonstration.pictures.canvas import BRICKS, LEAVES, OCHRES, TEALS, Canvas, Colour, lighter

WHITE: Colour = (255, 255, 255)
PAINTS: dict[str, Colour] = {
    'teal': TEALS[1],
    'sea': TEALS[2],
    'ochre': OCHRES[1],
    'brick': BRICKS[0],
    'leaf': LEAVES[0],
    'plum': (94, 58, 96),
    'navy': (38, 52, 92),
    'slate': (66, 76, 84),
}


def _ring(
    x: float, y: float, far: float, count: int, start: float = -math.pi / 2
) -> list[tuple[float, float]]:
    return [
        (x + far * math.cos(start + i * math.tau / count), y + far * math.sin(start + i * math.tau / count))
        for i in range(count)
    ]


def shield(c: Canvas, one: Colour, two: Colour) -> None:
    c.shape(one, (36, 28), (124, 28), (124, 84), (112, 112), (80, 136), (48, 112), (36, 84))
    c.shape(WHITE, (46, 62), (80, 44), (114, 62), (114, 76), (80, 58), (46, 76))
    c.shape(two, (46, 88), (80, 70), (114, 88), (114, 100), (80, 84), (46, 100))


def book(c: Canvas, one: Colour, two: Colour) -> None:
    c.shape(one, (76, 52), (24, 40), (24, 108), (76, 124))
    c.shape(two, (84, 52), (136, 40), (136, 108), (84, 124))
    for y in (60, 76, 92):
        c.stroke(WHITE, 4, (36, y), (64, y + 7))
        c.stroke(WHITE, 4, (124, y), (96, y + 7))


def cross(c: Canvas, one: Colour, two: Colour) -> None:
    c.box(28, 28, 104, 104, one, bend=28)
    c.box(68, 46, 24, 68, WHITE, bend=6)
    c.box(46, 68, 68, 24, WHITE, bend=6)
    c.disc(80, 80, 8, two)


def tower(c: Canvas, one: Colour, two: Colour) -> None:
    c.shape(one, (40, 132), (40, 60), (52, 60), (52, 72), (66, 72), (66, 60), (94, 60), (94, 72), (108, 72), (108, 60),
            (120, 60), (120, 132))  # fmt: skip
    c.shape(two, (80, 24), (80, 52), (112, 38))
    c.stroke(one, 4, (80, 24), (80, 64))
    c.slice(80, 132, 16, 36, 180, 360, WHITE)


def people(c: Canvas, one: Colour, two: Colour) -> None:
    for x, paint in ((48, one), (112, one), (80, two)):
        c.disc(x, 56, 15, paint)
        c.slice(x, 126, 26, 50, 180, 360, paint)


def waves(c: Canvas, one: Colour, two: Colour) -> None:
    c.disc(80, 80, 56, one)
    for row, paint in enumerate((WHITE, two, WHITE)):
        points = [(x, 74 + row * 18 + 5 * math.sin(x / 9)) for x in range(30, 131, 2)]
        c.stroke(paint, 7, *points)
    c.disc(80, 50, 11, WHITE)


def sun(c: Canvas, one: Colour, two: Colour) -> None:
    for x, y in _ring(80, 80, 54, 12):
        c.stroke(two, 9, (80, 80), (x, y))
    c.disc(80, 80, 35, WHITE)
    c.disc(80, 80, 29, one)


def hexes(c: Canvas, one: Colour, two: Colour) -> None:
    for index, (x, y) in enumerate([(80, 80), *_ring(80, 80, 42, 6, 0)]):
        c.shape((two if index == 0 else lighter(one, 0.12 * (index % 3))), *_ring(x, y, 22, 6, 0))


def bridge(c: Canvas, one: Colour, two: Colour) -> None:
    c.bow(80, 104, 54, 58, (180, 360), one, 12)
    c.box(20, 98, 120, 12, two)
    for x in (50, 80, 110):
        c.box(x - 3, 60, 6, 40, one)


def lantern(c: Canvas, one: Colour, two: Colour) -> None:
    c.shape(one, (56, 60), (104, 60), (112, 126), (48, 126))
    c.shape(two, (64, 70), (96, 70), (100, 116), (60, 116))
    c.shape(one, (50, 58), (80, 32), (110, 58))
    c.bow(80, 30, 12, 12, (180, 360), one, 5)
    c.disc(80, 96, 10, WHITE, 14)


def door(c: Canvas, one: Colour, two: Colour) -> None:
    c.box(40, 28, 80, 108, one, bend=4)
    c.shape(two, (58, 44), (104, 34), (104, 136), (58, 124))
    c.disc(94, 86, 4, WHITE)


def knot(c: Canvas, one: Colour, two: Colour) -> None:
    for x, y, paint in ((62, 62, one), (98, 62, two), (80, 96, lighter(one, 0.35))):
        c.bow(x, y, 32, 32, (0, 360), paint, 12)


def hill(c: Canvas, one: Colour, two: Colour) -> None:
    c.disc(80, 80, 56, lighter(two, 0.7))
    c.disc(100, 62, 12, two)
    c.slice(80, 80, 56, 56, 20, 160, one)
    c.shape(one, (28, 100), (62, 56), (88, 90), (104, 76), (132, 100))


MARKS: dict[str, Callable[[Canvas, Colour, Colour], None]] = {
    function.__name__: function
    for function in (
        shield, book, cross, tower, people, waves, sun, hexes, bridge, lantern, door, knot, hill
    )
}  # fmt: skip


def logo(look: str, size: int = 400) -> bytes:
    """A square PNG on white: 'shield navy ochre' names the mark and its two colours."""
    mark, one, two = look.split()
    sheet = Canvas(size, size, WHITE)
    MARKS[mark](sheet, PAINTS[one], PAINTS[two])
    return sheet.png()
