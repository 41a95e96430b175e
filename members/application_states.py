"""The states of an application, a row each: who acts next and by when, and the sentence that either side reads.

To add one: a member of `ApplicationState`, its row, the moves that lead there and away (`members/applying/moves.py`),
their lines in the matrix of `tests/members/test_applying.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models

from ukis import days


class ApplicationState(models.TextChoices):
    """As staff read them."""

    DRAFT = 'draft', 'Being filled in'
    SUBMITTED = 'submitted', 'Waiting for a decision'
    ASKED = 'asked', 'Asked for more'
    APPROVED = 'approved', 'Approved'
    DECLINED = 'declined', 'Declined'
    WITHDRAWN = 'withdrawn', 'Withdrawn'
    REFERRED = 'referred', 'Asked their organisation for a place'


@dataclass(frozen=True, kw_only=True)
class ApplicationRow:
    """One state. Blanks of the sentences: {due} {since} {category} {number} {organisation}."""

    applicant: str  # what the applicant reads
    staff: str
    kind: str  # how it is shown to the applicant: waits for you, for them, done, off
    due: Callable[[date], date | None]
    place: int  # in the list of staff: what waits for them first
    editable: bool = False  # the applicant may change what they said
    waits_for_staff: bool = False
    waits_once_late: bool = False  # for staff too, when the applicant has not answered by their day
    # What either reads once the day is past.
    applicant_late: str = ''
    staff_late: str = ''
    closed: bool = False
    # Disposed of by the clock once it has stood so long; see `members/applying/disposing.py`.
    disposed_of: bool = False


def never(today: date) -> None:
    return None


def in_days(count: int) -> Callable[[date], date]:
    return lambda today: today + timedelta(days=count)


def in_working_days(count: int) -> Callable[[date], date]:
    return lambda today: days.add_working_days(today, count)


State = ApplicationState
STATES: dict[ApplicationState, ApplicationRow] = {
    State.DRAFT: ApplicationRow(
        applicant='You have not sent this application yet. It is kept until {due}, and nobody else reads what you '
        'wrote before you send it.',
        staff='The applicant is filling it in. It is deleted on {due} if they do not come back to it.',
        kind='you',
        due=never,  # it moves with every save
        place=2,
        editable=True,
    ),
    State.SUBMITTED: ApplicationRow(
        applicant='We have your application. The membership secretary answers by {due}; you need do nothing now.',
        staff='Waiting since {since}. Decide, or ask for more, by {due}.',
        kind='them',
        applicant_late='We have your application. The membership secretary was to answer by {due}, and is late: we are '
        'sorry. You need do nothing now.',
        due=in_working_days(10),
        place=0,
        waits_for_staff=True,
    ),
    State.ASKED: ApplicationRow(
        applicant='We have asked you for more. Change your application and send it again by {due}.',
        staff='The applicant has been asked for more, and answers by {due}.',
        applicant_late='We have asked you for more, and hoped to have it by {due}. Change your application and send it '
        'again, or withdraw it.',
        staff_late='The applicant was asked for more, was to answer by {due}, and has not. Write to them, or decline.',
        kind='you',
        due=in_days(28),
        place=1,
        editable=True,
        waits_once_late=True,
    ),
    State.APPROVED: ApplicationRow(
        applicant='Approved on {since}: welcome. Your membership has the number {number}.',
        staff='Approved on {since}, membership {number}.',
        kind='done',
        due=never,
        place=3,
        closed=True,
    ),
    State.DECLINED: ApplicationRow(
        applicant='Declined on {since}. If you think that this was a mistake, answer our letter: it can be reopened.',
        staff='Declined on {since}. It can be reopened.',
        kind='off',
        due=never,
        place=3,
        closed=True,
        disposed_of=True,
    ),
    State.WITHDRAWN: ApplicationRow(
        applicant='You withdrew this application on {since}. Write to us if you wish to go on with it.',
        staff='Withdrawn by the applicant on {since}. It can be reopened.',
        kind='off',
        due=never,
        place=3,
        closed=True,
        disposed_of=True,
    ),
    State.REFERRED: ApplicationRow(
        applicant='On {since} we asked the main contacts of {organisation} to give you a place in its membership. '
        'They write to you.',
        staff='Asked for a place in the membership of {organisation} on {since}; its main contacts have the letter.',
        kind='done',
        due=never,
        place=3,
        closed=True,
        disposed_of=True,
    ),
}


def row_of(state: str) -> ApplicationRow:
    return STATES[ApplicationState(state)]


def where(fits: Callable[[ApplicationRow], bool]) -> list[ApplicationState]:
    return [state for state, row in STATES.items() if fits(row)]
