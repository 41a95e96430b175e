"""Changes numbered, so that they can be gone through one by one: each an anchor that leads to the next and to the one
before, and a line of a list that says in words what it is."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from textwrap import shorten

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ukis.differences.blocks import INLINE

_MARK = re.compile(
    r'<(ins|del)><span class="sr">\[\w+: </span>(.*?)<span class="sr">\]</span></\1>', re.DOTALL
)
_TAG = re.compile(r'</?([a-z0-9]+)[^>]*>')
LONGEST_EXCERPT = 90
MOVED_AT_LEAST = 4  # words: fewer stand in two places by chance


@dataclass(eq=False)
class NumberedChange:
    number: int
    where: str
    gone: str = ''
    come: str = ''
    elsewhere: 'NumberedChange | None' = None  # where the same words went, or came from

    def add(self, kind: str, said: str) -> None:
        words = _plain(said)
        if kind == 'ins':
            self.come = f'{self.come} {words}'.strip()
        else:
            self.gone = f'{self.gone} {words}'.strip()

    @property
    def kind(self) -> str:
        if self.elsewhere and self.gone:
            return f'Moved from here, to change {self.elsewhere.number}'
        if self.elsewhere:
            return f'Moved here, from change {self.elsewhere.number}'
        if self.gone and self.come:
            return 'Replaced'
        return 'Removed' if self.gone else 'Added'

    @property
    def what(self) -> str:
        return f'{self.kind} ({self.where})'

    @property
    def excerpts(self) -> list[str]:
        return [
            shorten(said, LONGEST_EXCERPT, placeholder=' …') or said[:LONGEST_EXCERPT]
            for said in (self.gone, self.come)
            if said
        ]

    def anchor(self, total: int) -> SafeString:
        ways = [(self.number - 1, 'previous')] if self.number > 1 else []
        ways += [(self.number + 1, 'next')] if self.number < total else []
        links = format_html_join(', ', '<a href="#change-{}">{}</a>', ways)
        back = format_html('{}<a href="#changes">to the list</a>', ', ' if ways else '')
        return format_html(
            '<span class="change" id="change-{0}" lang="en-GB"><span class="sr">Change </span>{0}'
            '<span class="ways"> of {1}, {2}: {3}{4}</span></span> ',
            self.number,
            total,
            self.kind.lower(),
            links,
            back,
        )


class _Numbering:
    def __init__(self) -> None:
        self.moved: set[str] = set()
        self.changes: list[NumberedChange] = []

    def look_through(self, several: Iterable[str]) -> None:
        """Which blocks were moved: beside others that came or went, each is a change of its own."""
        gone, come = Counter[str](), Counter[str]()
        for marked in several:
            for _, kind, words in set(_blocks(marked).values()):
                (come if kind == 'ins' else gone)[words] += 1
        self.moved = {
            words
            for words in gone
            if gone[words] == come[words] == 1 and len(words.split()) >= MOVED_AT_LEAST
        }

    def part(self, where: str, marked: str) -> list[str | NumberedChange]:
        """The HTML in pieces, with each change standing before its first mark."""
        out: list[str | NumberedChange] = []
        at, last, link = 0, '', None
        blocks = _blocks(marked) if self.moved else {}
        before = ''
        for mark in _MARK.finditer(marked):
            between = marked[at : mark.start()]
            words = blocks[mark.start()][2] if blocks else ''
            apart = words != before and bool({words, before} & self.moved)
            if not last or apart or _parts(between, last == mark[1]):
                last = ''
            link = _after(out, between, link)
            if not last:
                self.changes.append(NumberedChange(len(self.changes) + 1, where))
                if link is None:
                    out.append(self.changes[-1])
                else:  # a link holds no other
                    out.insert(link, self.changes[-1])
                    link += 1
            self.changes[-1].add(mark[1], mark[2])
            out.append(mark[0])
            at, last, before = mark.end(), mark[1], words
        return [*out, marked[at:]]


def _blocks(marked: str) -> dict[int, tuple[int, str, str]]:
    """By where each mark begins: its block's number, its kind, and all words of that kind that are marked in there."""
    found: dict[int, list[tuple[int, str]]] = {}
    at, block, last = 0, 0, ''
    kinds: dict[int, str] = {}
    for mark in _MARK.finditer(marked):
        between = marked[at : mark.start()]
        block += mark[1] != last or any(tag[1] not in INLINE for tag in _TAG.finditer(between))
        kinds[block] = last = mark[1]
        found.setdefault(block, []).append((mark.start(), mark[2]))
        at = mark.end()
    out: dict[int, tuple[int, str, str]] = {}
    for block, marks in found.items():
        words = ' '.join(_plain(said) for _, said in marks)
        out |= {start: (block, kinds[block], ' '.join(words.split())) for start, _ in marks}
    return out


def _plain(said: str) -> str:
    return ' '.join(html.unescape(_TAG.sub(' ', said)).split())


def _parts(between: str, same_kind: bool) -> bool:
    """Whether what stands between two marks makes two changes of them."""
    if _TAG.sub('', between).strip():
        return True
    return not same_kind and any(tag[1] not in INLINE for tag in _TAG.finditer(between))


def _after(out: list[str | NumberedChange], between: str, link: int | None) -> int | None:
    """Appends it; where in `out` the link begins that is open after it, if one is."""
    opened, closed = between.rfind('<a '), between.rfind('</a>')
    if opened <= closed:
        out.append(between)
        return link if closed < 0 else None
    out += [between[:opened], between[opened:]]
    return len(out) - 1


def _find_moved(changes: list[NumberedChange]) -> None:
    gone = {one.gone: one for one in changes if not one.come and len(one.gone.split()) >= MOVED_AT_LEAST}
    for one in changes:
        if not one.gone and (before := gone.pop(one.come, None)):
            one.elsewhere, before.elsewhere = before, one


def numbered(parts: Mapping[str, tuple[str, str]]) -> tuple[dict[str, SafeString], list[NumberedChange]]:
    """`parts`: by a name, what a reader calls it and its marked HTML, in the order in which they stand on the page."""
    numbering = _Numbering()
    numbering.look_through(marked for _, marked in parts.values())
    pieces = {name: numbering.part(where, marked) for name, (where, marked) in parts.items()}
    total = len(numbering.changes)
    _find_moved(numbering.changes)
    done = {
        name: mark_safe(''.join(one if isinstance(one, str) else one.anchor(total) for one in found))  # noqa: S308  # what was marked, and anchors escaped
        for name, found in pieces.items()
    }
    return done, numbering.changes
