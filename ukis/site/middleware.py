"""What every answer says about itself, and what of a request we are willing to read."""

import codecs
from collections.abc import Callable, Iterable
from urllib.parse import unquote_to_bytes

from django.contrib.auth import SESSION_KEY
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed, UnreadablePostError

from ukis.site import errors
from ukis.site.api.refusing import BEGINS

type Answer = Callable[[HttpRequest], HttpResponseBase]

UNUSED = (
    *('accelerometer', 'autoplay', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'magnetometer'),
    *('microphone', 'midi', 'payment', 'usb'),
)
PERMISSIONS = ', '.join(f'{feature}=()' for feature in UNUSED)
# Scripts of any site may read it, without a cookie, and ask whether it changed.
FOR_OTHER_SITES = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
    'Access-Control-Allow-Headers': 'If-None-Match, If-Modified-Since',
    'Access-Control-Expose-Headers': 'ETag, Last-Modified',
    'Access-Control-Max-Age': '86400',
    'Cross-Origin-Resource-Policy': 'cross-origin',
}
# Far more than a form of ours takes: somebody who chose a file too large is told so with all words given back, for
# which they must be read. Beyond this nothing is read.
MOST_BYTES = 64 * 1024 * 1024
URLENCODED, MULTIPART = 'application/x-www-form-urlencoded', 'multipart/form-data'


class HeadersMiddleware:
    """Outside nearly all others, so that errors and refusals carry these too."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault('Permissions-Policy', PERMISSIONS)
        if _is_for_other_sites(request.path_info):
            for name, value in FOR_OTHER_SITES.items():
                response.headers[name] = value
        response.headers.setdefault('Cross-Origin-Resource-Policy', 'same-origin')
        if 'Cache-Control' not in response.headers and _is_personal(request):
            response.headers['Cache-Control'] = 'private, no-store'
        if response.cookies and request.is_secure():
            for cookie in response.cookies.values():
                cookie['secure'] = True
        return response


def _is_for_other_sites(path: str) -> bool:
    """Answers that say the same to everybody: their refusals, and that nothing changed, too."""
    return path.startswith(BEGINS) or path.endswith('/feed.json')


def _is_personal(request: HttpRequest) -> bool:
    """Made for somebody signed in. A page that never looked at its session is the same for everybody."""
    session = getattr(request, 'session', None)
    if session is None or not session.accessed:
        return False
    try:
        return SESSION_KEY in session
    except DatabaseError:
        return True


class RefusedMethodMiddleware:
    """Innermost, where the page knows who is asking: a refused method is answered with a page of ours."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return errors.wrong_method(request, response)
        return response


# Whatever anybody types is looked for: its view takes NUL out itself.
TAKES_ANYTHING = '/blog/search/'


class ReadableBodyMiddleware:
    """Refuses with 400 what no browser sends and what would otherwise fail deep inside: bodies that are
    not UTF-8 or not what they say they are, and NUL, which PostgreSQL cannot even be asked for. With 413, and
    without reading it, what is longer than any form of ours.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.content_params:
            _check_charset(request, request.content_params.get('charset', 'utf-8'))
        if (
            '\0' in request.path_info
            or ('%00' in request.META.get('QUERY_STRING', '') and request.path_info != TAKES_ANYTHING)
            or ('\\' in request.META.get('HTTP_COOKIE', '') and _has_nul(request.COOKIES.values()))
        ):
            raise BadRequest('A NUL character in the address or a cookie.')
        if _length(request) > MOST_BYTES:
            raise RequestDataTooBig('A body longer than any form of ours.')
        if request.method == 'POST' and request.content_type in (URLENCODED, MULTIPART):
            _check_form(request)
        return self.get_response(request)


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get('CONTENT_LENGTH') or 0)
    except ValueError:
        return 0


def _check_charset(request: HttpRequest, charset: str) -> None:
    # The query would be read by it too, and there are codecs that turn no bytes into text.
    request.encoding = 'utf-8'
    try:
        known = codecs.lookup(charset).name in ('utf-8', 'ascii')
    except (LookupError, ValueError):
        known = False
    if not known and request.method not in ('GET', 'HEAD'):
        raise BadRequest('A body that is not in UTF-8.')


def _check_form(request: HttpRequest) -> None:
    try:
        texts = [text for name, values in request.POST.lists() for text in (name, *values)]
        files = list(request.FILES)
        if request.content_type == URLENCODED:
            # Bytes that are no UTF-8 have been replaced or taken for Latin-1 by now: never store such words.
            request.body.decode()
            if any('\ufffd' in text for text in texts):
                unquote_to_bytes(request.body).decode()
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError, UnreadablePostError) as error:
        request._mark_post_parse_error()  # type: ignore[attr-defined]
        raise BadRequest('A form that cannot be read.') from error
    if _has_nul(texts) or _has_nul(files):
        raise BadRequest('A NUL character in a form.')


def _has_nul(texts: Iterable[str]) -> bool:
    return any('\0' in text for text in texts)


class ReadableRequest(WSGIRequest):
    """An unreadable Content-Type is left to the middleware: raised here, it would be the web server's 500."""

    def _set_content_type_params(self, meta: dict) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]
        except (BadRequest, LookupError, ValueError, TypeError, AttributeError):
            self.content_type, self.content_params = '', {'charset': 'unreadable'}
