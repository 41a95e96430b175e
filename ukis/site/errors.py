"""Plain answers to what went wrong. They must not go wrong themselves."""

import sys

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import resolve
from django.views.decorators.csrf import requires_csrf_token

from ukis import addresses
from ukis.site.api import refusing
from ukis.society.models import Society
from ukis.unsaved import give_back, give_back_plainly, holds_words, is_ours

CANNOT_SAY = 'Something in the request was not as it should be. Nothing was changed.'
NOT_YOURS = 'You may not do this, or not from here.'
TOO_BIG = (
    'That is more than we can take at once. Nothing was changed. Go back: what you typed is still there. '
    'A picture may have up to 15 MB, a text up to a million characters.'
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Rendered without the request, of which anything may be what was wrong, its host included."""
    too_big = isinstance(exception, RequestDataTooBig)
    if refusing.is_asked(request):
        return refusing.refusal(413 if too_big else 400, CANNOT_SAY)
    try:
        society = Society.get()
    except DatabaseError:
        society = Society(pk=1)
    page = render_to_string('400.html', {'society': society, 'message': TOO_BIG if too_big else CANNOT_SAY})
    return HttpResponse(page, status=413 if too_big else 400)


@requires_csrf_token
def denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A right may have been taken away while somebody typed: the words are given back with the reason."""
    if request.method == 'POST' and holds_words(request):
        return give_back(request, status=403, why=str(exception) or NOT_YOURS)
    return render(request, '403.html', {'message': str(exception)}, status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that something once had leads to where it is now."""
    if refusing.is_asked(request):
        return refusing.refusal(404, 'There is nothing at this address.')
    if (moved := formerly(request)) is not None:
        return moved
    if request.method in ('GET', 'HEAD') and addresses.is_closed(request.path):
        return gone(request)
    return render(request, '404.html', status=404)


def formerly(request: HttpRequest) -> HttpResponse | None:
    """Where what was at this address is today, if anything was; addresses of other sites say it in their query too."""
    if request.method not in ('GET', 'HEAD'):
        return None
    address = addresses.now_at(request.path, request.META.get('QUERY_STRING', ''))
    if address and _answers(request, address):
        # An hour, not for ever: what was renamed may be given its old name again.
        return HttpResponsePermanentRedirect(address, headers={'Cache-Control': 'public, max-age=3600'})
    return None


@requires_csrf_token
def wrong_method(request: HttpRequest, refused: HttpResponseNotAllowed) -> HttpResponse:
    """What a view refused without a word, as where somebody opens the address of a button."""
    answer = render(request, '405.html', status=405)
    for name, value in refused.headers.items():
        answer.headers[name] = value
    return answer


@requires_csrf_token
def too_many(request: HttpRequest) -> HttpResponse:
    """A limit was reached: what was typed is given back, to be sent again later."""
    if request.method == 'POST' and holds_words(request):
        return give_back(request, status=429)
    return render(request, '429.html', status=429)


def _answers(request: HttpRequest, address: str) -> bool:
    """Whether the page there is one for this visitor: a former address is no way to learn of a hidden one."""
    try:
        match = resolve(address)
        return match.func(request, *match.args, **match.kwargs).status_code != 404
    except Http404:
        return False


def gone(request: HttpRequest, **context) -> HttpResponse:
    return render(request, '410.html', context, status=410)


def server_error(request: HttpRequest) -> HttpResponse:
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return away(request)
    if refusing.is_asked(request):
        return refusing.refusal(500, 'Something went wrong with us. It has been noted.')
    return give_back_plainly(request, '500.html', status=500)


def away(request: HttpRequest) -> HttpResponse:
    """The database does not answer: nobody can be asked who this is, but what they typed is in our hands."""
    if refusing.is_asked(request):
        response = refusing.refusal(503, 'We cannot answer just now. Try again in half a minute.')
    else:
        response = give_back_plainly(request, '503.html', status=503)
    response.headers['Retry-After'] = '30'
    return response


@requires_csrf_token
def stale_form(request: HttpRequest, reason: str = '') -> HttpResponse:
    """A form whose token no longer fits, as after signing in again in another tab, is given back with
    everything typed. One that another site sent is refused and echoed nowhere.
    """
    if not is_ours(request):
        return render(request, '403.html', {'message': ''}, status=403)
    return give_back(request, status=403)
