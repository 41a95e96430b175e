"""Somebody's HTML, however broken, as a tree. Linear in the length of its input, and no sentence is lost.

What is safe is not decided here: the tree is only read by `shaping`, which writes nothing but its own tags.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_DEPTH = 80  # deeper elements are passed over; their words stay

VOID = frozenset(re.findall(r'\w+', 'area base br col embed hr img input link meta param source track wbr'))
# Never words for a reader. (A title belongs to the head of a whole page.)
DROPPED = frozenset(['script', 'style', 'template', 'noscript', 'iframe', 'title'])
HEADINGS = frozenset(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
BLOCKS = HEADINGS | frozenset(
    re.findall(
        r'\w+',
        'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset '
        'figcaption figure footer form head header hgroup hr html legend li main menu nav ol optgroup '
        'option p pre search section summary table tbody td tfoot th thead tr ul textarea ',
    )
)

_CELLS = frozenset(['td', 'th'])
_SECTIONS = frozenset(['thead', 'tbody', 'tfoot'])
_CONTAINERS = frozenset(['td', 'th', 'li', 'blockquote', 'table', 'figure'])
# A start tag closes the nearest open one of the first set, unless one of the second stands between.
_CLOSES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    **dict.fromkeys(
        BLOCKS - _CELLS - _SECTIONS - {'tr', 'html', 'body', 'head'}, (frozenset('p'), _CONTAINERS)
    ),
    **dict.fromkeys(HEADINGS, (HEADINGS | {'p'}, _CONTAINERS)),
    'li': (frozenset(['li']), frozenset(['ul', 'ol', 'menu', 'dir', 'table', 'td', 'th'])),
    'dt': (frozenset(['dt', 'dd']), frozenset(['dl', 'td', 'th'])),
    'dd': (frozenset(['dt', 'dd']), frozenset(['dl', 'td', 'th'])),
    'option': (frozenset(['option']), frozenset(['select'])),
    'td': (_CELLS, frozenset(['table'])),
    'th': (_CELLS, frozenset(['table'])),
    'tr': (frozenset(['tr']), frozenset(['table'])),
    **dict.fromkeys(_SECTIONS, (_SECTIONS, frozenset(['table']))),
}

_TAG_NAME = re.compile(r'[a-zA-Z][^\s/><]*')
_ATTRIBUTE = re.compile(r'[\s/]*(=?[^\s/>=]+)(?:\s*=\s*(?:"([^"]*)"|\'([^\']*)\'|([^\s>]*)))?')
_TAG_END = re.compile(r'[\s/=]*>')
_REFERENCE = re.compile(r'&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[a-zA-Z][a-zA-Z0-9]*;)')
_CLOSING = {tag: re.compile(rf'</{tag}(?=[\s/>])[^>]*>', re.IGNORECASE) for tag in DROPPED}
# Control characters and noncharacters that no page may hold, and marks that show nothing (zero-width space,
# BOM, soft hyphen). Joiners stay: emoji and several scripts need them.
_UNWANTED = re.compile(
    '[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\xad\u200b\u2060\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]'
)


@dataclass(slots=True, eq=False)
class Element:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list['Element | str'] = field(default_factory=list)

    def text(self) -> str:
        """Its words, as they lie there."""
        return ''.join(child if isinstance(child, str) else child.text() for child in self.children)

    def lines(self) -> str:
        """The same, with every block and every broken line on lines of its own."""
        words = ''.join(child if isinstance(child, str) else child.lines() for child in self.children)
        return f'\n{words}\n' if self.tag in BLOCKS or self.tag == 'br' else words


def scrub(text: str) -> str:
    """Without characters that have no place in words; the ends of lines are '\\n'."""
    return _UNWANTED.sub('', text.replace('\r\n', '\n').replace('\r', '\n').replace('\x0c', '\n'))


def read(source: str) -> Element:
    """The tree of `source`; the root's tag is 'body'."""
    root = Element('body')
    stack = [root]
    for kind, name, attrs in _tokens(source):
        if kind == 'text':
            stack[-1].children.append(name)
        elif kind == 'end':
            _close(stack, name)
        else:
            if name in _CLOSES:
                targets, limits = _CLOSES[name]
                _pop_to(stack, targets, limits)
            element = Element(name, attrs)
            if kind == 'dropped' or name in VOID:
                stack[-1].children.append(element)
            elif len(stack) < MAX_DEPTH:
                stack[-1].children.append(element)
                stack.append(element)
    return root


def _close(stack: list[Element], name: str) -> None:
    if name in VOID:
        return
    inside_tables = name in _CELLS or name in _SECTIONS or name in ('tr', 'table')
    _pop_to(stack, frozenset([name]), frozenset() if inside_tables else _CELLS)


def _pop_to(stack: list[Element], targets: frozenset[str], limits: frozenset[str]) -> None:
    """Close the nearest open element of `targets`, if none of `limits` stands between."""
    for position in range(len(stack) - 1, 0, -1):
        if stack[position].tag in targets:
            del stack[position:]
            return
        if stack[position].tag in limits:
            return


def _tokens(source: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """('text', words, {}), ('start' or 'dropped', tag, attributes), ('end', tag, {})."""
    at, length = 0, len(source)
    unclosed: set[str] = set()  # what has no end in the rest: looked for once only
    while at < length:
        opening = source.find('<', at)
        if opening == -1:
            opening = length
        if opening > at:
            yield 'text', scrub(html.unescape(source[at:opening])), {}
        at = opening
        if source.startswith(('<!', '<?'), at):
            at = _behind_comment(source, at, unclosed)
            continue
        closing = source.startswith('</', at)
        name = _TAG_NAME.match(source, at + 1 + closing)
        if not name:
            yield 'text', source[at : at + 1], {}
            at += 1
            continue
        tag = name.group().lower()
        end, attrs = _attributes(source, name.end())
        if end is None:  # a tag that never ends was never a tag
            yield 'text', scrub(html.unescape(source[at:])), {}
            return
        at = end
        if tag in DROPPED and not closing:
            yield 'dropped', tag, attrs
            at = _behind_dropped(source, tag, at, unclosed)
        else:
            yield ('end' if closing else 'start'), tag, attrs


def _behind_comment(source: str, at: int, unclosed: set[str]) -> int:
    if source.startswith('<!--', at):
        return _after(source, '-->', at + 2, unclosed) or at + 4
    return _after(source, '>', at, unclosed) or at + 2


def _behind_dropped(source: str, tag: str, at: int, unclosed: set[str]) -> int:
    """Behind its end tag. A script or style without one goes on to the end, any other holds nothing."""
    if tag not in unclosed and (end := _CLOSING[tag].search(source, at)):
        return end.end()
    unclosed.add(tag)
    return len(source) if tag in ('script', 'style') else at


def _after(source: str, mark: str, at: int, unclosed: set[str]) -> int | None:
    """Where the text goes on behind the next `mark`, or None where there is none."""
    if mark in unclosed:
        return None
    found = source.find(mark, at)
    if found == -1:
        unclosed.add(mark)
        return None
    return found + len(mark)


def _attributes(source: str, at: int) -> tuple[int | None, dict[str, str]]:
    """The first value of each attribute, and where the tag ends; None where it never does."""
    attrs: dict[str, str] = {}
    while not (end := _TAG_END.match(source, at)):
        found = _ATTRIBUTE.match(source, at)
        if not found:
            return None, {}
        at = found.end()
        value = next((group for group in found.groups()[1:] if group is not None), '')
        attrs.setdefault(found[1].lower(), scrub(_REFERENCE.sub(lambda one: html.unescape(one[0]), value)))
    return end.end(), attrs
