"""Pages at an address that is a secret: a letter's private link opens one page, and nothing else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from ukis.letters.models import PrivateLink
from ukis.methods import read_or_post

NOWHERE = 'This link does not lead anywhere, or not any more.'


def private_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Read, or answered by POST; kept by nobody, found by no search engine, named to no other site.

    Without the usual token: whoever could forge the request would have to know the address, and a page that sends no
    referrer sends 'Origin: null' with its form, which the usual check would have to refuse.
    """

    @csrf_exempt
    @never_cache
    @read_or_post
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **keys: Any) -> HttpResponse:
        response = view(request, *args, **keys)
        response.headers['Referrer-Policy'] = 'no-referrer'
        response.headers['X-Robots-Tag'] = 'noindex, nofollow'
        return response

    return shown


def led_to[Row: Model](token: str, purpose: str, model: type[Row]) -> tuple[Row, PrivateLink]:
    """What a private link of this purpose is about, and the link; 404 whatever is wrong with it."""
    link = PrivateLink.find(token, purpose)
    row = link.about if link else None
    if link is None or not isinstance(row, model):
        raise Http404(NOWHERE)
    return row, link
