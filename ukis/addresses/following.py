"""Where a former address leads today."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from ukis.addresses.choosing import field_of, path_of
from ukis.addresses.models import ClosedAddress, OldAddress


def moved(row: models.Model, was: str) -> None:
    """Writes down that the row's former address now means it. Call it in the transaction that changes the address.

    Rows are pointed at, not paths, so a chain of changes never grows: every former path leads to today's. One
    that the row takes back is no former one any more. `was` is empty where nobody knew it.
    """
    field = field_of(row)
    now = getattr(row, field.attname)
    with transaction.atomic():
        OldAddress.objects.filter(path__in=[path_of(view, now) for view in field.views]).delete()
        for view in field.views if was not in ('', now) else ():
            _leads(path_of(view, was), view, row)


def lead_to(row: models.Model, other: models.Model) -> None:
    """All addresses of a row, today's and former ones, lead to another from now on: the row is about to go."""
    field = field_of(row)
    with transaction.atomic():
        OldAddress.objects.of(row).update(**_pointing_at(other))
        for view in field.views:
            _leads(path_of(view, getattr(row, field.attname)), view, other)


def forget(row: models.Model) -> None:
    """The row is about to go, and nothing stands for it: its former addresses mean nothing any more."""
    OldAddress.objects.of(row).delete()


def close(row: models.Model) -> None:
    """All its addresses, today's and former ones, answer from now on that what was there is gone for good. The caller
    gives the row another."""
    field, former = field_of(row), OldAddress.objects.of(row)
    paths = {path_of(view, getattr(row, field.attname)) for view in field.views}
    paths |= set(former.values_list('path', flat=True))
    marks = [ClosedAddress(mark=ClosedAddress.mark_of(path)) for path in sorted(paths)]
    ClosedAddress.objects.bulk_create(marks, ignore_conflicts=True)
    former.delete()


def is_closed(path: str) -> bool:
    paths = [path.removesuffix(below) for below in BELOW if path.endswith(below)]
    return ClosedAddress.objects.filter(mark__in=map(ClosedAddress.mark_of, paths)).exists()


def _leads(path: str, view: str, row: models.Model) -> None:
    OldAddress.objects.update_or_create(path=path, defaults={'view': view, **_pointing_at(row)})


def _pointing_at(row: models.Model) -> dict[str, object]:
    return {'content_type': ContentType.objects.get_for_model(row), 'object_id': row.pk}


# What stands below the page of a tag or an author, and moves with it.
BELOW = ('', 'feed/', 'feed/rss/', 'feed.json')


def now_at(path: str) -> str | None:
    """Where what was at this path is today; None where nothing was, or where it is there again."""
    wanted = {path.removesuffix(below): below for below in reversed(BELOW) if path.endswith(below)}
    old = OldAddress.objects.filter(path__in=wanted).order_by('-path').first()
    if old is None or old.now is None:
        return None
    found = old.leads_to + wanted[old.path]
    return found if found != path else None


def formerly_at(view: str, slugs: Iterable[str]) -> dict[str, Any]:
    """The rows that once had these addresses under a view; also such as were allowed by an earlier rule."""
    before = path_of(view, '0').removesuffix('0/')
    paths = {f'{before}{slug}/': slug for slug in slugs}
    found = OldAddress.objects.filter(path__in=paths).prefetch_related('now')
    return {paths[old.path]: old.now for old in found if old.now is not None}
