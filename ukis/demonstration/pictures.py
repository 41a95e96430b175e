"""Calm abstract pictures, drawn from a seed: the same words always give the same picture.

A seed may begin with a style and a colon ('hills:my-post'); without one the seed itself chooses.
"""

import hashlib
import io
import math
import random
import unicodedata
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter, ImageFont

Colour = tuple[int, int, int]

TEALS: list[Colour] = [(8, 60, 66), (15, 84, 90), (32, 112, 115), (84, 150, 148), (150, 192, 187)]
OCHRES: list[Colour] = [(133, 84, 20), (178, 118, 38), (205, 152, 76), (226, 190, 132)]
STONES: list[Colour] = [(96, 92, 84), (150, 144, 132), (196, 190, 178), (226, 221, 210), (243, 240, 232)]


def draw(seed: str, width: int = 1600, height: int = 900) -> bytes:
    """A JPEG of the given size, the same for the same seed on every machine with the same Pillow."""
    rng = _random(seed)
    style, _, rest = seed.partition(':')
    painter = STYLES[style] if rest and style in STYLES else rng.choice(list(STYLES.values()))
    # Drawn at twice the size and brought down, which is how Pillow's hard edges become smooth ones.
    image = Image.new('RGB', (width * 2, height * 2), STONES[4])
    painter(image, rng)
    return _jpeg(image.resize((width, height), Image.Resampling.LANCZOS))


def portrait(seed: str, initials: str, size: int = 800) -> bytes:
    """A square tile with somebody's initials over a quiet pattern: a stand-in, never a face."""
    rng = _random(seed)
    dark = rng.choice([*TEALS[:3], OCHRES[0], STONES[0]])
    image = Image.new('RGB', (size * 2, size * 2), dark)
    brush = ImageDraw.Draw(image)
    light = _mix(dark, STONES[4], 0.16)
    lighter = _mix(dark, STONES[4], 0.3)
    x, y = rng.uniform(0.1, 0.9) * size * 2, rng.choice([0.0, 1.0]) * size * 2
    for ring in range(9, 0, -1):
        radius = ring * size * 0.24
        colour = _mix(dark, light if ring % 2 else lighter, 0.7)
        brush.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour if ring % 2 else dark)
    # Pillow's own font, which is on every machine, knows only unaccented letters.
    plain = ''.join(c for c in unicodedata.normalize('NFKD', initials) if not unicodedata.combining(c))
    font = ImageFont.load_default(size * 0.72)
    brush.text((size, size), plain, font=font, fill=STONES[4], anchor='mm')
    return _jpeg(image.resize((size, size), Image.Resampling.LANCZOS))


def _hills(image: Image.Image, rng: random.Random) -> None:
    width, height = image.size
    dusk = rng.random() < 0.5
    _wash(image, (243, 226, 192) if dusk else (222, 233, 229), STONES[4])
    brush = ImageDraw.Draw(image)
    x, y, radius = rng.uniform(0.15, 0.85) * width, rng.uniform(0.18, 0.34) * height, height * 0.075
    brush.ellipse((x - radius, y - radius, x + radius, y + radius), fill=OCHRES[2] if dusk else OCHRES[3])
    layers = rng.randint(5, 7)
    for layer in range(layers):
        near = layer / (layers - 1)
        colour = _mix(_mix(TEALS[4], STONES[3], 0.4), TEALS[0], near**1.1)
        if layer == layers - 3:
            colour = _mix(colour, OCHRES[1], 0.45)
        base = height * (0.38 + 0.5 * near)
        _ground(brush, image.size, _wave(rng, width, base, height * (0.10 - 0.04 * near)), colour)


def _bands(image: Image.Image, rng: random.Random) -> None:
    width, height = image.size
    colours = _palette(rng, 9)
    brush = ImageDraw.Draw(image)
    brush.rectangle((0, 0, width, height), fill=colours[0])
    shared = [(rng.uniform(0.7, 1.6), rng.uniform(0, math.tau), height * 0.11)]
    for index, colour in enumerate(colours[1:], start=1):
        base = height * (index / len(colours)) + rng.uniform(-0.03, 0.03) * height
        curve = [*shared, (rng.uniform(1.5, 3), rng.uniform(0, math.tau), height * 0.03)]
        _ground(brush, image.size, _curve(width, base, curve), colour)


def _network(image: Image.Image, rng: random.Random) -> None:
    width, height = image.size
    night = rng.random() < 0.5
    _wash(image, TEALS[0] if night else STONES[4], TEALS[1] if night else STONES[3])
    brush = ImageDraw.Draw(image)
    points = _scattered(rng, width, height, 34)
    line = TEALS[3] if night else TEALS[4]
    unit = height / 900
    for index, one in enumerate(points):
        for other in sorted(points, key=lambda p: math.dist(p, one))[1 : 3 + index % 2]:
            brush.line((*one, *other), fill=line, width=round(5 * unit))
    for point in points:
        radius = rng.choice([11, 16, 16, 25, 38]) * unit
        colour = rng.choice([*OCHRES[1:], TEALS[4] if night else TEALS[1], STONES[3] if night else TEALS[2]])
        x, y = point
        brush.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _weave(image: Image.Image, rng: random.Random) -> None:
    width, height = image.size
    brush = ImageDraw.Draw(image)
    cell = height // rng.choice([9, 10, 12])
    across, down = _palette(rng, 5), _palette(rng, 4)
    gap = cell // 9
    brush.rectangle((0, 0, width, height), fill=_mix(STONES[3], STONES[4], 0.5))
    step = rng.choice([2, 3, 4])
    for row in range(height // cell + 1):
        for column in range(width // cell + 1):
            x, y = column * cell, row * cell
            if (row + column) % step < step / 2:
                box = (x, y + gap, x + cell - 1, y + cell - gap)
                brush.rectangle(box, fill=across[row % len(across)])
            else:
                box = (x + gap, y, x + cell - gap, y + cell - 1)
                brush.rectangle(box, fill=down[column % len(down)])


def _stones(image: Image.Image, rng: random.Random) -> None:
    width, height = image.size
    _wash(image, STONES[4], (222, 233, 229))
    shadow = Image.new('L', image.size, 0)
    shade = ImageDraw.Draw(shadow)
    placed: list[tuple[float, float, float, float, Colour]] = []
    x = -0.05 * width
    while x < width * 1.05:
        across = rng.uniform(0.12, 0.22) * width
        y = height * 0.86
        for tier in range(rng.randint(1, 4)):
            wide = across * (1 - tier * 0.2) * rng.uniform(0.85, 1.0)
            tall = height * rng.uniform(0.11, 0.17)
            centre = x + across / 2 + rng.uniform(-0.04, 0.04) * across
            colour = rng.choice([*TEALS[1:4], *OCHRES[1:3], *STONES[1:3]])
            placed.append((centre, y - tall / 2, wide / 2, tall / 2, colour))
            y -= tall * 0.95
        x += across * 0.98
    for cx, cy, rx, ry, _ in placed:
        shade.ellipse((cx - rx, cy - ry * 0.7, cx + rx * 1.05, cy + ry * 1.35), fill=70)
    image.paste((60, 58, 52), mask=shadow.filter(ImageFilter.GaussianBlur(height / 60)))
    brush = ImageDraw.Draw(image)
    for cx, cy, rx, ry, colour in placed:
        brush.rounded_rectangle((cx - rx, cy - ry, cx + rx, cy + ry), radius=ry, fill=colour)


def _paths(image: Image.Image, rng: random.Random) -> None:
    width, height = image.size
    ground = rng.choice([TEALS[0], STONES[4], (236, 226, 206)])
    _wash(image, ground, _mix(ground, STONES[3], 0.25))
    brush = ImageDraw.Draw(image)
    dark = sum(ground) < 300
    colours = [TEALS[4], TEALS[3], OCHRES[2], OCHRES[3], STONES[2]] if dark else [*TEALS[1:4], *OCHRES[1:3]]
    meet = rng.uniform(0.35, 0.65)
    for index in range(13):
        start, end = height * (index + 0.5) / 13, height * (rng.uniform(0.05, 0.95))
        middle = height * (0.5 + (index - 6) * 0.022)
        points = []
        for column in range(0, width + 16, 16):
            t = column / width
            near = math.exp(-(((t - meet) / 0.2) ** 2))
            side = start if t < meet else end
            points.append((column, side + (middle - side) * near))
        brush.line(points, fill=colours[index % len(colours)], width=height // 42, joint='curve')


STYLES: dict[str, Callable[[Image.Image, random.Random], None]] = {
    'hills': _hills,
    'bands': _bands,
    'network': _network,
    'weave': _weave,
    'stones': _stones,
    'paths': _paths,
}


def _random(seed: str) -> random.Random:
    return random.Random(hashlib.sha256(seed.encode()).digest())  # noqa: S311  # a drawing, not a secret


def _palette(rng: random.Random, size: int) -> list[Colour]:
    families = [TEALS, STONES[2:], OCHRES[1:], TEALS, STONES[1:]]
    return [rng.choice(families[index % len(families)]) for index in range(size)]


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _wash(image: Image.Image, top: Colour, bottom: Colour) -> None:
    brush = ImageDraw.Draw(image)
    for y in range(image.height):
        brush.line((0, y, image.width, y), fill=_mix(top, bottom, y / image.height))


def _wave(rng: random.Random, width: int, base: float, swell: float) -> list[tuple[float, float]]:
    parts = [
        (rng.uniform(0.5, 3.2), rng.uniform(0, math.tau), swell * rng.uniform(0.3, 0.8)) for _ in range(3)
    ]
    return _curve(width, base, parts)


def _curve(width: int, base: float, parts: list[tuple[float, float, float]]) -> list[tuple[float, float]]:
    def level(x: float) -> float:
        return base + sum(
            math.sin(x / width * math.tau * often + shift) * tall for often, shift, tall in parts
        )

    return [(x, level(x)) for x in range(0, width + 8, 8)]


def _ground(
    brush: ImageDraw.ImageDraw, size: tuple[int, int], edge: list[tuple[float, float]], colour: Colour
) -> None:
    width, height = size
    brush.polygon([*edge, (width, height), (0, height)], fill=colour)


def _scattered(rng: random.Random, width: int, height: int, count: int) -> list[tuple[float, float]]:
    """Points that keep their distance from one another, so that no knot of them forms."""
    points: list[tuple[float, float]] = []
    for _ in range(4000):
        point = rng.uniform(0.03, 0.97) * width, rng.uniform(0.06, 0.94) * height
        if all(math.dist(point, other) > height * 0.2 for other in points):
            points.append(point)
        if len(points) == count:
            break
    return points


def _jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, 'JPEG', quality=85, optimize=True, progressive=True)
    return buffer.getvalue()
