"""What a page says of the words on it: its parts and how they are reached, the addresses that its links lead to, how
long it takes to read."""

import html
import re
import unicodedata
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

_HEADING = re.compile(r'<h([2-6])>(.*?)</h\1>', re.DOTALL)
_MARKED = re.compile(r'<h([2-6]) id="(part-[^"]*)">(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r'<[^>]*>')
_OUTSIDE = re.compile(r'<a [^>]*?\bhref="(https?://[^"]*)"')
LONGEST_ID = 60

WORDS_A_MINUTE = 220
LETTERS_A_MINUTE = 400  # of scripts without spaces between words

LINK_HERE = {
    'en': 'Link to this part',
    'cy': 'Dolen i’r rhan hon',
    'gd': 'Ceangal dhan phàirt seo',
    'ga': 'Nasc chuig an gcuid seo',
    'sco': 'Link tae this pairt',
}


class TextPart(NamedTuple):
    level: int
    id: str
    words: str


def with_names(shown: str) -> str:
    """Rendered HTML whose headings have ids, made of their words: the same for as long as they are."""
    had: dict[str, int] = {}

    def named(heading: re.Match[str]) -> str:
        words = unicodedata.normalize('NFC', html.unescape(_TAG.sub('', heading[2])))
        name = slugify(words, allow_unicode=True)[:LONGEST_ID].strip('-') or 'x'
        had[name] = count = had.get(name, 0) + 1
        unique = name if count == 1 else f'{name}_{count}'
        return f'<h{heading[1]} id="part-{unique}">{heading[2]}</h{heading[1]}>'

    return _HEADING.sub(named, shown)


def parts(shown: str) -> list[TextPart]:
    """Its headings, of what `with_names` gave."""
    found = [
        TextPart(int(one[1]), one[2], html.unescape(_TAG.sub('', one[3])).strip())
        for one in _MARKED.finditer(shown)
    ]
    return [part for part in found if part.words]


def with_links_to_parts(shown: str, language: str) -> SafeString:
    """Beside each heading a link to it, to be copied or sent on."""
    said = LINK_HERE.get(language.partition('-')[0], LINK_HERE['en'])

    def linked(heading: re.Match[str]) -> str:
        level, name, words = heading.groups()
        link = f'<a class="here" href="#{name}" aria-label="{said}">#</a>'
        return f'<h{level} id="{name}">{words} {link}</h{level}>'

    return mark_safe(_MARKED.sub(linked, shown))  # noqa: S308 - what was safe, and names made of letters


def addresses(shown: str) -> list[str]:
    """Where its links out of the site lead, in their order, each as often as it stands there."""
    return [html.unescape(found) for found in _OUTSIDE.findall(shown)]


def minutes(words: str) -> int:
    """To read plain text. What is written without spaces is counted by its letters."""
    unspaced = sum(1 for letter in words if _is_unspaced(letter))
    spaced = sum(1 for word in words.split() if any(one.isalnum() and not _is_unspaced(one) for one in word))
    return max(1, round(spaced / WORDS_A_MINUTE + unspaced / LETTERS_A_MINUTE))


def _is_unspaced(letter: str) -> bool:
    """Chinese, Japanese, Thai, Lao, Khmer and Burmese."""
    return (
        '\u0e00' <= letter <= '\u0eff'
        or '\u1000' <= letter <= '\u109f'
        or '\u1780' <= letter <= '\u17ff'
        or (
            '\u3040' <= letter <= '\u30ff'
            or '\u3400' <= letter <= '\u9fff'
            or '\U00020000' <= letter <= '\U0003ffff'
        )
    )
