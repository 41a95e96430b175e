"""Pages at an address that is a secret: a letter's private link opens one page, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from ukis.letters.models import PrivateLink, hashed
from ukis.methods import read_or_post

type View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class ByLink:
    """Whoever holds the private link, which a view has found: they are the one to whom it was sent."""


NOWHERE = 'This link does not lead anywhere, or not any more.'


def private_page(way_on: str) -> Callable[[View], View]:
    """Read, or answered by POST; kept by nobody, found by no search engine, named to no other site.

    `way_on`: what somebody can do whose link leads nowhere, or not any more. They read it whatever is wrong with the
    link, for a stranger learns nothing, and one that has run out is soon forgotten.

    Without the usual token: whoever could forge the request would have to know the address, and a page that sends no
    referrer sends 'Origin: null' with its form, which the usual check would have to refuse.
    """

    def of(view: View) -> View:
        asked = read_or_post(view)

        @csrf_exempt
        @never_cache
        @wraps(view)
        def shown(request: HttpRequest, *args: Any, **keys: Any) -> HttpResponse:
            try:
                response = asked(request, *args, **keys)
            except Http404:
                response = render(request, 'nowhere.html', {'way_on': way_on}, status=404)
            response.headers['Referrer-Policy'] = 'no-referrer'
            response.headers['X-Robots-Tag'] = 'noindex, nofollow'
            return response

        return shown

    return of


def led_to[Row: Model](token: str, purpose: str, model: type[Row]) -> tuple[Row, PrivateLink]:
    """What a private link of this purpose is about, and the link; 404 whatever is wrong with it."""
    link = PrivateLink.find(token, purpose)
    row = link.about if link else None
    if link is None or not isinstance(row, model):
        raise Http404(NOWHERE)
    return row, link


def run_out[Row: Model](token: str, purpose: str, model: type[Row]) -> Row | None:
    """What a link was about that worked once and has run out: whoever held it may be sent a fresh one, to the address
    that is known, and is shown nothing."""
    link = PrivateLink.objects.filter(
        token_hash=hashed(token), purpose=purpose, expires_at__lte=timezone.now()
    ).first()
    row = link.about if link else None
    return row if isinstance(row, model) else None
