"""The language of parts: on an English page, words in another language are marked with theirs."""

import re
from collections.abc import Callable, Mapping, Sequence

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

OF_PAGES = 'en-GB'
# What is written here, each called as its readers call it.
LANGUAGES = [
    ('en-GB', 'English'),
    ('cy', 'Cymraeg (Welsh)'),
    ('gd', 'Gàidhlig (Scottish Gaelic)'),
    ('ga', 'Gaeilge (Irish)'),
    ('sco', 'Scots'),
]

_IN_ENGLISH = {'cy': 'Welsh', 'gd': 'Scottish Gaelic', 'ga': 'Irish', 'sco': 'Scots'}


def in_which(language: str) -> str:
    """'in Welsh', for a reader who meets the words on an English page; nothing where they are English."""
    named = _IN_ENGLISH.get(language, '')
    return f'in {named}' if named else ''


def in_language(words: str, language: str) -> SafeString:
    """The words as HTML, marked where they are not English; nothing where there are none."""
    if not words or not language or language == OF_PAGES:
        return conditional_escape(words or '')
    return format_html('<span lang="{}">{}</span>', language, words)


def with_languages(
    text: str, languages: Mapping[str, Sequence[str]] | None, plain: Callable[[str], str] = escape
) -> SafeString:
    """A text of ours as HTML, in which words in other languages stand in quotation marks or begin a line.

    `languages`: the words by their language; `plain`: what makes HTML of all the rest.
    """
    spoken = {
        words: language
        for language, several in (languages or {}).items()
        for words in several
        if words and language not in ('', OF_PAGES)
    }
    if not spoken:
        return mark_safe(plain(text))
    longest_first = '|'.join(re.escape(words) for words in sorted(spoken, key=len, reverse=True))
    parts = re.split(f'(?:(?<=“)|^)({longest_first})(?=”|,|$)', text, flags=re.MULTILINE)
    return mark_safe(
        ''.join(
            in_language(part, spoken[part]) if number % 2 else plain(part)
            for number, part in enumerate(parts)
        )
    )
