"""Scenes indoors: a ward, a classroom, a library, people round a table, a hall, a playroom, shelves."""

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
)  # fmt: skip
from ukis.demonstration.pictures.figures import head, sitting, standing
from ukis.demonstration.pictures.furniture import WOOD, clock, light, mug, plant, room, shelves, window


def ward(c: Canvas, rng: random.Random) -> None:
    room(c, rng, 58)
    for x in (16, 66, 116):
        window(c, x, 12, 26, 24)
        light(c, x, 26, 58)
    curtain = rng.choice([TEALS[4], (206, 190, 150), (180, 196, 208)])
    c.box(0, 8, UNITS, 0.8, STONES[1])
    for left in (50, 100):
        for fold in range(5):
            c.box(left + fold * 2, 9, 2.2, 50, darker(curtain, 0.1 * (fold % 2)))
    for left in (6, 62, 114):
        c.box(left, 44, 2, 26, STONES[1], bend=0.8)
        c.box(left + 36, 52, 2, 18, STONES[1], bend=0.8)
        c.box(left + 1, 56, 36, 6, (250, 250, 246), bend=1.4)
        c.box(left + 14, 55, 24, 7.4, rng.choice([TEALS[3], (150, 178, 196), OCHRES[3]]), bend=1.4)
        c.box(left + 2.4, 52.6, 10, 4.6, (252, 252, 250), bend=2)
        if rng.random() < 0.75:
            head(c, left + 7.6, 51, 2.7, rng, skin=(206, 160, 126))
        c.box(left + 1, 62, 36, 1.6, STONES[1])
    c.box(46, 30, 0.8, 40, STONES[1])
    c.box(44, 30, 5, 6, (226, 240, 240), bend=1)
    c.stroke((226, 240, 240), 0.4, (46.5, 36), (44, 46), (40, 54))
    standing(c, 56, 80, 36, rng)
    standing(c, 108, 84, 37, rng)
    c.box(54.6, 61, 6, 7.4, (250, 246, 236), bend=0.5)


def classroom(c: Canvas, rng: random.Random, *, evening: bool = False) -> None:
    room(c, rng, 56)
    c.box(40, 8, 66, 34, WOOD, bend=0.8)
    c.box(41.4, 9.4, 63.2, 31.2, (250, 248, 242) if evening else (38, 70, 64))
    chalk: Colour = TEALS[1] if evening else (222, 230, 220)
    for x, y in ((54, 18), (76, 16), (94, 24), (66, 32), (84, 33)):
        c.bow(x, y, 5, 3.4, (0, 360), chalk, 0.6)
    for one, other in (
        ((59, 18), (71, 16)),
        ((80, 18), (90, 22)),
        ((56, 21), (63, 29)),
        ((71, 32), (79, 33)),
    ):
        c.stroke(chalk, 0.5, one, other)
    window(c, 8, 12, 22, 26)
    for index, colour in enumerate((OCHRES[2], TEALS[3], BRICKS[2], LEAVES[2])):
        c.box(116 + index % 2 * 14, 10 + index // 2 * 15, 11, 13, (250, 248, 240))
        c.disc(121.5 + index % 2 * 14, 16 + index // 2 * 15, 3.4, colour)
    standing(c, 112, 68, 38 if evening else 36, rng)
    plant(c, 150, 58, 18)
    seats = (18, 50, 82, 114, 146)
    size = 4.2 if evening else 3.5
    for row, top in enumerate((66, 78)):
        for x in seats[row::1]:
            x += -14 if row else 0
            sitting(c, x - 2, top + 6, size + row * 0.5, rng, behind=True)
        c.box(0, top + 5, UNITS, 1.8, lighter(WOOD, 0.1 + row * 0.1))
        c.box(0, top + 6.6, UNITS, 5, darker(WOOD, 0.12))


def library(c: Canvas, rng: random.Random) -> None:
    room(c, rng, 62)
    shelves(c, rng, 4, 96, 6, 60)
    window(c, 110, 10, 36, 32)
    light(c, 106, 36, 62)
    c.glow(60, 58, 26, (255, 236, 186), 0.45)
    sitting(c, 44, 70, 4.4, rng)
    sitting(c, 86, 70, 4.4, rng)
    sitting(c, 128, 70, 4.4, rng)
    c.box(10, 69, 140, 3, lighter(WOOD, 0.12), bend=0.6)
    c.box(16, 72, 3, 18, darker(WOOD))
    c.box(141, 72, 3, 18, darker(WOOD))
    for x in (44, 86, 128):
        c.shape(
            (250, 248, 240), (x - 6, 67.4), (x, 68.8), (x + 6, 67.4), (x + 6, 69.4), (x, 70.6), (x - 6, 69.4)
        )
    for x in (64, 108):
        c.box(x - 0.5, 58, 1, 11, OCHRES[0])
        c.shape(TEALS[1], (x - 6, 59), (x - 4, 54), (x + 4, 54), (x + 6, 59))
        c.box(x - 3, 68.2, 6, 1, OCHRES[0])


def archive(c: Canvas, rng: random.Random) -> None:
    room(c, rng, 72)
    shelves(c, rng, 0, 54, 4, 73, boxes=True)
    shelves(c, rng, 106, 54, 4, 73, boxes=True)
    c.box(56, 10, 48, 62, (206, 200, 184))
    c.box(66, 26, 28, 46, (150, 160, 156), bend=0.6)
    c.disc(90, 50, 1, OCHRES[2])
    c.box(79.6, 0, 0.8, 8, INK)
    c.shape(STONES[0], (74, 12), (77, 7), (83, 7), (86, 12))
    c.glow(80, 26, 42, (255, 240, 200), 0.4)
    standing(c, 76, 84, 44, rng)
    c.box(82, 58, 16, 11, (196, 164, 122), bend=0.5)
    c.box(81.4, 57, 17.2, 3, (178, 146, 104), bend=0.5)


def meeting(c: Canvas, rng: random.Random, *, few: bool = False, meal: bool = False) -> None:
    room(c, rng, 60)
    window(c, 14, 10, 34, 30)
    window(c, 62, 10, 34, 30)
    light(c, 14, 34, 62)
    if meal:
        shelves(c, rng, 108, 42, 8, 36)
    else:
        c.box(112, 12, 34, 24, (250, 248, 242))
        for index in range(5):
            c.box(
                116, 16 + index * 3.6, rng.uniform(10, 26), 1.1, rng.choice([TEALS[2], OCHRES[1], STONES[1]])
            )
    table = 66.0
    places = (56, 104) if few else (22, 46, 70, 94, 118, 142)
    for x in places:
        sitting(c, x + rng.uniform(-2, 2), table, 5.8 if few else 4.6, rng)
    c.shape(lighter(WOOD, 0.18), (10, table), (150, table), (166, 84), (-6, 84))
    c.shape(darker(WOOD, 0.05), (-6, 84), (166, 84), (166, 87), (-6, 87))
    for x in places:
        if meal:
            c.disc(x, table + 7, 6, (250, 248, 242), 2.2)
            c.disc(x, table + 7, 3.6, rng.choice([OCHRES[2], LEAVES[1], BRICKS[1]]), 1.3)
        else:
            c.shape(
                (250, 248, 242),
                (x - 5, table + 4),
                (x + 4, table + 3.4),
                (x + 6, table + 9),
                (x - 5, table + 9.6),
            )
            for line in range(3):
                c.box(x - 3, table + 5 + line * 1.2, 6, 0.35, STONES[1])
        mug(c, x + 9, table + 7.5, rng.choice([TEALS[2], BRICKS[1], OCHRES[1], (250, 248, 242)]))
    if meal:
        c.disc(80, table + 9, 9, OCHRES[1], 2.8)
        c.slice(80, table + 8, 8, 5, 180, 360, (222, 182, 120))


def waiting(c: Canvas, rng: random.Random) -> None:
    room(c, rng, 60)
    c.box(104, 14, 26, 46, TEALS[3], bend=0.6)
    c.box(106, 16, 22, 44, TEALS[2], bend=0.6)
    c.box(110, 22, 14, 12, (190, 214, 214), bend=0.6)
    c.disc(125, 40, 1, OCHRES[2])
    clock(c, 92, 16)
    for index, colour in enumerate((OCHRES[2], TEALS[3], BRICKS[2])):
        c.box(18 + index * 18, 10, 14, 18, (250, 248, 240))
        c.box(20 + index * 18, 12, 10, 7, colour)
        for line in range(3):
            c.box(20 + index * 18, 21 + line * 1.8, 10 - line * 2, 0.7, STONES[1])
    for index in range(5):
        left = 12 + index * 17
        seat = OCHRES[1] if index % 2 else TEALS[1]
        if index in (1, 3):
            sitting(c, left + 7, 64, 4.2, rng)
        else:
            c.box(left, 46, 14, 14, seat, bend=2)
        c.box(left - 1, 60, 16, 4, seat, bend=1.4)
        c.box(left, 64, 1.2, 12, STONES[0])
        c.box(left + 12.8, 64, 1.2, 12, STONES[0])
    plant(c, 144, 78, 30)
    standing(c, 116, 80, 42, rng)


def playroom(c: Canvas, rng: random.Random) -> None:
    room(c, rng, 58)
    window(c, 56, 10, 44, 30)
    light(c, 56, 44, 58)
    for index in range(9):
        x = 4 + index * 19
        c.shape(rng.choice([OCHRES[2], TEALS[3], BRICKS[2], LEAVES[2]]), (x, 3), (x + 8, 3), (x + 4, 9))
    c.disc(80, 78, 62, (214, 190, 142), 11)
    c.disc(80, 78, 56, (226, 206, 164), 9.4)
    shelves(c, rng, 112, 40, 20, 59)
    c.box(6, 42, 34, 18, TEALS[3], bend=3)
    c.box(4, 50, 38, 12, TEALS[2], bend=3)
    standing(c, 50, 74, 38, rng)
    for x, tall in ((62, 19), (98, 21), (110, 17)):
        standing(c, x, 80, tall, rng)
    for x, y, paint in ((70, 74, BRICKS[1]), (76, 74, OCHRES[2]), (73, 68, TEALS[2]), (84, 76, LEAVES[1])):
        c.box(x, y, 5.6, 5.6, paint, bend=0.6)
        c.box(x + 1, y + 1, 3.6, 3.6, lighter(paint, 0.2), bend=0.4)
    c.disc(124, 80, 4, BRICKS[2])
    c.bow(124, 80, 4, 1.6, (0, 180), (250, 246, 236), 0.8)


def pigeonholes(c: Canvas, rng: random.Random) -> None:
    room(c, rng, 70)
    c.box(8, 6, 108, 62, darker(WOOD, 0.2))
    for row in range(6):
        for column in range(9):
            left, top = 10 + column * 11.8, 8 + row * 10
            c.box(left, top, 10.4, 8.6, darker(WOOD, 0.55))
            for sheet in range(rng.choice([0, 1, 2, 3, 4])):
                paint = rng.choice([(250, 248, 240), (240, 230, 206), (196, 214, 214), (222, 196, 150)])
                c.box(left + 0.8, top + 7.2 - sheet * 1.1, rng.uniform(6, 8.8), 0.9, paint)
            c.box(left + 2.6, top + 8.7, 5, 1, (246, 240, 224))
    standing(c, 128, 84, 52, rng)
    for index in range(4):
        c.box(116, 58 - index * 1.2, 9, 1, rng.choice([(250, 248, 240), (222, 196, 150)]))


def hall(c: Canvas, rng: random.Random) -> None:
    room(c, rng, 66)
    c.box(14, 12, 40, 54, (250, 248, 242))
    c.box(17, 15, 34, 51, TEALS[1], bend=0.5)
    c.box(23, 20, 22, 16, (196, 216, 214), bend=0.5)
    c.disc(46, 46, 1.2, OCHRES[2])
    c.box(30, 42, 8, 1.6, OCHRES[1])
    c.box(66, 30, 48, 2.4, WOOD)
    for left, paint, tall in (
        (70, (46, 92, 150), 15),
        (76, BRICKS[0], 12),
        (79.4, LEAVES[0], 13),
        (83, OCHRES[1], 11),
    ):
        c.box(left, 30 - tall, 5 if left == 70 else 3, tall, paint, bend=0.3)
    c.box(71.2, 20, 2.6, 5, (250, 248, 240))
    plant(c, 104, 30, 14)
    for x in (124, 134, 144):
        c.box(x - 0.6, 22, 1.2, 3, INK)
    c.shape(OCHRES[1], (119, 25), (129, 25), (132, 58), (116, 58))
    c.shape(TEALS[2], (139, 25), (149, 25), (151, 50), (137, 50))
    for left in (70, 82):
        c.box(left, 56, 7, 14, LEAVES[0], bend=1.2)
        c.box(left, 66, 11, 5, LEAVES[0], bend=2)
    c.box(10, 70, 48, 7, (150, 120, 88), bend=1)


ROOMS: dict[str, Callable[..., None]] = {
    'ward': ward,
    'classroom': classroom,
    'library': library,
    'archive': archive,
    'meeting': meeting,
    'waiting': waiting,
    'playroom': playroom,
    'pigeonholes': pigeonholes,
    'hall': hall,
}
