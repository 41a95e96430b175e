"""A form that cannot be taken just now is given back with everything typed, to be sent once more."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import wraps
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

# What buttons send beside the words, and what says from what the page was made.
BY_THE_PAGE = (
    *(
        'then',
        'do',
        'stay',
        'action',
        'post',
        'form',
        'next',
        'shown',
        'clash',
        'base',
        'began',
        'fingerprint',
        'version',
        'lead_kept',
    ),
    *('unsaved', 'unsaved_began', 'unsaved_tab', 'unsaved_typed'),
)
# Never written back into a page, not even for the person who typed them.
SECRETS = ('password', 'csrfmiddlewaretoken', 'code', 'credential')


def give_back(request: HttpRequest, *, status: int, why: str = '', back: str = '') -> HttpResponse:
    """The page with the typed fields, and a button that sends them again: 401 where one must sign in first, 403
    for a token grown old, 429 where it was too often; 404 where there is nothing here for the person, to be copied.

    `why`: a refusal in a sentence, which sending again would not change: to be copied too, and `back` leads on."""
    context = {**_typed(request), 'status': status, 'why': why, 'back': back}
    response = render(request, 'stale_form.html', context, status=status)
    response.headers['Cache-Control'] = 'private, no-store'
    return response


def give_back_plainly(request: HttpRequest, template: str, *, status: int) -> HttpResponse:
    """As above, but where something is wrong with us: the page asks neither database nor session nor who it is for,
    and holds the words wherever somebody typed any into a form of ours."""
    context: dict[str, Any] = {}
    # Whatever is wrong here as well must not stand between the person and the plain page.
    with suppress(Exception):
        if request.method == 'POST' and is_ours(request) and holds_words(request):
            context = {**_typed(request), 'csrf_token': get_token(request)}
    response = HttpResponse(render_to_string(template, context), status=status)
    response.headers['Cache-Control'] = 'private, no-store'
    return response


def _typed(request: HttpRequest) -> dict[str, Any]:
    fields = typed_fields(request.POST.lists())
    files = [upload.name for _, uploads in request.FILES.lists() for upload in uploads]
    return {'fields': fields, 'files': files, 'action': request.get_full_path()}


def typed_fields(sent: Iterable[tuple[str, Iterable[str]]]) -> list[dict[str, Any]]:
    """For the template `_typed.html`."""
    return [
        {'name': name, 'label': _label(name), 'value': value, 'shown': _is_typed(name, value)}
        for name, values in sent
        if not any(secret in name for secret in SECRETS)
        for value in values
    ]


def is_ours(request: HttpRequest) -> bool:
    """Whether the form stood on a page of ours, as far as the browser says."""
    here = f'{request.scheme}://{request.get_host()}'
    origin = request.headers.get('Origin')
    if origin is None:
        try:
            referer = urlsplit(request.headers.get('Referer', ''))
        except ValueError:
            return False
        origin = f'{referer.scheme}://{referer.netloc}'
    return origin == here or origin in settings.CSRF_TRUSTED_ORIGINS


def _label(name: str) -> str:
    """'me-biography' and 'name-7-biography' as a person calls them: the last word, without the form's prefix."""
    return name.rpartition('-')[2].replace('_', ' ')


def _is_typed(name: str, value: str) -> bool:
    """Rather than set by the page itself: a button, a number, a tick, a picture it holds, nothing."""
    by_the_page = (
        name in BY_THE_PAGE
        or name.endswith(('-kept', '_kept', '-began'))
        or name.startswith(('initial-', '_'))  # what a field was shown with; the admin's buttons
        or value.isdigit()
        or value in ('on', 'true', 'false')
    )
    return bool(value.strip()) and not by_the_page


def holds_words(request: HttpRequest) -> bool:
    """Whether somebody typed something into what was posted."""
    return any(
        _is_typed(name, value)
        for name, values in request.POST.lists()
        if not any(secret in name for secret in SECRETS)
        for value in values
    )


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For those who are signed in; others go to the sign-in page, and what they had typed is given back."""

    @wraps(view)
    def opened(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == 'POST' and holds_words(request):
            return give_back(request, status=401)
        return to_sign_in(request)

    return opened


def to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """To the sign-in page, and from there back to where one was: after a button, whose own address may answer
    nothing but a POST, to the page on which it stood."""
    return redirect_to_login(request.get_full_path() if _can_be_read(request) else stood_on(request))


def stood_on(request: HttpRequest) -> str:
    """The page of ours with the button that was pressed: as the form says, else as the browser does."""
    for page in (request.POST.get('next', ''), request.headers.get('Referer', '')):
        if url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
            parts = urlsplit(page)
            return urlunsplit(('', '', parts.path or '/', parts.query, ''))
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def _can_be_read(request: HttpRequest) -> bool:
    return request.method in ('GET', 'HEAD')
