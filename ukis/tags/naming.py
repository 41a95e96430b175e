"""What a tag may be called, and when two names are one."""

import hashlib
import re
import unicodedata

from django.core.exceptions import ValidationError

LONGEST = 100
WIDTH = 200  # of the folded name
NO_SEPARATOR = 'A comma or a semicolon stands between tags and cannot be part of one. Use “and”, or a dash.'
TOO_LONG = f'A tag has at most {LONGEST} characters. Put commas between tags.'
EMPTY = 'Write a name that can be seen.'

_SEPARATORS = re.compile('[,;\n\r]')
# Spaces of no width, soft hyphens, marks of direction, controls: they come with a paste and cannot be seen.
_UNSEEN = re.compile(
    '[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]'
)
# These two join or part the letters of some scripts and the parts of an emoji: kept, but they make no other name.
_JOINERS = re.compile('[\u034f\u200c\u200d\ufe00-\ufe0f]')
_LIKENESS = str.maketrans(
    {'‘': "'", '’': "'", 'ʼ': "'", '`': "'", '´': "'", '“': '"', '”': '"', '„': '"', '«': '"', '»': '"'}
    | dict.fromkeys('‐‑‒–—―−', '-')
)


def parted(text: str) -> list[str]:
    """The names in a line where commas stand between them, tidied; those of which nothing is seen are left out."""
    return [name for name in map(tidied, _SEPARATORS.split(text)) if name]


def tidied(name: str) -> str:
    """Accents in the one encoding, single spaces, nothing unseen."""
    return unicodedata.normalize('NFC', ' '.join(_UNSEEN.sub('', name).split()))


def checked(name: str) -> str:
    """The name as it is kept. ValidationError, in a sentence, for one that no tag can have."""
    if _SEPARATORS.search(name.strip()):
        raise ValidationError(NO_SEPARATOR)
    tidy = tidied(name)
    if not fold(tidy):
        raise ValidationError(EMPTY)
    if len(tidy) > LONGEST:
        raise ValidationError(TOO_LONG)
    return tidy


def fold(name: str) -> str:
    """What two names have in common that differ by case, spaces, the encoding of their letters or by typographers'
    quotes and dashes: then they are one tag. Unique in the database. Very long ones are stood for by a digest.
    """
    folded = unicodedata.normalize('NFKD', _JOINERS.sub('', tidied(name))).casefold()
    folded = unicodedata.normalize('NFKC', unicodedata.normalize('NFKD', folded).casefold())
    folded = ' '.join(folded.translate(_LIKENESS).split())
    return folded if len(folded) <= WIDTH else hashlib.sha256(folded.encode()).hexdigest()
