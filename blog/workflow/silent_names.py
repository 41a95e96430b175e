"""The end of a silence: whoever answers for a submission hears until when a name stands on which nobody has spoken.
Then it comes off, and whoever bears it can still bring it back until the submission is released."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from blog import letters
from blog.letters.answered import OF_NAMED
from blog.models import Authorship, State, Submission, Version
from blog.states import row_of
from blog.told import UNSENT
from blog.workflow.engine import locked, record
from blog.workflow.moves import EVENTS
from blog.workflow.rights import roles_of
from blog.workflow.roles import EDITORS
from blog.workflow.words import write_version
from members.models import Person
from ukis import days
from ukis.letters.models import Letter
from ukis.refusals import NotAllowed, NotNow

NOTICE = 5  # working days between the letter to the corresponding author and the end
TOLD_BY = 'name_unanswered'  # that letter


def give_notice(submission: Submission, authorship: Authorship, *, on: date) -> None:
    """Until when the name stands, as the letter of today says. The submission is held by whoever calls. Never set
    where nobody else is printed: then it is not the name that goes."""
    others = submission.authorships.filter(printed=True).exclude(pk=authorship.pk)
    authorship.comes_off_on = days.add_working_days(on, NOTICE) if others.exists() else None
    authorship.save(update_fields=['comes_off_on'])


def notices(authorship: Authorship) -> list[str]:
    """What became of the letters that told the corresponding author of it, as the outbox has them."""
    told = Letter.objects.about(authorship.submission).filter(kind=TOLD_BY, judged_by__row=authorship.pk)
    return list(told.values_list('state', flat=True))


def why_it_stays(submission: Submission, theirs: Authorship, *, on: date) -> str:
    """Why a silent name does not come off now: a sentence, or nothing."""
    if theirs.came_off_at:
        return 'The name is off already.'
    if not theirs.is_silent:
        return f'{theirs.name} is named on somebody’s word.'
    if theirs.objected_at:
        return f'{theirs.name} has answered: there is an objection to settle.'
    if row_of(submission.state).closed or row_of(submission.state).in_print:
        return 'The submission is closed, or has a date.'
    if theirs.submission.incoming.held().filter(guest=theirs.name, answered__kind__in=OF_NAMED).exists():
        return f'{theirs.name} has answered by email: it waits among the letters that came in.'
    if theirs.comes_off_on is None:
        return 'The corresponding author is told first until when the name stands, a week after it was asked for.'
    if theirs.comes_off_on >= on:
        return f'It stands until {days.in_words(theirs.comes_off_on)}: so the corresponding author was told.'
    told = set(notices(theirs))
    if told and told <= {*UNSENT, Letter.State.RECALLED}:
        return 'The letter that tells the corresponding author of it has not left yet.'
    if not submission.authorships.filter(printed=True).exclude(pk=theirs.pk).exists():
        return 'Somebody’s name must be printed, and there is no other.'
    return ''


def is_taken_off_by_the_clock(submission: Submission) -> bool:
    """Where the byline may change by itself. Later it would change what somebody was asked to approve, or has
    approved: there an editor takes the name off, and sees so."""
    return row_of(submission.state).byline_open


def take_silent_name_off(submission: Submission, *, by: Person | None, authorship: Authorship) -> None:
    """`by` is None for the clock. Everybody concerned is told; the name keeps its place for one who comes back."""
    with transaction.atomic():
        held = locked(submission)
        at, was = timezone.now(), State(held.state)
        if by is not None and not roles_of(held, by) & EDITORS:
            raise NotAllowed('An editor of the submission takes a silent name off, or the clock does.')
        theirs = held.authorships.filter(pk=authorship.pk).first()
        if theirs is None:
            raise NotNow('Their name is not on this submission any more.')
        if why_not := why_it_stays(held, theirs, on=days.london_day(at)):
            raise NotNow(why_not)
        if by is None and not is_taken_off_by_the_clock(held):
            raise NotNow('An editor takes it off: its author was asked to approve it with the name.')
        approved = bool(held.approved_hash) and held.approved_hash == held.current.hash
        theirs.printed = theirs.can_edit = False
        theirs.came_off_at = at
        theirs.save(update_fields=['printed', 'can_edit', 'came_off_at'])
        note = f'{theirs.name}: no answer'
        _carry_byline(held, by=by, at=at, why='name_off', note=note)
        step = record(held, 'name_off', was, by=by, at=at, note=note)
        facts = letters.Facts(name=theirs.name, lapsed=approved)
        letters.tell_of_step(EVENTS['name_off'].letters, held, step=step, by=by, hold=False, facts=facts)
        letters.tell_named('your_name_off', theirs, held, by=by, key=f'step {step.pk}', facts=facts)


def bring_back(submission: Submission, mine: Authorship, *, by: Person | None, at: datetime) -> None:
    """Somebody whose name came off says yes after all: it stands again, at its place. The submission is held by
    whoever calls, and `mine` is saved by them before."""
    was = State(submission.state)
    approved = bool(submission.approved_hash) and submission.approved_hash == submission.current.hash
    _carry_byline(submission, by=by, at=at, why='come_back', note=f'{mine.name} said yes')
    step = record(submission, 'come_back', was, by=by, at=at, note=f'{mine.name} said yes after all')
    facts = letters.Facts(name=mine.name, lapsed=approved)
    letters.tell_of_step(EVENTS['come_back'].letters, submission, step=step, by=by, hold=False, facts=facts)


def why_not_back(submission: Submission) -> str:
    row = row_of(submission.state)
    if row.closed:
        return 'The submission is closed. Write to the editors if your name should be on it.'
    if row.in_print:
        return 'It has a date for print without your name. Write to the editors at once.'
    return ''


def _carry_byline(submission: Submission, *, by: Person | None, at: datetime, why: str, note: str) -> None:
    """A version with the byline as it now stands. Who read or handed in the words has read these: no letter changed.
    Whoever is being asked to approve them is asked about these; what was approved is approved no more."""
    before, was = submission.current, State(submission.state)
    assert before is not None, 'what names somebody has words'
    version: Version = write_version(submission, before.words(), by=by, at=at, why=why, note=note)
    for name in ('handed_in_version', 'read_version'):
        if getattr(submission, f'{name}_id') == before.pk:
            setattr(submission, name, version)
    if submission.asked_version_id and row_of(was).asks_approval:
        submission.asked_version = version
    submission.save(update_fields=['handed_in_version', 'read_version', 'asked_version'])
