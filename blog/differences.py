"""What changed between two versions, word by word, as clean HTML with `<ins>` and `<del>`.

Blocks are paired first and words compared inside each pair, so that the result keeps the new text's
structure and is as valid as what it was made from.
"""

import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from blog.models import Version

# Closes the last run of words; no tag looks like it.
END = '<>'
VOID = {'img', 'br', 'hr', 'col', 'source'}
INLINE = {'a', 'strong', 'em', 'sub', 'sup', 'code', 'cite', 'br', 'b', 'i', 'span', 'img'}
ONCE = {'figcaption', 'caption', 'thead', 'tbody'}  # a second one in the same place would not be valid
# Beyond these the pairing would take longer than a reader waits: what is longer went and came whole.
MOST_PAIRS = 4_000_000  # words before times words after, in one paragraph
MANY_BLOCKS = 1_000
AHEAD = 40  # how far on a paragraph's earlier self is looked for
LABELS = {
    'title': 'title',
    'standfirst': 'standfirst',
    'body': 'text',
    'references': 'references',
    'lead': 'lead picture',
    'tags': 'tags',
    'language': 'language',
    'byline': 'byline',
}


@dataclass(frozen=True)
class Differences:
    """Each part with its changes marked; `changed` names the parts that have any, as a reader calls them."""

    title: SafeString
    standfirst: SafeString
    body: SafeString
    references: SafeString
    lead: SafeString
    tags: SafeString
    language: SafeString
    byline: SafeString
    changed: list[str]

    @property
    def is_empty(self) -> bool:
        return not self.changed


def between(old: Version | None, new: Version) -> Differences:
    """Everything that differs; with no `old` all of `new` counts as unchanged."""
    before, after = _parts(old or new), _parts(new)
    marked = {}
    for name, (text, is_html) in after.items():
        compare = _html if is_html else _text
        marked[name] = mark_safe(compare(before[name][0], text))  # noqa: S308  # built from escaped words and cleaned tags
    return Differences(**marked, changed=[LABELS[name] for name in after if before[name] != after[name]])


def _parts(version: Version) -> dict[str, tuple[str, bool]]:
    lead = [f'Picture {version.lead_picture_id}' if version.lead_picture_id else 'No picture']
    lead += ['decorative'] if version.lead_decorative else [version.lead_alt]
    lead += [version.lead_caption, version.lead_credit]
    byline = [
        ', '.join(filter(None, (entry['name'], entry['role'], entry['affiliation'])))
        + (f'\n{entry["biography"]}' if entry['biography'] else '')
        for entry in version.byline
    ]
    return {
        'title': (version.title, False),
        'standfirst': (version.standfirst, False),
        'body': (version.body, True),
        'references': (version.references, True),
        'lead': (' · '.join(filter(None, lead)), False),
        'tags': (', '.join(version.tag_words), False),
        'language': (version.get_language_display(), False),
        'byline': ('\n\n'.join(byline), False),
    }


# --- Words --------------------------------------------------------------------------------------------


def _gone(text: str) -> str:
    return (
        f'<del><span class="sr">[deleted: </span>{text}<span class="sr">]</span></del>'
        if text.strip()
        else ''
    )


def _come(text: str) -> str:
    return (
        f'<ins><span class="sr">[inserted: </span>{text}<span class="sr">]</span></ins>'
        if text.strip()
        else text
    )


def _text(old: str, new: str) -> str:
    return _words(_split(old), _split(new)).replace('\n', '<br>')


def _split(text: str) -> list[str]:
    return [html.escape(token, quote=False) for token in re.findall(r'\s+|\w+|[^\w\s]', text)]


def _codes(old: Sequence[str], new: Sequence[str]) -> list[tuple]:
    """Opcodes of `difflib`; what is equal at both ends is taken off first. Blanks alone pair nothing."""
    shortest = min(len(old), len(new))
    head = next((n for n in range(shortest) if old[n] != new[n]), shortest)
    tail = next((n for n in range(shortest - head) if old[-1 - n] != new[-1 - n]), shortest - head)
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(middle_old) * len(middle_new) > MOST_PAIRS:
        codes: list[Any] = [('replace', 0, len(middle_old), 0, len(middle_new))]
    else:
        codes = SequenceMatcher(str.isspace, middle_old, middle_new, autojunk=False).get_opcodes()
    moved = [(kind, i1 + head, i2 + head, j1 + head, j2 + head) for kind, i1, i2, j1, j2 in codes]
    at_end = ('equal', len(old) - tail, len(old), len(new) - tail, len(new))
    return [('equal', 0, head, 0, head), *moved, at_end]


def _is_tag(token: str) -> bool:
    return token.startswith('<')


def _words(old: Sequence[str], new: Sequence[str]) -> str:
    """Marks runs of words; inline tags come from the new text alone, and no mark spans one."""
    out: list[str] = []
    both = bool(old and new)
    for kind, i1, i2, j1, j2 in _smooth(_codes(old, new), new):
        if kind == 'equal':
            out += new[j1:j2]
            continue
        out.append(_gone(''.join(_said(token, both) if _is_tag(token) else token for token in old[i1:i2])))
        run: list[str] = []
        for token in [*new[j1:j2], END]:
            if _is_tag(token):
                out.append(_come(''.join(run)))
                run = []
                out += [token, _come(_said(token, both))] if token != END else []
            else:
                run.append(token)
    return ''.join(out)


def _said(tag: str, both: bool) -> str:
    """What a reader could not see of a changed tag: a picture and its description, a link's address."""
    if tag.startswith('<img'):
        found = re.search(r' alt="([^"]*)"', tag)
        return f'[picture: {found[1] if found and found[1] else "not described"}]'
    found = re.match('<a [^>]*href="(?!#)([^"]*)"', tag)
    return f'[link: {found[1]}] ' if both and found else ''


def _smooth(codes: list, new: Sequence[str]) -> Iterable[tuple]:
    """Joins two changes with only a blank between them: 'two words' is one change to a reader."""
    merged: list[list] = []
    for kind, i1, i2, j1, j2 in codes:
        blank = kind == 'equal' and not ''.join(new[j1:j2]).strip() and j2 - j1 == 1
        if merged and merged[-1][0] != 'equal' and (kind != 'equal' or (blank and j2 < len(new))):
            merged[-1] = ['replace', merged[-1][1], i2, merged[-1][3], j2]
        else:
            merged.append([kind, i1, i2, j1, j2])
    return [tuple(row) for row in merged]


# --- Blocks -------------------------------------------------------------------------------------------


@dataclass
class Node:
    tag: str
    start: str
    children: list = field(default_factory=list)

    @property
    def is_leaf(self) -> bool:
        """Whether it holds words and inline tags only."""
        return not any(isinstance(child, Node) and child.tag not in INLINE for child in self.children)

    def text(self) -> str:
        return ''.join(child if isinstance(child, str) else child.text() for child in self.children)

    def html(self) -> str:
        inner = ''.join(
            html.escape(child, quote=False) if isinstance(child, str) else child.html()
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
                out += _split(child)
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


def _read(source: str) -> Node:
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.root


def _html(old: str, new: str) -> str:
    if old == new:
        return new
    return _pair_children(_read(old), _read(new))


def _blocks(node: Node) -> list[Node]:
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


def _pair_children(old: Node, new: Node) -> str:
    befores, afters = _blocks(old), _blocks(new)
    out = []
    old_html, new_html = [before.html() for before in befores], [after.html() for after in afters]
    many = len(befores) + len(afters) > MANY_BLOCKS
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old_html, new_html, autojunk=many).get_opcodes():
        if kind == 'equal':
            out += [after.html() for after in afters[j1:j2]]
        else:
            out.append(_replaced(befores[i1:i2], afters[j1:j2]))
    return ''.join(out)


def _replaced(befores: list[Node], afters: list[Node]) -> str:
    """Pairs what is alike, in order; the rest went or came whole."""
    out, at = [], 0
    for after in afters:
        ahead = range(at, min(at + AHEAD, len(befores)))
        found = next((n for n in ahead if _alike(befores[n], after)), None)
        if found is None:
            out.append(_whole(after, _come))
            continue
        out += [_whole(before, _gone) for before in befores[at:found]]
        out.append(_pair(befores[found], after))
        at = found + 1
    return ''.join(out + [_whole(before, _gone) for before in befores[at:]])


def _alike(old: Node, new: Node) -> bool:
    if old.tag != new.tag:
        return False
    one, other = Counter(old.text().split()), Counter(new.text().split())
    if old.tag in ONCE or not (one or other):
        return True
    return 2 * (one & other).total() / (one.total() + other.total()) > 0.4


def _pair(old: Node, new: Node) -> str:
    if old.is_leaf and new.is_leaf:
        return new.start + _words(old.tokens(), new.tokens()) + new.end
    return new.start + _pair_children(old, new) + new.end


def _whole(node: Node, mark) -> str:
    """All of it marked. What is gone has no ids any more: what stands there now may have the same."""
    if node.tag in VOID:
        return node.start if mark is _come else ''
    start = node.start if mark is _come else re.sub(' id="[^"]*"', '', node.start)
    if node.is_leaf:
        words = node.tokens()
        marked = _words([], words) if mark is _come else _words(words, [])
        return start + marked + node.end
    return start + ''.join(_whole(child, mark) for child in _blocks(node)) + node.end
