"""The moves of a second reading, a row each, and who may make them."""

from dataclasses import dataclass
from enum import StrEnum

from blog.models import Reading
from blog.states import row_of
from blog.states.reading_states import ReadingState as State
from members import roles
from ukis import engine
from ukis.engine import Situation
from ukis.erasing import ERASED


class ReadingParty(StrEnum):
    """What somebody is to a reading. Who is named on the submission is nothing to it."""

    READER = 'reader'
    EDITOR = 'the editor of the submission'
    CHIEF = roles.COMMISSIONING_EDITOR


READER = frozenset({ReadingParty.READER})
EDITORS = frozenset({ReadingParty.EDITOR, ReadingParty.CHIEF})
type Case = Situation[Reading, ReadingParty]


@dataclass(frozen=True, kw_only=True)
class ReadingMove(engine.Move[Reading, ReadingParty]):
    """`to_reader`, `to_editor`: the letters that it sends; `tells`: who is written to, for the button."""

    to_reader: str = ''
    to_editor: str = ''
    tells: str = 'nobody'
    history: str
    grave: bool = False
    quiet: bool = False  # no button where it cannot be made: there is nothing to be missed
    asks_anew: bool = False  # of somebody who was asked before
    overtakes: bool = True  # what was written of it before and has not left is true no more
    # What the reader reads beside the choice.
    answer: str = ''

    @property
    def is_answer(self) -> bool:
        return bool(self.answer)


def readers_are_asked(state: str) -> str:
    if row_of(state).asks_readers:
        return ''
    return 'Second readers are asked while an editor is reading it, before it is decided.'


def _undecided(case: Case) -> str:
    if case.row.is_decided:
        return 'The editor has decided meanwhile. If you would like to say something still, send your advice.'
    return ''


def _waited_for(case: Case) -> str:
    return 'It is decided: nobody waits for it any more.' if case.row.is_decided else ''


def _can_still_be_changed(case: Case) -> str:
    if case.row.is_returned and case.row.shared_at:
        return 'The editor has shared your advice with the author. To add to it, answer our letter by email.'
    return '' if case.row.version_id else 'The words are gone.'


def _is_not_shared(case: Case) -> str:
    return 'It is shared with the author already.' if case.row.shared_at else ''


def _can_be_asked_again(case: Case) -> str:
    row = case.row
    if row.email == ERASED:
        return 'Whoever was asked is forgotten, and their address with them.'
    if row.submission.readings.exclude(pk=row.pk).filter(email=row.email, state__in=_OPEN).exists():
        return 'They are asked already, under the same address.'
    return readers_are_asked(row.submission.state)


_OPEN = (State.ASKED, State.AGREED)
_ROWS = (
    ReadingMove(
        name='ask',
        label='Ask a second reader',
        frm=(),  # there is no reading yet
        to=State.ASKED,
        who=EDITORS,
        to_reader='reading_asked',
        tells='them, with the words, your question and the date',
        history='Asked',
    ),
    ReadingMove(
        name='agree',
        label='Say yes',
        frm=(State.ASKED, State.DECLINED),
        to=State.AGREED,
        who=READER,
        guard=_undecided,
        to_reader='reading_yes',
        to_editor='reading_answered_yes',
        history='They said yes',
        answer='Yes, I will read it by {due}',
    ),
    ReadingMove(
        name='decline',
        label='Say no',
        frm=_OPEN,
        to=State.DECLINED,
        who=READER,
        to_reader='reading_no',
        to_editor='reading_answered_no',
        history='They said no',
        answer='No, I cannot',
    ),
    ReadingMove(
        name='return_advice',
        label='Send the advice',
        frm=(*_OPEN, State.DECLINED, State.RETURNED),
        to=State.RETURNED,
        who=READER,
        guard=_can_still_be_changed,
        to_reader='reading_thanks',
        to_editor='reading_returned',
        history='They advised',
        answer='Here is my advice',
    ),
    ReadingMove(
        name='share',
        label='Share it with the author',
        frm=(State.RETURNED,),
        to=None,
        who=EDITORS,
        guard=_is_not_shared,
        asks=('for_author',),
        tells='the authors, as a message of the conversation',
        history='Shared with the author',
        overtakes=False,
        quiet=True,
    ),
    ReadingMove(
        name='remind',
        label='Remind them',
        frm=_OPEN,
        to=None,
        who=EDITORS,
        guard=_waited_for,
        asks=('optional_note',),
        to_reader='reading_reminded',
        tells='them',
        history='Reminded',
        quiet=True,
    ),
    ReadingMove(
        name='move_date',
        label='Move the date',
        frm=_OPEN,
        to=None,
        who=EDITORS,
        guard=_waited_for,
        asks=('due_on', 'optional_note'),
        to_reader='reading_date_moved',
        tells='them',
        history='Another date',
        quiet=True,
    ),
    ReadingMove(
        name='correct_address',
        label='Put the address right',
        frm=(State.ASKED,),
        to=None,
        who=EDITORS,
        asks=('address',),
        to_reader='reading_asked',
        tells='the right address; the old links work no longer',
        history='The address put right',
    ),
    ReadingMove(
        name='note_no',
        label='They said no elsewhere',
        frm=_OPEN,
        to=State.DECLINED,
        who=EDITORS,
        asks=('note',),
        history='They said no elsewhere',
    ),
    ReadingMove(
        name='note_advice',
        label='They advised elsewhere',
        frm=(*_OPEN, State.DECLINED),
        to=State.RETURNED,
        who=EDITORS,
        asks=('note',),
        history='They advised elsewhere',
    ),
    ReadingMove(
        name='revive',
        label='Ask again',
        frm=(State.DECLINED, State.TAKEN_BACK),
        to=State.ASKED,
        who=EDITORS,
        guard=_can_be_asked_again,
        asks=('due_on', 'optional_note'),
        to_reader='reading_asked',
        tells='them, with the same words and the new date',
        history='Asked again',
        asks_anew=True,
        quiet=True,
    ),
    ReadingMove(
        name='take_back',
        label='Take it back',
        frm=_OPEN,
        to=State.TAKEN_BACK,
        who=EDITORS,
        asks=('reason',),
        to_reader='reading_taken_back',
        tells='them, with your reason',
        history='Taken back',
        grave=True,
    ),
)
MOVES = {move.name: move for move in _ROWS}
EVENTS = {
    'forgotten': 'Closed: the reader, or the author and the words, are forgotten',
    'put_off': 'Not now: a reminder put off',
}


def in_words(move: str) -> str:
    return MOVES[move].history if move in MOVES else EVENTS[move]
