"""Which address a row gets: proposed once, unique over present and former ones and over the site's own words."""

from collections.abc import Iterable, Iterator
from functools import cache

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import Resolver404, resolve, reverse

from ukis.addresses.fields import AddressField
from ukis.addresses.models import ClosedAddress, OldAddress
from ukis.addresses.spelling import TAKEN, stem


def path_of(view: str, slug: str) -> str:
    """As `reverse` has it, which would look through all addresses for each of the fifty links of a page."""
    before, after = _around(view)
    return f'{before}/{slug}/{after}'


@cache
def _around(view: str) -> tuple[str, str]:
    before, _, after = reverse(view, args=['0']).rpartition('/0/')
    return before, after


def field_of(row: models.Model) -> AddressField:
    return next(field for field in row._meta.concrete_fields if isinstance(field, AddressField))


def is_reserved(view: str, slug: str) -> bool:
    """Whether the URL list already gives this path to another page: the list is read, not typed twice."""
    try:
        return resolve(path_of(view, slug)).view_name != view
    except Resolver404:
        return False


def is_free(row: models.Model, slug: str) -> bool:
    """Whether the row may have this address: nothing else has it or had it. Its own former one it may take back."""
    return next(_free(row, [slug]), None) is not None


def _free(row: models.Model, slugs: list[str]) -> Iterator[str]:
    """Those of them that the row may have, in two questions."""
    field = field_of(row)
    others = type(row)._base_manager.exclude(pk=row.pk)
    held = set(others.filter(**{f'{field.name}__in': slugs}).values_list(field.name, flat=True))
    had = _others_paths(row, [path_of(view, slug) for slug in slugs for view in field.views])
    for slug in slugs:
        if slug in held or any(path_of(view, slug) in had or is_reserved(view, slug) for view in field.views):
            continue
        yield slug


def _others_paths(row: models.Model, paths: Iterable[str]) -> set[str]:
    """The former addresses among these that mean something else today, and those that are closed for good; not those
    of what is gone otherwise."""
    marks = {ClosedAddress.mark_of(path): path for path in paths}
    closed = ClosedAddress.objects.filter(mark__in=list(marks)).values_list('mark', flat=True)
    found = OldAddress.objects.filter(path__in=marks.values()).not_of(row).prefetch_related('now')
    return {old.path for old in found if old.now is not None} | {marks[mark] for mark in closed}


def propose(row: models.Model, text: str) -> str:
    """A free address for a title or a name: 'jane-smith', then 'jane-smith-2'; 'tag' where nothing can be spelt."""
    begins = stem(text) or row._meta.model_name or 'untitled'
    for candidates in _numbered(begins):
        for slug in _free(row, candidates):
            return slug
    raise AssertionError('numbers do not end')


def _numbered(begins: str) -> Iterator[list[str]]:
    """Lists that grow, so that the hundredth of one name costs a few questions and not a hundred."""
    count, size = 1, 4
    while True:
        yield [begins if number == 1 else f'{begins}-{number}' for number in range(count, count + size)]
        count, size = count + size, size * 8


def refuse_taken(slug: str, row: models.Model, field: AddressField) -> None:
    """ValidationError where another page has the address, or where it once was something else's: what is printed
    and linked goes on leading there. That another row of its kind has it is the unique column's to say."""
    paths = [path_of(view, slug) for view in field.views]
    if any(is_reserved(view, slug) for view in field.views) or _others_paths(row, paths):
        raise ValidationError(TAKEN)
