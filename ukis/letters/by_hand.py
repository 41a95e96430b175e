"""What staff may do with a letter that has not gone. Each locks the row, checks where it stands, writes."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ukis.letters import subjects
from ukis.letters.models import INSET, LINK, NOTE, Letter
from ukis.letters.queueing import UNSENT, State, one_line, take_back
from ukis.letters.refusing import is_refused
from ukis.letters.subjects import tell_changed
from ukis.refusals import NotNow

# From where each may start.
FROM = {
    'hold': [State.WAITING],
    'edit': UNSENT,
    'release': UNSENT,
    'recall': [*UNSENT, State.FAILED],
    'retry': [State.FAILED, State.SUPPRESSED, State.BOUNCED],
}
_DONE = {'hold': 'held', 'edit': 'changed', 'release': 'sent', 'recall': 'recalled', 'retry': 'tried again'}

log = logging.getLogger(__name__)


class TooLate(NotNow):
    """What staff ask cannot be done with the letter as it now stands; its sentence says why, for them."""


@dataclass(frozen=True)
class InHand:
    """A letter as it stands, those that share its note, and those that were written with it."""

    letter: Letter
    its_like: list[Letter]
    beside: list[Letter]


def take_in_hand(letter: Letter) -> InHand:
    """All of these held against everybody else until the caller's transaction ends: what they are about first, then
    the letters in one order."""
    with_it = subjects.beside(letter)
    subjects.lock_subjects([letter, *with_it])
    alike = list(letter.sharing_its_note().values_list('pk', flat=True))
    keys = [letter.pk, *alike, *(row.pk for row in with_it)]
    rows = Letter.objects.filter(pk__in=keys).select_for_update(of=('self',)).order_by('pk')
    held = {row.pk: row for row in rows}
    mine = held.pop(letter.pk)
    its_like = [held.pop(pk) for pk in alike if pk in held]
    return InHand(mine, its_like, list(held.values()))


@contextmanager
def in_hand(letter: Letter) -> Iterator[InHand]:
    with transaction.atomic():
        yield take_in_hand(letter)


def why_not(letter: Letter, verb: str) -> str:
    """Why this cannot be done with the letter as it stands, in a sentence; '' where it can."""
    if letter.state not in FROM[verb]:
        return f'This letter can no longer be {_DONE[verb]}: it is {_standing(letter)}.'
    if verb == 'retry' and not letter.body:
        return 'Its words are no longer kept: there is nothing to send. Write anew.'
    if verb == 'retry' and is_refused(letter.to_address, letter.kind, letter.to_id):
        return f'Nothing of this kind is sent to {letter.to_address}: it is suppressed, or its reader wants none.'
    return ''


def why_no_other_note(letter: Letter) -> str:
    """Why its note must stay as it is, in a sentence; '' where it need not."""
    gone = letter.sharing_its_note().filter(state__in=[State.SENT, State.SENDING]).first()
    if gone is None:
        return ''
    return (
        f'{gone.to_name or gone.to_address} has been sent this note already: that letter is {_standing(gone)}. '
        'The note stays as it is; the rest of this letter can still be changed.'
    )


def hold(letter: Letter, by: Any) -> Letter:
    """Keeps a waiting letter until somebody releases it. TooLate for any other."""
    return _change('hold', letter, by, state=State.HELD)


def release(letter: Letter, by: Any) -> Letter:
    """Sends a waiting or held letter now. TooLate for any other."""
    return _change('release', letter, by, state=State.WAITING, send_after=timezone.now())


def recall(letter: Letter, by: Any, *, and_its_like: bool = False, and_beside: bool = False) -> list[Letter]:
    """Takes back for good a letter that is waiting, held or could not be sent. TooLate for any other.

    `and_its_like`: with it those that carry the same note; `and_beside`: those that were written with it; both as far
    as they have not gone. Returns all that were recalled.
    """
    with in_hand(letter) as held:
        _refuse(why_not(held.letter, 'recall'))
        others = [*(held.its_like if and_its_like else ()), *(held.beside if and_beside else ())]
        going = [held.letter, *(row for row in others if row.state in FROM['recall'])]
        take_back(going)
    for row in going:
        log.info('Letter %s was recalled by person %s', row.pk, by.pk)
    return going


def beside(letter: Letter) -> list[Letter]:
    """Those that were written with it and could be recalled as well."""
    return [row for row in subjects.beside(letter) if row.state in FROM['recall']]


def edit(letter: Letter, by: Any, *, subject: str, body: str, note: str = '') -> Letter:
    """New words for a waiting or held letter; a new note for all that share it.

    TooLate for any other, and for the note once one of them is gone; ValidationError as `check_words`.
    """
    check_words(letter, subject=subject, body=body, note=note)
    subject, body, note = one_line(subject, 250), _lines(body, letter.body), _lines(note, letter.note)
    with in_hand(letter) as held:
        mine, others = held.letter, held.its_like
        _refuse(why_not(mine, 'edit'))
        before = (mine.subject, mine.body, mine.note)
        if note != mine.note:
            _refuse(why_no_other_note(mine))
            Letter.objects.filter(pk__in=[row.pk for row in others]).exclude(state=State.RECALLED).update(
                note=note
            )
        mine.subject, mine.body, mine.note = subject, body, note
        mine.save(update_fields=['subject', 'body', 'note'])
        if before != (mine.subject, mine.body, mine.note):
            tell_changed(mine)
    log.info('Letter %s was edited by person %s', mine.pk, by.pk)
    return mine


def check_words(letter: Letter, *, subject: str, body: str, note: str = '') -> None:
    """ValidationError for an empty subject, body or note, and where the place of note or private link is lost."""
    if not subject.strip() or not body.strip():
        raise ValidationError('A letter needs a subject and words.')
    if letter.link and LINK not in body:
        raise ValidationError(
            f'Keep {LINK} where the private link belongs: it goes in when the letter is sent.'
        )
    if not letter.link and LINK in body:
        raise ValidationError(
            f'This letter has no private link, so nothing would stand in the place of {LINK}.'
        )
    if INSET in letter.body and INSET not in body:
        raise ValidationError(
            f'Keep {INSET} where it stands: what the letter is for goes in when it is sent.'
        )
    if letter.note and NOTE not in body:
        raise ValidationError(f'Keep {NOTE} where the note belongs: it goes in when the letter is sent.')
    if letter.note and not note.strip():
        raise ValidationError('The note is what this letter is for. To say nothing, recall the letter.')
    if not letter.note and NOTE in body:
        raise ValidationError(f'This letter has no note, so nothing would stand in the place of {NOTE}.')


def retry(letter: Letter, by: Any) -> Letter:
    """Tries again, from the first attempt, what failed or was suppressed.

    TooLate for any other, and while the address still stands among the suppressed ones.
    """
    return _change(
        'retry',
        letter,
        by,
        state=State.WAITING,
        send_after=timezone.now(),
        attempts=0,
        first_tried_at=None,
    )


def retry_all(failed: Iterable[Letter], by: Any) -> int:
    """Tries again all of these that can be; how many."""
    tried = 0
    for letter in failed:
        with suppress(TooLate):
            retry(letter, by)
            tried += 1
    return tried


def _change(verb: str, letter: Letter, by: Any, **became: datetime | str | int | None) -> Letter:
    """Locks, checks, writes: the worker's claim comes wholly before or wholly after."""
    with in_hand(letter) as held:
        row = held.letter
        _refuse(why_not(row, verb))
        for name, value in became.items():
            setattr(row, name, value)
        row.save(update_fields=[*became])
    log.info('Letter %s was %s by person %s', row.pk, _DONE[verb], by.pk)
    return row


def _lines(text: str, before: str) -> str:
    """As it was typed, with our ends of lines; what differs in these and at its very end alone is no change."""
    text = '\n'.join(text.splitlines())
    return before if text.strip() == before.strip() else text


def _refuse(why: str) -> None:
    if why:
        raise TooLate(why)


def _standing(letter: Letter) -> str:
    if letter.state == State.SENT and letter.sent_at:
        return f'sent (at {timezone.localtime(letter.sent_at):%H:%M on %-d %B %Y})'
    return str(letter.get_state_display())
