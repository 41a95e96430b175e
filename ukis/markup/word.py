"""The paragraphs that Word shows as items of a list and writes as anything but."""

import re
from collections.abc import Sequence

from .parsing import Element
from .runs import SPACE

_BULLET = re.compile(r'[ \t\n\u00a0]*([·•§▪◦o–-]|\(?(\d{1,3}|[A-Za-z]|[ivxlc]{1,6})[.)])[ \t\n\u00a0]{2,}')
NUMBERED = re.compile(r'\(?(\d{1,3}|[A-Za-z]|[ivxlc]{1,6})[.)]')
# Quote, Intense Quote and Block Text keep these names in every language.
_QUOTED = re.compile(r'(^|\s)Mso(IntenseQuote|Quote|BlockText)(CxSp\w+)?(\s|$)')
_QUOTED_ONLINE = frozenset(['Quote', 'Intense Quote', 'Block Text'])
_LEVEL = re.compile(r'level(\d)')


def word_item(node: Element) -> tuple[int, str, int] | None:
    """(level, marker, characters to leave out) of a paragraph that Word shows as an item of a list."""
    style = node.attrs.get('style', '').lower()
    numbered = 'mso-list:' in style.replace(' ', '') and 'mso-list:none' not in style.replace(' ', '')
    if not numbered and 'MsoListParagraph' not in node.attrs.get('class', ''):
        return None
    level = int(found[1]) if (found := _LEVEL.search(style)) else 1
    if marker := _marker(node):
        return level, SPACE.sub('', marker), 0
    if found := _BULLET.match(node.text()):
        return level, found[1], found.end()
    return None


def _marker(node: Element) -> str:
    for child in node.children:
        if isinstance(child, Element):
            if is_marker(child):
                return child.text()
            if marker := _marker(child):
                return marker
    return ''


def without_start(nodes: Sequence[Element | str], cut: int) -> list[Element | str]:
    """The nodes without their first `cut` characters."""
    kept: list[Element | str] = []
    for node in nodes:
        if not cut:
            kept.append(node)
        elif isinstance(node, str):
            kept.append(node[cut:])
            cut -= min(cut, len(node))
        else:
            length = len(node.text())
            kept.append(Element(node.tag, node.attrs, without_start(node.children, cut)))
            cut -= min(cut, length)
    return kept


def is_marker(node: Element) -> bool:
    """The bullet or number that Word writes into the words for readers without lists."""
    return 'mso-list:ignore' in node.attrs.get('style', '').replace(' ', '').lower()


def is_quoted(node: Element) -> bool:
    """Whether Word shows this paragraph as a quotation; Word in the browser says so of its words."""
    if node.tag not in ('p', 'div'):
        return False
    return bool(_QUOTED.search(node.attrs.get('class', ''))) or (node.tag == 'p' and _quoted_online(node))


def _quoted_online(node: Element) -> bool:
    first = next((child for child in node.children if isinstance(child, Element)), None)
    if first is None:
        return False
    return first.attrs.get('data-ccp-parastyle') in _QUOTED_ONLINE or _quoted_online(first)
