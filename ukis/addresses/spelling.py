"""How a title or a name is spelt in an address: the one pattern for models, forms, the database and URLs."""

import re
import unicodedata

from anyascii import anyascii

PATTERN = '[a-z0-9]+(?:-[a-z0-9]+)*'
SIGNS = 'abcdefghijklmnopqrstuvwxyz0123456789-'
WIDTH = 120  # of every column that holds one
LONGEST = (
    80  # what is proposed; with a number behind it, and with one kept whole from elsewhere, there is room
)
REFUSED = 'Write it with small letters, digits and single hyphens, as in careful-change-2027.'
TAKEN = 'This address leads, or once led, to something else. Choose another.'

_WHOLE = re.compile(PATTERN)
_APOSTROPHES = re.compile("['`]")
_DOTS_OF_INITIALS = re.compile(r'(?<=(?<![a-z0-9])[a-z])\.(?=[a-z](?![a-z0-9]))')
_BETWEEN_WORDS = re.compile('[^a-z0-9]+')


def spell(text: str) -> str:
    """'Wait…what?' as 'wait-what': our letters and digits, a hyphen wherever words part. Empty where nothing
    of the text can be written with them."""
    plain = anyascii(unicodedata.normalize('NFC', text)).lower()
    plain = _DOTS_OF_INITIALS.sub('', _APOSTROPHES.sub('', plain))
    return _BETWEEN_WORDS.sub('-', plain).strip('-')


def is_spelt(slug: str) -> bool:
    return bool(_WHOLE.fullmatch(slug)) and len(slug) <= WIDTH


def stem(text: str) -> str:
    """What a proposal begins with: the spelling, cut behind a whole word; one that is an address stays whole."""
    if len(text) > LONGEST and len(text) <= WIDTH - 10 and is_spelt(text):
        return text
    spelt = spell(text)
    if len(spelt) <= LONGEST:
        return spelt
    cut = spelt[: LONGEST + 1]
    return cut.rpartition('-')[0] or spelt[:LONGEST]


class AddressConverter:
    """`<address:slug>` in a URL pattern."""

    regex = PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
