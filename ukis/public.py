"""What every page for visitors has in common: read only, the same for everybody, asked for each time."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from ukis.pagecache.asking import FOR_PEOPLE, NAMES, WINDOW

AS_IT_IS = 'it-is'


def reading_query[View: Callable[..., HttpResponse]](*names: str) -> Callable[[View], View]:
    """Above `public_page`: the parameters that the page reads, in the order in which its own links give them. With
    others, or in another order, it is made anew each time."""

    def named(view: View) -> View:
        setattr(view, NAMES, names)
        return view

    return named


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """GET and HEAD only, others 405 before any look at a token. May be kept while its ETag holds.

    For visitors without a cookie it is kept whole until something changes that it shows (`ukis/pagecache/`). The ETag
    itself is written by ConditionalGetMiddleware. A view that sets its own Cache-Control keeps it.
    """

    @csrf_exempt
    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **keys: Any) -> HttpResponse:
        response = view(request, *args, **keys)
        if not response.has_header('Cache-Control'):
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response

    return reading_query()(shown)


def for_people(name: str) -> Callable[..., Any]:
    """Around `public_page`, for what programs read: who opens it in a browser's own window is led to the page `name`,
    of the same arguments, unless `?as=it-is` is asked for. Browsers say so; whoever says nothing gets what they ask."""

    def around(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **keys: Any) -> HttpResponse:
            is_asked = request.method in ('GET', 'HEAD') and request.GET.get('as') != AS_IT_IS
            if is_asked and request.headers.get('Sec-Fetch-Dest') == WINDOW:
                response: HttpResponse = redirect(name, *args, **keys)
                patch_cache_control(response, private=True, no_store=True)
            else:
                response = view(request, *args, **keys)
            patch_vary_headers(response, ['Sec-Fetch-Dest'])
            return response

        setattr(answered, FOR_PEOPLE, True)
        return answered

    return around


def site_url(request: HttpRequest) -> str:
    """The scheme and host that absolute addresses begin with, without a slash at the end."""
    return settings.SITE_URL or f'{request.scheme}://{request.get_host()}'
