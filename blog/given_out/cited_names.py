"""A name in a byline as it is cited: the family's part first, an organisation's or a single name undivided."""

import re
from dataclasses import dataclass

from blog.models import Byline

_BEFORE = frozenset(
    re.findall(
        r'\w+', 'dr prof professor mr mrs ms mx miss sir dame lord lady baroness rev revd reverend canon hon'
    )
)
# Words with which a family name begins although they are not all of it.
_PARTICLES = frozenset(
    re.findall(
        r'\w+',
        'ab ap ferch verch van von der den ter ten de del della di da das do dos du la le los las al el bin bint ibn '
        'ben st ó ní nic uí ui mac nan',
    )
)
_OF_AN_ORGANISATION = re.compile(
    r'\b(university|college|institute|society|council|centre|center|network|trust|group|team|department|school|'
    r'board|committee|partnership|association|editors?|foundation|prifysgol|cyngor|oilthigh)\b|&',
    re.IGNORECASE,
)
_BLANKS = re.compile(r'\s+')


@dataclass(frozen=True)
class CitedName:
    """`family` alone is a name that has no parts; `undivided` is an organisation's, which is never turned round."""

    family: str
    given: str = ''
    undivided: bool = False

    @property
    def initials(self) -> str:
        """'A. M.'; of a hyphened name 'J.-P.'."""
        parts = [[piece[0].upper() for piece in word.split('-') if piece] for word in self.given.split()]
        return ' '.join('-'.join(f'{letter}.' for letter in part) for part in parts if part)

    @property
    def turned(self) -> str:
        """'Family, Given'."""
        return f'{self.family}, {self.given}' if self.given else self.family


def is_organisation(line: Byline) -> bool:
    """A name that is the organisation's own, and nobody's."""
    return bool(
        line.person is None
        and line.organisation
        and line.name in (line.organisation.name, line.organisation.short_name)
    )


def of_line(line: Byline) -> CitedName:
    """By what its person said of their name, frozen with it; else by the name as it is printed."""
    name = _one_line(line.name)
    if is_organisation(line):
        return CitedName(name, undivided=True)
    family, comma, given = _one_line(line.citation_name).partition(', ')
    if comma:
        return CitedName(family, _in_full(name, family, given))
    if family:
        return CitedName(family)
    if line.person is None and _OF_AN_ORGANISATION.search(name):
        return CitedName(name, undivided=True)
    return _parted(_without_title(name))


def _in_full(name: str, family: str, initials: str) -> str:
    """The given names as printed where they are those of the initials; else the initials."""
    if not name.endswith(f' {family}'):
        return initials
    letters = initials.replace('-', ' ').replace('.', ' ').split()
    words = name.removesuffix(family).split()
    for count in range(1, len(words) + 1):
        found = words[-count:]
        firsts = [piece[0] for word in found for piece in word.split('-') if piece]
        if [one.casefold() for one in firsts] == [one.casefold() for one in letters]:
            return ' '.join(found)
    return initials


def _without_title(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[0].rstrip('.').casefold() in _BEFORE:
        words = words[1:]
    return ' '.join(words).partition(',')[0].strip()


def _parted(name: str) -> CitedName:
    words = name.split()
    if len(words) < 2:
        return CitedName(name)
    begins = next(
        (place for place, word in enumerate(words[1:-1], 1) if word.casefold() in _PARTICLES), len(words) - 1
    )
    return CitedName(' '.join(words[begins:]), ' '.join(words[:begins]))


def _one_line(words: str) -> str:
    return _BLANKS.sub(' ', words).strip()
