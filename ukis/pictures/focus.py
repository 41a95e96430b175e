"""What of a picture must stay in sight where a page cuts it: a place of a grid, chosen by staff."""

from collections.abc import Callable
from dataclasses import dataclass

from ukis.pictures.models import Picture

STEPS = (0, 25, 50, 75, 100)  # hundredths of the width and of the height
ACROSS = dict(zip(STEPS, ('left edge', 'left', 'middle', 'right', 'right edge'), strict=True))
DOWN = dict(zip(STEPS, ('top edge', 'top', 'middle', 'bottom', 'bottom edge'), strict=True))

# Called with a picture's key when another part of it must stay in sight. Filled by the apps.
heard: list[Callable[[int], None]] = []


@dataclass(frozen=True)
class Sight:
    x: int
    y: int

    @property
    def mark(self) -> str:
        return f'{self.x}-{self.y}'

    @property
    def words(self) -> str:
        return 'the middle' if self.x == self.y == 50 else f'{DOWN[self.y]}, {ACROSS[self.x]}'


PLACES = [Sight(x, y) for y in STEPS for x in STEPS]
MIDDLE = Sight(50, 50)


def place_of(picture: Picture) -> Sight:
    return Sight(_step(picture.focal_x), _step(picture.focal_y))


def css_class(picture: Picture) -> str:
    """As `base.css` knows it; '' for the middle, where browsers cut by themselves."""
    place = place_of(picture)
    names = [f'{axis}{step}' for axis, step in (('x', place.x), ('y', place.y)) if step != 50]
    return ' '.join(names)


def keep_in_sight(picture: Picture, place: Sight) -> None:
    """Shows at once, on every page: it is no part of any file's content but that of a post's card, which is drawn
    anew."""
    picture.focal_x, picture.focal_y = place.x / 100, place.y / 100
    picture.save(update_fields=['focal_x', 'focal_y'])
    for hear in heard:
        hear(picture.pk)


def _step(part: float) -> int:
    return min(STEPS, key=lambda step: abs(step - part * 100))
