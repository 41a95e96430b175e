"""What an element's style attribute says."""

import re
from dataclasses import dataclass, field

from .parsing import Element

# Of bold, italic, raised and lowered: the property, our mark, what puts it on and what takes it off.
_MARKS = (
    ('font-weight', 'strong', r'bold(er)?|[6-9]00', r'normal|lighter|[1-5]00'),
    ('font-style', 'em', r'italic|oblique', r'normal'),
    ('vertical-align', 'sup', r'super', r'baseline'),
    ('vertical-align', 'sub', r'sub', r'baseline'),
)
_NO_COLOUR = re.compile(
    r'(windowtext|black|white|auto|none|inherit|initial|unset|currentcolor|transparent'
    r'|#000|#fff|#000000|#ffffff|rgba?\((0, ?0, ?0|255, ?255, ?255).*)?'
)


def said(node: Element) -> dict[str, str]:
    """Each property with its value, in small letters."""
    parts = (part.partition(':') for part in node.attrs.get('style', '').split(';'))
    return {name.strip().lower(): value.replace('!important', '').strip().lower() for name, _, value in parts}


def restyled[Mark](marks: frozenset[Mark], styles: dict[str, str]) -> frozenset[Mark | str]:
    worn: set[Mark | str] = set(marks)
    for name, mark, on, off in _MARKS:
        if re.fullmatch(on, styles.get(name, '')):
            worn.add(mark)
        elif re.fullmatch(off, styles.get(name, '')):
            worn.discard(mark)
    return frozenset(worn)


@dataclass(slots=True)
class Looks:
    """The colours and fonts met with. Those of the whole text are nobody's choice and are not told."""

    colours: set[str] = field(default_factory=set)
    grounds: set[str] = field(default_factory=set)
    fonts: set[str] = field(default_factory=set)

    def see(self, node: Element, styles: dict[str, str]) -> None:
        ground = styles.get('background-color') or styles.get('background', '')
        if not _NO_COLOUR.fullmatch(ground):
            self.grounds.add(ground)
        colour = node.attrs.get('color', '').lower() if node.tag == 'font' else ''
        colour = styles.get('color', colour)
        if node.tag != 'a' and not _NO_COLOUR.fullmatch(colour):
            self.colours.add(colour)
        font = node.attrs.get('face', '') if node.tag == 'font' else ''
        if font := styles.get('font-family', font).split(',')[0].strip(' "\'').lower():
            self.fonts.add(font)
