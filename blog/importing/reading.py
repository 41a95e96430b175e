"""The parts of a feed or an export, one after the other, each forgotten once it was looked at."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError  # noqa: S405  # parsed by defusedxml below

from defusedxml.ElementTree import iterparse

from blog.importing.records import NotReadable
from blog.importing.repairing import Repairing
from ukis.lines import one_line

_SHORT = {
    'http://purl.org/rss/1.0/modules/content/': 'content',
    'http://purl.org/dc/elements/1.1/': 'dc',
    'http://www.w3.org/2005/Atom': 'atom',
    'http://purl.org/atom/ns#': 'atom',
    'http://search.yahoo.com/mrss/': 'media',
    'http://www.w3.org/1999/xhtml': 'xhtml',
    'http://www.w3.org/XML/1998/namespace': 'xml',
    'http://purl.org/rss/1.0/': '',
    'urn:uuid:5d1f2c3e-8a47-4b7e-9d0c-6f3a1b2e4c58': 'ukis',  # what our own export says
}


class FeedPart(NamedTuple):
    """What stands straight inside the feed; `container`: the tag of what it stands in."""

    tag: str
    element: Element
    container: str


def short(tag: str) -> str:
    """`{http://wordpress.org/export/1.2/}post_id` as `wp:post_id`, whatever version of it."""
    namespace, brace, name = tag.removeprefix('{').rpartition('}')
    if not brace:
        return tag
    if namespace.startswith('http://wordpress.org/export/'):
        prefix = 'excerpt' if namespace.endswith('/excerpt/') else 'wp'
    else:
        prefix = _SHORT.get(namespace, '?')
    return f'{prefix}:{name}' if prefix else name


@contextmanager
def opened(path: Path) -> Iterator[Repairing]:
    source = Repairing(path)
    try:
        yield source
    finally:
        source.close()


def parts(source: Repairing, seen: Callable[[float], None] | None = None) -> Iterator[FeedPart]:
    """NotReadable where it is no XML, or no longer: what came before was given by then. Comments of a post, which may
    be many, come as empty elements."""
    stack: list[Element] = []
    try:
        for event, element in iterparse(source, events=('start', 'end'), forbid_dtd=True):
            if event != 'end':
                stack.append(element)
                continue
            stack.pop()
            inside = [short(one.tag) for one in stack]
            if not inside or short(element.tag) == 'channel':
                continue
            if inside[-1] in ('item', 'atom:entry') and short(element.tag) == 'wp:comment':
                kind = element.findtext(element.tag.replace('}comment', '}comment_type')) or ''
                element.clear()
                element.set('kind', kind)
            if len(inside) == 1 or inside[-1] == 'channel':
                yield FeedPart(short(element.tag), element, inside[-1])
                element.clear()
                stack[-1].clear()
                if seen:
                    seen(source.part_read)
    except ParseError as error:
        line, column = error.position
        raise NotReadable(
            f'{source.path.name} is not read beyond line {line:,}, column {column:,}: it ends there, or is no XML.'
        ) from error


def words_of(element: Element, tag: str) -> str:
    """Of its first child of that tag, as it lies there."""
    found = next((child for child in element if short(child.tag) == tag), None)
    return (found.text or '') if found is not None else ''


def line_of(element: Element, tag: str) -> str:
    return one_line(words_of(element, tag))


def children_of(element: Element, tag: str) -> list[Element]:
    return [child for child in element if short(child.tag) == tag]
