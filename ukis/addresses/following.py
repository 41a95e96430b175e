"""Where a former address leads today."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.urls import Resolver404, resolve

from ukis.addresses.choosing import field_of, is_free, path_of
from ukis.addresses.fields import AddressField
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


def follow_on(row: models.Model, other: models.Model) -> None:
    """What a row was called before leads to another from now on, without a step in between; the row keeps its own
    address, and answers there."""
    OldAddress.objects.of(row).update(**_pointing_at(other))


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
    paths = [above for above, _ in _cut(path)]
    return ClosedAddress.objects.filter(mark__in=map(ClosedAddress.mark_of, paths)).exists()


def _leads(path: str, view: str, row: models.Model) -> None:
    OldAddress.objects.update_or_create(path=path, defaults={'view': view, **_pointing_at(row)})


def _pointing_at(row: models.Model) -> dict[str, object]:
    return {'content_type': ContentType.objects.get_for_model(row), 'object_id': row.pk}


MOST_PARTS = 8
LONGEST_PATH = 300


def as_kept(path: str, query: str = '') -> str:
    """An address as it is compared: percent signs and the encoding of accents make no other, nor does a last slash."""
    plain = unicodedata.normalize('NFC', unquote(path)).replace('\0', '')
    if not plain.endswith('/') and '.' not in plain.rpartition('/')[2]:
        plain += '/'
    given = sorted(part for part in unquote(query).replace('\0', '').split('&') if part)
    return plain + (f'?{"&".join(given)}' if given else '')


def came_from(row: models.Model, path: str, query: str = '', *, view: str = '') -> bool:
    """Whether an address of another site leads to the row from now on, or did already; False where it means, or meant,
    something else here. `view`: which of several pages of the row, or a page of the whole site without arguments."""
    kept = as_kept(path, query)
    if len(kept) > LONGEST_PATH or _stands_here(row, kept):
        return False
    known = OldAddress.objects.filter(path=kept).prefetch_related('now').first()
    if known and known.now is not None:
        return known.now == row
    _leads(kept, view, row)
    return True


def _stands_here(row: models.Model, path: str) -> bool:
    """Whether the site has a page of its own there; an address of the row's own kind is free while no other has it."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    field = next((one for one in row._meta.concrete_fields if isinstance(one, AddressField)), None)
    slug = match.kwargs.get('slug')
    if field is None or match.view_name not in field.views or slug is None:
        return True
    return not is_free(row, slug) or getattr(row, field.attname) == slug


# What stands below the page of a post, a tag, a series or an author, and moves with it.
_BELOW = re.compile(
    r'|feed/|feed/rss/|feed\.json|feed/about/|cite\.bib|cite\.ris|card\.[0-9a-f]{16}\.(?:png|jpg)'
)


def _cut(path: str) -> Iterator[tuple[str, str]]:
    """The path whole, and without what stands below a page: each with what was cut off."""
    places = [end.end() for end in re.finditer('/', path)][-3:]
    for place in dict.fromkeys([len(path), *places]):
        if _BELOW.fullmatch(path[place:]):
            yield path[:place], path[place:]


def now_at(path: str, query: str = '') -> str | None:
    """Where what was at this path is today; None where nothing was, or where it is there again.

    What came from elsewhere is found however it is typed, and by its query where that said which it was.
    """
    wanted: dict[str, str] = {}
    for spelt in dict.fromkeys([*(as_kept(path, part) for part in _parts(query)), path, as_kept(path)]):
        for above, below in _cut(spelt):
            wanted.setdefault(above, below)
    found = {
        old.path: old
        for old in OldAddress.objects.filter(path__in=[one for one in wanted if len(one) <= LONGEST_PATH])
    }
    old = next((found[one] for one in wanted if one in found), None)
    if old is None or old.now is None:
        return None
    address = old.leads_to + wanted[old.path]
    return address if address != path else None


def _parts(query: str) -> list[str]:
    """The whole of it in one order, then each of it: other sites hang words of their own behind an address."""
    given = sorted(part for part in query.split('&') if '=' in part)[:MOST_PARTS]
    return ['&'.join(given), *given] if given else []


def formerly_at(view: str, slugs: Iterable[str]) -> dict[str, Any]:
    """The rows that once had these addresses under a view; also such as were allowed by an earlier rule."""
    before = path_of(view, '0').removesuffix('0/')
    paths = {f'{before}{slug}/': slug for slug in slugs}
    found = OldAddress.objects.filter(path__in=paths).prefetch_related('now')
    return {paths[old.path]: old.now for old in found if old.now is not None}
