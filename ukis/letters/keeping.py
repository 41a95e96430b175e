"""What staff may do with a letter that has not gone. Each locks the row, checks where it stands, writes."""

import logging
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ukis.letters.models import Letter, SuppressedAddress
from ukis.letters.queueing import LINK, UNSENT, State, one_line

log = logging.getLogger(__name__)


class TooLate(Exception):
    """What staff ask cannot be done with the letter as it now stands; its sentence says why, for them."""


def hold(letter: Letter, by: Any) -> Letter:
    """Keeps a waiting letter until somebody releases it. TooLate for any other."""
    return _change(letter, 'held', by, from_=[State.WAITING], state=State.HELD)


def release(letter: Letter, by: Any) -> Letter:
    """Sends a waiting or held letter now. TooLate for any other."""
    return _change(
        letter,
        'released',
        by,
        from_=UNSENT,
        state=State.WAITING,
        send_after=timezone.now(),
    )


def recall(letter: Letter, by: Any) -> Letter:
    """Takes back for good a letter that is waiting, held or could not be sent. TooLate for any other."""
    return _change(letter, 'recalled', by, from_=[*UNSENT, State.FAILED], state=State.RECALLED)


def edit(letter: Letter, by: Any, subject: str, body: str) -> Letter:
    """New words for a waiting or held letter. TooLate for any other; ValidationError as `check_words`."""
    check_words(letter, subject=subject, body=body)
    subject = one_line(subject, 250)
    return _change(letter, 'edited', by, from_=UNSENT, subject=subject, body=body)


def check_words(letter: Letter, *, subject: str, body: str) -> None:
    """ValidationError for an empty subject or body, and where a private link's `{{ link }}` would be lost."""
    if not subject.strip() or not body.strip():
        raise ValidationError('A letter needs a subject and words.')
    if letter.link and LINK not in body:
        raise ValidationError(
            f'Keep {LINK} where the private link belongs: it goes in when the letter is sent.'
        )


def retry(letter: Letter, by: Any) -> Letter:
    """Tries again, from the first attempt, what failed or was suppressed.

    TooLate for any other, and while the address still stands among the suppressed ones.
    """
    if SuppressedAddress.objects.filter(address=letter.to_address.lower()).exists():
        raise TooLate(
            f'Nothing is sent to {letter.to_address} while it stands among the suppressed addresses.'
        )
    return _change(
        letter,
        'tried again',
        by,
        from_=[State.FAILED, State.SUPPRESSED],
        state=State.WAITING,
        send_after=timezone.now(),
        attempts=0,
    )


def _change(letter: Letter, done: str, by: Any, from_: list[State], **became: datetime | str | int) -> Letter:
    """Locks, checks, writes: the worker's claim comes wholly before or wholly after."""
    with transaction.atomic():
        row = Letter.objects.select_for_update(of=('self',)).get(pk=letter.pk)
        if row.state not in from_:
            raise TooLate(f'This letter can no longer be {done}: it is {_standing(row)}.')
        for name, value in became.items():
            setattr(row, name, value)
        row.save(update_fields=[*became])
    log.info('Letter %s was %s by person %s', row.pk, done, by.pk)
    return row


def _standing(letter: Letter) -> str:
    if letter.state == State.SENT and letter.sent_at:
        return f'sent (at {timezone.localtime(letter.sent_at):%H:%M on %-d %B %Y})'
    return str(letter.get_state_display())
