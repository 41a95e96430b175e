"""An equation in a line: what its letters say, where what it looks like cannot be shown."""

from xml.etree.ElementTree import Element

from ukis.documents.trees import child

_PLAIN = frozenset(
    ['m:oMathPara', 'm:oMath', 'm:oMathParaPr', 'm:r', 'm:t', 'm:rPr', 'm:ctrlPr', 'm:jc', 'm:sty', 'm:nor']
)
_SIGNS = {
    'm:f': ('', '/'), 'm:sSup': ('', '^'), 'm:sSub': ('', '_'), 'm:sSubSup': ('', '_', '^'),
    'm:limLow': ('', '_'), 'm:limUpp': ('', '^'),
}  # fmt: skip
_BETWEEN = {'m:m': '; ', 'm:mr': ', ', 'm:eqArr': '; ', 'm:func': ' '}


def is_plain(equation: Element) -> bool:
    """Whether it is a line already."""
    return all(node.tag in _PLAIN for node in equation.iter() if node.tag.startswith('m:'))


def in_a_line(node: Element) -> str:
    if node.tag in ('m:t', 'w:t'):
        return node.text or ''
    parts = [in_a_line(one) for one in node if not one.tag.endswith('Pr')]
    if signs := _SIGNS.get(node.tag):
        between = [*signs, *[' '] * (len(parts) - len(signs))]
        return ''.join(f'{sign}{_bracketed(part)}' for sign, part in zip(between, parts, strict=False))
    if node.tag == 'm:rad':
        degree, root = (parts if len(parts) > 1 else ['', *parts, ''])[:2]
        return f'{degree}√{_bracketed(root)}'
    if node.tag == 'm:d':
        return f'({", ".join(parts)})'
    if node.tag == 'm:nary':
        return _with_bounds(node, parts)
    return _BETWEEN.get(node.tag, '').join(parts)


def _with_bounds(node: Element, parts: list[str]) -> str:
    sign = child(child(node, 'm:naryPr'), 'm:chr')
    below, above, *inner = [*parts, '', ''] if len(parts) > 1 else ['', '', *parts]
    said = f'_{_bracketed(below)}' * bool(below) + f'^{_bracketed(above)}' * bool(above)
    return f'{sign.get("m:val", "∫") if sign is not None else "∫"}{said} {"".join(inner)}'.rstrip()


def _bracketed(words: str) -> str:
    return words if len(words) < 2 else f'({words})'
