"""In which order the foot of every page names the staff's pages, and which of them."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from ukis import history
from ukis.ordering import moved
from ukis.refusals import NotNow
from ukis.society.models import Page


@transaction.atomic
def move(page: Page, *, by: Any, up: bool) -> str:
    """One place up or down among those that stand there; where it stands then, in words."""
    now = moved(_held(), page, up=up, gone='in the navigation any more')
    _number(now.rows)
    history.note(page, by=by, lines=[f'Place in the navigation: {now.place} of {len(now.rows)}'])
    return str(now)


@transaction.atomic
def put(page: Page, *, by: Any, into: bool) -> str:
    """Into the navigation, as its last, or out of it; its address stays either way."""
    pages = _held()
    held = Page.objects.select_for_update().get(pk=page.pk)
    if not held.published:
        raise NotNow(f'“{held}” is not on the site.')
    if held.in_footer == into:
        raise NotNow(f'“{held}” is {"in" if into else "out of"} the navigation already.')
    held.in_footer = into
    held.position = len(pages) + 1 if into else held.position
    held.save(update_fields=['in_footer', 'position'])
    _number([one for one in pages if one.pk != held.pk] + ([held] if into else []))
    history.note(held, by=by, lines=[f'{"Put into" if into else "Taken out of"} the navigation'])
    return f'“{held}” is {"in the navigation, as its last," if into else "out of the navigation"} now.'


def next_place() -> int:
    return min((Page.objects.aggregate(last=Max('position'))['last'] or 0) + 1, 32_767)


def _held() -> list[Page]:
    """Locked in the order of their keys, as everybody does who takes several, and read in their own after that."""
    list(Page.objects.select_for_update().order_by('pk').values_list('pk'))
    return list(Page.objects.in_navigation())


def _number(pages: list[Page]) -> None:
    for place, page in enumerate(pages, 1):
        if page.position != place:
            Page.objects.filter(pk=page.pk).update(position=place)
