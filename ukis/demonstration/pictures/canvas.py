"""A sheet to draw on in units of its own: 160 wide, whatever its size in pixels, and twice as large as it becomes,
which is how Pillow's hard edges turn into smooth ones."""

import hashlib
import io
import random

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]

TEALS: list[Colour] = [(8, 60, 66), (15, 84, 90), (32, 112, 115), (84, 150, 148), (150, 192, 187)]
OCHRES: list[Colour] = [(133, 84, 20), (178, 118, 38), (205, 152, 76), (226, 190, 132)]
STONES: list[Colour] = [(96, 92, 84), (150, 144, 132), (196, 190, 178), (226, 221, 210), (243, 240, 232)]
BRICKS: list[Colour] = [(122, 62, 48), (160, 88, 66), (190, 120, 96)]
LEAVES: list[Colour] = [(46, 84, 62), (86, 124, 88), (138, 164, 116)]
INK: Colour = (34, 44, 46)
CLOTHES: list[Colour] = [
    *TEALS[:4], *OCHRES[:3], *BRICKS, *LEAVES[:2], (66, 74, 110), (108, 84, 118), (70, 74, 78), (214, 206, 190)
]  # fmt: skip
SKINS: dict[str, Colour] = {
    'pale': (240, 211, 190),
    'fair': (230, 190, 162),
    'olive': (205, 160, 122),
    'brown': (166, 116, 80),
    'deep': (112, 74, 52),
}
HAIRS: dict[str, Colour] = {
    'black': (38, 32, 32),
    'dark': (70, 50, 38),
    'brown': (112, 76, 48),
    'fair': (196, 158, 98),
    'red': (164, 84, 44),
    'grey': (150, 148, 146),
    'white': (222, 220, 214),
}
UNITS = 160


class Canvas:
    def __init__(self, width: int, height: int, fill: Colour = STONES[4]) -> None:
        self.image = Image.new('RGB', (width * 2, height * 2), fill)
        self.brush = ImageDraw.Draw(self.image)
        self.unit = width * 2 / UNITS
        self.tall = UNITS * height / width

    def _at(self, *numbers: float) -> tuple[float, ...]:
        return tuple(number * self.unit for number in numbers)

    def box(self, x: float, y: float, wide: float, high: float, fill: Colour, *, bend: float = 0) -> None:
        frame = self._at(x, y, x + max(wide, 0.01), y + max(high, 0.01))
        if bend:
            self.brush.rounded_rectangle(frame, radius=min(bend, wide / 2, high / 2) * self.unit, fill=fill)
        else:
            self.brush.rectangle(frame, fill=fill)

    def shape(self, fill: Colour, *points: tuple[float, float]) -> None:
        self.brush.polygon([self._at(*point) for point in points], fill=fill)

    def disc(self, x: float, y: float, across: float, fill: Colour, down: float | None = None) -> None:
        down = across if down is None else down
        self.brush.ellipse(self._at(x - across, y - down, x + across, y + down), fill=fill)

    def slice(
        self, x: float, y: float, across: float, down: float, start: float, end: float, fill: Colour
    ) -> None:
        """A part of an ellipse between two angles, clockwise from the right, cut straight."""
        self.brush.chord(self._at(x - across, y - down, x + across, y + down), start, end, fill=fill)

    def bow(
        self,
        x: float,
        y: float,
        across: float,
        down: float,
        angles: tuple[float, float],
        fill: Colour,
        wide: float,
    ) -> None:
        frame = self._at(x - across, y - down, x + across, y + down)
        self.brush.arc(frame, *angles, fill=fill, width=max(1, round(wide * self.unit)))

    def stroke(self, fill: Colour, wide: float, *points: tuple[float, float]) -> None:
        flat = [self._at(*point) for point in points]
        self.brush.line(flat, fill=fill, width=max(1, round(wide * self.unit)), joint='curve')

    def wash(self, x: float, y: float, wide: float, high: float, top: Colour, bottom: Colour) -> None:
        """From one colour to another, downwards."""
        left, upper, size = (
            round(x * self.unit), round(y * self.unit), (round(wide * self.unit), round(high * self.unit))
        )  # fmt: skip
        column = Image.linear_gradient('L').resize((1, size[1])).resize(size)
        sheet = Image.composite(Image.new('RGB', size, bottom), Image.new('RGB', size, top), column)
        self.image.paste(sheet, (left, upper))

    def glow(self, x: float, y: float, reach: float, colour: Colour, strength: float) -> None:
        """Light that fades outwards."""
        side = round(reach * 2 * self.unit)
        mask = Image.radial_gradient('L').point(
            [round(max(0, 255 - v * 1.42) * strength) for v in range(256)]
        )
        corner = round((x - reach) * self.unit), round((y - reach) * self.unit)
        self.image.paste(colour, (*corner, corner[0] + side, corner[1] + side), mask.resize((side, side)))

    def veil(self, colour: Colour, strength: float, *points: tuple[float, float]) -> None:
        """A shape that one sees through: a shadow, a beam of light."""
        flat = [self._at(*point) for point in points]
        left, upper = (max(0, round(min(side))) for side in zip(*flat, strict=True))
        right, lower = (round(max(side)) for side in zip(*flat, strict=True))
        mask = Image.new('L', (max(1, right - left), max(1, lower - upper)))
        moved = [(x - left, y - upper) for x, y in flat]
        ImageDraw.Draw(mask).polygon(moved, fill=round(255 * strength))
        self.image.paste(colour, (left, upper, left + mask.width, upper + mask.height), mask)

    def jpeg(self) -> bytes:
        return _saved(self.image.reduce(2), 'JPEG', quality=86, progressive=True)

    def png(self) -> bytes:
        return _saved(self.image.reduce(2), 'PNG')


def _saved(image: Image.Image, kind: str, **how: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **how)
    return buffer.getvalue()


def seeded(seed: str) -> random.Random:
    return random.Random(hashlib.sha256(seed.encode()).digest())  # noqa: S311  # a drawing, not a secret


def mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def lighter(colour: Colour, share: float = 0.3) -> Colour:
    return mix(colour, (255, 252, 244), share)


def darker(colour: Colour, share: float = 0.25) -> Colour:
    return mix(colour, (12, 28, 32), share)
