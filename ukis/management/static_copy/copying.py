"""Asks the site for its pages as anybody would, follows what they link to, and writes all of it down."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import Storage, default_storage
from django.test import Client
from django.urls import reverse

from blog.models import Post
from blog.sitemaps import SECTIONS
from ukis.addresses.models import OldAddress
from ukis.management.static_copy import pages, places

_IN_CSS = re.compile(r'(?:url\(\s*|@import\s+)["\']?([^"\');]+)["\']?')
FEEDS = ('/blog/feed/', '/blog/feed/rss/', '/blog/feed.json')
# What stands below a page and moved with it.
BELOW = ('cite.bib', 'cite.ris', 'feed/', 'feed/rss/', 'feed.json')
SAYS_EVERY = 100


@dataclass
class Copied:
    """What lies in the folder: of each page (path, query) its file."""

    pages: dict[tuple[str, str], str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    redirects: int = 0
    not_copied: list[str] = field(
        default_factory=list
    )  # addresses that no file can stand for, and what is not there


def copy(folder: Path, *, site_url: str, say: Callable[[str], None], originals: Iterable[str] = ()) -> Copied:
    """`originals`: files of pictures of which pages show smaller ones; an import takes those as they are."""
    copying = _Copying(folder, site_url, say)
    for path in _own_list():
        copying.ask(path, '')
    copying.waiting += [(path, '') for path in _for_machines()]
    while copying.waiting:
        copying.fetch(*copying.waiting.pop())
    for number, (address, file) in enumerate(sorted(copying.done.pages.items())):
        if number % SAYS_EVERY == 0:
            say(f'{number:,} of {len(copying.done.pages):,} pages written')
        copying.rewrite(address[0], file)
    copying.redirect()
    for name in originals:
        copying.keep(f'media/{name}')
    return copying.done


def _own_list() -> Iterator[str]:
    """What the site tells search engines, its feeds, the posts that are not listed any more, and those whose address
    says only that they are gone."""
    for section in SECTIONS.values():
        made = section()
        for number in made.paginator.page_range:
            yield from (made.location(item) for item in made.paginator.page(number).object_list)
    for posts in (Post.objects.at_its_address(), Post.objects.taken_down()):
        yield from (post.get_absolute_url() for post in posts.only('slug').iterator())
    yield from FEEDS


def _for_machines() -> Iterator[str]:
    yield '/robots.txt'
    yield reverse('sitemap')
    yield from (
        reverse('sitemap_section', args=[name]) for name, made in SECTIONS.items() if made().paginator.count
    )


class _Copying:
    def __init__(self, folder: Path, site_url: str, say: Callable[[str], None]) -> None:
        self.folder, self.site_url, self.say = folder, site_url, say
        self.client = Client(headers={'host': urlsplit(site_url).netloc})
        self.secure = site_url.startswith('https://')
        self.done = Copied()
        self.asked: set[tuple[str, str]] = set()
        self.waiting: list[tuple[str, str]] = []
        self.moved: dict[tuple[str, str], str] = {}
        self.media = default_storage.url('x').removesuffix('x')

    def ask(self, path: str, query: str) -> None:
        if (path, query) not in self.asked and places.is_page(unquote(path), query):
            self.asked.add((path, query))
            self.waiting.append((path, query))

    def fetch(self, path: str, query: str) -> None:
        if (len(self.asked) - len(self.waiting)) % SAYS_EVERY == 0:
            self.say(f'{len(self.done.pages):,} pages read, {len(self.waiting):,} to read')
        answer = self.client.get(path + (f'?{query}' if query else ''), secure=self.secure)
        if answer.status_code in (301, 302) and (there := self._inside(answer.headers['Location'], path)):
            self.moved[path, query] = answer.headers['Location']
            self.ask(there[0], there[1])
            return
        kind = answer.headers.get('Content-Type', '').partition(';')[0]
        file = places.file_of(path, query, kind=kind)
        if answer.status_code not in (200, 410) or file is None:
            self.done.not_copied.append(path + (f'?{query}' if query else ''))
            return
        self.done.pages[path, query] = file
        content = answer.getvalue()
        self._write(file, content)
        if kind == 'text/html':
            for address in pages.Links(content.decode()).found:
                self._hear(address, path)

    def _inside(self, address: str, here: str) -> tuple[str, str, str] | None:
        return places.inside(address, here, self.site_url)

    def _hear(self, address: str, here: str) -> None:
        if self._stored(address):
            return
        if (found := self._inside(address, here)) is not None:
            self.ask(found[0], found[1])

    def rewrite(self, path: str, file: str) -> None:
        if file.endswith('.html'):
            source = (self.folder / file).read_text(encoding='utf-8')
            written = pages.Rewritten(source, lambda address: self.way(address, path, file)).html
            self._write(file, written.encode())

    def way(self, address: str, here: str, file: str) -> str | None:
        """See `pages.Way`."""
        if stored := self._stored(address):
            return places.between(file, stored) if self.keep(stored) else ''
        found = self._inside(address, here)
        if found is None or (address.startswith('#') and found[2]):
            return None
        for _ in range(5):
            if found[:2] not in self.moved:
                break
            found = self._inside(self.moved[found[:2]], here) or found
        there = self.done.pages.get((found[0], found[1]))
        return places.between(file, there) + (f'#{found[2]}' if found[2] else '') if there else ''

    def _stored(self, address: str) -> str:
        """The file of a picture or of the site's own looks; '' of anything else."""
        if address.startswith(self.media):
            return 'media/' + unquote(urlsplit(address.removeprefix(self.media)).path)
        path = unquote(urlsplit(address.removeprefix(self.site_url)).path)
        return path.lstrip('/') if path.startswith(places.FILES) else ''

    def keep(self, name: str) -> bool:
        """Whether it lies there, or does now."""
        if name in self.done.files:
            return True
        root, _, inner = name.partition('/')
        content = _read(staticfiles_storage if root == 'static' else default_storage, inner)
        if content is None and root == 'static' and (found := finders.find(inner)):
            content = Path(str(found)).read_bytes()
        if content is None or places.file_of(f'/{name}') is None:
            self.done.not_copied.append(f'/{name}')
            return False
        self.done.files.add(name)
        self._write(name, content)
        if name.endswith('.css'):
            for address in _IN_CSS.findall(content.decode()):
                if not address.startswith(('data:', 'http', '#')):
                    self.keep(unquote(urlsplit(urljoin(f'/{name}', address)).path).lstrip('/'))
        return True

    def redirect(self) -> None:
        """A page for each address that leads elsewhere. A query is no file: those are named."""
        rows = [(old.path, old.leads_to) for old in OldAddress.objects.prefetch_related('now').iterator(500)]
        for path, there in [*((one[0], there) for one, there in self.moved.items() if not one[1]), *rows]:
            for below in ('', *(BELOW if path.endswith('/') else ())):
                self._lead(path + below, f'{there}{below}' if there else '')

    def _lead(self, path: str, there: str) -> None:
        found = self._inside(there, '/') if there else None
        target = self.done.pages.get(found[:2]) if found else None
        if target is None:
            return
        file = None if '?' in path else places.file_of(path, kind='text/html')
        if file is None or (self.folder / file).exists() or not self._may_lie(file):
            self.done.not_copied.append(path)
            return
        self.done.redirects += 1
        if path.endswith('/') and target.endswith('.html'):
            self._write(file, pages.leading_to(places.between(file, target), there).encode())
        else:
            file = file.removesuffix(places.INDEX) + (Path(target).name if path.endswith('/') else '')
            self._write(file, (self.folder / target).read_bytes())

    def _may_lie(self, file: str) -> bool:
        """No folder can be made where a file lies."""
        parents = list(Path(file).parents)[:-1]
        return not any((self.folder / parent).is_file() for parent in parents)

    def _write(self, file: str, content: bytes) -> None:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _read(storage: Storage, name: str) -> bytes | None:
    try:
        with storage.open(name) as file:
            return file.read()
    except (OSError, ValueError):
        return None
