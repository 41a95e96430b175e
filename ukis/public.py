"""What every page for visitors has in common: read only, the same for everybody, asked for each time."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """GET and HEAD only, others 405 before any look at a token. May be kept while its ETag holds.

    The ETag itself is written by ConditionalGetMiddleware. A view that sets its own Cache-Control keeps it.
    """

    @csrf_exempt
    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **keys: Any) -> HttpResponse:
        response = view(request, *args, **keys)
        if not response.has_header('Cache-Control'):
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response

    return shown


def site_url(request: HttpRequest) -> str:
    """The scheme and host that absolute addresses begin with, without a slash at the end."""
    return settings.SITE_URL or f'{request.scheme}://{request.get_host()}'
