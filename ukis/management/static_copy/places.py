"""Which address becomes which file, and how one file names another."""

import posixpath
import re
from urllib.parse import quote, unquote, urlsplit

from django.urls import Resolver404, resolve

from ukis.pagecache.asking import NAMES
from ukis.public import AS_IT_IS

LONGEST_NAME = 200  # bytes of one folder or file, on any system
INDEX = 'index.html'
# Kept apart from pages: they are files as they are.
FILES = ('/static/', '/media/')
# A page that is nothing without what it asks a server.
_NOT_COPIED = frozenset(['search', 'suggest', 'subscribe'])
_PAGE = re.compile(r'page=([1-9]\d{0,5})')


def is_page(path: str, query: str) -> bool:
    """Whether it is one of the pages that are the same for everybody. Of their queries only the number of a page is an
    address of its own: filters have as many as there are tags to put together."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    if getattr(match.func, NAMES, None) is None or (match.url_name or '').split('_')[0] in _NOT_COPIED:
        return False
    return not query or bool(_PAGE.fullmatch(query))


def file_of(path: str, query: str = '', *, kind: str = 'text/html') -> str | None:
    """'blog/page-2/index.html'; None where no file can have that name."""
    steps = [step for step in unquote(path).split('/') if step]
    if number := _PAGE.fullmatch(query):
        steps.append(f'page-{number[1]}')
    if any(step in ('.', '..') or '\0' in step or len(step.encode()) > LONGEST_NAME for step in steps):
        return None
    if path.endswith('/') or query:
        steps.append(INDEX if kind == 'text/html' else 'index.json' if 'json' in kind else 'index.xml')
    return '/'.join(steps)


def between(here: str, there: str) -> str:
    """The way from one file to the other, as it stands in a link."""
    return quote(posixpath.relpath(there, posixpath.dirname(here) or '.'))


def inside(address: str, here: str, site_url: str) -> tuple[str, str, str] | None:
    """(path, query, fragment) of an address on this site, as it stands on the page at `here`; None of any other."""
    whole = address.removeprefix(site_url) or '/' if f'{address}/'.startswith(f'{site_url}/') else address
    parts = urlsplit(whole)
    if parts.scheme or parts.netloc:
        return None
    path = posixpath.join(here, parts.path) if parts.path and not parts.path.startswith('/') else parts.path
    # A feed is a file as it is.
    query = '' if parts.query == f'as={AS_IT_IS}' else parts.query
    return (path or here), query, parts.fragment
