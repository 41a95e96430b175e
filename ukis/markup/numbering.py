"""What the plain text beside pasted HTML knows better: the numbers of a list of which only the items came."""

import re

from .parsing import Element
from .runs import SPACE

_NUMBERED = re.compile(r'[ \t\xa0]*(\d{1,4})[.)][ \t\xa0]+(.*)')
_LISTS = ('ul', 'ol', 'menu', 'dir')


def number(root: Element, beside: str) -> None:
    """Puts items without a list around them into the numbered list that the plain text shows."""
    lines = [found.groups() for line in beside.splitlines() if (found := _NUMBERED.match(line))]
    if lines:
        _number(root, [(int(count), _plain(words)) for count, words in lines])


def _number(node: Element, lines: list[tuple[int, str]]) -> None:
    kept: list[Element | str] = []
    loose: list[Element] = []
    for child in node.children:
        if isinstance(child, Element) and child.tag == 'li':
            loose.append(child)
            continue
        if isinstance(child, Element) or child.strip():
            kept += _together(loose, lines)
            loose = []
        kept.append(child)
        if isinstance(child, Element) and child.tag not in _LISTS:
            _number(child, lines)
    node.children = [*kept, *_together(loose, lines)]


def _together(items: list[Element], lines: list[tuple[int, str]]) -> list[Element]:
    numbers = [_number_of(item, lines) for item in items]
    if not items or numbers != [*range(numbers[0] or 0, (numbers[0] or 0) + len(items))]:
        return items
    return [Element('ol', {'start': str(numbers[0])}, [*items])]


def _number_of(item: Element, lines: list[tuple[int, str]]) -> int | None:
    """The number of the next line that says what the item says; the lines before it belong to other lists."""
    words = _plain(item.lines().strip().split('\n')[0])
    for at, (count, line) in enumerate(lines):
        if line == words:
            del lines[: at + 1]
            return count
    return None


def _plain(words: str) -> str:
    return SPACE.sub(' ', words).strip()
