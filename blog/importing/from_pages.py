"""Pages of the old site, saved from a browser or by a program that copies sites."""

import html
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from blog.importing import dates
from blog.importing.from_wordpress import host_of
from blog.importing.records import Former, FormerName, FormerPicture, FormerPost, NotReadable
from ukis.markup.parsing import VOID, Element, read

ENDINGS = ('.html', '.htm', '.xhtml')
MOST_BYTES = 20_000_000
_LD = re.compile(r'<script[^>]*application/ld\+json[^>]*>(.*?)</script', re.DOTALL | re.IGNORECASE)
_TITLE = re.compile(r'<title[^>]*>(.*?)</title', re.DOTALL | re.IGNORECASE)
_SAVED_FROM = re.compile(r'<!-- saved from url=\(\d+\)(\S+) -->')
_CHARSET = re.compile(rb'<meta[^>]*charset\s*=\s*["\']?([\w-]+)', re.IGNORECASE)
_POSTS = ('BlogPosting', 'Article', 'NewsArticle', 'Report')
# Where the words of a post stand, the surest first: (attribute, a word of its value).
_BODIES = (
    ('itemprop', 'articleBody'),
    ('data-hook', 'post-description'),
    ('class', 'entry-content'),
    ('class', 'post-content'),
    ('class', 'e-content'),
)
_AROUND = frozenset(['nav', 'header', 'footer', 'aside', 'form', 'script', 'style', 'button', 'h1'])


def files_in(folder: Path) -> list[Path]:
    found = [path for path in folder.rglob('*') if path.suffix.lower() in ENDINGS and not path.is_symlink()]
    # What a browser put beside a page are frames of it, and no pages.
    return sorted(path for path in found if not path.parent.name.endswith(('_files', '_Dateien')))


def posts(folder: Path, former: Former, zone: Any) -> Iterator[FormerPost]:
    for path in files_in(folder) if folder.is_dir() else [folder]:
        yield _post(path, _text_of(path), former, zone)


def _text_of(path: Path) -> str:
    if path.stat().st_size > MOST_BYTES:
        raise NotReadable(f'{path.name} is larger than {MOST_BYTES // 1_000_000} MB: no page of words is.')
    data = path.read_bytes()
    said = _CHARSET.search(data[:4000])
    try:
        return data.decode(said[1].decode() if said else 'utf-8', 'replace')
    except LookupError:
        return data.decode('utf-8', 'replace')


def _post(path: Path, source: str, former: Former, zone: Any) -> FormerPost:
    tree = read(source)
    said, ld = _said_in_head(tree), _linked_data(source)
    saved = _SAVED_FROM.search(source)
    address = next(filter(None, [said.get('canonical'), said.get('og:url'), saved and saved[1]]), '')
    former.site = former.site or host_of(address)
    when = said.get('article:published_time') or str(ld.get('datePublished') or '') or _first_time(tree)
    body = _body(tree)
    title = _TITLE.search(source)
    notes = [] if body is not tree else ['no sign of where its words begin and end: the whole page was taken']
    return FormerPost(
        site=former.site or 'saved pages',
        own_id=address or path.name,
        title=dates.plain(
            str(ld.get('headline') or '')
            or said.get('og:title')
            or _words_of(tree, 'h1')
            or (title[1] if title else '')
        ),
        standfirst=dates.plain(html.escape(str(ld.get('description') or said.get('og:description') or ''))),
        body=_written(body),
        names=[FormerName(name) for name in _authors(ld) or filter(None, [said.get('author', '')])],
        published_at=(dates.of_feed(when, zone) if when else None) or dates.of_address(address, zone),
        tags=_tags(ld, said),
        addresses=[address] if address else [],
        slug=unquote(urlsplit(address).path.rstrip('/').rpartition('/')[2]),
        lead=FormerPicture(said['og:image']) if said.get('og:image') else None,
        language=said.get('lang', ''),
        notes=notes,
    )


def _all(node: Element, is_wanted: Callable[[Element], bool]) -> Iterator[Element]:
    for child in node.children:
        if isinstance(child, Element):
            if is_wanted(child):
                yield child
            yield from _all(child, is_wanted)


def _said_in_head(tree: Element) -> dict[str, str]:
    said: dict[str, str] = {}
    for one in _all(tree, lambda node: node.tag in ('meta', 'link', 'html')):
        name = one.attrs.get('property') or one.attrs.get('name') or one.attrs.get('rel') or one.tag
        value = (
            one.attrs.get('lang') if one.tag == 'html' else one.attrs.get('content') or one.attrs.get('href')
        )
        key = 'lang' if one.tag == 'html' else name.lower()
        if key == 'article:tag' and key in said:
            said[key] += f'\n{value}'
        elif value:
            said.setdefault(key, value.strip())
    return said


def _linked_data(source: str) -> dict[str, Any]:
    for block in _LD.findall(source):
        try:
            found = json.loads(block)
        except ValueError:
            continue
        rows = (
            found
            if isinstance(found, list)
            else found.get('@graph', [found])
            if isinstance(found, dict)
            else []
        )
        for row in rows:
            if isinstance(row, dict) and row.get('@type') in _POSTS:
                return row
    return {}


def _authors(ld: dict[str, Any]) -> list[str]:
    given = ld.get('author') or []
    rows = given if isinstance(given, list) else [given]
    names = [str(row.get('name') or '') if isinstance(row, dict) else str(row) for row in rows]
    return [name for name in names if name]


def _tags(ld: dict[str, Any], said: dict[str, str]) -> list[str]:
    given = ld.get('keywords') or said.get('article:tag', '')
    names = given if isinstance(given, list) else re.split('[,\n]', str(given))
    return list(dict.fromkeys(filter(None, (dates.plain(str(name)) for name in names))))


def _first_time(tree: Element) -> str:
    return next(
        (one.attrs['datetime'] for one in _all(tree, lambda node: bool(node.attrs.get('datetime')))), ''
    )


def _words_of(tree: Element, tag: str) -> str:
    return next((one.text() for one in _all(tree, lambda node: node.tag == tag)), '')


def _body(tree: Element) -> Element:
    for attribute, value in _BODIES:
        found = list(_all(tree, lambda node, a=attribute, v=value: v in node.attrs.get(a, '').split()))  # type: ignore[misc]
        if found:
            return found[0]
    for tag in ('article', 'main'):
        found = list(_all(tree, lambda node, t=tag: node.tag == t))  # type: ignore[misc]
        if found:
            return max(found, key=lambda node: len(node.text()))
    return tree


def _written(node: Element) -> str:
    """As HTML again, without what stands around the words of a page."""
    written = []
    for child in node.children:
        if isinstance(child, str):
            written.append(html.escape(child, quote=False))
        elif child.tag not in _AROUND and not child.tag.startswith('title'):
            attributes = ''.join(f' {name}="{html.escape(value)}"' for name, value in child.attrs.items())
            end = '' if child.tag in VOID else f'</{child.tag}>'
            written.append(f'<{child.tag}{attributes}>{_written(child)}{end}')
    return ''.join(written)
