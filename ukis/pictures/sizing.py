"""The sizes in which a picture is shown. The worker makes them, in a lane of the clock's own: no letter waits for a
picture. One that fails is tried again later and later, and keeps no other waiting.
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

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)


def make_sizes(picture: Picture) -> None:
    """Writes the widths in which it is shown, as WebP, and as AVIF where that is smaller altogether."""
    source = store.read(str(picture.file.name))
    with turns.decoding():
        sets = _encoded(source)
    if sum(len(content) for *_, content in sets['AVIF']) >= sum(len(content) for *_, content in sets['WEBP']):
        del sets['AVIF']
    sizes = []
    for kind, made in sets.items():
        for width, height, content in made:
            name = f'pictures/{picture.hash[:2]}/{picture.hash}-{width}.{EXTENSIONS[kind]}'
            sizes.append(
                {
                    'format': kind.lower(),
                    'width': width,
                    'height': height,
                    'name': store.keep(name, content),
                    'bytes': len(content),
                }
            )
    picture.sizes = sorted(sizes, key=lambda size: (size['width'], size['format']))
    picture.sized_at, picture.try_again_at, picture.last_error = timezone.now(), None, ''
    picture.save(update_fields=['sizes', 'sized_at', 'try_again_at', 'last_error'])


def _encoded(source: bytes) -> dict[str, list[tuple[int, int, bytes]]]:
    """Of each format all widths: width, height, content."""
    from PIL import Image

    from ukis.pictures import opening

    sets: dict[str, list[tuple[int, int, bytes]]] = {'WEBP': [], 'AVIF': []}
    with Image.open(io.BytesIO(source), formats=opening.FORMATS) as original:
        original.load()
        original.info = {}
        for width in _widths(original.width):
            height = max(1, round(original.height * width / original.width))
            scaled = original.resize((width, height), Image.Resampling.LANCZOS)
            for kind, how in (('WEBP', WEBP), ('AVIF', AVIF)):
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
