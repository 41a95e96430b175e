"""Links from one text to another of the same site lead straight to where it is now; dead ones are told."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from blog import workflow
from blog.importing.from_wordpress import host_of
from blog.importing.records import Former, FormerPost
from blog.importing.telling import ImportReport
from blog.models import Post
from members.models import Person
from ukis import addresses, markup

DEAD = 'Links to the old site that lead to nothing here'
_WITHIN = re.compile(r'(<a\b[^>]*?\bhref\s*=\s*["\']\s*)/(?!/)', re.IGNORECASE)
_LINK = re.compile(r'(<a\b[^>]*?\bhref=")([^"]*)(")')


@dataclass
class FormerLinks:
    """Noted text by text; followed when all are there, for most lead to what comes later. Our own export's lead within
    the site already."""

    waiting: dict[int, frozenset[str]] = field(
        default_factory=dict
    )  # of posts by key: the hosts that they were on
    hosts: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)  # each once
    # Of a dry run, in which nothing is there to lead to: marks of the addresses that would, and who links to which.
    led: set[int] = field(default_factory=set)
    wanted: dict[str, str] = field(default_factory=dict)

    def hear(self, record: FormerPost, former: Former) -> None:
        """Of a dry run, before any of its links is judged."""
        paths = [*record.addresses, *former.terms, *(f'/author/{login}/' for login in former.authors)]
        self.led |= {hash(_kept(address)) for address in paths}

    def note(self, record: FormerPost, body: str, post: Post | None) -> None:
        hosts = frozenset(filter(None, map(host_of, [f'https://{record.site}', *record.addresses])))
        if record.facts or not any(_inner(link, hosts) for link in _links(body)):
            return
        if post is not None:
            self.waiting[post.pk] = self.hosts.setdefault(hosts, hosts)
            return
        for link in _links(body):
            if _inner(link, hosts):
                self.wanted.setdefault(link, record.called)

    def follow(self, report: ImportReport, *, by: Person | None, seen: Callable[[float], None]) -> None:
        for link, called in self.wanted.items():
            if hash(_kept(link)) not in self.led and not _now_at(link):
                report.note(DEAD, f'{called}: {link}')
        for number, (key, hosts) in enumerate(self.waiting.items()):
            seen(number / len(self.waiting))
            post = Post.objects.select_related('submission', 'version').get(pk=key)
            assert post.version is not None, 'imported with its words'
            dead: list[str] = []
            body = _rewritten(post.version.body, hosts, dead)
            if body != post.version.body:
                workflow.lead_links(post.submission, by=by, body=body)
            for link in dict.fromkeys(dead):
                report.note(DEAD, f'{post}: {link}')


def with_hosts(body: str, record: FormerPost) -> str:
    """What leads within the old site says so: here it would be an address of this one."""
    host = record.site.partition('/')[0]
    return body if record.facts or '.' not in host else _WITHIN.sub(rf'\1https://{host}/', body)


def _rewritten(body: str, hosts: frozenset[str], dead: list[str]) -> str:
    def led(found: re.Match[str]) -> str:
        link = html.unescape(found[2])
        if not _inner(link, hosts):
            return found[0]
        there = _now_at(link)
        if not there:
            dead.append(link)
            return found[0]
        return f'{found[1]}{html.escape(there)}{found[3]}'

    written = _LINK.sub(led, body)
    return markup.clean(written) if written != body else body


def _links(body: str) -> Iterator[str]:
    return (html.unescape(found[2]) for found in _LINK.finditer(body))


def _inner(link: str, hosts: frozenset[str]) -> bool:
    return link.startswith(('http://', 'https://')) and host_of(link) in hosts


def _kept(link: str) -> str:
    parts = urlsplit(link)
    return addresses.as_kept(parts.path or '/', parts.query)


def _now_at(link: str) -> str:
    """With its fragment; nothing where nothing of it is here."""
    parts = urlsplit(link)
    path = parts.path or '/'
    there = addresses.now_at(path, parts.query) or (path if _stands(path) and not parts.query else '')
    return there + (f'#{parts.fragment}' if there and parts.fragment else '')


def _stands(path: str) -> bool:
    """The old home page is the home page here; a post may be where it was."""
    if path == '/':
        return True
    try:
        match = resolve(addresses.as_kept(path))
    except Resolver404:
        return False
    return match.view_name == 'post' and Post.objects.filter(slug=match.kwargs['slug']).exists()
