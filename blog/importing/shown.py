"""Text as WordPress keeps it, made into what its readers saw: paragraphs, and what stands in square brackets."""

import html
import re
from collections import Counter
from collections.abc import Mapping

from blog.importing.records import FormerPicture

UNKNOWN = 'shortcode [{}] left out, its words kept'

_BLOCK_COMMENT = re.compile(r'<!--\s*/?wp:.*?-->', re.DOTALL)
_MORE = re.compile(r'<!--\s*(?:more|nextpage|noteaser).*?-->', re.DOTALL)
_COMMENT = re.compile(r'<!--.*?-->', re.DOTALL)
_VERBATIM = re.compile(r'<(pre|code|script|style|textarea)\b.*?</\1\s*>', re.DOTALL | re.IGNORECASE)
_KEPT = re.compile('\ue000(\\d+)\ue001')
_BLOCK = (
    'table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote|'
    'address|p|h[1-6]|hr|fieldset|legend|section|article|aside|header|footer|nav|figure|figcaption|details|'
    'menu|summary|iframe|video|audio|object'
)
_BEFORE = re.compile(rf'(<(?:{_BLOCK})(?=[\s/>]))', re.IGNORECASE)
_AFTER = re.compile(rf'(</(?:{_BLOCK})\s*>|<hr[^>]*>)', re.IGNORECASE)
_IS_BLOCK = re.compile(rf'\s*</?(?:{_BLOCK})(?=[\s/>])', re.IGNORECASE)
_ADDRESS_ALONE = re.compile(r'(?m)^[ \t]*(https?://[^\s<>"\[\]]+)[ \t]*$')
_ADDRESS_IN_PARAGRAPH = re.compile(r'<p[^>]*>\s*(https?://[^\s<>"]+)\s*</p>', re.IGNORECASE)
_NAME = r'[A-Za-z][A-Za-z0-9_-]*'
_ATTRIBUTES = r'(?:\s+(?:[\w-]+\s*=\s*(?:"[^"]*"|\'[^\']*\'|“[^”]*”|[^\s"\'\]]+)|"[^"]*"|[^\s=\]"\']+))*'
_CODE = re.compile(rf'(\[?)\[(/?)({_NAME})({_ATTRIBUTES})\s*(/?)\](\]?)')
_ATTRIBUTE = re.compile(r'([\w-]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\'|“([^”]*)”|([^\s"\'\]]+))')
_IMAGE = re.compile(r'^\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)$', re.DOTALL | re.IGNORECASE)
# What stands for itself and brings nothing with an equals sign.
_KNOWN = frozenset(
    [
        'gallery',
        'embed',
        'caption',
        'audio',
        'video',
        'playlist',
        'wp_caption',
        'contact-form',
        'toc',
        'youtube',
    ]
)


def as_shown(
    written: str, own: Mapping[str, FormerPicture], pictures: Mapping[str, FormerPicture]
) -> tuple[str, Counter[str]]:
    """HTML, and what of it was left out by kind. `own`: the pictures that belong to this text."""
    told: Counter[str] = Counter()
    is_of_blocks = '<!-- wp:' in written
    text = _BLOCK_COMMENT.sub('', written)
    text = _COMMENT.sub('', _MORE.sub('\n\n', text))
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f'\ue000{len(kept) - 1}\ue001'

    text = _VERBATIM.sub(keep, text.replace('\r\n', '\n').replace('\r', '\n'))
    text = _ADDRESS_ALONE.sub(_embedded, text)
    text = _Codes(own, pictures, told).shown(text)
    if is_of_blocks:
        text = _ADDRESS_IN_PARAGRAPH.sub(_embedded, text)
    else:
        text = paragraphs(text, verbatim=kept)
    return _KEPT.sub(lambda found: kept[int(found[1])] if int(found[1]) < len(kept) else '', text), told


def paragraphs(text: str, verbatim: list[str] | None = None) -> str:
    """Blank lines part paragraphs, single ones break lines; not inside of what is a block by itself."""
    text = _AFTER.sub(r'\1\n\n', _BEFORE.sub(r'\n\n\1', text))
    for number, piece in enumerate(verbatim or []):
        if not piece.lower().startswith('<code'):
            text = text.replace(f'\ue000{number}\ue001', f'\n\n\ue000{number}\ue001\n\n')
    written = []
    depth = 0  # inside a <p> that stands there already
    for piece in re.split(r'\n\s*\n', text):
        piece = piece.strip()
        if not piece:
            continue
        is_block = bool(_IS_BLOCK.match(piece)) or bool(
            _KEPT.fullmatch(piece) and _stands_alone(piece, verbatim)
        )
        if is_block or depth:
            written.append(_broken(piece) if '<p' in piece.lower() or depth else piece)
        else:
            written.append(f'<p>{_broken(piece)}</p>')
        depth = max(depth + len(re.findall(r'<p[\s>]', piece, re.IGNORECASE)) - piece.lower().count('</p'), 0)
    return '\n'.join(written)


def _stands_alone(piece: str, verbatim: list[str] | None) -> bool:
    found = _KEPT.fullmatch(piece)
    return bool(found and verbatim and not verbatim[int(found[1])].lower().startswith('<code'))


def _broken(piece: str) -> str:
    return re.sub(r'[ \t]*(?<!<br>)(?<!<br/>)(?<!<br />)\n', '<br>\n', piece)


def _embedded(found: re.Match[str]) -> str:
    """An address on a line of its own is shown as what is there."""
    return f'\n\n<iframe src="{html.escape(html.unescape(found[1]))}"></iframe>\n\n'


class _Codes:
    """Shortcodes. Those we know become what they mean; of others the words within stay, and they are told."""

    def __init__(
        self, own: Mapping[str, FormerPicture], pictures: Mapping[str, FormerPicture], told: Counter[str]
    ) -> None:
        self.own, self.pictures, self.told = own, pictures, told

    def shown(self, text: str) -> str:
        found = list(_CODE.finditer(text)) if '[' in text else []
        closed = {code[3].lower() for code in found if code[2]}
        written: list[str] = []
        at = 0
        for code in found:
            if code.start() < at:
                continue
            name, attributes = code[3].lower(), code[4]
            if code[1] and code[6]:
                written += [
                    text[at : code.start()],
                    code[0][1:-1],
                ]  # written so that it is shown as it stands
                at = code.end()
                continue
            if not _is_code(
                name, attributes, name in closed, code.end() < len(text) and text[code.end()] == '('
            ):
                continue
            start, end = code.start() + len(code[1]), code.end() - len(code[6])
            inner, behind = self._inside(text, name, end) if name in closed and not code[2] else ('', end)
            written += [text[at:start], self._meaning(name, _values(attributes), inner)]
            at = behind
        return ''.join(written) + text[at:]

    def _inside(self, text: str, name: str, start: int) -> tuple[str, int]:
        end = re.compile(rf'\[/{re.escape(name)}\s*\]', re.IGNORECASE).search(text, start)
        return (text[start : end.start()], end.end()) if end else ('', start)

    def _meaning(self, name: str, values: Mapping[str, str], inner: str) -> str:
        if name in ('caption', 'wp_caption'):
            return self._caption(values, inner)
        if name == 'gallery':
            return self._gallery(values)
        if name in ('embed', 'youtube', 'vimeo'):
            address = (values.get('src') or values.get('url') or inner or values.get('', '')).strip()
            return f'\n\n<iframe src="{html.escape(html.unescape(address))}"></iframe>\n\n' if address else ''
        if name in ('audio', 'video') and (
            address := next(
                (one for key, one in values.items() if one.startswith('http') and key != 'poster'), ''
            )
        ):
            return f'\n\n<{name} src="{html.escape(html.unescape(address))}"></{name}>\n\n'
        self.told[UNKNOWN.format(name)] += 1
        return self.shown(inner)

    def _caption(self, values: Mapping[str, str], inner: str) -> str:
        found = _IMAGE.match(inner)
        if not found:
            return self.shown(inner)
        words = found[2].strip() or html.escape(values.get('caption', ''))
        return f'\n\n<figure>{found[1]}<figcaption>{self.shown(words)}</figcaption></figure>\n\n'

    def _gallery(self, values: Mapping[str, str]) -> str:
        wanted = re.findall(r'\d+', values.get('ids', '') or values.get('include', ''))
        shown = (
            [self.pictures[one] for one in wanted if one in self.pictures] if wanted else self.own.values()
        )
        missing = [one for one in wanted if one not in self.pictures]
        if missing or not shown:
            self.told['picture of a [gallery] that is not in the file'] += len(missing) or 1
        return '\n\n'.join(['', *map(figure, shown), ''])


def figure(picture: FormerPicture) -> str:
    caption = f'<figcaption>{html.escape(picture.caption)}</figcaption>' if picture.caption else ''
    return f'<figure><img src="{html.escape(picture.address)}" alt="{html.escape(picture.alt)}">{caption}</figure>'


def _is_code(name: str, attributes: str, is_paired: bool, is_link: bool) -> bool:
    """Not every word in brackets is one: '[sic]', '[see Annex]'."""
    if is_link:
        return False
    return name in _KNOWN or is_paired or '=' in attributes or '_' in name or '-' in name


def _values(attributes: str) -> dict[str, str]:
    found = {one[0].lower(): next(filter(None, one[1:]), '') for one in _ATTRIBUTE.findall(attributes)}
    rest = _ATTRIBUTE.sub('', attributes).strip().strip('"\'')
    return found | ({'': rest} if rest else {})
