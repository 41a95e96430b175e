"""The moves of a commission, a row each, and who may make them."""

from dataclasses import dataclass
from enum import StrEnum

from blog.commissioning import chased
from blog.commissioning.others import (
    asked_already,
    is_forgotten,
    is_its_editors_own,
    open_words,
    taken_meanwhile,
)
from blog.models import Commission
from blog.states import row_of
from blog.states.commission_states import CommissionState as State
from members import roles
from ukis import days, engine
from ukis.engine import Situation


class CommissionParty(StrEnum):
    """What somebody is to a commission."""

    INVITEE = 'invitee'
    EDITOR = 'its editor'
    CHIEF = roles.COMMISSIONING_EDITOR
    CLOCK = 'the clock'


INVITEE, CLOCK = frozenset({CommissionParty.INVITEE}), frozenset({CommissionParty.CLOCK})
EDITORS = frozenset({CommissionParty.EDITOR, CommissionParty.CHIEF})
type Case = Situation[Commission, CommissionParty]


@dataclass(frozen=True, kw_only=True)
class CommissionMove(engine.Move[Commission, CommissionParty]):
    """`to_invitee`, `to_editor`: the letters that it sends; `tells`: who is written to, for the button."""

    to_invitee: str = ''
    to_editor: str = ''
    tells: str = 'nobody'
    history: str
    grave: bool = False
    quiet: bool = False  # no button where it cannot be made: there is nothing to be missed
    asks_anew: bool = False  # of somebody who was asked before
    # What the invitee reads beside the choice.
    answer: str = ''

    @property
    def is_answer(self) -> bool:
        return bool(self.answer)


def _can_be_asked(case: Case) -> str:
    row, today = case.row, days.london_day(case.at)
    if not row.brief.strip():
        return 'Write the brief first: what it is to be about.'
    if row.answer_by < today:
        return 'The day to answer by is past. Choose another one, under “Change it”.'
    return is_its_editors_own(row) or asked_already(row)


def _nothing_submitted(case: Case) -> str:
    if open_words(case.row).filter(first_submitted_at__isnull=False).exists():
        return 'You have sent your words to the editors. Write to them in the conversation.'
    return ''


def _is_free(case: Case) -> str:
    """Whether nobody else has been asked meanwhile."""
    if taken_meanwhile(case.row):
        return 'Somebody else has been asked meanwhile. Write to the editor, who may have another subject for you.'
    return ''


def _not_too_late(case: Case) -> str:
    """A yes after a no, or after silence."""
    if why_not := _is_free(case):
        return why_not
    if why_not := is_forgotten(case.row):
        return why_not
    if case.row.deadline < days.london_day(case.at):
        return 'The day for which it was wanted is past. Choose “later”, and name the day that suits you.'
    return ''


def _not_begun(case: Case) -> str:
    if open_words(case.row).exists():
        return 'The writing has begun: the date is moved on the page of the blog itself.'
    return ''


def _date_is_open(case: Case) -> str:
    return _is_free(case) or _not_begun(case)


def _was_proposed(case: Case) -> str:
    return '' if case.row.proposed_on else 'No other date is proposed, or it was answered.'


def _has_no_open_words(case: Case) -> str:
    """Once its submission has come to nothing, the editor may ask anew."""
    if case.row.state != State.ACCEPTED:
        return is_forgotten(case.row)
    submissions = list(case.row.submissions.all())
    if not submissions or not all(row_of(one.state).closed for one in submissions):
        return 'They have promised it. Take it back, or wait for their words.'
    return ''


def _time_is_over(case: Case) -> str:
    if case.row.proposed_on:
        return 'They proposed another date, and wait for the editor.'
    if case.row.answer_by >= days.london_day(case.at):
        return 'Their time to answer is not over.'
    if case.row.incoming.held().exists():
        return 'A letter came in that answers it, and waits for an editor.'
    return '' if chased.is_done(case.row, case.at) else 'They were not reminded yet.'


def _handed_in(case: Case) -> str:
    if open_words(case.row).filter(first_submitted_at__isnull=False).exists():
        return 'The words are with the editors. Decide on the submission itself.'
    return ''


def _is_out(case: Case) -> str:
    return '' if any(one.has_live_post for one in case.row.submissions.all()) else 'It is not published.'


_ANSWERED = (State.SENT, State.DECLINED, State.EXPIRED)
_ROWS = (
    CommissionMove(
        name='send',
        label='Send the invitation',
        frm=(State.DRAFT,),
        to=State.SENT,
        who=EDITORS,
        guard=_can_be_asked,
        asks=('letter',),
        to_invitee='commission_invited',
        tells='them, with the brief, the dates and four answers',
        history='Asked',
    ),
    CommissionMove(
        name='accept',
        label='Say yes',
        frm=_ANSWERED,
        to=State.ACCEPTED,
        who=INVITEE,
        guard=_not_too_late,
        to_invitee='commission_yes',
        to_editor='commission_answered_yes',
        history='They said yes',
        answer='Yes, I will write it by {deadline}',
    ),
    CommissionMove(
        name='propose',
        label='Propose a later date',
        frm=(*_ANSWERED, State.ACCEPTED),
        to=None,
        who=INVITEE,
        guard=_date_is_open,
        to_editor='commission_answered_later',
        history='They proposed another date',
        answer='Yes, but later',
    ),
    CommissionMove(
        name='decline',
        label='Say no',
        frm=(*_ANSWERED, State.ACCEPTED),
        to=State.DECLINED,
        who=INVITEE,
        guard=_nothing_submitted,
        to_invitee='commission_no',
        to_editor='commission_answered_no',
        history='They said no',
        answer='No, I cannot, or not now',
    ),
    CommissionMove(
        name='suggest',
        label='Name somebody else',
        frm=(*_ANSWERED, State.ACCEPTED),
        to=State.DECLINED,
        who=INVITEE,
        guard=_nothing_submitted,
        to_invitee='commission_no',
        to_editor='commission_answered_other',
        history='They named somebody else',
        answer='Ask somebody else instead',
    ),
    CommissionMove(
        name='agree_date',
        label='Agree to the date',
        frm=(State.SENT, State.ACCEPTED),
        to=None,
        who=EDITORS,
        guard=_was_proposed,
        asks=('proposed', 'optional_note'),
        to_invitee='commission_date_agreed',
        tells='them',
        history='The later date agreed to',
        quiet=True,
    ),
    CommissionMove(
        name='refuse_date',
        label='Keep to the first date',
        frm=(State.SENT, State.ACCEPTED),
        to=None,
        who=EDITORS,
        guard=_was_proposed,
        asks=('proposed', 'note'),
        to_invitee='commission_date_refused',
        tells='them',
        history='The later date not agreed to',
        quiet=True,
    ),
    CommissionMove(
        name='move_dates',
        label='Move the dates',
        frm=(State.SENT, State.ACCEPTED),
        to=None,
        who=EDITORS,
        guard=_not_begun,
        asks=('other_dates', 'optional_note'),
        to_invitee='commission_dates_moved',
        tells='them',
        history='Other dates',
    ),
    CommissionMove(
        name='correct_address',
        label='Put the address right',
        frm=(State.SENT,),
        to=None,
        who=EDITORS,
        asks=('address',),
        to_invitee='commission_invited',
        tells='the right address; the old links work no longer',
        history='The address put right',
    ),
    CommissionMove(
        name='note_yes',
        label='They said yes elsewhere',
        frm=_ANSWERED,
        to=State.ACCEPTED,
        who=EDITORS,
        guard=_not_too_late,
        asks=('note',),
        to_invitee='commission_yes',
        tells='them, with the link to write by',
        history='They said yes elsewhere',
    ),
    CommissionMove(
        name='note_no',
        label='They said no elsewhere',
        frm=(State.SENT, State.EXPIRED, State.ACCEPTED),
        to=State.DECLINED,
        who=EDITORS,
        guard=_handed_in,
        asks=('note',),
        tells='nobody',
        history='They said no elsewhere',
    ),
    CommissionMove(
        name='revive',
        label='Ask again',
        frm=(State.DECLINED, State.EXPIRED, State.TAKEN_BACK, State.ACCEPTED),
        to=State.SENT,
        who=EDITORS,
        guard=_has_no_open_words,
        asks=('dates', 'optional_note'),
        to_invitee='commission_invited',
        tells='them, with the brief and the new dates',
        history='Asked again',
        asks_anew=True,
        quiet=True,
    ),
    CommissionMove(
        name='take_back',
        label='Take it back',
        frm=(State.SENT, State.ACCEPTED),
        to=State.TAKEN_BACK,
        who=EDITORS,
        guard=_handed_in,
        asks=('reason',),
        to_invitee='commission_taken_back',
        tells='them, with your reason',
        history='Taken back',
        grave=True,
    ),
    CommissionMove(
        name='expire',
        label='Let the time be over',
        frm=(State.SENT,),
        to=State.EXPIRED,
        who=CLOCK,
        guard=_time_is_over,
        to_invitee='commission_expired',
        to_editor='commission_unanswered',
        history='No answer in time',
    ),
    CommissionMove(
        name='fulfil',
        label='Note that it came out',
        frm=(State.ACCEPTED,),
        to=State.FULFILLED,
        who=CLOCK,
        guard=_is_out,
        history='Published',
    ),
)
MOVES = {move.name: move for move in _ROWS}
EVENTS = {
    'draft': 'Drafted',
    'change': 'Changed',
    'begin': 'The writing began',
    'by_email': 'They answered by email',
    'put_off': 'Not now: a reminder put off',
    'handed_on': 'Another editor',
    'forgotten': 'Closed, whoever was asked is forgotten',
}


def in_words(move: str) -> str:
    return MOVES[move].history if move in MOVES else EVENTS[move]
