"""The table of moves, a row each: it draws the buttons, refuses the requests, names the letters and the history.

To add one: its row here, its verb of the same name, its letters' templates, its tests. The rows stand in the order in
which their buttons are drawn.
"""

from blog.letters import To
from blog.letters.recipients import Whom
from blog.states import STATES, State
from blog.workflow.moves.any_time import AT_ANY_TIME
from blog.workflow.moves.authors import OF_AUTHORS
from blog.workflow.moves.desk import OF_THE_DESK
from blog.workflow.moves.pitches import OF_PITCHES
from blog.workflow.moves.print import OF_PRINT
from blog.workflow.moves.row import DATES, EVERYBODY, Event, Move

MOVES: dict[str, Move] = {
    move.name: move for move in (*OF_AUTHORS, *OF_PITCHES, *OF_THE_DESK, *OF_PRINT, *AT_ANY_TIME)
}
DECIDED = frozenset(name for name, move in MOVES.items() if move.decision)

EVENTS: dict[str, Event] = {
    'start': Event(label='Started', history='Begun'),
    'pitch': Event(
        label='Pitched',
        history='Suggested to the editors',
        letters=(
            To(Whom.CHIEFS, 'pitched'),
            To(Whom.GUESTS, 'pitched'),
            To(Whom.CORRESPONDING, 'pitch_received', receipt=True),
        ),
    ),
    'promise ended': Event(label='The promise ended', history='What was promised came to nothing'),
    'promise renewed': Event(label='The promise renewed', history='Promised again'),
    'import': Event(label='Imported', history='Brought in from where it was published before'),
    'went live': Event(
        label='Went live', history='Published', letters=(To(EVERYBODY, 'live'),), overtakes=DATES
    ),
    'readdress': Event(label='Address changed', history='Another address'),
    'retagged': Event(label='Tags changed', history='Other tags'),
    'set_details': Event(label='Details for print changed', history='What stands beside the words changed'),
    'set_series': Event(label='Series chosen', history='Made part of a series, or of none'),
    'agree': Event(
        label='A co-author said yes',
        history='A co-author said yes to being named',
        letters=(To(Whom.CORRESPONDING, 'agreed'),),
    ),
    'put_off': Event(label='Not now: a reminder put off', history='Not now: a reminder put off'),
    'vouch': Event(
        label='Said how a co-author agreed',
        history='Somebody said how a co-author agreed',
        letters=(To(Whom.EDITOR, 'vouched_for'), To(Whom.CORRESPONDING, 'vouched_for')),
    ),
    'name_off': Event(
        label='A silent name taken off',
        history='A name came off: nobody had said how they agreed',
        letters=tuple(To(whom, 'name_came_off') for whom in (Whom.EDITOR, Whom.CORRESPONDING, Whom.AGREED)),
    ),
    'come_back': Event(
        label='A co-author said yes after all',
        history='A co-author said yes after all, and is named again',
        letters=tuple(To(whom, 'name_came_back') for whom in (Whom.EDITOR, Whom.CORRESPONDING)),
    ),
    'discard': Event(
        label='Deleted',
        history='The draft was deleted',
        letters=(To(Whom.AGREED, 'discarded'),),
    ),
    'erased': Event(
        label='Withdrawn: its author is forgotten',
        history='Withdrawn, its author is forgotten',
        letters=(To(Whom.EDITOR, 'erased'),),
    ),
    'object': Event(
        label='An objection',
        history='Somebody named objects to it as it stands',
        letters=(To(Whom.EDITOR, 'objected'), To(Whom.CORRESPONDING, 'objected')),
        overtakes=DATES,
    ),
    'settle': Event(
        label='An objection settled',
        history='The objection was taken back',
        letters=(To(Whom.EDITOR, 'settled'), To(Whom.CORRESPONDING, 'settled')),
    ),
    'leave': Event(
        label='A name taken off',
        history='A name taken off',
        letters=(To(Whom.EDITOR, 'name_taken_off'), To(Whom.CORRESPONDING, 'name_taken_off')),
        overtakes=DATES,
    ),
}


def overtaken_by(name: str, was: str) -> tuple[str, ...]:
    """Kinds of letters that this makes untrue: recalled where they still wait."""
    if name in EVENTS:
        return EVENTS[name].overtakes
    move = MOVES[name]
    return (*move.overtakes, *STATES[State(was)].told_by) if move.undoes else move.overtakes


def history_label(name: str) -> str:
    """A step of the history in the editor's words."""
    return MOVES[name].label if name in MOVES else EVENTS[name].label


def history(name: str) -> str:
    """A step of the history in its author's words."""
    return MOVES[name].history if name in MOVES else EVENTS[name].history
