"""Names as people look for them: without accents, capitals and signs, so that 'lodz' finds 'Łódź'."""

import re
import unicodedata

from anyascii import anyascii

_APOSTROPHES = re.compile(r'[\'’‘`´]')
_NO_WORD = re.compile(r'[^a-z0-9]+')


def folded(text: str) -> str:
    """'Children’s Care & Łódź' becomes 'childrens care and lodz'."""
    plain = anyascii(unicodedata.normalize('NFC', text)).lower().replace('&', ' and ')
    return ' '.join(_NO_WORD.sub(' ', _APOSTROPHES.sub('', plain)).split())
