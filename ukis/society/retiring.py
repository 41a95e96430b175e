"""What becomes of a page that staff no longer want: linked and printed as it is, it does not end in a 404 unasked."""

from typing import Any

from django.db import transaction

from ukis import addresses, history, search
from ukis.engine import locked
from ukis.refusals import NotNow
from ukis.society.models import Page
from ukis.society.versions import newest


@transaction.atomic
def unpublish(page: Page, *, by: Any = None) -> None:
    """Off the site, with its text kept for staff. `by`: for its history, where the caller writes none."""
    held = locked(page)
    if not held.published:
        raise NotNow(f'“{held}” is not on the site already.')
    held.title, held.language, held.body = newest(held).words
    held.published = False
    held.save(update_fields=['title', 'language', 'body', 'published'])
    history.note(held, by=by, lines=['Taken off the site'])


def replace(page: Page, other: Page) -> None:
    """Deleted, and its addresses lead to another from then on. NotNow where that is not public itself."""
    with transaction.atomic():
        rows = {row.pk: row for row in Page.objects.select_for_update().filter(pk__in=[page.pk, other.pk])}
        if page.pk == other.pk or other.pk not in rows or not rows[other.pk].published:
            raise NotNow(f'“{other}” is not on the site. Choose a page that is.')
        addresses.lead_to(page, other)
        _gone(page)


def delete(page: Page) -> None:
    """Only what is not on the site. NotNow says so."""
    with transaction.atomic():
        if Page.objects.select_for_update().filter(pk=page.pk, published=True).exists():
            raise NotNow(f'“{page}” is on the site. Unpublish it, or let its address lead to another page.')
        addresses.forget(page)
        _gone(page)


def _gone(page: Page) -> None:
    Page.objects.filter(pk=page.pk).delete()
    search.changed(page._meta.label_lower, [page.pk])
