"""A form that cannot be taken just now is given back with everything typed, to be sent once more."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# What a button sends beside the words.
BUTTONS = ('then', 'do', 'stay', 'form')
# Never written back into a page, not even for the person who typed them.
SECRETS = ('password', 'csrfmiddlewaretoken', 'code', 'credential')


def give_back(request: HttpRequest, *, status: int) -> HttpResponse:
    """The page with the typed fields: 401 where one must sign in first, 403 for a token grown old, both with a
    button that sends them again; 404 where there is nothing here for the person, only to be copied."""
    fields = [
        {'name': name, 'label': _label(name), 'value': value, 'shown': _is_typed(name, value)}
        for name, values in request.POST.lists()
        if not any(secret in name for secret in SECRETS)
        for value in values
    ]
    context = {
        'fields': fields,
        'files': [upload.name for _, uploads in request.FILES.lists() for upload in uploads],
        'action': request.get_full_path(),
        'status': status,
    }
    response = render(request, 'stale_form.html', context, status=status)
    response.headers['Cache-Control'] = 'private, no-store'
    return response


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
    """Rather than set by the page itself: a button, a number, a tick, nothing."""
    by_the_page = name in BUTTONS or value.isdigit() or value in ('on', 'true', 'false')
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
        return redirect_to_login(request.get_full_path())

    return opened
