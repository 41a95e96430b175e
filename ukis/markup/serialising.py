"""Blocks as HTML: one way of writing for one meaning, so that what did not change compares as unchanged."""

import html
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from .block import Block
from .links import is_outside
from .parsing import HEADINGS
from .runs import Link, Marks, Run, merged
from .telling import Told

if TYPE_CHECKING:
    from nh3 import Cleaner

REL = 'noopener nofollow ugc'
_ORDER = ('strong', 'em', 'sup', 'sub', 'code')
_WORDS = HEADINGS | {'p', 'figcaption'}


# The last word on what is safe. `write` writes nothing else; this holds even if it should one day.
@cache
def _cleaner() -> 'Cleaner':
    import nh3  # a megabyte and a half for who saves words, not for who reads them

    return nh3.Cleaner(
        tags={
            'p',
            'h2',
            'h3',
            'h4',
            'ul',
            'ol',
            'li',
            'blockquote',
            'strong',
            'em',
            'sub',
            'sup',
            'code',
            'pre',
            'a',
            'br',
            'hr',
        }
        | {'table', 'thead', 'tbody', 'tr', 'th', 'td', 'figure', 'figcaption', 'img'},
        attributes={
            'a': {'href', 'id', 'rel'},
            'p': {'id'},
            'li': {'id'},
            'ol': {'start', 'type'},
            'th': {'scope', 'colspan', 'rowspan'},
            'td': {'colspan', 'rowspan'},
            'img': {'src', 'alt', 'width', 'height', 'data-decorative'},
        },
        attribute_filter=lambda tag, name, value: (
            None
            if (tag == 'img' and name == 'src' and not value.startswith('/media/')) or value.startswith('//')
            else value
        ),
        url_schemes={'http', 'https', 'mailto', 'tel'},
        link_rel=None,
    )


def write(blocks: list[Block], told: Told, *, fragment: bool = False) -> str:
    """`fragment`: the notes that it refers to may stand in the text into which it is put."""
    _settle_notes(blocks, told, fragment)
    return '\n'.join(_block(block) for block in blocks)


def sanitise(written: str) -> str:
    return _cleaner().clean(written)


def _block(block: Block) -> str:
    attrs = ''.join(f' {name}="{html.escape(value)}"' for name, value in block.attrs.items())
    if block.tag in ('img', 'hr'):
        return f'<{block.tag}{attrs}>'
    if block.tag == 'pre':
        return f'<pre><code>{html.escape(block.runs[0].text, quote=False)}</code></pre>'
    if block.tag in _WORDS:
        return f'<{block.tag}{attrs}>{_words(block.runs)}</{block.tag}>'
    return f'<{block.tag}{attrs}>{"".join(_inside(block))}</{block.tag}>'


def _inside(block: Block) -> Iterator[str]:
    """What it holds. The only paragraph of a cell or an item (lists may follow it) stands without its tag."""
    children = block.children
    if block.tag in ('li', 'td', 'th') and children and children[0].tag == 'p' and not children[0].attrs:
        rest = {child.tag for child in children[1:]}
        if not rest or (block.tag == 'li' and rest <= {'ul', 'ol'}):
            yield _words(children[0].runs)
            children = children[1:]
    for child in children:
        yield _block(child)


def _words(runs: list[Run]) -> str:
    written: list[str] = []
    open_tags: list[tuple[str, str]] = []  # (start tag, end tag)
    for run in [*runs, Run('')]:
        wanted = _tags(run)
        same = 0
        while same < min(len(open_tags), len(wanted)) and open_tags[same] == wanted[same]:
            same += 1
        written += [end for _, end in reversed(open_tags[same:])]
        written += [start for start, _ in wanted[same:]]
        open_tags = wanted
        written.append('<br>' if run.text == '\n' else html.escape(run.text, quote=False))
    return ''.join(written)


def _tags(run: Run) -> list[tuple[str, str]]:
    tags = [(f'<a{_link_attrs(mark)}>', '</a>') for mark in run.marks if isinstance(mark, Link)]
    return tags + [(f'<{name}>', f'</{name}>') for name in _ORDER if name in run.marks]


def _link_attrs(link: Link) -> str:
    attrs = {'href': link.href, 'id': link.id, 'rel': REL if is_outside(link.href) else ''}
    return ''.join(f' {name}="{html.escape(value)}"' for name, value in attrs.items() if value)


def _settle_notes(blocks: list[Block], told: Told, fragment: bool) -> None:
    """Each id once, and no link to a footnote that is not there."""
    everything = list(_all(blocks))
    ids = {block.attrs['id'] for block in everything if 'id' in block.attrs}
    ids |= {
        mark.id for block in everything for run in block.runs for mark in run.marks if isinstance(mark, Link)
    }
    given: set[str] = set()
    for block in everything:
        if 'id' in block.attrs and not _first(block.attrs['id'], given):
            del block.attrs['id']
        settled: dict[Link, Link] = {}
        runs: list[Run] = []
        before: Marks = frozenset()
        for run in block.runs:
            marks = run.marks
            for mark in [mark for mark in marks if isinstance(mark, Link)]:
                if mark not in settled:
                    lost = mark.href.startswith('#') and mark.href[1:] not in ids and not fragment
                    told.add('note link', lost)
                    href = '' if lost else mark.href
                    settled[mark] = Link(href, mark.id if mark.id and _first(mark.id, given) else '')
                elif mark not in before:
                    settled[mark] = Link(settled[mark].href, '')
                link = settled[mark]
                marks = (marks - {mark}) | ({link} if link.href or link.id else set())
            before = run.marks
            runs.append(Run(run.text, marks))
        block.runs = merged(runs)


def _first(name: str, given: set[str]) -> bool:
    if name in given:
        return False
    given.add(name)
    return True


def _all(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from _all(block.children)
