"""What readers would stumble over in words that are ready otherwise: some are mended first, others are asked about.

A rule blocks only where it is certain. Whether a picture is one of words a program cannot see: it asks.
"""

import html
import re
import unicodedata
from collections.abc import Iterator

from blog.models import Version

# Stored HTML is written by `ukis.markup` alone, so it may be read by pattern here.
_HEADING = re.compile(r'<h([2-6])>(.*?)</h\1>', re.DOTALL)
_LINK = re.compile(r'<a ([^>]*)>(.*?)</a>', re.DOTALL)
_TABLE = re.compile(r'<table>.*?</table>', re.DOTALL)
_ALT = re.compile(r'<img [^>]*?\balt="([^"]*)"')
_TAG = re.compile(r'<[^>]*>')
_SIGNS = re.compile(r'[^\w\s]')

# Words that say nothing of where a link leads: English, Welsh, Gaelic and Irish.
SAYS_NOTHING = frozenset(
    {
        *('click', 'click here', 'here', 'this', 'this link', 'link', 'this page', 'this website', 'website'),
        *('more', 'read more', 'read here', 'see here', 'find out more', 'more info', 'more information'),
        *('cliciwch yma', 'cliciwch', 'yma', 'hwn', 'y ddolen hon', 'dolen', 'mwy', 'darllen mwy', 'rhagor'),
        *(
            'cliog an seo',
            'an seo',
            'ceangal',
            'tuilleadh',
            'cliceáil anseo',
            'anseo',
            'nasc',
            'tuilleadh eolais',
        ),
    }
)
_OF_WORDS = re.compile(
    r'\b(screen ?shots?|slides?|tables? (?:of|with)|infographics?|posters?|scans?|text|tweet|quotation|words|'
    r'sgrinlun|testun|dyfyniad)\b',
    re.IGNORECASE,
)
# Letters of other scripts the font of the card has not got (`blog.cards`).
_ON_THE_CARD = (
    'LATIN',
    'GREEK',
    'CYRILLIC',
    'DIGIT',
    'SUPERSCRIPT',
    'SUBSCRIPT',
    'VULGAR',
    'COMBINING',
    'MASCULINE',
    'FEMININE',
    'MICRO',
)
LONG_ALT = 250  # letters: so much is said of a picture where it holds words
SHOWN = 60  # letters of what is quoted


def headings_skipped(version: Version) -> list[str]:
    """Headings that stand a rank too deep below what came before."""
    before, found = 1, []
    for level, words in _HEADING.findall(version.body):
        if int(level) > before + 1:
            found.append(_said(words))
        before = int(level)
    return found


def empty_links(version: Version) -> int:
    return sum(1 for attributes, words in _links(version) if 'href="' in attributes and not _words(words))


def tables_without_header(version: Version) -> int:
    return sum(1 for table in _TABLE.findall(version.body + version.references) if '<th' not in table)


def links_that_say_nothing(version: Version) -> list[str]:
    found = (_words(words) for attributes, words in _links(version) if 'href="#' not in attributes)
    return [one for one in found if ' '.join(_SIGNS.sub(' ', one).lower().split()) in SAYS_NOTHING]


def pictures_of_words(version: Version) -> list[str]:
    """What is said of those that may be."""
    alts = [html.unescape(alt) for alt in _ALT.findall(version.body)]
    if version.lead_picture_id and not version.lead_decorative:
        alts.append(version.lead_alt)
    return [_said(alt) for alt in alts if len(alt) > LONG_ALT or _OF_WORDS.search(alt)]


def is_title_off_the_card(version: Version) -> bool:
    """Whether its letters are such that the card which is shown where a post is shared cannot bear them."""
    letters = (one for one in version.title if unicodedata.category(one)[0] in 'LMN')
    return any(not unicodedata.name(one, '').startswith(_ON_THE_CARD) for one in letters)


def _links(version: Version) -> Iterator[tuple[str, str]]:
    for words in (version.body, version.references):
        yield from _LINK.findall(words)


def _words(written: str) -> str:
    return ' '.join(html.unescape(_TAG.sub('', written)).split())


def _said(written: str) -> str:
    words = _words(written)
    return f'“{words[:SHOWN].rstrip()}…”' if len(words) > SHOWN else f'“{words}”'
