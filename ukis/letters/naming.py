"""A letter named in what the history says, and the way from there to it."""

import re
from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ukis import days
from ukis.letters.models import Letter

_NAMED = re.compile(r'(the letter of \d{1,2} \w+ \d{4}) \(number (\d{1,18})\)')


def named(letter: Letter) -> str:
    return f'the letter of {days.in_words(days.london_day(letter.queued_at))} (number {letter.pk})'


def numbers_in(texts: Iterable[str]) -> set[int]:
    return {int(number) for text in texts for _, number in _NAMED.findall(text)}


def with_links(text: str, may_be_read: Collection[int]) -> SafeString:
    """Those that may be read lead to the letter; of others the day stands alone."""
    parts, last = [], 0
    for found in _NAMED.finditer(text):
        words, number = found[1], int(found[2])
        parts.append((text[last : found.start()],))
        if number in may_be_read:
            words = format_html(
                '<a href="{}">{}</a>', reverse('admin:ukis_letter_change', args=[number]), words
            )
        parts.append((words,))
        last = found.end()
    return format_html_join('', '{}', [*parts, (text[last:],)])
