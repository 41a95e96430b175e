"""One page as a file: its links lead to files, and what needs a server is left out."""

from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

_WITHOUT_END = frozenset(
    ['link', 'meta', 'img', 'source', 'input', 'br', 'hr', 'wbr', 'area', 'base', 'embed', 'track']
)
_ADDRESSES = ('href', 'src', 'poster')
# Gives the way to what stands at an address, '' where that is not copied, None where it is of another site.
type Way = Callable[[str], str | None]


class Links(HTMLParser):
    """The addresses in a page, of pages and of files."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and name in _ADDRESSES and not (tag == 'link' and dict(attrs).get('rel') == 'canonical'):
                self.found.append(value)
            elif value and name == 'srcset':
                self.found += [part.split()[0] for part in value.split(',') if part.split()]


class Rewritten(HTMLParser):
    """`html`, after feeding. Scripts go, for every page works without them; so do forms."""

    def __init__(self, source: str, way: Way) -> None:
        super().__init__(convert_charrefs=False)
        self.way = way
        self.written: list[str] = []
        self.left_out: list[str] = []  # the open elements that are, and what stands in them
        self.links: list[bool] = []  # of each open link, whether it is one still
        self.feed(source)
        self.close()

    @property
    def html(self) -> str:
        return ''.join(self.written)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_data = tag == 'script' and given.get('type') == 'application/ld+json'
        if self.left_out or tag == 'form' or (tag == 'script' and not is_data):
            if tag not in _WITHOUT_END:
                self.left_out.append(tag)
            if name := given.get('id'):  # links lead there
                self.written.append(f'<span id="{escape(name)}"></span>')
            return
        is_canonical = tag == 'link' and given.get('rel') == 'canonical'
        kept: list[tuple[str, str | None]] = []
        for name, value in attrs:
            if not value or is_canonical or name not in (*_ADDRESSES, 'srcset'):
                kept.append((name, value))
            elif name == 'srcset':
                kept.append((name, self._set(value)))
            elif (found := self.way(value)) != '':
                kept.append((name, value if found is None else found))
        if tag == 'link' and 'href' in given and 'href' not in dict(kept):
            return
        if tag == 'a':
            self.links.append('href' not in given or 'href' in dict(kept))
            if not self.links[-1]:
                self.written.append('<span>')
                return
        self.written.append(f'<{tag}{"".join(map(_attribute, kept))}>')

    def _set(self, value: str) -> str:
        parts = (part.strip().partition(' ') for part in value.split(','))
        ways = ((self.way(address), address, blank, size) for address, blank, size in parts)
        return ', '.join(
            f'{address if way is None else way}{blank}{size}' for way, address, blank, size in ways
        )

    def handle_endtag(self, tag: str) -> None:
        if self.left_out:
            if tag in self.left_out:
                while self.left_out.pop() != tag:
                    pass
            return
        is_link = tag != 'a' or not self.links or self.links.pop()
        self.written.append(f'</{tag}>' if is_link else '</span>')

    def _as_it_stands(self, text: str) -> None:
        if not self.left_out:
            self.written.append(text)

    def handle_data(self, data: str) -> None:
        self._as_it_stands(data)

    def handle_entityref(self, name: str) -> None:
        self._as_it_stands(f'&{name};')

    def handle_charref(self, name: str) -> None:
        self._as_it_stands(f'&#{name};')

    def handle_decl(self, decl: str) -> None:
        self._as_it_stands(f'<!{decl}>')


def _attribute(one: tuple[str, str | None]) -> str:
    name, value = one
    return f' {name}' if value is None else f' {name}="{escape(value)}"'


def leading_to(way: str, title: str) -> str:
    """A page of which nothing is seen but where it leads."""
    href, words = escape(way), escape(title)
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{words}</title>\n'
        f'<meta http-equiv="refresh" content="0; url={href}"><meta name="robots" content="noindex">\n'
        f'</head><body><p>This page is now at <a href="{href}">{words}</a>.</p></body></html>\n'
    )
