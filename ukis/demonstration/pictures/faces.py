"""Portraits: each from a few words that say how somebody looks, as 'brown bob black jacket glasses'.

In this order: skin, hair, its colour, clothes; then any of glasses, beard, stubble, moustache, lines, earrings, broad
and narrow (of the face), laughing.
"""

from collections.abc import Callable

from ukis.demonstration.pictures.canvas import (
    BRICKS,
    HAIRS,
    INK,
    LEAVES,
    OCHRES,
    SKINS,
    STONES,
    TEALS,
    Canvas,
    Colour,
    darker,
    lighter,
    mix,
    seeded,
)  # fmt: skip

GROUNDS: list[Colour] = [(206, 218, 210), (222, 208, 180), (196, 210, 214), (228, 216, 202), (188, 202, 190)]
COATS: list[Colour] = [
    *TEALS[:3],
    (54, 62, 84),
    OCHRES[0],
    OCHRES[1],
    *BRICKS[:2],
    LEAVES[0],
    (86, 68, 96),
    (72, 78, 84),
]


class Face:
    """What the parts of one portrait share: the sheet, the colours, and how wide the face is."""

    def __init__(self, c: Canvas, seed: str, look: str) -> None:
        skin, self.style, hair, self.clothes, *more = look.split()
        self.c, self.more, rng = c, set(more), seeded(seed)
        self.skin, self.hair = SKINS[skin], HAIRS[hair]
        self.wide = 27.5 if 'broad' in self.more else 23.5 if 'narrow' in self.more else 25.5
        self.long = rng.uniform(-1.5, 2)
        self.ground, self.coat = rng.choice(GROUNDS), rng.choice(COATS)
        self.second = rng.choice([one for one in COATS if one != self.coat])
        self.iris = rng.choice([(66, 46, 34), (88, 66, 44)] if skin in ('brown', 'deep', 'olive') else
                               [(74, 96, 110), (88, 104, 84), (92, 68, 46)])  # fmt: skip

    def paint(self) -> None:
        self.c.wash(0, 0, 160, 160, lighter(self.ground, 0.25), self.ground)
        self.c.glow(60, 44, 90, (255, 252, 240), 0.4)
        BEHIND.get(self.style, _nothing)(self)
        self.body()
        self.head()
        self.features()
        BEFORE[self.style](self)
        if 'glasses' in self.more:
            self.glasses()
        if 'earrings' in self.more:
            for side in (-1, 1):
                self.c.disc(80 + side * (self.wide + 2), 82, 1.6, OCHRES[2])

    def body(self) -> None:
        c, coat = self.c, self.coat
        c.disc(80, 172, 60, coat, 54)
        c.veil(INK, 0.1, (112, 124), (136, 140), (146, 160), (118, 160))
        c.shape(darker(self.skin, 0.1), (68.5, 86), (91.5, 86), (93, 118), (80, 129), (67, 118))
        c.shape(darker(self.skin, 0.2), (68.5, 90), (91.5, 90), (91.8, 99), (80, 107), (68.4, 99))
        if self.clothes == 'jacket':
            c.shape(coat, (58, 118), (66, 114), (80, 154), (94, 114), (102, 118), (104, 160), (56, 160))
            c.shape((244, 240, 230), (67, 115), (80, 152), (93, 115))
            c.shape(darker(self.skin, 0.06), (69, 115), (80, 134), (91, 115))
            for side in (-1, 1):
                c.shape(darker(coat), *[(80 + side * dx, y) for dx, y in
                                        ((14, 113), (23, 119), (19, 136), (23, 139), (1, 160), (0, 152))])  # fmt: skip
        elif self.clothes == 'shirt':
            c.shape(lighter(coat, 0.24), (67, 113), (56, 121), (68, 133), (80, 126))
            c.shape(lighter(coat, 0.24), (93, 113), (104, 121), (92, 133), (80, 126))
            c.stroke(darker(coat), 0.7, (80, 128), (80, 160))
            for y in (136, 148):
                c.disc(80, y, 1.1, lighter(coat, 0.5))
        elif self.clothes == 'cardigan':
            c.shape(self.second, (66, 116), (94, 116), (88, 160), (72, 160))
            c.bow(80, 112, 15, 10, (10, 170), lighter(self.second, 0.2), 2.4)
            c.stroke(darker(coat), 1.4, (65, 115), (72, 160))
            c.stroke(darker(coat), 1.4, (95, 115), (88, 160))
        elif self.clothes == 'scarf':
            c.disc(80, 119, 23, self.second, 10)
            c.bow(80, 115, 20, 9, (10, 170), lighter(self.second, 0.22), 1.2)
            c.shape(darker(self.second, 0.08), (84, 122), (97, 120), (102, 150), (90, 152))
        else:
            c.bow(80, 111, 15.5, 12, (5, 175), lighter(coat, 0.18), 3.4)

    def head(self) -> None:
        c, wide = self.c, self.wide
        for side in (-1, 1):
            c.disc(80 + side * (wide + 0.6), 72, 4.2, darker(self.skin, 0.06), 6.4)
            c.disc(80 + side * (wide + 0.8), 72, 2.2, darker(self.skin, 0.16), 3.8)
        c.disc(80, 64, wide, self.skin, 31)
        c.disc(80, 74, wide - 2.2, self.skin, 27 + self.long)
        for side in (-1, 1):
            c.glow(80 + side * 13, 83, 10, mix(self.skin, (206, 88, 76), 0.5), 0.42)
        if 'stubble' in self.more or 'beard' in self.more:
            paint = self.hair if 'beard' in self.more else mix(self.skin, self.hair, 0.2)
            c.slice(80, 75, wide - 1, 28.5 + self.long, 4, 176, paint)
            c.disc(80, 76, wide * 0.72, self.skin, 9.5)
            c.disc(80, 85.5, 12.5, paint, 5.6)

    def features(self) -> None:
        c, dark = self.c, darker(self.skin, 0.38)
        brow = mix(darker(self.hair, 0.3), self.skin, 0.12)
        for side in (-1, 1):
            x = 80 + side * 10.6
            c.disc(x, 70, 4.7, (250, 248, 244), 3)
            c.disc(x, 70, 2.5, self.iris)
            c.disc(x, 70, 1.3, (20, 18, 18))
            c.disc(x + 0.9, 69.1, 0.7, (255, 255, 255))
            c.bow(x, 70.6, 5.2, 4, (195, 345), darker(self.skin, 0.62), 1.1)
            c.bow(x, 69.6, 4.8, 3.8, (30, 150), darker(self.skin, 0.2), 0.6)
            c.bow(x + side * 0.6, 66.2, 7, 5, (205, 335), brow, 1.7)
            if 'lines' in self.more:
                c.bow(
                    x + side * 6.4,
                    70.5,
                    3,
                    4,
                    (300, 400) if side > 0 else (140, 240),
                    darker(self.skin, 0.18),
                    0.6,
                )
                c.bow(
                    80 + side * 9,
                    84,
                    6,
                    8,
                    (300, 390) if side > 0 else (150, 240),
                    darker(self.skin, 0.18),
                    0.7,
                )
        c.bow(79.4, 77.6, 3.8, 3, (20, 150), dark, 1)
        c.stroke(darker(self.skin, 0.14), 1, (82, 69), (83.2, 75.4))
        lips = mix(self.skin, (150, 56, 56), 0.55)
        if 'moustache' in self.more:
            c.slice(80, 85, 10.5, 5.4, 185, 355, self.hair)
        if 'laughing' in self.more:
            c.slice(80, 85.6, 8.6, 7, 4, 176, darker(lips, 0.35))
            c.slice(80, 85.8, 7.6, 3.4, 2, 178, (252, 250, 246))
        else:
            c.bow(80, 83.4, 8.6, 5.4, (24, 156), lips, 1.9)
            c.bow(80, 88.6, 4, 2, (30, 150), darker(self.skin, 0.14), 0.7)

    def glasses(self) -> None:
        rim = (58, 50, 48)
        for side in (-1, 1):
            self.c.bow(80 + side * 10.8, 70.4, 8, 6.8, (0, 360), rim, 1.1)
            self.c.stroke(rim, 1, (80 + side * 18.6, 69), (80 + side * (self.wide + 0.4), 67.6))
        self.c.bow(80, 70.4, 3, 2.4, (195, 345), rim, 1.1)


def _nothing(face: Face) -> None:
    pass


def _back(face: Face, bottom: float, *, bend: float = 22) -> None:
    face.c.box(80 - face.wide - 8, 32, face.wide * 2 + 16, bottom - 32, darker(face.hair, 0.16), bend=bend)


def _cap(face: Face, line: float = 200, *, high: float = 33) -> None:
    """The hair on top, down to a line across the brow; `line` in degrees: more is higher."""
    face.c.slice(80, 64, face.wide + 2.4, high, line, 540 - line, face.hair)
    for side in (-1, 1):
        points = ((-5, 48), (-1, 44), (2, 55), (1.4, 70), (-1.2, 72), (-2.4, 60))
        face.c.shape(face.hair, *[(80 + side * (face.wide + dx), y) for dx, y in points])


def _crop(face: Face) -> None:
    _cap(face, 207)
    face.c.shape(lighter(face.hair, 0.1), (66, 36), (84, 32.5), (98, 38), (84, 36.5))


def _side(face: Face) -> None:
    _cap(face, 212)
    face.c.shape(face.hair, (60, 42), (72, 33), (98, 36), (103, 52), (96, 47), (80, 46), (66, 52), (57, 58))


def _receding(face: Face) -> None:
    _cap(face, 224, high=32)


def _bald(face: Face) -> None:
    for side in (-1, 1):
        face.c.shape(face.hair, (80 + side * (face.wide + 1.6), 54), (80 + side * (face.wide - 2), 56),
                     (80 + side * (face.wide - 1.4), 71), (80 + side * (face.wide + 1.6), 70))  # fmt: skip
    face.c.glow(72, 44, 13, (255, 250, 240), 0.4)


def _fringe(face: Face) -> None:
    _cap(face, 203)
    face.c.shape(
        face.hair, (56, 56), (60, 40), (80, 34), (100, 40), (104, 56), (96, 54), (88, 58), (78, 55), (68, 59)
    )


def _parted(face: Face) -> None:
    wide = face.wide
    face.c.shape(
        face.hair, (76, 33), (64, 34), (80 - wide - 4, 52), (80 - wide - 4, 84), (80 - wide + 2, 72), (64, 52)
    )
    face.c.shape(
        face.hair, (75, 33), (94, 33), (80 + wide + 4, 52), (80 + wide + 4, 84), (80 + wide - 2, 70), (92, 50)
    )
    face.c.slice(80, 62, wide + 4, 32, 200, 340, face.hair)
    face.c.shape(face.skin, (75.5, 40), (62, 60), (64, 54), (98, 54), (94, 58))
    face.c.stroke(darker(face.hair, 0.2), 0.8, (76, 32), (75, 41))


def _bun(face: Face) -> None:
    _cap(face, 206)
    for lean in (-8, 0, 9):
        face.c.bow(80 + lean, 58, 14, 24, (230, 280), darker(face.hair, 0.14), 0.7)


def _curls(face: Face) -> None:
    for index in range(11):
        x = 80 + (index - 5) * face.wide / 4.6
        lift = 1 - ((index - 5) / 5.6) ** 2
        face.c.disc(x, 56 - lift * 20, 6.6, mix(face.hair, lighter(face.hair), (index % 3) * 0.12))
    for side in (-1, 1):
        for y in (52, 60, 67):
            face.c.disc(80 + side * (face.wide + 2.4), y, 4.6, face.hair)


def _afro(face: Face) -> None:
    _cap(face, 211, high=36)


def _scarf(face: Face) -> None:
    """A headscarf: around the face, and draped below it."""
    c, cloth = face.c, face.second
    c.bow(80, 71, face.wide + 7, 39.5, (0, 360), cloth, 9.4)
    c.slice(80, 62, face.wide + 5, 34, 206, 334, cloth)
    c.shape(
        cloth,
        (51, 86),
        (62, 100),
        (80, 107),
        (98, 100),
        (109, 86),
        (122, 134),
        (96, 150),
        (60, 148),
        (40, 132),
    )
    c.stroke(darker(cloth, 0.16), 1.1, (56, 98), (78, 118), (104, 128))
    c.stroke(darker(cloth, 0.16), 1, (104, 98), (88, 114), (62, 132))
    c.bow(80, 68, face.wide + 1, 34, (215, 325), darker(cloth, 0.14), 0.8)


def _plaits(face: Face) -> None:
    _cap(face, 206)
    for lean in range(-20, 21, 8):
        face.c.stroke(lighter(face.hair, 0.18), 0.7, (80 + lean * 0.4, 32), (80 + lean, 49))
    for side in (-1, 1):
        for apart in (0, 4.4):
            x = 80 + side * (face.wide + 2 + apart)
            face.c.stroke(face.hair, 3.6, (x - side * 3, 52), (x + side, 78), (x, 122))


BEHIND: dict[str, Callable[[Face], None]] = {
    'bob': lambda face: _back(face, 98, bend=18),
    'long': lambda face: _back(face, 136),
    'fringe': lambda face: _back(face, 122),
    'bun': lambda face: face.c.disc(80, 30, 13, darker(face.hair, 0.12), 11),
    'curls': lambda face: face.c.disc(80, 62, face.wide + 12, darker(face.hair, 0.12), 40),
    'afro': lambda face: face.c.disc(80, 54, face.wide + 14, face.hair, 38),
    'scarf': lambda face: face.c.disc(80, 70, face.wide + 11, darker(face.second, 0.12), 44),
    'plaits': lambda face: _back(face, 112),
}
BEFORE: dict[str, Callable[[Face], None]] = {
    'crop': _crop,
    'side': _side,
    'receding': _receding,
    'bald': _bald,
    'bob': _parted,
    'long': _parted,
    'fringe': _fringe,
    'bun': _bun,
    'curls': _curls,
    'afro': _afro,
    'scarf': _scarf,
    'plaits': _plaits,
    'pixie': _fringe,
}


def portrait(seed: str, look: str, size: int = 640) -> bytes:
    """A square JPEG, somewhat smaller than `size`; the seed chooses what `look` leaves open."""
    sheet = Canvas(size, size, STONES[4])
    Face(sheet, seed, look).paint()
    # Nearer: the sheet's edge is cut away on every side.
    near = [round(edge * sheet.unit) for edge in (18, 12, 142, 136)]
    sheet.image = sheet.image.crop((near[0], near[1], near[2], near[3]))
    return sheet.jpeg()
