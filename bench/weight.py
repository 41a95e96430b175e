"""What a reader's telephone fetches for a page: `python -m bench.weight http://127.0.0.1:8000 /blog/a-post/ /`.

Of a site that runs. HTML as gzip at level 6, so that any two days can be compared, whole and beyond the page's own
words: title, standfirst, text, references, names and biographies, what its pictures show. Style and scripts likewise.
Pictures in the format and width that a telephone takes, of 412 × 2 pixels, those further down included. Ends with 1
where a page of a post is over what `AIMS` says.
"""

import gzip
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin
from urllib.request import Request, urlopen

WIDTH, DENSITY = 412, 2
AIMS = {'beyond': 3_000, 'style': 8_000, 'whole': 150_000}
# Elements whose words were written for the page, by name or by one of their classes.
OWN_WORDS = {'h1', 'figcaption', 'standfirst', 'by', 'prose', 'references', 'who', 'part', 'correction'}
EMPTY = {'img', 'br', 'hr', 'meta', 'link', 'input', 'source', 'wbr'}


@dataclass
class Page(HTMLParser):
    """What stands in a page, as far as it weighs."""

    own: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)
    _inside: list[bool] = field(default_factory=list)
    _picture: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or '' for name, value in attrs}
        if tag == 'link' and given.get('rel') == 'stylesheet':
            self.styles.append(given['href'])
        if tag == 'script' and given.get('src'):
            self.scripts.append(given['src'])
        if tag == 'source' and self._picture is None:
            self._picture = given['srcset'], given.get('sizes', '100vw')
        if tag == 'img':
            self.own.append(given.get('alt', ''))
            self.pictures.append(
                self._picture or (given.get('srcset') or given['src'], given.get('sizes', ''))
            )
            self._picture = None
        if tag not in EMPTY:
            is_own = tag in OWN_WORDS or not OWN_WORDS.isdisjoint(given.get('class', '').split())
            self._inside.append(is_own or (bool(self._inside) and self._inside[-1]))
        if self._inside and self._inside[-1]:
            self.own.append(self.get_starttag_text() or '')

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY and self._inside and self._inside.pop():
            self.own.append(f'</{tag}>')

    def handle_data(self, data: str) -> None:
        if self._inside and self._inside[-1]:
            self.own.append(data)


def main(base: str, *paths: str) -> int:
    over = False
    print('| page | HTML | beyond its words | CSS | scripts | pictures | in all |')
    print('|---|---|---|---|---|---|---|')
    for path in paths:
        figures = weighed(urljoin(base, path))
        is_post = 'beyond' in figures
        print(f'| {path} | ' + ' | '.join(f'{figures.get(name, 0):,}' for name in NAMES) + ' |')
        over |= is_post and any(figures[name] > most for name, most in AIMS.items())
    return int(over)


NAMES = ('html', 'beyond', 'style', 'scripts', 'pictures', 'whole')


def weighed(address: str) -> dict[str, int]:
    body = fetched(address)
    page = read(body.decode())
    figures = {'html': packed(body)}
    if 'og:type" content="article' in body.decode():
        figures['beyond'] = beyond(body.decode())
    figures['style'] = sum(packed(fetched(urljoin(address, one))) for one in page.styles)
    figures['scripts'] = sum(packed(fetched(urljoin(address, one))) for one in page.scripts)
    figures['pictures'] = sum(len(fetched(urljoin(address, one))) for one in {*chosen(page.pictures)})
    figures['whole'] = sum(figures[name] for name in ('html', 'style', 'scripts', 'pictures'))
    return figures


def read(html: str) -> Page:
    page = Page()
    page.feed(html)
    return page


def beyond(html: str) -> int:
    """What a page weighs beyond its own words."""
    return packed(html.encode()) - packed(' '.join(read(html).own).encode())


def chosen(pictures: list[tuple[str, str]]) -> Iterator[str]:
    """Of each picture the width that is large enough where it is shown."""
    for sources, sizes in pictures:
        shown = shown_at(sizes) * DENSITY
        widths = [one.split() for one in sources.split(',')]
        known = sorted((int(one[1][:-1]), one[0]) for one in widths if len(one) == 2)
        large = [name for width, name in known if width >= shown]
        yield large[0] if large else known[-1][1] if known else sources


def shown_at(sizes: str) -> float:
    """In CSS pixels: the first of its conditions that a telephone meets."""
    for one in sizes.split(','):
        least = re.match(r'\s*\(min-width: ?([\d.]+)(rem|px)\)\s*(.*)', one)
        if least and float(least[1]) * (16 if least[2] == 'rem' else 1) > WIDTH:
            continue
        value = re.match(r'([\d.]+)(vw|rem|px)', (least[3] if least else one).strip())
        if value:
            return float(value[1]) * {'vw': WIDTH / 100, 'rem': 16, 'px': 1}[value[2]]
    return WIDTH


def fetched(address: str) -> bytes:
    with urlopen(Request(address, headers={'Accept-Encoding': 'identity'})) as answer:  # noqa: S310 - one's own site
        return answer.read()


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
