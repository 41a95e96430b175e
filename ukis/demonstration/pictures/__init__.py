"""Pictures of the demonstration, all drawn here: scenes from a society's life, portraits, and marks of organisations.
The same words always give the same picture.
"""

from ukis.demonstration.pictures.canvas import Canvas, seeded
from ukis.demonstration.pictures.faces import portrait
from ukis.demonstration.pictures.marks import logo
from ukis.demonstration.pictures.places import PLACES
from ukis.demonstration.pictures.rooms import ROOMS
from ukis.demonstration.pictures.things import THINGS

__all__ = ['SCENES', 'draw', 'logo', 'portrait']

SCENES = {**PLACES, **ROOMS, **THINGS}


def draw(seed: str, width: int = 1440, height: int = 810) -> bytes:
    """A scene as JPEG. The seed names it, and after a plus what else stands in it: 'hills+bus:over the moor'.
    One that names none chooses."""
    scene, *more = seed.partition(':')[0].split('+')
    sheet, rng = Canvas(width, height), seeded(seed)
    paint = SCENES.get(scene) or rng.choice(list(SCENES.values()))
    paint(sheet, rng, **dict.fromkeys(more, True))
    return sheet.jpeg()
