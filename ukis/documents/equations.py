"""An equation in a line: what its letters say, where what it looks like cannot be shown."""

from xml.etree.ElementTree import Element

from ukis.documents.trees import child

_PLAIN = frozenset(
    ['m:oMathPara', 'm:oMath', 'm:oMathParaPr', 'm:r', 'm:t', 'm:rPr', 'm:ctrlPr', 'm:jc', 'm:sty', 'm:nor']
)
_BETWEEN = {'m:f': '/', 'm:sSup': '^', 'm:sSub': '_'}


def is_plain(equation: Element) -> bool:
    """Whether it is a line already."""
    return all(node.tag in _PLAIN for node in equation.iter() if node.tag.startswith('m:'))


def in_a_line(node: Element) -> str:
    if node.tag == 'm:t':
        return node.text or ''
    if node.tag in _BETWEEN:
        parts = [_bracketed(in_a_line(one)) for one in node if not one.tag.endswith('Pr')]
        return _BETWEEN[node.tag].join(parts)
    inner = ''.join(in_a_line(one) for one in node)
    if node.tag == 'm:rad':
        return f'√{_bracketed(inner)}'
    if node.tag == 'm:d':
        return f'({inner})'
    if node.tag == 'm:nary':
        sign = child(child(node, 'm:naryPr'), 'm:chr')
        return f'{sign.get("m:val", "∫") if sign is not None else "∫"} {inner}'
    return inner


def _bracketed(words: str) -> str:
    return words if len(words) < 2 else f'({words})'
