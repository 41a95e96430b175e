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

from ukis import unsaved
from ukis.letters.models import PrivateLink, hashed
from ukis.methods import read_or_post

type View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class ByLink:
    """Whoever holds the private link, which a view has found: they are the one to whom it was sent."""


NOWHERE = 'This link does not lead anywhere, or not any more.'


@dataclass(frozen=True)
class Fresh:
    """Whoever holds a link of this purpose that worked once and has run out may be sent another: `send` gets what it
    was about, of this model, and writes to the address that is known. They are shown nothing, not even that."""

    purpose: str
    model: type[Model]
    send: Callable[[Any], None]


def private_page(way_on: str, *, fresh: Fresh | None = None) -> Callable[[View], View]:
    """Read, or answered by POST; kept by nobody, found by no search engine, named to no other site.

    `way_on`: what somebody can do whose link leads nowhere, or not any more. They read it whatever is wrong with the
    link, for a stranger learns nothing, and one that has run out is soon forgotten. `fresh`: who may be sent another.

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
                response = _run_out(request, keys.get('token', ''), way_on, fresh)
            response.headers['Referrer-Policy'] = 'no-referrer'
            response.headers['X-Robots-Tag'] = 'noindex, nofollow'
            return response

        return shown

    return of


def _run_out(request: HttpRequest, token: str, way_on: str, fresh: Fresh | None) -> HttpResponse:
    """Nowhere; and of a link that worked once, what was typed is given back, or a fresh one offered and sent."""
    row = run_out(token, fresh.purpose, fresh.model) if fresh else None
    if fresh is None or row is None:
        return render(request, 'nowhere.html', {'way_on': way_on}, status=404)
    asked = request.method == 'POST' and 'fresh' in request.POST
    if asked:
        fresh.send(row)
    elif request.method == 'POST' and unsaved.holds_words(request):
        return unsaved.give_back(request, status=404)
    return render(request, 'run_out.html', {'way_on': way_on, 'asked': asked}, status=200 if asked else 404)


def led_to[Row: Model](token: str, purpose: str, model: type[Row]) -> tuple[Row, PrivateLink]:
    """What a private link of this purpose is about, and the link; 404 whatever is wrong with it."""
    link = PrivateLink.find(token, purpose)
    row = link.about if link else None
    if link is None or not isinstance(row, model):
        raise Http404(NOWHERE)
    return row, link


def run_out[Row: Model](token: str, purpose: str, model: type[Row]) -> Row | None:
    """What a link was about that worked once and has run out."""
    link = PrivateLink.objects.filter(
        token_hash=hashed(token), purpose=purpose, expires_at__lte=timezone.now()
    ).first()
    row = link.about if link else None
    return row if isinstance(row, model) else None
