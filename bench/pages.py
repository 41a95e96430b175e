"""What each page costs: queries, and milliseconds of CPU of the site and, on PostgreSQL, of its server process.

Pages are asked for as a web server asks, through WSGI with every middleware, and made anew each time. The quickest
of the runs is told: what else the machine does only slows them. The database server's own time is the mean, read from
/proc where that stands on this machine.
"""

import argparse
import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection, models
from django.db.models import Exists, OuterRef

from bench import staff_pages
from bench.most import most
from blog.models import Byline, Post, Series, Shelf
from blog.shelves import listing
from blog.sitemaps import SECTIONS
from members.models import Organisation, Person
from ukis.remembered import PARTS
from ukis.tags.models import Tag, TaggedItem


def last_page(shelf: Shelf, key: int = 0) -> int:
    return (listing.OnShelf(shelf, key).page(1)[1] - 1) // listing.A_PAGE + 1


def addresses() -> dict[str, str]:
    """By name, where pages are largest: the same names for a society of any size."""
    post = Post.objects.live().order_by('-published_at')[10]
    top = Tag.objects.get(pk=most(TaggedItem, 'tag'))
    other = Tag.objects.exclude(pk=top.pk).order_by('pk')[1]
    author = Person.objects.get(pk=most(Byline, 'person'))
    writing = Byline.objects.filter(person=OuterRef('pk'))
    public = Person.objects.filter(Exists(writing), page_for='public').order_by('pk')[0]
    listed = Organisation.objects.listed().annotate(named=models.Count('bylines')).order_by('-named', 'pk')
    organisation, crowded = listed[0], Organisation.objects.listed().order_by('pk')[0]
    series = Series.objects.filter(submissions__post__in=Post.objects.live()).order_by('-pk').first()
    assert series is not None, 'the corpus has some'
    year, month = post.published_at.year - 2, post.published_at.month
    return {
        'home': '/',
        'list': '/blog/',
        'list, page 200 or the last': f'/blog/?page={min(200, last_page(Shelf.ALL))}',
        'list, a page that is not there': '/blog/?page=999999',
        'list, two tags': f'/blog/?tag={top.slug}&tag={other.slug}',
        'post': post.get_absolute_url(),
        'post that is not there': '/blog/no-such-post/',
        'tags': '/blog/tags/',
        'tags, from m': '/blog/tags/?from=m',
        'tag, most used': top.get_absolute_url(),
        'tag, its last page': f'{top.get_absolute_url()}?page={last_page(Shelf.TAG, top.pk)}',
        'series': '/blog/series/',
        'series, its posts': series.get_absolute_url(),
        'archive': '/blog/archive/',
        'archive, year': f'/blog/archive/{year}/',
        'archive, month': f'/blog/archive/{year}/{month:02}/',
        'author, most posts': f'/blog/authors/{author.slug}/',
        'organisation, most posts': organisation.get_absolute_url(),
        'organisation, most people': crowded.get_absolute_url(),
        'directory': '/organisations/',
        'directory, one nation': '/organisations/?nation=england',
        'directory, from m': '/organisations/?from=m',
        'join': '/join/',
        'directory, narrowed': '/organisations/?nation=england&kind=charity',
        'person': public.get_absolute_url(),
        'search': f'/blog/search/?{urlencode({"q": top.name})}',
        'search, two words': f'/blog/search/?{urlencode({"q": f"{top.name} {other.name}"})}',
        'search, as one types': f'/blog/search/suggestions/?{urlencode({"q": top.name[:4]})}',
        'feed, Atom': '/blog/feed/',
        'feed of a tag': f'{top.get_absolute_url()}feed/',
        'feed of an author, JSON': f'/blog/authors/{author.slug}/feed.json',
        'feed, JSON': '/blog/feed.json',
        'API, posts': '/api/v1/posts/',
        'API, posts, whole': '/api/v1/posts/?full=yes',
        'API, posts, page 200 or the last': f'/api/v1/posts/?page={min(200, last_page(Shelf.ALL))}',
        'API, posts of a tag': f'/api/v1/posts/?tag={top.slug}',
        'API, a post': f'/api/v1/posts/{post.slug}/',
        'API, tags': '/api/v1/tags/',
        'API, organisations': '/api/v1/organisations/',
        'API, an organisation': f'/api/v1/organisations/{organisation.slug}/',
        'API, people': '/api/v1/people/',
        'API, a person': f'/api/v1/people/{public.slug}/',
        'API, described': '/api/v1/openapi.json',
        'sitemap': '/sitemap.xml',
        **{f'sitemap, {name}': f'/sitemap-{name}.xml' for name in SECTIONS},
        'for scale, a bare view': '/robots.txt',
    }


def asker(session: str = '') -> Callable[[str], tuple[int, int]]:
    """A function that asks for an address and says status and bytes, of a page that is made anew each time."""
    site = import_module('ukis.wsgi').application

    def ask(address: str) -> tuple[int, int]:
        path, _, query = address.partition('?')
        told: list[str] = []
        environ = {
            'REQUEST_METHOD': 'GET',
            'PATH_INFO': path,
            'QUERY_STRING': query if session else made_anew(query),
            'HTTP_HOST': 'localhost',
            'SERVER_NAME': 'localhost',
            'SERVER_PORT': '80',
            'SERVER_PROTOCOL': 'HTTP/1.1',
            'wsgi.url_scheme': 'http',
            'wsgi.input': BytesIO(),
            'REMOTE_ADDR': '127.0.0.1',
        } | ({'HTTP_COOKIE': f'{settings.SESSION_COOKIE_NAME}={session}'} if session else {})
        answer = site(environ, lambda status, headers: told.append(status))
        size = sum(map(len, answer))
        answer.close()
        return int(told[0][:3]), size

    return ask


def made_anew(query: str) -> str:
    """Asked for like this a public page is not kept, and otherwise as costly as ever: the sign parts no parameters."""
    return f'{query}&'


@contextmanager
def counted() -> Iterator[list[int]]:
    """How many statements were asked, as the one number of a list."""
    found = [0]

    def count(execute, *rest):
        found[0] += 1
        return execute(*rest)

    with connection.execute_wrapper(count):
        yield found


def server_time() -> float:
    """Seconds of CPU of the server's process behind this connection, 0 where it cannot be known."""
    if connection.vendor != 'postgresql':
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute('SELECT pg_backend_pid()')
        path = Path(f'/proc/{cursor.fetchone()[0]}/schedstat')
    try:
        return int(path.read_text().split()[0]) / 1e9
    except OSError:
        return 0.0


def measure(
    ask: Callable[[str], tuple[int, int]], address: str, runs: int, *, anew: bool = False
) -> tuple[int, int, int, float, float]:
    """Status, bytes, queries, milliseconds of the site, milliseconds of the database's server. `anew`: no part of a
    page is remembered from the time before."""
    ask(address)
    with counted() as queries:
        status, size = ask(address)
    times = []
    before = server_time()
    for _ in range(runs):
        if anew:
            PARTS.forget()
        since = time.process_time()
        ask(address)
        times.append(time.process_time() - since)
    there = (server_time() - before) / runs
    return status, size, queries[0], min(times) * 1000, there * 1000


def asked_by_each(pages: dict[str, str]) -> dict[str, dict[str, Any]]:
    ask, found = asker(), {}
    for name, address in pages.items():
        ask(address)
        with counted() as queries:
            ask(address)
        found[name] = {'address': address, 'queries': queries[0]}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--runs', type=int, default=25)
    parser.add_argument('--only', default='', help='a part of the name of the pages wanted')
    parser.add_argument('--staff', action='store_true', help='only those of staff and members')
    parser.add_argument('--json', action='store_true', help='only addresses and queries, for `make bench`')
    parser.add_argument('--anew', action='store_true', help='with no part of a page remembered')
    asked = parser.parse_args()
    logging.disable(logging.WARNING)
    # One process of the server for all pages, so that its time can be told.
    connection.settings_dict['CONN_MAX_AGE'] = None
    settings.STORAGES['staticfiles'] = {'BACKEND': 'django.contrib.staticfiles.storage.StaticFilesStorage'}
    if asked.json:
        print(json.dumps(asked_by_each(addresses())))
        return
    print(f'{"page":52}{"status":>7}{"bytes":>9}{"queries":>9}{"site ms":>9}{"server ms":>11}')
    wanted = [] if asked.staff else [('', addresses())]
    for session, pages in wanted + staff_pages.everybody():
        ask = asker(session)
        for name, address in pages.items():
            if asked.only in name:
                status, size, queries, site, server = measure(ask, address, asked.runs, anew=asked.anew)
                print(f'{name:52}{status:7}{size:9}{queries:9}{site:9.1f}{server:11.1f}', flush=True)


if __name__ == '__main__':
    main()
