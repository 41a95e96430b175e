from collections.abc import Sequence

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from ukis.pagecache import kept
from ukis.prepared import prepared
from ukis.society.models import Page, Society


@prepared()
def _in_footer() -> QuerySet[Page]:
    return Page.objects.in_navigation().only('title', 'language', 'address')


def _footer_pages() -> Sequence[Page]:
    return kept('footer pages', _in_footer)


def society(request: HttpRequest) -> dict:
    """What every page may name; each is asked for only by a page that does."""
    return {
        'society': SimpleLazyObject(Society.shown),
        'footer_pages': SimpleLazyObject(_footer_pages),
        'site_url': settings.SITE_URL or f'{request.scheme}://{request.get_host()}',
    }
