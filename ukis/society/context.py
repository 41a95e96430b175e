from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from ukis.society.models import Page, Society


def society(request: HttpRequest) -> dict:
    """What every page may name; each is asked for only by a page that does."""
    return {
        'society': SimpleLazyObject(Society.get),
        'footer_pages': SimpleLazyObject(
            lambda: list(Page.objects.published().filter(in_footer=True).only('title', 'address'))
        ),
        'site_url': settings.SITE_URL or f'{request.scheme}://{request.get_host()}',
    }
