"""Things seen from close by: a desk and what lies on it, a breakfast, jars, a board on the wall, a map of lines."""

import math
import random
from collections.abc import Callable

from ukis.demonstration.pictures.canvas import (
    BRICKS,
    INK,
    LEAVES,
    OCHRES,
    STONES,
    TEALS,
    UNITS,
    Canvas,
    Colour,
    lighter,
    mix,
)  # fmt: skip

WOOD: Colour = (176, 134, 92)


def _table(c: Canvas, rng: random.Random, ground: Colour = WOOD) -> None:
    c.box(0, 0, UNITS, c.tall, ground)
    for row in range(7):
        c.box(0, row * 13.4, UNITS, 13, mix(ground, lighter(ground), rng.uniform(0, 0.35)))
    c.glow(36, 10, 90, (255, 246, 220), 0.35)


def _turned(x: float, y: float, wide: float, high: float, turn: float) -> list[tuple[float, float]]:
    cos, sin = math.cos(turn), math.sin(turn)
    corners = ((-wide / 2, -high / 2), (wide / 2, -high / 2), (wide / 2, high / 2), (-wide / 2, high / 2))
    return [(x + dx * cos - dy * sin, y + dx * sin + dy * cos) for dx, dy in corners]


def _paper(
    c: Canvas, x: float, y: float, wide: float, high: float, turn: float, rng: random.Random, colour: Colour
) -> None:
    c.veil(INK, 0.18, *_turned(x + 0.9, y + 1.2, wide, high, turn))
    c.shape(colour, *_turned(x, y, wide, high, turn))
    cos, sin = math.cos(turn), math.sin(turn)
    for row in range(int(high / 3.4) - 2):
        dy = -high / 2 + 4 + row * 3.2
        length = wide * rng.uniform(0.5, 0.8)
        start = (x - wide * 0.38 * cos - dy * sin, y - wide * 0.38 * sin + dy * cos)
        c.stroke(mix(colour, INK, 0.4), 0.5, start, (start[0] + length * cos, start[1] + length * sin))


def _cup(c: Canvas, x: float, y: float, colour: Colour) -> None:
    c.veil(INK, 0.16, *[(x + 1.6 + 10 * math.cos(a / 3), y + 2 + 10 * math.sin(a / 3)) for a in range(19)])
    c.disc(x, y, 10, lighter(colour, 0.55))
    c.box(x + 6, y - 1.3, 7.4, 2.6, colour, bend=1.2)
    c.disc(x, y, 7, colour)
    c.disc(x, y, 5.6, (112, 72, 44))
    c.disc(x - 1.6, y - 1.6, 1.5, (148, 104, 68))


def letters(c: Canvas, rng: random.Random, *, screen: bool = False) -> None:
    _table(c, rng)
    papers = [(250, 248, 240), (246, 238, 218), (236, 242, 240), (248, 244, 236)]
    for _ in range(9):
        x, y = rng.uniform(18, 118), rng.uniform(14, 78)
        _paper(c, x, y, 32, 42, rng.uniform(-0.5, 0.5), rng, rng.choice(papers))
    if screen:
        c.veil(INK, 0.25, (52, 12), (116, 12), (116, 62), (52, 62))
        c.box(50, 8, 64, 48, INK, bend=2)
        c.wash(52.4, 10.4, 59.2, 43.2, TEALS[0], TEALS[1])
        for row in range(7):
            c.box(57, 15 + row * 5.2, rng.uniform(18, 48), 1.6, mix(TEALS[4], STONES[4], 0.4))
        for x, y, paint in ((112, 26, OCHRES[3]), (113, 40, (206, 222, 190)), (54, 54, (232, 196, 176))):
            c.shape(paint, *_turned(x, y, 11, 11, rng.uniform(-0.2, 0.2)))
            c.stroke(INK, 0.4, (x - 3.4, y - 1.6), (x + 3, y - 1.6))
            c.stroke(INK, 0.4, (x - 3.4, y + 1), (x + 1.6, y + 1))
    else:
        for left, paint in ((30, TEALS[1]), (70, BRICKS[1])):
            c.shape(paint, *_turned(left, 40, 24, 15, -0.12))
            c.shape(lighter(paint, 0.14), *_turned(left, 36.6, 24, 7.6, -0.12))
    _cup(c, 138, 24, rng.choice([TEALS[2], BRICKS[1], (238, 234, 224)]))
    c.shape(OCHRES[2], *_turned(134, 66, 2, 34, 0.7))
    c.shape(INK, *_turned(122.4, 80, 2, 3, 0.7))


def charts(c: Canvas, rng: random.Random) -> None:
    c.wash(0, 0, UNITS, c.tall, (24, 40, 48), (36, 58, 62))
    c.glow(80, 36, 80, TEALS[2], 0.35)
    for index in range(8):
        left, top = 10 + index % 4 * 36, 8 + index // 4 * 32
        off = index in (1, 4, 6, 7)
        c.box(left, top, 32, 27, INK, bend=1.4)
        c.box(left + 1.2, top + 1.2, 29.6, 22.6, (30, 44, 50) if off else (226, 234, 228), bend=0.6)
        c.box(left + 13, top + 26, 6, 3, INK)
        if off:
            c.shape(
                (38, 54, 60),
                (left + 4, top + 2),
                (left + 14, top + 2),
                (left + 5, top + 22),
                (left + 2, top + 22),
            )
            continue
        if index % 3 == 0:
            for bar in range(6):
                high = rng.uniform(4, 16)
                c.box(
                    left + 4 + bar * 4,
                    top + 21 - high,
                    2.6,
                    high,
                    rng.choice([TEALS[2], OCHRES[1], TEALS[3]]),
                )
        else:
            points = [(left + 4 + step * 3.6, top + rng.uniform(6, 19)) for step in range(7)]
            c.stroke(BRICKS[1], 0.9, *points)
            c.stroke(STONES[1], 0.4, (left + 4, top + 20.6), (left + 27, top + 20.6))
    c.box(0, 72, UNITS, 18, (110, 84, 62))
    c.box(0, 72, UNITS, 1.2, (140, 110, 82))
    c.box(58, 76, 44, 8, (54, 62, 66), bend=1.2)
    for row in range(3):
        for column in range(13):
            c.box(60 + column * 3.1, 77.2 + row * 2.1, 2.5, 1.5, (96, 106, 108), bend=0.3)


def breakfast(c: Canvas, rng: random.Random) -> None:
    _table(c, rng, (196, 208, 200))
    for x, y, paint in ((34, 26, TEALS[2]), (82, 22, OCHRES[2]), (58, 66, BRICKS[2]), (112, 62, LEAVES[2])):
        c.shape(lighter(paint, 0.62), *_turned(x, y, 44, 34, rng.uniform(-0.1, 0.1)))
        c.disc(x + 0.8, y + 1.2, 14, mix(paint, INK, 0.35))
        c.disc(x, y, 14, (250, 248, 242))
        c.disc(x, y, 11, lighter(paint, 0.3))
        for _ in range(12):
            angle, far = rng.uniform(0, 6.3), rng.uniform(0, 7.5)
            c.disc(
                x + far * math.cos(angle),
                y + far * math.sin(angle),
                1.4,
                rng.choice([OCHRES[2], OCHRES[3], BRICKS[1]]),
            )
        c.stroke((206, 206, 204), 1.2, (x + 18, y + 10), (x + 18, y - 4))
        c.disc(x + 18, y - 6, 1.9, (206, 206, 204), 2.8)
    _cup(c, 136, 26, TEALS[1])
    for x, y, turn in ((142, 56, 0.2), (140, 74, -0.3)):
        c.shape(OCHRES[1], *_turned(x, y, 17, 15, turn))
        c.shape(OCHRES[3], *_turned(x, y, 14, 12, turn))
        c.shape((246, 214, 120), *_turned(x - 1, y, 5, 4, turn + 0.3))


def jars(c: Canvas, rng: random.Random) -> None:
    c.wash(0, 0, UNITS, c.tall, (226, 230, 220), (206, 214, 204))
    c.glow(120, 14, 70, (255, 246, 220), 0.8)
    c.box(0, 74, UNITS, 16, WOOD)
    c.box(0, 74, UNITS, 2, lighter(WOOD))
    for index, x in enumerate((16, 46, 76, 106, 134)):
        paints = [
            [TEALS[2], TEALS[3]],
            [OCHRES[1], OCHRES[2]],
            [BRICKS[1], BRICKS[2]],
            [STONES[0], STONES[1]],
            [LEAVES[0], LEAVES[1]],
        ][index]
        high = (36, 26, 44, 30, 20)[index]
        c.veil(INK, 0.14, (x + 4, 74), (x + 28, 74), (x + 34, 79), (x + 8, 79))
        c.box(x, 74 - high - 8, 22, high + 8, (238, 244, 240), bend=3)
        for row in range(int(high / 4)):
            for column in range(5):
                c.disc(
                    x + 3 + column * 4 + rng.uniform(-0.5, 0.5),
                    71.6 - row * 4 + rng.uniform(-0.6, 0.6),
                    2,
                    rng.choice(paints),
                )
        c.box(x - 0.6, 74 - high - 13, 23.2, 6, (188, 150, 96), bend=1)
        c.box(x + 4, 74 - high * 0.55 - 4, 14, 8, (250, 246, 234), bend=0.6)
        c.stroke(STONES[0], 0.6, (x + 6.4, 74 - high * 0.55), (x + 15, 74 - high * 0.55))
        c.veil(
            (255, 255, 255),
            0.35,
            (x + 2, 74 - high - 6),
            (x + 4.4, 74 - high - 6),
            (x + 4.4, 71),
            (x + 2, 71),
        )
    for _ in range(16):
        c.disc(
            rng.uniform(6, 154),
            rng.uniform(79, 87),
            2,
            rng.choice([TEALS[2], OCHRES[1], BRICKS[1], STONES[1]]),
            1.2,
        )


def board(c: Canvas, rng: random.Random) -> None:
    c.wash(0, 0, UNITS, c.tall, (232, 226, 212), (216, 208, 192))
    c.veil(INK, 0.16, (18, 10), (148, 10), (148, 84), (18, 84))
    c.box(14, 6, 130, 74, (150, 112, 76), bend=1)
    c.box(17, 9, 124, 68, (250, 248, 242))
    for column in range(7):
        c.box(34 + column * 15, 13, 13.4, 5, TEALS[1] if column < 5 else OCHRES[1])
        c.box(37 + column * 15, 14.9, 7, 1.1, (250, 248, 242))
    for row in range(6):
        c.box(20, 21 + row * 9, 12, 6.6, STONES[3])
        c.box(21.6, 23.6 + row * 9, 8, 1.1, STONES[0])
        for column in range(7):
            paint = rng.choice([TEALS[4], TEALS[3], OCHRES[3], STONES[4], STONES[3], (60, 76, 110)])
            c.box(34 + column * 15, 21 + row * 9, 13.4, 6.6, paint, bend=0.6)
    c.shape((250, 226, 140), *_turned(118, 58, 18, 18, 0.1))
    for row in range(3):
        c.stroke(INK, 0.5, (112, 54 + row * 3.6), (123 - row * 2, 54.6 + row * 3.6))
    c.disc(118, 49.6, 1.4, BRICKS[1])


def network(c: Canvas, rng: random.Random) -> None:
    c.wash(0, 0, UNITS, c.tall, TEALS[0], TEALS[1])
    points: list[tuple[float, float]] = []
    for _ in range(4000):
        point = rng.uniform(6, 154), rng.uniform(6, 84)
        if len(points) < 34 and all(math.dist(point, other) > 14 for other in points):
            points.append(point)
    for index, one in enumerate(points):
        for other in sorted(points, key=lambda p: math.dist(p, one))[1 : 3 + index % 2]:
            c.stroke(TEALS[3], 0.6, one, other)
    for x, y in points:
        c.disc(x, y, rng.choice([1.2, 1.6, 1.6, 2.4, 3.6]), rng.choice([*OCHRES[1:], TEALS[4], STONES[3]]))


THINGS: dict[str, Callable[..., None]] = {
    'letters': letters,
    'charts': charts,
    'breakfast': breakfast,
    'jars': jars,
    'board': board,
    'network': network,
}
