"""Pictures that nothing shows go by the clock: found one day, told to staff, gone thirty days later unless they are
shown again or sent in once more. So do files of an earlier recipe, once no page that somebody kept can ask for them.

Words are looked through once for all pictures, a page of rows at a time; what is about to go is looked for once more
while its row is held.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from ukis.pictures import forgetting, store
from ukis.pictures.models import Picture

log = logging.getLogger(__name__)

KEPT = timedelta(days=30)
YOUNG = timedelta(days=1)  # sent in just now, by somebody who has not saved yet
AT_ONCE = 500  # in one run of the clock; the rest in the next
PAGE = 500

type Newest = dict[str, int]


def long_unused(now: datetime) -> QuerySet[Picture]:
    return Picture.objects.filter(unused_since__lte=now - KEPT)


def clear(now: datetime) -> None:
    newest = {model: _newest_of(model) for model in forgetting.written_once}
    _mark(now, *_in_words())
    for key in list(long_unused(now).order_by('pk').values_list('pk', flat=True)[:AT_ONCE]):
        _let_go(key, now, newest)
    for picture in Picture.objects.exclude(outdated=[]).order_by('pk')[:AT_ONCE]:
        _let_go_of_files(picture, now)


def _newest_of(model: str) -> int:
    return _rows(model).aggregate(newest=Max('pk'))['newest'] or 0


def _rows(model: str) -> QuerySet[Any]:
    return apps.get_model(model)._base_manager.all()


def _mark(now: datetime, hashes: set[str], keys: set[int]) -> None:
    """Writes down of each picture whether anything shows it: since when not, where that is new."""
    led_to = [
        Exists(key.model._base_manager.filter(**{key.name: OuterRef('pk')}))
        for key in forgetting.keys_to_pictures()
    ]
    leads = Q(*led_to, _connector=Q.OR)
    Picture.objects.exclude(unused_since=None).filter(leads).update(unused_since=None)
    for rows in _pages(Picture.objects.exclude(leads).filter(made_at__lt=now - YOUNG), 'hash'):
        shown = [key for key, mark in rows if mark in hashes or key in keys]
        Picture.objects.filter(pk__in=shown).exclude(unused_since=None).update(unused_since=None)
        unseen = [key for key, _ in rows if key not in set(shown)]
        Picture.objects.filter(pk__in=unseen, unused_since=None).update(unused_since=now)


def _in_words() -> tuple[set[str], set[int]]:
    """The hashes, and the keys, of all pictures that stand in words or are named in columns of values."""
    hashes: set[str] = set()
    keys: set[int] = set()
    for model, column in forgetting.words:
        for text in _texts(model, column, containing='/media/pictures/'):
            hashes.update(forgetting.hashes_in(text))
    for model, column in forgetting.named:
        for text in _texts(model, column):
            keys.update(forgetting.keys_in(text))
    return hashes, keys


def _texts(model: str, column: str, containing: str = '') -> Iterator[str]:
    rows = _rows(model).annotate(as_text=Cast(column, models.TextField()))
    if containing:
        rows = rows.filter(as_text__contains=containing)
    for page in _pages(rows, 'as_text'):
        yield from (text for _, text in page if text)


def _pages(rows: QuerySet[Any], column: str) -> Iterator[list[tuple[int, str]]]:
    after = 0
    while page := list(rows.filter(pk__gt=after).order_by('pk').values_list('pk', column)[:PAGE]):
        yield page
        after = page[-1][0]


def _let_go(key: int, now: datetime, newest: Newest) -> None:
    """The files go while the row is held, and it after them: of two who want this picture to go and to stay, the
    second finds how it ended. Killed in between, the next run takes what is left."""
    with transaction.atomic():
        picture = long_unused(now).select_for_update().filter(pk=key).first()
        if picture is None:
            return
        if forgetting.is_shown(picture, newest):
            Picture.objects.filter(pk=key).update(unused_since=None)
            return
        _forget(forgetting.files_of(picture))
        picture.delete()
    log.info('%s was shown nowhere for %d days, and is gone.', picture, KEPT.days)


def _let_go_of_files(picture: Picture, now: datetime) -> None:
    until = (now - KEPT).isoformat()
    with transaction.atomic():
        held = Picture.objects.select_for_update().filter(pk=picture.pk).first()
        if held is None:
            return
        shown = {size['name'] for size in held.sizes}
        going = [name for name, since in held.outdated if since <= until and name not in shown]
        if going:
            _forget(going)
            kept = [one for one in held.outdated if one[0] not in going]
            Picture.objects.filter(pk=held.pk).update(outdated=kept)


def _forget(names: Iterable[str]) -> None:
    for name in names:
        store.forget(name)
