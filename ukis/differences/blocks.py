"""Blocks compared: paired first, and words inside each pair, so that the result keeps the new text's structure."""

import html
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

from ukis.differences.comparing import Budget, common
from ukis.differences.marking import come, gone, split, words

VOID = {'img', 'br', 'hr', 'col', 'source'}
INLINE = {'a', 'strong', 'em', 'sub', 'sup', 'code', 'cite', 'br', 'b', 'i', 'span', 'img'}
ONCE = {'figcaption', 'caption', 'thead', 'tbody'}  # a second one in the same place would not be valid
AHEAD = 40  # how far on a paragraph's earlier self is looked for
AHEAD_AT_LEAST = 4  # for what must not stand there twice
ALIKE = 0.4  # so much of the words in both
LOOK = 16  # steps that a look at a paragraph costs beside its words


@dataclass
class Node:
    tag: str
    start: str
    children: list = field(default_factory=list)

    @property
    def is_leaf(self) -> bool:
        """Whether it holds words and inline tags only."""
        return not any(isinstance(child, Node) and child.tag not in INLINE for child in self.children)

    @cached_property
    def text(self) -> str:
        between = '' if self.is_leaf else ' '
        return between.join(child if isinstance(child, str) else child.text for child in self.children)

    @cached_property
    def counted(self) -> Counter[str]:
        return Counter(self.text.split())

    @cached_property
    def length(self) -> int:
        return self.counted.total()

    @cached_property
    def html(self) -> str:
        inner = ''.join(
            html.escape(child, quote=False) if isinstance(child, str) else child.html
            for child in self.children
        )
        return self.start + inner + self.end

    @property
    def end(self) -> str:
        return '' if self.tag in VOID or not self.tag else f'</{self.tag}>'

    def tokens(self) -> list[str]:
        """Words and inline tags of a leaf, without its own."""
        out: list[str] = []
        for child in self.children:
            if isinstance(child, str):
                out += split(child)
            else:
                out += [child.start, *child.tokens(), *([child.end] if child.end else [])]
        return out


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node('', '')
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list) -> None:
        node = Node(tag, self.get_starttag_text() or '')
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(source: str) -> Node:
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.root


def marked(old: str, new: str, budget: Budget) -> str:
    if old == new:
        return new
    return _pair_children(read(old), read(new), budget)


def blocks_of(node: Node) -> list[Node]:
    """The children as blocks; loose words and their inline tags between blocks count as a nameless one."""
    out: list[Node] = []
    loose: Node | None = None
    for child in node.children:
        if isinstance(child, Node) and child.tag not in INLINE:
            out.append(child)
            loose = None
        elif loose:
            loose.children.append(child)
        elif isinstance(child, Node) or child.strip():
            loose = Node('', '', [child])
            out.append(loose)
    return out


def _pair_children(old: Node, new: Node, budget: Budget) -> str:
    befores, afters = blocks_of(old), blocks_of(new)
    runs = common([before.html for before in befores], [after.html for after in afters], budget)
    out = []
    i = j = 0
    for a, b, length in [*runs, (len(befores), len(afters), 0)]:
        out += _replaced(befores[i:a], afters[j:b], budget)
        out += [after.html for after in afters[b : b + length]]
        i, j = a + length, b + length
    return ''.join(out)


def _replaced(befores: list[Node], afters: list[Node], budget: Budget) -> list[str]:
    """Pairs what is alike, in order; the rest went or came whole."""
    out, at = [], 0
    for after in afters:
        wide = AHEAD if budget.left >= LOOK else AHEAD_AT_LEAST
        ahead = range(at, min(at + wide, len(befores)))
        found = next((n for n in ahead if _alike(befores[n], after, budget)), None)
        if found is None:
            out.append(_whole(after, come))
            continue
        out += [_whole(before, gone) for before in befores[at:found]]
        out.append(_pair(befores[found], after, budget))
        at = found + 1
    return out + [_whole(before, gone) for before in befores[at:]]


def _alike(old: Node, new: Node, budget: Budget) -> bool:
    if old.tag in ONCE:
        return old.tag == new.tag
    if not budget.pays(LOOK) or old.tag != new.tag:
        return False
    if not (old.counted or new.counted):
        return True
    enough = ALIKE * (old.length + new.length) / 2
    if min(old.length, new.length) < enough:
        return False
    fewer, more = sorted((old.counted, new.counted), key=len)
    return budget.pays(len(fewer)) and _shared(fewer, more) > enough


def _shared(fewer: Counter[str], more: Counter[str]) -> int:
    return sum(min(count, more[word]) for word, count in fewer.items())


def _pair(old: Node, new: Node, budget: Budget) -> str:
    if old.is_leaf and new.is_leaf:
        return new.start + words(old.tokens(), new.tokens(), budget) + new.end
    return new.start + _pair_children(old, new, budget) + new.end


def _whole(node: Node, mark: Callable[[str], str]) -> str:
    """All of it marked. What is gone has no ids any more: what stands there now may have the same."""
    if node.tag in VOID:
        return node.start if mark is come else ''
    start = node.start if mark is come else re.sub(' id="[^"]*"', '', node.start)
    if node.is_leaf:
        said, nothing = node.tokens(), Budget(0)  # there is nothing to compare with
        return start + (words([], said, nothing) if mark is come else words(said, [], nothing)) + node.end
    return start + ''.join(_whole(child, mark) for child in blocks_of(node)) + node.end
