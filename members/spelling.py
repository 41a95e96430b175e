"""Names and web addresses as they are compared: written in many ways, they are the same here."""

import re
import unicodedata
from urllib.parse import urlsplit

# As wide as the columns by which organisations are found.
WIDTH = 200
# What registers write in many ways: it makes no difference.
LEGAL = re.compile(r'\b(?:the|of|for|ltd|limited|plc|cic|llp)\b')
_APOSTROPHES = re.compile(r'[\'’‘`´]')


def folded(name: str) -> str:
    """'The Institute of Children’s Care, Ltd' and 'INSTITUTE OF CHILDRENS CARE' are folded to the same."""
    plain = unicodedata.normalize('NFKD', name).casefold().replace('&', ' and ')
    plain = ''.join(sign for sign in plain if not unicodedata.combining(sign))
    plain = re.sub(r'[^\w]+', ' ', _APOSTROPHES.sub('', plain))
    return (' '.join(LEGAL.sub(' ', plain).split()) or ' '.join(plain.split()))[:WIDTH]


def host_of(website: str) -> str:
    """'https://www.celcis.org/about' and 'http://celcis.org' stand at the same place."""
    try:
        return (urlsplit(website).hostname or '').removeprefix('www.')[:WIDTH]
    except ValueError:
        return ''
