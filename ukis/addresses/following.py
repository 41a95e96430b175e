"""Where a former address leads today."""

from django.contrib.contenttypes.models import ContentType
from django.db import models

from ukis.addresses.choosing import path_of
from ukis.addresses.models import OldAddress


def moved(row: models.Model, view: str, old_slug: str) -> None:
    """Writes down that the old address now means this row. Call it in the transaction that changes the slug.

    Rows are pointed at, not paths, so a chain of changes never grows: every former path leads to today's.
    """
    OldAddress.objects.get_or_create(
        path=path_of(view, old_slug),
        defaults={
            'view': view,
            'content_type': ContentType.objects.get_for_model(row),
            'object_id': row.pk,
        },
    )


# What stands below the page of a tag or an author, and moves with it.
BELOW = ('', 'feed/', 'feed/rss/', 'feed.json')


def now_at(path: str) -> str | None:
    """Where what was at this path is today; None where nothing was, or where it is there again."""
    wanted = {path.removesuffix(below): below for below in reversed(BELOW) if path.endswith(below)}
    old = OldAddress.objects.filter(path__in=wanted).order_by('-path').first()
    if old is None or old.now is None:
        return None
    slug = getattr(old.now, 'slug', '')
    today = path_of(old.view, slug) if old.view and slug else old.now.get_absolute_url()
    found = today + wanted[old.path]
    return found if found != path else None
