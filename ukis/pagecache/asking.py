"""What is asked for, as far as a kept page can answer it: the address, in one way of writing it, and the encoding.

Everything else of a request is left out of the key, and left out when the page is made: so nothing that a visitor
sends along can get into what others are shown.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from typing import Any, NamedTuple

from django.conf import settings
from django.http import Http404
from django.urls import resolve
from django_http_compression.middleware import best_coding

type Environ = dict[str, Any]

# A page that may be kept says which parameters it reads (`ukis.public`).
NAMES = 'names_of_its_query'
# … and one that says something else to who opens it in a browser's own window, that it does.
FOR_PEOPLE, WINDOW = 'for_people', 'document'
LONGEST = 300
_PATH = re.compile(r'/[\w./~-]*', re.ASCII)
_QUERY = re.compile(r'[a-z]+=[\w.~-]+(?:&[a-z]+=[\w.~-]+)*', re.ASCII)
# Whoever sends one of these asks Django.
ASIDE = (
    'HTTP_COOKIE',
    'HTTP_AUTHORIZATION',
    'HTTP_IF_MATCH',
    'HTTP_IF_UNMODIFIED_SINCE',
    'HTTP_TRANSFER_ENCODING',
)


class Key(NamedTuple):
    scheme: str
    host: str
    path: str
    query: str
    coding: str


def key_of(environ: Environ) -> Key | None:
    """None where the answer is Django's own affair."""
    if environ['REQUEST_METHOD'] not in ('GET', 'HEAD') or environ.get('CONTENT_LENGTH') not in (
        None,
        '',
        '0',
    ):
        return None
    for name in ASIDE:
        if name in environ:
            return None
    host = environ.get('HTTP_HOST', '')
    if environ.get('SCRIPT_NAME') or not _is_ours(host, environ.get('SERVER_PORT', '')):
        return None
    coding = best_coding(environ.get('HTTP_ACCEPT_ENCODING', ''))
    return Key(
        environ['wsgi.url_scheme'],
        host,
        environ.get('PATH_INFO', ''),
        environ.get('QUERY_STRING', ''),
        coding,
    )


@lru_cache(maxsize=100)
def _is_ours(host: str, port: str) -> bool:
    """One of our own names, by the port at which we are: others would fill the room with the same pages."""
    name, _, given = host.rpartition(':') if re.search(r':\d+$', host) else (host, '', '')
    return name in settings.HERE and given in ('', port, str(settings.PORT))


def names_of(key: Key) -> tuple[str, ...] | None:
    """The parameters that the public page at this address reads; None where there is none that may be kept."""
    if not _PATH.fullmatch(key.path) or len(key.path) + len(key.query) > LONGEST:
        return None
    return _names_at(key.path)


@lru_cache(maxsize=1000)
def _names_at(path: str) -> tuple[str, ...] | None:
    try:
        return getattr(resolve(path).func, NAMES, None)
    except Http404:
        return None


def is_for_people(path: str, environ: Environ) -> bool:
    """Whether it is opened in a browser's own window, and answers otherwise there: Django's own affair."""
    return environ.get('HTTP_SEC_FETCH_DEST') == WINDOW and len(path) <= LONGEST and _says_another(path)


@lru_cache(maxsize=1000)
def _says_another(path: str) -> bool:
    try:
        return getattr(resolve(path).func, FOR_PEOPLE, False)
    except Http404:
        return False


def is_plain(query: str, names: tuple[str, ...]) -> bool:
    """Known parameters in their order, with values that mean the same however they are written."""
    if not query:
        return True
    if not _QUERY.fullmatch(query):
        return False
    given = [part.partition('=')[0] for part in query.split('&')]
    places = [names.index(name) if name in names else -1 for name in given]
    return places[0] >= 0 and places == sorted(places)


def request_for(key: Key, environ: Environ, etag: str = '') -> Environ:
    """A request for this page by nobody: what the server itself says, and the key."""
    made = {name: value for name, value in environ.items() if name.startswith('wsgi.')}
    made |= {
        name: environ[name] for name in ('SERVER_NAME', 'SERVER_PORT', 'SERVER_PROTOCOL') if name in environ
    }
    made |= {
        'wsgi.input': BytesIO(),
        'REQUEST_METHOD': 'GET',
        'SCRIPT_NAME': '',
        'PATH_INFO': key.path,
        'QUERY_STRING': key.query,
        'REMOTE_ADDR': '127.0.0.1',
        'HTTP_HOST': key.host,
        'HTTP_ACCEPT_ENCODING': key.coding,
    }
    return made | ({'HTTP_IF_NONE_MATCH': etag} if etag else {})


type Start = Callable[..., Any]
