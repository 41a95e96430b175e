"""Scenes out of doors: hills, a harbour, an island, a street by day and by night."""

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
    darker,
    lighter,
    mix,
)  # fmt: skip
from ukis.demonstration.pictures.figures import standing

SKIES = [
    ((176, 206, 210), (243, 236, 220)),
    ((204, 218, 214), (246, 240, 226)),
    ((232, 204, 164), (246, 236, 214)),
]
WALLS: list[Colour] = [
    (236, 228, 210), (214, 176, 120), (188, 206, 200), (224, 196, 176), (240, 238, 230), (170, 190, 196)
]  # fmt: skip


def _sky(c: Canvas, rng: random.Random, high: float) -> None:
    top, bottom = rng.choice(SKIES)
    c.wash(0, 0, UNITS, high, top, bottom)
    c.glow(rng.uniform(30, 130), rng.uniform(8, 20), 44, (255, 246, 222), 0.75)
    for _ in range(rng.randint(2, 4)):
        x, y, size = rng.uniform(-5, 150), rng.uniform(6, high * 0.5), rng.uniform(3, 6)
        for shift in (-1.5, -0.4, 0.7, 1.7):
            c.disc(
                x + shift * size,
                y - rng.uniform(0, 0.5) * size,
                size * rng.uniform(0.9, 1.3),
                (250, 247, 240),
                size * 0.5,
            )


def _rise(rng: random.Random, base: float, swell: float) -> list[tuple[float, float]]:
    parts = [
        (rng.uniform(0.6, 1.3), rng.uniform(0, 6.3), swell),
        (rng.uniform(2, 4), rng.uniform(0, 6.3), swell * 0.25),
    ]
    return [
        (x, base + sum(math.sin(x / UNITS * 6.3 * often + shift) * tall for often, shift, tall in parts))
        for x in range(0, UNITS + 4, 2)
    ]


def _ridge(c: Canvas, edge: list[tuple[float, float]], colour: Colour) -> None:
    c.shape(colour, *edge, (UNITS + 4, c.tall), (0, c.tall))


def _tree(c: Canvas, x: float, ground: float, tall: float, rng: random.Random) -> None:
    leaf = mix(rng.choice(LEAVES), TEALS[2], rng.uniform(0, 0.3))
    c.box(x - tall * 0.04, ground - tall * 0.5, tall * 0.08, tall * 0.5, (86, 66, 50))
    for dx, dy, size in ((0, 0.72, 0.3), (-0.2, 0.55, 0.24), (0.2, 0.55, 0.24)):
        c.disc(x + dx * tall, ground - dy * tall, size * tall, leaf)
    c.disc(x + tall * 0.09, ground - tall * 0.76, tall * 0.15, lighter(leaf, 0.16))


def _house(
    c: Canvas,
    x: float,
    ground: float,
    wide: float,
    high: float,
    rng: random.Random,
    wall: Colour,
    *,
    lit: bool = False,
) -> None:
    roof = rng.choice([(84, 90, 98), (110, 76, 64), (70, 78, 84)])
    c.box(x, ground - high, wide, high, wall)
    c.veil(
        INK,
        0.1,
        (x + wide * 0.72, ground - high),
        (x + wide, ground - high),
        (x + wide, ground),
        (x + wide * 0.72, ground),
    )
    c.box(x + wide * 0.16, ground - high * 1.42, wide * 0.12, high * 0.3, darker(roof))
    c.shape(roof, (x - wide * 0.06, ground - high), (x + wide * 0.1, ground - high * 1.28),
            (x + wide * 0.9, ground - high * 1.28), (x + wide * 1.06, ground - high))  # fmt: skip
    glass: Colour = (250, 214, 130) if lit else (120, 146, 150)
    pane = wide * 0.2
    for row in range(max(1, round(high / 9))):
        for column in (0.14, 0.64):
            top = ground - high + high * 0.12 + row * 8
            if top + 5 < ground - 1:
                c.box(x + wide * column, top, pane, 4.6, (248, 246, 240))
                c.box(x + wide * column + 0.4, top + 0.4, pane - 0.8, 3.8, glass)
    door = rng.choice([*TEALS[1:3], *BRICKS[:2], OCHRES[1]])
    c.box(x + wide * 0.42, ground - 7, wide * 0.17, 7, door, bend=0.4)


def _sheep(c: Canvas, rng: random.Random, edge: list[tuple[float, float]]) -> None:
    for _ in range(7):
        x, y = rng.choice(edge[5:70])
        y += rng.uniform(4, 12)
        c.disc(x, y, 1.1, (246, 242, 230), 0.75)
        c.disc(x + 1.1, y - 0.4, 0.4, INK)


def hills(c: Canvas, rng: random.Random, *, school: bool = False, bus: bool = False) -> None:
    _sky(c, rng, 60)
    for step, base in enumerate((36, 45, 54)):
        _ridge(
            c, _rise(rng, base, 6 - step), mix(TEALS[4], mix(LEAVES[0], TEALS[1], 0.4), 0.15 + step * 0.28)
        )
    near = _rise(rng, 66, 3)
    _ridge(c, near, LEAVES[1])
    c.veil((255, 250, 220), 0.12, *near[:40], (70, 90), (0, 90))
    for x in (12, 20, 118, 141, 149):
        _tree(c, x, near[int(x / 2)][1] + 1.5, rng.uniform(9, 15), rng)
    _sheep(c, rng, near)
    c.shape(
        (206, 196, 172), (58, 90), (100, 90), (92, 78), (112, 70), (99, 66), (94, 66), (102, 70), (78, 78)
    )
    if school:
        ground = near[22][1] + 4
        _house(c, 34, ground, 26, 9, rng, (226, 214, 190))
        c.shape((84, 90, 98), (42, ground - 11.5), (47, ground - 17), (52, ground - 11.5))
        c.box(45.5, ground - 15, 3, 3.4, (240, 236, 224))
        for x in (30, 64, 68):
            standing(c, x, ground + 5, rng.uniform(7, 9), rng)
    if bus:
        c.veil(INK, 0.2, (73, 84), (108, 84), (106, 87), (76, 87))
        c.box(72, 67, 34, 16, (240, 236, 226), bend=2.5)
        c.box(72, 76, 34, 3, TEALS[2])
        for left in (75, 82.5, 90):
            c.box(left, 69.5, 6, 5.2, (128, 156, 162), bend=0.7)
        c.box(98, 69.5, 6.8, 12.5, (110, 138, 146), bend=0.7)
        for x in (80, 99):
            c.disc(x, 83.5, 3.4, INK)
            c.disc(x, 83.5, 1.5, STONES[2])
        for x, tall in ((112, 17), (119, 16), (126, 18)):
            standing(c, x, 86, tall, rng)


def harbour(c: Canvas, rng: random.Random, *, ferry: bool = False) -> None:
    _sky(c, rng, 46)
    _ridge(c, _rise(rng, 32, 5), mix(TEALS[3], LEAVES[1], 0.45))
    x = -3.0
    while x < UNITS:
        wide = rng.uniform(11, 17)
        _house(c, x, 50, wide, rng.uniform(13, 21), rng, rng.choice(WALLS))
        x += wide + rng.choice([0, 0, 1.5])
    c.box(0, 50, UNITS, 4.5, (170, 160, 142))
    c.box(0, 54, UNITS, 2, (128, 120, 106))
    c.wash(0, 56, UNITS, c.tall - 56, (112, 158, 160), TEALS[1])
    for _ in range(46):
        x, y = rng.uniform(0, 156), rng.uniform(58, 89)
        c.stroke(mix(TEALS[4], TEALS[2], rng.random()), 0.4, (x, y), (x + rng.uniform(3, 9), y))
    for x in range(8, UNITS, 24):
        c.box(x, 48.4, 1.4, 2, INK)
    for x in (24, 31, 128):
        standing(c, x, 53, 9, rng)
    if ferry:
        c.shape((242, 240, 232), (36, 66), (122, 66), (116, 77), (44, 77))
        c.shape(TEALS[0], (40, 72), (119, 72), (116, 78), (45, 78))
        c.box(56, 58, 48, 8, (242, 240, 232), bend=1)
        c.box(88, 51, 14, 7, (242, 240, 232), bend=1)
        c.box(66, 49, 6, 9, BRICKS[1])
        c.box(66, 51, 6, 1.6, (242, 240, 232))
        for x in range(59, 102, 5):
            c.box(x, 60, 3.2, 2.8, TEALS[1], bend=0.6)
        c.box(90, 52.5, 10, 2.4, TEALS[1])
    for _ in range(1 if ferry else 3):
        x, y = rng.uniform(6, 16) if ferry else rng.uniform(8, 130), rng.uniform(64, 80)
        paint = rng.choice([BRICKS[1], OCHRES[1], (240, 238, 230), TEALS[0]])
        c.shape(paint, (x, y), (x + 17, y), (x + 14, y + 4), (x + 2.5, y + 4))
        c.stroke((96, 76, 58), 0.5, (x + 7, y), (x + 7, y - 15))
        c.shape((246, 240, 226), (x + 7.6, y - 14), (x + 14.5, y - 2), (x + 7.6, y - 2))


def island(c: Canvas, rng: random.Random) -> None:
    _sky(c, rng, 50)
    c.shape(mix(TEALS[3], STONES[3], 0.35), (0, 46), (22, 33), (40, 40), (58, 30), (84, 46))
    c.wash(0, 46, UNITS, c.tall - 46, (140, 178, 178), TEALS[2])
    for _ in range(40):
        x, y = rng.uniform(0, 156), rng.uniform(48, 80)
        c.stroke((196, 216, 212), 0.35, (x, y), (x + rng.uniform(3, 8), y))
    land = [(60, 64), (84, 52), (112, 46), (140, 50), (160, 46), (160, 90), (20, 90), (38, 76)]
    c.shape(LEAVES[1], *land)
    c.shape((214, 200, 166), (20, 90), (38, 76), (60, 64), (66, 66), (46, 80), (34, 90))
    c.shape((198, 186, 158), (118, 58), (123, 58), (104, 74), (96, 90), (82, 90), (96, 74))
    _house(c, 108, 58, 22, 10, rng, (244, 240, 230))
    _house(c, 138, 60, 12, 7, rng, (222, 212, 190))
    c.stroke((110, 96, 78), 0.5, (70, 82), (92, 72), (100, 70))
    for x in range(72, 100, 5):
        c.box(x, 82 - (x - 70) * 0.42 - 1, 0.6, 4, (110, 96, 78))
    standing(c, 98, 84, 17, rng)
    c.box(101.2, 74, 3, 3.4, (92, 62, 44), bend=0.5)
    for x, y in ((30, 16), (38, 12), (46, 19)):
        c.bow(x, y, 2, 1.4, (200, 330), INK, 0.4)
        c.bow(x + 3.4, y, 2, 1.4, (210, 340), INK, 0.4)


def street(c: Canvas, rng: random.Random, *, stall: bool = False, cars: bool = False) -> None:
    _sky(c, rng, 50)
    if rng.random() < 0.6:
        _ridge(c, _rise(rng, 30, 5), mix(TEALS[3], LEAVES[1], 0.4))
    x = -4.0
    brick = rng.choice([BRICKS[2], (196, 164, 132), (206, 190, 162)])
    while x < UNITS:
        wide = rng.uniform(18, 22)
        _house(c, x, 64, wide, 25, rng, mix(brick, STONES[3], rng.uniform(0, 0.25)))
        x += wide
    c.box(52, 33, 46, 31, (240, 236, 226))
    c.box(52, 44, 46, 5, TEALS[1])
    c.box(72, 45.4, 6, 2.2, (246, 242, 232))
    for left in (54.5, 82):
        c.box(left, 51, 13.5, 11, (140, 168, 170))
        c.shape(
            lighter((140, 168, 170), 0.4),
            (left + 2, 51),
            (left + 5, 51),
            (left + 1, 62),
            (left, 62),
            (left, 56),
        )
    c.box(70.5, 51, 9, 13, TEALS[2], bend=0.4)
    for top in (35.5,):
        for left in (56, 71, 86):
            c.box(left, top, 8, 6, (128, 154, 158))
    c.box(0, 64, UNITS, 8, (204, 198, 184))
    c.box(0, 72, UNITS, c.tall - 72, (132, 132, 128))
    c.box(0, 71.4, UNITS, 0.9, (176, 170, 158))
    if stall:
        standing(c, 117, 71, 22, rng)
        c.shape(OCHRES[2], (96, 66), (140, 66), (143, 78), (93, 78))
        for left in range(96, 140, 6):
            c.shape(BRICKS[1], (left, 66), (left + 3, 66), (left + 3.2, 78), (left - 0.4, 78))
        c.box(104, 63, 6, 3, STONES[4], bend=0.6)
        c.box(124, 62.4, 4, 3.6, TEALS[2], bend=0.6)
    if cars:
        for left, paint in ((16, TEALS[2]), (110, (226, 222, 212))):
            c.box(left, 74, 30, 7, paint, bend=2.4)
            c.shape(paint, (left + 5, 75), (left + 9, 69), (left + 21, 69), (left + 26, 75))
            c.shape((130, 156, 160), (left + 7, 74), (left + 10, 70), (left + 20, 70), (left + 23.5, 74))
            for wheel in (left + 7, left + 23):
                c.disc(wheel, 81, 2.8, INK)
                c.disc(wheel, 81, 1.2, STONES[2])
    for left in (22, 38, 46, 64, 84, 102, 148)[:: 1 if stall else 2]:
        standing(c, left + rng.uniform(-2, 2), 71 + rng.uniform(0, 3), rng.uniform(20, 23), rng)


def night(c: Canvas, rng: random.Random) -> None:
    c.wash(0, 0, UNITS, 70, (12, 26, 44), (40, 66, 84))
    for _ in range(50):
        c.disc(rng.uniform(0, 160), rng.uniform(0, 40), rng.choice([0.2, 0.3]), (220, 224, 214))
    c.disc(132, 15, 6, (238, 232, 208))
    c.disc(129.4, 13.8, 5.4, (20, 36, 54))
    _ridge(c, _rise(rng, 52, 4), (18, 40, 48))
    c.box(24, 20, 96, 54, (52, 66, 74))
    c.box(24, 20, 96, 2, (70, 84, 92))
    for row in range(4):
        for column in range(9):
            lit = rng.random() < 0.34 or (row, column) == (2, 4)
            left, top = 29 + column * 10, 26 + row * 10.5
            c.box(left, top, 6.4, 6.6, (250, 208, 120) if lit else (34, 48, 58))
            if lit:
                c.glow(left + 3.2, top + 3.3, 8, (250, 208, 120), 0.2)
                if rng.random() < 0.5:
                    c.box(left + 2, top + 3, 2, 3.6, (110, 84, 60), bend=0.8)
                    c.disc(left + 3, top + 2.3, 0.9, (110, 84, 60))
    c.box(62, 66, 20, 8, (250, 220, 150))
    c.box(71.7, 66, 0.6, 8, (70, 84, 92))
    c.box(0, 74, UNITS, 16, (26, 40, 46))
    c.veil((250, 214, 140), 0.28, (62, 74), (82, 74), (94, 90), (50, 90))
    for x in (12, 134):
        c.box(x, 44, 0.9, 32, (90, 98, 98))
        c.glow(x + 0.4, 45, 16, (250, 216, 150), 0.6)
        c.disc(x + 0.4, 45, 1.4, (255, 240, 200))
    standing(c, 76, 84, 20, rng, behind=True)


PLACES: dict[str, Callable[..., None]] = {
    'hills': hills,
    'harbour': harbour,
    'island': island,
    'street': street,
    'night': night,
}
