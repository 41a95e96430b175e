"""The sizes in which a picture is shown, as AVIF, WebP and what every browser knows. The worker makes them, in a lane
of the clock's own: no letter waits for a picture. One that fails is tried again later and later, and keeps no other
waiting.
"""

import io
import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, InterfaceError
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from ukis.pictures import store, turns
from ukis.pictures.intake import EXTENSIONS, encoded
from ukis.pictures.models import Picture
from ukis.pictures.refused import StoreAway

log = logging.getLogger(__name__)

WIDTHS = (320, 640, 960, 1600)
WEBP: dict[str, Any] = {'quality': 80, 'method': 4}
AVIF: dict[str, Any] = {'quality': 55, 'speed': 8}
JPEG: dict[str, Any] = {'quality': 80, 'optimize': True, 'progressive': True}
PNG: dict[str, Any] = {'optimize': True}
# Part of each file's name, for an address means one content for ever. Raise it with any of the above, and let a
# migration take `sized_at` from all pictures: they are shown as they are until they are made anew.
RECIPE = 2

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)


def make_sizes(picture: Picture) -> None:
    """Writes the widths in which it is shown, as WebP, as AVIF where that is smaller altogether, and for browsers that
    know neither as JPEG, or as PNG where it has clear parts or is smaller so."""
    source = store.read(str(picture.file.name))
    with turns.decoding():
        sets = _encoded(source)
    for kind, other in (('AVIF', 'WEBP'), ('PNG', 'JPEG'), ('JPEG', 'PNG')):
        if kind in sets and other in sets and _weight(sets[kind]) >= _weight(sets[other]):
            del sets[kind]
    sizes = []
    for kind, made in sets.items():
        for width, height, content in made:
            name = f'pictures/{picture.hash[:2]}/{picture.hash}-{width}_{RECIPE}.{EXTENSIONS[kind]}'
            sizes.append(
                {
                    'format': kind.lower(),
                    'width': width,
                    'height': height,
                    'name': store.keep(name, content),
                    'bytes': len(content),
                }
            )
    now, names = timezone.now(), {size['name'] for size in sizes}
    picture.outdated += [
        [size['name'], now.isoformat()] for size in picture.sizes if size['name'] not in names
    ]
    picture.sizes = sorted(sizes, key=lambda size: (size['width'], size['format']))
    picture.sized_at, picture.try_again_at, picture.last_error = now, None, ''
    picture.save(update_fields=['sizes', 'outdated', 'sized_at', 'try_again_at', 'last_error'])


type Made = tuple[int, int, bytes]  # width, height, content


def _weight(made: list[Made]) -> int:
    return sum(len(content) for *_, content in made)


def _encoded(source: bytes) -> dict[str, list[Made]]:
    """Of each format all widths. What came as JPEG is none of PNG's, what has clear parts none of JPEG's."""
    from PIL import Image

    from ukis.pictures import opening

    kinds: dict[str, dict[str, Any]] = {'WEBP': WEBP, 'AVIF': AVIF}
    with Image.open(io.BytesIO(source), formats=opening.FORMATS) as original:
        original.load()
        original.info = {}
        if original.mode != 'RGBA':
            kinds['JPEG'] = JPEG
        if original.mode == 'RGBA' or original.format == 'PNG':
            kinds['PNG'] = PNG
        sets: dict[str, list[Made]] = {kind: [] for kind in kinds}
        for width in _widths(original.width):
            height = max(1, round(original.height * width / original.width))
            scaled = original.resize((width, height), Image.Resampling.LANCZOS)
            for kind, how in kinds.items():
                sets[kind].append((width, height, encoded(scaled, kind, **how)))
    return sets


def _widths(width: int) -> list[int]:
    widths = [wanted for wanted in WIDTHS if wanted < width]
    return [*widths, width] if width <= WIDTHS[-1] else [*WIDTHS]


# --- One after the other ----------------------------------------------------------------------------------


def make_missing_sizes(limit: int) -> int:
    """Of at most `limit` pictures whose turn it is, the newest first; how many were done. A failure stops no other.
    Raises StoreAway after the first that met a store that does not answer: so would the next.
    """
    done = 0
    for _ in range(limit):
        picture = _due(timezone.now()).order_by('-pk').first()
        if picture is None:
            break
        done += _make(picture)
    return done


def _due(now: datetime) -> QuerySet[Picture]:
    return Picture.objects.filter(Q(try_again_at=None) | Q(try_again_at__lte=now), sized_at=None)


def _make(picture: Picture) -> bool:
    """The try is written down before it is made: a picture at which the process dies does not come again at
    once, and of two workers one takes it."""
    now = timezone.now()
    pause = min(FIRST_PAUSE * 2 ** min(picture.tries, 10), LONGEST_PAUSE)
    claim = {'tries': F('tries') + 1, 'try_again_at': now + pause, 'last_error': 'The worker ended at it.'}
    if not _due(now).filter(pk=picture.pk, tries=picture.tries).update(**claim):
        return False
    try:
        make_sizes(picture)
    except Exception as error:
        said = str(error.__cause__ or error) or type(error).__name__
        Picture.objects.filter(pk=picture.pk).update(last_error=said[:500])
        log.warning('No sizes could be made of picture %s, next try in %s: %s', picture, pause, said)
        if isinstance(error, DatabaseError | InterfaceError):
            raise
        if isinstance(error, StoreAway):
            raise StoreAway from None  # the same each time, and so told once
        return False
    return True
