"""What stands in a page and is no words: emoji sent as pictures, pictures that are refused, videos and other pages."""

import re
from urllib.parse import parse_qs, urlsplit

from .links import is_outside, safe_href
from .parsing import Element
from .runs import SPACE

EMBEDDED = {
    'iframe': 'Embedded page', 'embed': 'Embedded page', 'object': 'Embedded page', 'video': 'Video', 'audio': 'Sound',
}  # fmt: skip
PICTURE = re.compile(r'/media/[A-Za-z0-9][A-Za-z0-9_-]*(?:[./][A-Za-z0-9_-]+)*')
MAX_ALT = 500
LEFT_OUT = 'Picture left out'

_EMOJI = re.compile(
    '(?=.*[^\x00-\x7f])'
    '[0-9#*\xa9\xae\u200d\u203c\u2049\u20e3\u2100-\u2bff\u3030\u303d\u3297\u3299\ufe0e\ufe0f'
    '\U0001f000-\U0001faff\U000e0020-\U000e007f]{1,40}'
)
_SMILEY = re.compile(r'(^|\s)(wp-smiley|emoji)(\s|$)')
_VIDEO_HOSTS = ('youtube.com', 'youtube-nocookie.com', 'vimeo.com', 'dailymotion.com')
_GENERIC = ('youtube video player', 'video player', 'embedded content', 'vimeo')


def emoji(image: Element) -> str:
    """The characters that this picture stands for; '' where it is a picture."""
    for name in ('data-emoji', 'alt'):
        text = image.attrs.get(name, '').strip()
        if _EMOJI.fullmatch(text):
            return text
    smiley = _SMILEY.search(image.attrs.get('class', ''))
    return text if smiley and len(text) <= 20 else ''


def is_ours(image: Element) -> bool:
    return bool(PICTURE.fullmatch(image.attrs.get('src', '')))


def alt_of(image: Element) -> str:
    return SPACE.sub(' ', image.attrs.get('alt', '')).strip()


def kind_of_refused(image: Element) -> str:
    src = image.attrs.get('src', '')
    local = not src or src.startswith(('data:', 'file:', 'blob:', 'cid:', 'webkit-fake-url:'))
    return 'local picture' if local else 'foreign picture'


def place(image: Element) -> str:
    """What stands where a refused picture stood, so that it can be put in again. '' of one that nobody could see."""
    if all(image.attrs.get(side, '').strip() in ('0', '1') for side in ('width', 'height')):
        return ''
    alt = alt_of(image)[:MAX_ALT]
    return f' [{LEFT_OUT}: {alt}] ' if alt else f' [{LEFT_OUT}] '


def as_link(node: Element) -> tuple[str, str]:
    """(words, address) of the link that an embedded thing becomes; ('', '') where it has no address."""
    source = _source(node)
    source = f'https:{source}' if source.startswith('//') else source
    address = _page_of(safe_href(source)) if is_outside(source) else ''
    if not address:
        return '', ''
    host = urlsplit(address).hostname or ''
    is_video = any(host == known or host.endswith(f'.{known}') for known in _VIDEO_HOSTS)
    title = SPACE.sub(' ', node.attrs.get('title', '')).strip()
    name = title if title and title.lower() not in _GENERIC else host.removeprefix('www.')
    return f'{"Video" if is_video else EMBEDDED[node.tag]}: {name}', address


def _source(node: Element) -> str:
    for name in ('src', 'data', 'data-src'):
        if source := node.attrs.get(name, '').strip():
            return source
    inner = (
        child for child in node.children if isinstance(child, Element) and child.tag in ('source', 'embed')
    )
    return next((child.attrs['src'].strip() for child in inner if child.attrs.get('src')), '')


def _page_of(address: str) -> str:
    """Of a player the page of the video, which people can open."""
    parts = urlsplit(address)
    host, path = parts.hostname or '', parts.path.split('/')
    if (
        host.removeprefix('www.') in ('youtube.com', 'youtube-nocookie.com')
        and path[1:2] == ['embed']
        and path[2:]
    ):
        playlist = parse_qs(parts.query).get('list', [''])[0]
        if path[2] == 'videoseries' and re.fullmatch(r'[\w-]+', playlist):
            return f'https://www.youtube.com/playlist?list={playlist}'
        return f'https://www.youtube.com/watch?v={path[2]}'
    if host == 'player.vimeo.com' and path[1:2] == ['video'] and path[2:]:
        return f'https://vimeo.com/{path[2]}'
    return address
