"""A letter's words as its reader has them, for staff who look at the outbox."""

from copy import copy
from typing import Any

from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ukis.letters.models import INSET, Letter
from ukis.letters.subjects import inset_of
from ukis.markup.languages import with_languages

PRIVATE = '[a private link, made when it is sent]'
NOT_KEPT = 'Its words are no longer kept.'
NOTHING_LEFT = '[Nothing of what it told of is public any more.]'


def carries_inset(letter: Any) -> bool:
    return letter is not None and INSET in letter.body


def as_read(letter: Letter) -> SafeString:
    """What many letters share goes in as each is sent, and so stands here as it is now."""
    before, place, after = letter.text(PRIVATE).partition(INSET)
    if not place:
        return _marked(before or NOT_KEPT, letter)
    inset = inset_of(letter)
    shared = _marked(inset.text if inset else NOTHING_LEFT, letter)
    return format_html(
        '{}<blockquote>{}</blockquote>{}',
        _marked(before.rstrip(), letter),
        shared,
        _marked(after.strip(), letter),
    )


def as_it_would_leave(letter: Letter, today: dict[str, Any]) -> SafeString:
    """A reminder that waits has its days put right as it leaves: `today` is what `anew.of_today` says of it."""
    would = copy(letter)
    would.subject, would.body = today['subject'], today['body']
    return format_html('{}<br><br>{}', with_languages(would.subject, letter.languages), as_read(would))


def _marked(text: str, letter: Letter) -> SafeString:
    return linebreaksbr(with_languages(text, letter.languages))
