"""Somebody named objects to the submission as it stands; it does not come out before that is settled."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from blog import letters
from blog.models import Authorship, State, Submission
from blog.workflow.engine import locked, record, wait_for_another_date
from blog.workflow.moves import EVENTS
from members.models import Person
from ukis.limits import DAY, Limit
from ukis.refusals import NotAllowed, NotNow

CHANGES_OF_MIND = Limit('objection', 6, DAY)  # of one name under one submission


def object_to(submission: Submission, *, by: Person | None, authorship: Authorship, words: str) -> None:
    """The words go to whoever handles it and to the editors. `by` is None for somebody who came by a private link.

    A scheduled one comes off the calendar: it would come out with the name.
    """
    with transaction.atomic():
        held = locked(submission)
        at = timezone.now()
        mine = _own(held, by, authorship)
        if mine.objected_at and mine.objection == words.strip():
            return
        _refuse_a_flood(mine)
        if held.is_live_at(at):
            raise NotNow('It is published. Write to the editors about it.')
        if not words.strip():
            raise NotNow('Say what you object to: the editors and whoever handles it read it.')
        mine.objected_at, mine.objection = at, words.strip()
        mine.save(update_fields=['objected_at', 'objection'])
        was = State(held.state)
        scheduled = wait_for_another_date(held, 'object', at=at)
        _told(held, 'object', was, by=by, mine=mine, at=at, words=mine.objection, scheduled=scheduled)


def settle(submission: Submission, *, by: Person | None, authorship: Authorship) -> None:
    """They take the objection back."""
    with transaction.atomic():
        held = locked(submission)
        at = timezone.now()
        mine = _own(held, by, authorship)
        if mine.objected_at is None:
            return
        _refuse_a_flood(mine)
        mine.objected_at, mine.objection = None, ''
        mine.save(update_fields=['objected_at', 'objection'])
        _told(held, 'settle', State(held.state), by=by, mine=mine, at=at)


def _refuse_a_flood(mine: Authorship) -> None:
    """Each objection, and each that is taken back, is a letter to several people, and a link is no account."""
    if not CHANGES_OF_MIND.take(mine.pk):
        raise NotNow(
            'You have objected and taken it back often today. Nothing was changed: write to the editors instead.'
        )


def _own(submission: Submission, by: Person | None, authorship: Authorship) -> Authorship:
    mine = submission.authorships.filter(pk=authorship.pk).first()
    if mine is None or mine.came_off_at:
        raise NotNow('Your name is not on this submission any more.')
    if by is not None and mine.person_id != by.pk:
        raise NotAllowed('You can speak for your own name only.')
    if mine.corresponding:
        raise NotNow('It is in your own hands. Withdraw it, or write to the editors.')
    return mine


def _told(
    submission: Submission,
    name: str,
    was: State,
    *,
    by: Person | None,
    mine: Authorship,
    at: datetime,
    words: str = '',
    scheduled: bool = False,
) -> None:
    note = f'{mine.name}: {words}' if words else mine.name
    step = record(submission, name, was, by=by, at=at, note=note)
    facts = letters.Facts(name=mine.name, words=words, off_the_calendar=scheduled)
    letters.tell_of_step(EVENTS[name].letters, submission, step=step, by=by, hold=False, facts=facts)
