"""What was cleaned and kept, as it is shown: on a page, in a feed, as plain words."""

import html
import re
from collections.abc import Sequence
from textwrap import shorten
from urllib.parse import urljoin

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe

from ukis.fetched import Rows
from ukis.pagecache import only_now
from ukis.pictures.models import Picture
from ukis.pictures.rendering import picture_html
from ukis.prepared import prepared

from .embedded import LEFT_OUT
from .notes_shown import named_apart
from .telling import word_count

# Stored HTML is written by `writing` alone, so it may be read by pattern here.
_IMG = re.compile(r'<img ([^>]*)>')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_HASH = re.compile(r'/media/pictures/[^"]*?([0-9a-f]{64})')
_ADDRESS = re.compile(r'(<(?:a|img|source) [^>]*?\b(?:href|src)=")([^"]*)"')
_SRCSET = re.compile(r'(<(?:img|source) [^>]*?\bsrcset=")([^"]*)"')
_BREAKS = (
    (re.compile(r'<br>|</li>|</tr>'), '\n'),
    (re.compile(r'</t[dh]>'), '\t'),
    (re.compile(r'</?(?:p|h[2-4]|ul|ol|table|blockquote|figure|figcaption|pre)(?: [^>]*)?>|<hr>'), '\n\n'),
)
_HEADING = re.compile(r'(</?h)([2-4])>')
_TABLE = re.compile(r'<table>(?:<thead>|<tbody>)<tr>(.*?)</tr>')
_CELL = re.compile(r'</t[dh]>')
_TAG = re.compile(r'<[^>]*>')
_TOP_TAGS = re.compile(r'<(/?)(p|h2|h3|h4|ul|ol|blockquote|table|figure|pre)(?: [^>]*)?>|<hr>')
_LEFT_OUT = re.compile(rf'\[{LEFT_OUT}(?:\]|: )')
LONGEST_NAME = 100  # of a table, as it is said
BODY_SIZES = '(min-width: 46rem) 42rem, 100vw'


def to_text(stored: str) -> str:
    """The words of stored HTML: empty lines between blocks, items and rows each on a line. No alt texts."""
    text = stored.replace('\n', ' ') if '<pre>' not in stored else stored
    for pattern, written in _BREAKS:
        text = pattern.sub(written, text)
    lines = [line.strip() for line in html.unescape(_TAG.sub('', text)).split('\n')]
    return re.sub(r'\n{3,}', '\n\n', '\n'.join(lines)).strip()


def count_words(stored: str) -> int:
    """Words as a word processor counts them: between spaces, with at least one letter or digit."""
    return word_count(to_text(stored))


def blocks(stored: str) -> list[str]:
    """Stored HTML cut into its outermost blocks, each as HTML."""
    found: list[str] = []
    depth = start = 0
    for tag in _TOP_TAGS.finditer(stored):
        if not depth and not tag[1]:
            start = tag.start()
        if tag[2]:
            depth += -1 if tag[1] else 1
        if not depth:
            found.append(stored[start : tag.end()])
    return found


def picture_hashes(stored: str) -> list[str]:
    """The hashes of the pictures in it, each once, in their order."""
    return list(dict.fromkeys(_HASH.findall(stored)))


def undescribed_pictures(stored: str) -> int:
    """How many pictures have neither a description nor the word 'decorative'."""
    tags = [dict(_ATTRIBUTE.findall(tag)) for tag in _IMG.findall(stored)]
    return sum(1 for attrs in tags if not attrs.get('alt') and 'data-decorative' not in attrs)


def pictures_left_out(stored: str) -> int:
    """How many places there are that wait for a picture which could not be taken."""
    return len(_LEFT_OUT.findall(to_text(stored)))


def pictures_in(*stored: str) -> Rows[Picture]:
    """The pictures that stand in these words, for `render`."""
    wanted = {found for words in stored if words and '<img ' in words for found in picture_hashes(words)}
    known = _pictures(hashes=tuple(sorted(wanted)))
    if len(known) < len(wanted):
        only_now()  # nobody tells of a picture that is new
    return known


@prepared()
def _pictures(*, hashes: tuple[str, ...]) -> QuerySet[Picture]:
    return Picture.objects.filter(hash__in=hashes)


def render(
    stored: str, *, from_level: int = 2, pictures: Sequence[Picture] | None = None, part: str = ''
) -> SafeString:
    """Stored HTML for a page: pictures in their sizes, tables that scroll. `part`: see `named_apart`.

    Its headings begin at `from_level`, below the page's own. One query for all pictures, unless they are given.
    """
    shown = named_apart(stored, part)
    if from_level != 2:
        shown = _HEADING.sub(lambda tag: f'{tag[1]}{min(int(tag[2]) + from_level - 2, 6)}>', shown)
    if '<img ' in shown:
        shown = _with_pictures(shown, pictures_in(shown) if pictures is None else pictures)
    if '<table>' in shown:
        shown = _with_scrolling_tables(shown)
    return mark_safe(shown)  # noqa: S308 - written by `writing`


def absolute(stored: str, base_url: str) -> str:
    """Stored or rendered HTML with whole addresses, for feeds. `base_url`: that of the page it stands on."""
    shown = _IMG.sub(lambda tag: f'<img {_in_store(tag[1])}>', stored.replace(' data-decorative=""', ''))
    shown = _ADDRESS.sub(lambda tag: f'{tag[1]}{_whole(tag[2], base_url)}"', shown)
    return _SRCSET.sub(lambda tag: f'{tag[1]}{_whole_set(tag[2], base_url)}"', shown)


def _whole(address: str, base_url: str) -> str:
    return html.escape(urljoin(base_url, html.unescape(address)))


def _whole_set(addresses: str, base_url: str) -> str:
    parts = (part.strip().split(' ', 1) for part in addresses.split(','))
    return ', '.join(' '.join([_whole(part[0], base_url), *part[1:]]) for part in parts)


def _in_store(attributes: str) -> str:
    """The attributes of an img with the address at which the store serves it: /media/… is only its name."""
    return re.sub(
        r'\bsrc="/media/([^"]*)"',
        lambda name: f'src="{html.escape(default_storage.url(html.unescape(name[1])))}"',
        attributes,
    )


def _with_pictures(stored: str, pictures: Sequence[Picture]) -> str:
    known = {picture.hash: picture for picture in pictures}

    def shown(tag: re.Match[str]) -> str:
        attrs = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(tag[1])}
        found = _HASH.match(attrs['src'])
        if found and (picture := known.get(found[1])):
            return picture_html(picture, alt=attrs.get('alt', ''), sizes=BODY_SIZES)
        plain = _in_store(tag[1]).replace(' data-decorative=""', '')
        return f'<img {plain} loading="lazy" decoding="async">'

    return _IMG.sub(shown, stored)


def _with_scrolling_tables(stored: str) -> str:
    """Each in a region that scrolls by itself and can be reached by keyboard, under a name of its own."""

    def opened(table: re.Match[str]) -> str:
        cells = (html.unescape(_TAG.sub(' ', cell)).split() for cell in _CELL.split(table[1]))
        name = ', '.join(' '.join(words) for words in cells if words)
        label = f'Table: {shorten(name, LONGEST_NAME, placeholder="…")}' if name else 'Table'
        region = f'<div class="scroll" role="region" tabindex="0" aria-label="{html.escape(label)}">'
        return region + table[0]

    return _TABLE.sub(opened, stored).replace('</table>', '</table></div>')
