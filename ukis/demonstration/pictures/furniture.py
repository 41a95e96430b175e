"""What stands in rooms, and the room itself: walls, windows and their light, plants, a clock, mugs, shelves."""

import random

from ukis.demonstration.pictures.canvas import (
    BRICKS,
    CLOTHES,
    INK,
    LEAVES,
    STONES,
    TEALS,
    UNITS,
    Canvas,
    Colour,
    darker,
    lighter,
    mix,
)  # fmt: skip

WOOD: Colour = (164, 120, 78)
WALL: list[Colour] = [(234, 228, 214), (222, 230, 224), (238, 226, 204), (214, 224, 222)]


def room(c: Canvas, rng: random.Random, floor: float) -> None:
    wall = rng.choice(WALL)
    c.wash(0, 0, UNITS, floor, lighter(wall, 0.25), wall)
    c.wash(0, floor, UNITS, c.tall - floor, mix(WOOD, STONES[2], 0.45), mix(WOOD, STONES[1], 0.3))
    c.box(0, floor - 1.6, UNITS, 1.6, lighter(wall, 0.6))


def window(c: Canvas, x: float, y: float, wide: float, high: float) -> None:
    c.box(x - 1, y - 1, wide + 2, high + 2, (250, 248, 242))
    c.wash(x, y, wide, high, (184, 212, 216), (236, 240, 228))
    c.shape(mix(LEAVES[2], TEALS[4], 0.4), (x, y + high), (x, y + high * 0.7), (x + wide * 0.4, y + high * 0.58),
            (x + wide, y + high * 0.76), (x + wide, y + high))  # fmt: skip
    c.box(x + wide / 2 - 0.5, y, 1, high, (250, 248, 242))
    c.box(x, y + high * 0.45, wide, 0.9, (250, 248, 242))
    c.box(x - 2, y + high + 1, wide + 4, 1.4, (240, 236, 226))


def light(c: Canvas, x: float, wide: float, floor: float) -> None:
    c.veil((255, 248, 222), 0.3, (x - 4, floor), (x + wide - 4, floor), (x + wide - 18, 90), (x - 22, 90))


def plant(c: Canvas, x: float, ground: float, tall: float) -> None:
    c.shape(BRICKS[1], (x - 2.6, ground - 5), (x + 2.6, ground - 5), (x + 1.9, ground), (x - 1.9, ground))
    for lean in (-1, -0.55, -0.1, 0.35, 0.8):
        green, tip = mix(LEAVES[0], LEAVES[1], (lean + 1) / 2), x + lean * tall * 0.35
        c.shape(green, (x - 0.6, ground - 5), (tip - 1.2, ground - tall * 0.7), (x + lean * tall * 0.5, ground - tall),
                (tip + 1.2, ground - tall * 0.66), (x + 0.6, ground - 5))  # fmt: skip


def clock(c: Canvas, x: float, y: float) -> None:
    c.disc(x, y, 4.2, INK)
    c.disc(x, y, 3.7, (250, 248, 240))
    c.stroke(INK, 0.6, (x, y), (x, y - 2.6))
    c.stroke(INK, 0.6, (x, y), (x + 1.8, y + 0.8))


def mug(c: Canvas, x: float, y: float, colour: Colour) -> None:
    c.bow(x + 1.5, y - 1.6, 1.1, 1.1, (0, 360), colour, 0.5)
    c.box(x - 1.5, y - 3.2, 3, 3.4, colour, bend=0.5)


def shelves(
    c: Canvas, rng: random.Random, left: float, wide: float, top: float, bottom: float, *, boxes: bool = False
) -> None:
    c.box(left, top, wide, bottom - top, darker(WOOD, 0.35))
    step = 13.0
    for row in range(int((bottom - top) / step)):
        shelf = top + (row + 1) * step - 1
        x = left + 1.2
        while x < left + wide - 4:
            if boxes:
                thick, tall, paint = (
                    rng.uniform(9, 12),
                    rng.uniform(8, 10),
                    mix((196, 164, 122), STONES[2], rng.random() * 0.6),
                )
                if x + thick > left + wide - 1:
                    break
                c.box(x, shelf - tall, thick - 0.6, tall, paint, bend=0.4)
                c.box(x, shelf - tall, thick - 0.6, 1.8, darker(paint, 0.1))
                c.box(x + 2, shelf - tall + 3.4, thick - 4.6, 3, (250, 246, 236))
            else:
                thick, tall = rng.uniform(1.3, 3), rng.uniform(7.5, 11)
                paint = rng.choice(CLOTHES)
                if rng.random() < 0.93:
                    c.box(x, shelf - tall, thick - 0.2, tall, paint)
                    c.box(x, shelf - tall + 1.4, thick - 0.2, 0.7, lighter(paint, 0.5))
            x += thick
        c.box(left, shelf, wide, 1, WOOD)
