"""People in a scene, small and without a face: who they are is what they wear and do."""

import random

from ukis.demonstration.pictures.canvas import CLOTHES, HAIRS, INK, SKINS, Canvas, Colour, darker

LEGS: list[Colour] = [(52, 60, 78), (44, 50, 52), (92, 84, 74), (74, 60, 56)]


def head(
    c: Canvas, x: float, y: float, size: float, rng: random.Random, *, skin: Colour, behind: bool = False
) -> None:
    """`y` is its middle, `size` half its height."""
    hair = rng.choice(list(HAIRS.values())[:6])
    style = rng.choice(['short', 'short', 'long', 'bun', 'round', 'scarf'])
    if style == 'scarf':
        hair = rng.choice(CLOTHES[:8])
    if style == 'bun':
        c.disc(x + size * 0.2, y - size * 1.1, size * 0.42, hair)
    if style in ('long', 'scarf'):
        c.box(x - size * 0.95, y - size * 0.5, size * 1.9, size * 1.9, hair, bend=size * 0.7)
    if style == 'long':
        c.box(x - size * 0.3, y + size * 0.5, size * 0.6, size * 1.1, skin)
    if style == 'round':
        c.disc(x, y - size * 0.3, size * 1.15, hair)
    c.disc(x, y, size * 0.82, skin, size)
    if behind:
        c.disc(x, y, size * 0.88, hair, size * 1.06)
        return
    c.slice(x, y - size * 0.12, size * 0.9, size * 0.98, 180, 360, hair)
    c.slice(x + size * rng.choice([-0.35, 0.35]), y - size * 0.3, size * 0.62, size * 0.5, 10, 170, hair)


def standing(c: Canvas, x: float, ground: float, tall: float, rng: random.Random, **how: bool) -> None:
    """From the ground up; `behind=True` is seen from the back."""
    coat, legs, skin = rng.choice(CLOTHES), rng.choice(LEGS), rng.choice(list(SKINS.values()))
    size = tall * 0.085
    hips, shoulders = ground - tall * 0.47, ground - tall * 0.82
    wide = tall * 0.105
    skirt = rng.random() < 0.25
    c.veil((20, 30, 30), 0.16, (x - wide * 1.6, ground - tall * 0.015), (x + wide * 2.4, ground - tall * 0.015),
           (x + wide * 2, ground + tall * 0.025), (x - wide * 1.2, ground + tall * 0.025))  # fmt: skip
    for side in (-1, 1):
        c.box(x + side * wide * 0.5 - wide * 0.36, hips - tall * 0.05, wide * 0.72, ground - hips + tall * 0.03, legs,
              bend=wide * 0.3)  # fmt: skip
        c.box(
            x + side * wide * 0.5 - wide * 0.42,
            ground - tall * 0.035,
            wide * 0.95,
            tall * 0.04,
            INK,
            bend=wide * 0.3,
        )
        c.stroke(darker(coat, 0.15), wide * 0.52, (x + side * wide * 0.85, shoulders + tall * 0.04),
                 (x + side * wide * 1.2, hips - tall * 0.06), (x + side * wide * 0.95, hips + tall * 0.03))  # fmt: skip
    if skirt:
        c.shape(coat, (x - wide * 0.9, hips - tall * 0.1), (x + wide * 0.9, hips - tall * 0.1),
                (x + wide * 1.25, hips + tall * 0.2), (x - wide * 1.25, hips + tall * 0.2))  # fmt: skip
    c.box(x - wide, shoulders, wide * 2, hips - shoulders + tall * 0.06, coat, bend=wide * 0.75)
    c.box(x - size * 0.3, shoulders - size * 0.7, size * 0.6, size * 1.1, skin)
    head(c, x, shoulders - size * 1.25, size, rng, skin=skin, **how)


def sitting(c: Canvas, x: float, table: float, size: float, rng: random.Random, **how: bool) -> None:
    """Head, shoulders and arms above the edge of a table; `size` is half the height of the head."""
    coat, skin = rng.choice(CLOTHES), rng.choice(list(SKINS.values()))
    top = table - size * 3.6
    c.box(x - size * 1.75, top, size * 3.5, table - top + size, coat, bend=size * 1.3)
    for side in (-1, 1):
        c.stroke(darker(coat, 0.14), size * 0.85, (x + side * size * 1.35, top + size * 1.1),
                 (x + side * size * 1.9, table - size * 0.4), (x + side * size * 0.7, table - size * 0.1))  # fmt: skip
    c.box(x - size * 0.3, top - size * 0.7, size * 0.6, size * 1.2, skin)
    head(c, x, top - size * 1.2, size, rng, skin=skin, **how)
