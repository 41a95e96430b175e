"""Addresses people print and link: proposed once, unique over present and former ones, redirected for ever."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import Resolver404, resolve, reverse
from django.utils.text import slugify

from ukis.addresses.models import OldAddress

LONGEST = 80
# Letters that no decomposition turns into plain ones.
PLAIN = str.maketrans(
    dict(zip('łøđðıŁØĐÐ', 'loddiLODD', strict=True))
    | {'þ': 'th', 'ß': 'ss', 'æ': 'ae', 'œ': 'oe', 'Þ': 'Th', 'Æ': 'Ae', 'Œ': 'Oe'}
)


def path_of(view: str, slug: str) -> str:
    return reverse(view, args=[slug])


def is_reserved(view: str, slug: str) -> bool:
    """Whether the URL list already gives this path to another page: the list is read, not typed twice."""
    try:
        return resolve(path_of(view, slug)).view_name != view
    except Resolver404:
        return False


def is_free(view: str, slug: str, rows: models.QuerySet) -> bool:
    """Whether a row may have this slug; `rows` are the others of its kind."""
    return not (
        is_reserved(view, slug)
        or rows.filter(slug=slug).exists()
        or OldAddress.objects.filter(path=path_of(view, slug)).exists()
    )


def propose(text: str, view: str, rows: models.QuerySet) -> str:
    """A free slug for a title or a name: 'jane-smith', then 'jane-smith-2'."""
    stem = slugify(text.translate(PLAIN))[:LONGEST].rstrip('-') or 'untitled'
    if len(stem) == LONGEST and '-' in stem:
        stem = stem.rpartition('-')[0]
    slug, count = stem, 1
    while not is_free(view, slug, rows):
        count += 1
        slug = f'{stem}-{count}'
    return slug


def refuse_taken(slug: str, row: models.Model, *views: str) -> str:
    """The slug, for a form that changes it by hand. ValidationError where another page has it, or where it once
    was something else's: what is printed and linked goes on leading there."""
    for view in views:
        old = OldAddress.objects.filter(path=path_of(view, slug)).first()
        if is_reserved(view, slug) or (old is not None and old.now != row):
            raise ValidationError('This address leads, or once led, to something else. Choose another.')
    return slug
