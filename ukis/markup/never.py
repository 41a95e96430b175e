"""What never enters a text: what was deleted, struck out or hidden, and what reviewers wrote beside it.

The rows are handed to the browser too, which goes by them where it cannot ask.
"""

import re
from dataclasses import asdict, dataclass
from typing import Any

from .parsing import Element
from .styles import said
from .telling import KINDS, Told, word_count

MARK = 'comment mark'  # where a comment hung; with its comment it counts once


@dataclass(frozen=True, slots=True)
class Never:
    kind: str
    tags: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    styles: tuple[tuple[str, str], ...] = ()  # (property, a word of its value)
    attributes: tuple[tuple[str, str], ...] = ()  # (name, what its value begins with)


ROWS = (
    # Word; the last of each: Google's documents.
    Never(
        'comment',
        classes=('MsoCommentText', 'msocomtxt'),
        styles=(('mso-element', 'comment-list'), ('mso-element', 'comment')),
    ),
    Never(
        MARK,
        classes=('MsoCommentReference', 'msocomanchor', 'msocomoff'),
        styles=(('mso-special-character', 'comment'),),
        attributes=(('href', '#_msocom_'), ('href', '#_msoanchor_'), ('href', '#cmnt')),
    ),
    Never('deletion', tags=('del',), classes=('msoDel',)),
    Never(
        'struck',
        tags=('s', 'strike'),
        styles=(('text-decoration', 'line-through'), ('text-decoration-line', 'line-through')),
    ),
    Never(
        'hidden',
        styles=(('display', 'none'), ('visibility', 'hidden'), ('mso-hide', 'all')),
        attributes=(('hidden', ''),),
    ),
)
_BACK = re.compile('#(cmnt_ref|_msoanchor_)')  # a comment begins with the way back to its mark
_INSERTED = re.compile(r'(^|\s)msoIns(\s|$)')
_CELLS = ('td', 'th')  # stay where they are, empty: the others of their row must not move


def for_the_browser() -> dict[str, Any]:
    """{never: the rows, back: where a comment begins, names: how each of what is left out there is called}."""
    kinds = {row.kind for row in ROWS} | {'foreign picture', 'embedded'}
    names = {
        name: {'one': kind.one, 'many': kind.many, 'words': kind.counts_words}
        for name, kind in KINDS.items()
        if name in kinds
    }
    return {'never': [asdict(row) for row in ROWS], 'back': _BACK.pattern, 'names': names}


def prune(root: Element, told: Told) -> None:
    """Takes out of the tree what never enters a text, and tells it. Tracked insertions stay and are told."""
    _prune(root, told, inserted=False)
    # A comment is met where it hangs and where it is written; either may be missing.
    marks, words = told.counts.pop(MARK, 0), told.words.pop(MARK, 0)
    told.add('comment', max(marks - told.counts['comment'], 0), words)


def _prune(node: Element, told: Told, inserted: bool) -> None:
    kept: list[Element | str] = []
    before = ''  # the kind that was left out just before: what follows at once belongs to it
    for child in node.children:
        if isinstance(child, str):
            before = before if not child.strip() else ''
            kept.append(child)
            continue
        if kind := _kind(child):
            _tell(child, kind, told, again=kind == before)
            before = kind if child.text().strip() else before
            if child.tag in _CELLS:
                kept.append(Element(child.tag, child.attrs))
            continue
        before = ''
        fresh = child.tag == 'ins' or bool(_INSERTED.search(child.attrs.get('class', '')))
        if fresh and not inserted and child.text().strip():
            told.add('insertion')
        _prune(child, told, inserted or fresh)
        kept.append(child)
    node.children = kept


def _kind(node: Element) -> str:
    if node.tag in ('div', 'p', 'li') and _BACK.match(_first_link(node)):
        return 'comment'
    if not node.attrs and node.tag not in _BY_TAG:
        return ''
    classes = node.attrs.get('class', '').split()
    styles = said(node) if 'style' in node.attrs else {}
    return next((row.kind for row in ROWS if _is(row, node, classes, styles)), '')


def _is(row: Never, node: Element, classes: list[str], styles: dict[str, str]) -> bool:
    return (
        node.tag in row.tags
        or any(name in row.classes for name in classes)
        or any(word in styles.get(name, '').split() for name, word in row.styles)
        or any(name in node.attrs and node.attrs[name].startswith(start) for name, start in row.attributes)
    )


def _first_link(node: Element) -> str:
    """The address of the link with which its words begin."""
    while True:
        first = next((one for one in node.children if not isinstance(one, str) or one.strip()), '')
        if isinstance(first, str):
            return ''
        node = first
        if node.tag == 'a':
            return node.attrs.get('href', '')


def _tell(node: Element, kind: str, told: Told, again: bool) -> None:
    words = word_count(node.lines())
    count = 1
    if kind == 'comment':
        count = _inside(node) or 1
    elif kind != MARK and not node.text().strip():
        count = 0  # nobody saw it
    told.add(kind, 0 if again and kind not in ('comment', MARK) else count, words)


def _inside(node: Element) -> int:
    """How many of Word's comments it holds."""
    count = 'comment' in said(node).get('mso-element', '').split()
    return count + sum(_inside(child) for child in node.children if isinstance(child, Element))


_BY_TAG = {tag for row in ROWS for tag in row.tags}
