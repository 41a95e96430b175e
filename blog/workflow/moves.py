"""The table of moves, a row each: it draws the buttons, refuses the requests, names the letters and the history.

To add one: its row here, its verb of the same name, its letters' templates, its tests.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from blog.letters import To
from blog.models import State, Submission
from blog.recipients import Whom
from blog.states import IN_PROCESS, NOT_CLOSED, STATES, where
from blog.workflow import guards
from blog.workflow.roles import AUTHORS, CHIEFS, CORRESPONDING, EDITORS, PUBLISHERS, TAKERS, Role
from ukis import engine

REOPENS_WITHIN = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class ForAuthor:
    """A move as its author meets it: a page that asks more, or (`posts`) a button. `leads` says where to."""

    page: str
    leads: str
    label: str = ''
    posts: bool = False
    part: str = ''  # of the page
    # Whether the editor's last note is answered by it.
    answers: bool = False


@dataclass(frozen=True, kw_only=True)
class Move(engine.Move[Submission, Role]):
    """`tells`: who gets a letter, for the button. `history`: what its author reads of it afterwards.

    `live` is True where the post must be out, False where it must not be, None where it does not matter.
    `decision`: its letters wait five minutes. `grave`: its button is plain and asks once more.
    """

    tells: str
    history: str
    letters: Sequence[To]
    overtakes: tuple[str, ...] = ()
    live: bool | None = None
    decision: bool = False
    grave: bool = False
    leads: str = ''
    note_hint: str = 'It stands in the letter, word for word.'
    # Whether an editor answers by it what the author wrote last; every decision does.
    answers_author: bool = False
    # Whether its note is the editors' own: from one of them to another, and not for the author.
    among_editors: bool = False
    author: ForAuthor | None = None

    @property
    def is_aside(self) -> bool:
        """Whether it does not lead on: its button stands back behind those that do."""
        return self.to is None or self.frm == (State.RELEASED,)

    @property
    def leads_to(self) -> str:
        """Where the button leads, in the editor's words."""
        return self.leads or (State(self.to).label if self.to else 'as it is')


@dataclass(frozen=True, kw_only=True)
class Event:
    """What stands in the history and is no move: in the editor's words, and in the author's."""

    label: str
    history: str
    letters: Sequence[To] = ()
    overtakes: tuple[str, ...] = ()


AUTHOR, NAMED, EVERYBODY = Whom.AUTHORS, Whom.COAUTHORS, Whom.EVERYBODY
DATES = ('scheduled', 'rescheduled')
DECISIONS = ('changes_requested', 'accepted', 'final_copy', 'scheduled', 'revised', 'declined')
PRINT = partial(Move, frm=tuple(NOT_CLOSED), to=None, who=PUBLISHERS, live=True, asks=('reason',))
TELLS_ALL = 'the author and the other editors'
S = State


def _both(kind: str) -> tuple[To, To]:
    return To(AUTHOR, kind), To(Whom.DESK, kind)


_MOVES = [
    # the author's
    Move(
        name='submit',
        label='Submit to the editors',
        frm=(S.DRAFTING,),
        to=S.SUBMITTED,
        who=AUTHORS,
        asks=('optional_note',),
        tells='the editors, you and your co-authors',
        history='Submitted to the editors',
        letters=(
            To(Whom.EDITOR, 'arrived'),
            To(Whom.CORRESPONDING, 'received', receipt=True),
            To(NAMED, 'named'),
        ),
        author=ForAuthor(
            page='submission_submit',
            label='Check and submit to the editors',
            leads='The editors have it, and nobody changes it until one of them has read it.',
            answers=True,
        ),
    ),
    Move(
        name='take_back',
        label='Take it back',
        frm=(S.SUBMITTED,),
        to=S.DRAFTING,
        who=AUTHORS,
        guard=guards.untaken,
        tells='the editors',
        history='Taken back by the author',
        letters=(To(Whom.CHIEFS, 'taken_back'),),
        author=ForAuthor(
            page='submission_take_back', leads='It comes back to you, to go on writing.', posts=True
        ),
    ),
    Move(
        name='resubmit',
        label='Send it back to the editor',
        frm=(S.CHANGES_REQUESTED,),
        to=S.IN_REVIEW,
        who=AUTHORS,
        asks=('note',),
        tells='the editor',
        history='Sent back to the editor with changes',
        letters=(To(Whom.EDITOR, 'resubmitted'), To(NAMED, 'named')),
        overtakes=('changes_requested',),
        author=ForAuthor(
            page='submission_submit',
            label='Check and send it back to the editor',
            leads='The editor reads it again, with what changed since.',
            answers=True,
        ),
    ),
    Move(
        name='approve',
        label='Approve these exact words',
        frm=(S.AUTHOR_APPROVAL,),
        to=S.READY,
        who=CORRESPONDING,
        guard=guards.exact_words,
        asks=('optional_note',),
        tells='the editor',
        history='The author approved these exact words',
        letters=(To(Whom.EDITOR, 'approved'),),
        overtakes=('final_copy',),
        author=ForAuthor(
            page='submission_approve',
            leads='The words are fixed, and the editor chooses the date.',
            answers=True,
        ),
    ),
    Move(
        name='ask_for_correction',
        label='Ask for a correction',
        frm=(S.AUTHOR_APPROVAL,),
        to=S.EDITING,
        who=AUTHORS,
        asks=('note',),
        tells='the editor',
        history='The author asked for a correction',
        letters=(To(Whom.EDITOR, 'correction_asked'),),
        overtakes=('final_copy',),
        author=ForAuthor(
            page='submission_approve',
            part='#correction',
            leads='The editor puts it right and asks you again.',
            answers=True,
        ),
    ),
    Move(
        name='withdraw',
        label='Withdraw this submission',
        frm=tuple(NOT_CLOSED),
        to=S.WITHDRAWN,
        who=CORRESPONDING,
        live=False,
        asks=('reason',),
        grave=True,
        tells='the editors and your co-authors',
        history='Withdrawn',
        letters=(To(Whom.EDITOR_AND_CHIEFS, 'withdrawn'), To(Whom.AGREED, 'withdrawn')),
        overtakes=(*DECISIONS, *DATES),
        author=ForAuthor(
            page='submission_withdraw',
            leads='It is off the desk. You can reopen it within 30 days.',
            answers=True,
        ),
    ),
    # the desk's
    Move(
        name='take',
        label='Take it',
        frm=(S.SUBMITTED,),
        to=S.IN_REVIEW,
        who=TAKERS,
        tells='the author',
        history='An editor took it up',
        letters=(To(AUTHOR, 'taken'),),
    ),
    Move(
        name='assign',
        label='Assign an editor',
        frm=(S.SUBMITTED,),
        to=S.IN_REVIEW,
        who=CHIEFS,
        asks=('editor',),
        tells='the editor and the author',
        history='Given to an editor',
        letters=(To(Whom.EDITOR, 'assigned'), To(AUTHOR, 'taken')),
    ),
    Move(
        name='request_changes',
        label='Ask for changes',
        frm=(S.IN_REVIEW, S.EDITING),
        to=S.CHANGES_REQUESTED,
        who=EDITORS,
        asks=('note', 'due_on'),
        decision=True,
        tells='the author',
        history='Changes asked for',
        letters=(To(AUTHOR, 'changes_requested'),),
        note_hint='It stands in the letter, word for word. Say what to change and why.',
    ),
    Move(
        name='accept',
        label='Accept',
        frm=(S.IN_REVIEW,),
        to=S.EDITING,
        who=EDITORS,
        asks=('optional_note',),
        decision=True,
        tells='the author',
        history='Accepted for publication',
        letters=(To(AUTHOR, 'accepted'),),
    ),
    Move(
        name='accept_as_it_stands',
        label='Accept as it stands',
        frm=(S.IN_REVIEW,),
        to=S.AUTHOR_APPROVAL,
        who=EDITORS,
        guard=guards.as_it_stands,
        asks=('optional_note',),
        decision=True,
        tells='the author',
        history='Accepted as it stands; the final copy sent to the author',
        letters=(To(AUTHOR, 'final_copy'),),
    ),
    Move(
        name='send_for_approval',
        label='Send the final copy for approval',
        frm=(S.EDITING,),
        to=S.AUTHOR_APPROVAL,
        who=EDITORS,
        guard=guards.ready_for_approval,
        asks=('optional_note',),
        decision=True,
        tells='the author',
        history='The final copy sent to the author',
        letters=(To(AUTHOR, 'final_copy'),),
    ),
    Move(
        name='keep_approval',
        answers_author=True,
        label='Keep the approval',
        frm=(S.EDITING,),
        to=S.READY,
        who=EDITORS,
        guard=guards.approval_stands,
        tells='the author',
        history='Only typos were put right; the approval stands',
        letters=(To(AUTHOR, 'approval_kept'),),
    ),
    Move(
        name='release',
        label='Publish or schedule',
        frm=(S.READY,),
        to=S.RELEASED,
        who=EDITORS,
        guard=guards.releasable,
        live=False,
        asks=('when', 'tags', 'views'),
        decision=True,
        tells='the author, and at the time everybody named',
        history='A date for publication set',
        letters=(To(AUTHOR, 'scheduled'),),
    ),
    Move(
        name='unschedule',
        label='Take off the calendar',
        frm=(S.RELEASED,),
        to=S.READY,
        who=EDITORS,
        live=False,
        asks=('optional_note',),
        tells='the author',
        history='Taken off the calendar',
        letters=(To(AUTHOR, 'unscheduled'),),
        overtakes=DATES,
    ),
    Move(
        name='reschedule',
        label='Move the date',
        frm=(S.RELEASED,),
        to=None,
        who=EDITORS,
        live=False,
        asks=('when',),
        leads='Scheduled',
        tells='the author if the day changes',
        history='The date of publication moved',
        letters=(To(AUTHOR, 'rescheduled'),),
        overtakes=DATES,
    ),
    Move(
        name='publish_now',
        label='Publish now',
        frm=(S.RELEASED,),
        to=None,
        who=EDITORS,
        live=False,
        decision=True,
        grave=True,
        leads='Published at once',
        tells='the author',
        history='Published earlier than planned',
        letters=(To(AUTHOR, 'scheduled'),),
        overtakes=DATES,
    ),
    # a live post
    Move(
        name='revise',
        answers_author=True,
        label='Revise',
        frm=(S.RELEASED,),
        to=S.EDITING,
        who=EDITORS,
        live=True,
        asks=('note',),
        tells='the author',
        history='A revision begun',
        letters=(To(AUTHOR, 'revising'),),
        note_hint='Say what is to be revised: the author reads it.',
    ),
    Move(
        name='drop_revision',
        answers_author=True,
        label='Drop the revision',
        frm=(S.EDITING, S.CHANGES_REQUESTED, S.IN_REVIEW, S.AUTHOR_APPROVAL, S.READY),
        to=S.RELEASED,
        who=EDITORS,
        live=True,
        grave=True,
        leads='Published, untouched',
        tells='the author if they had been asked',
        history='The revision dropped',
        letters=(To(AUTHOR, 'revision_dropped'),),
        overtakes=('changes_requested', 'final_copy'),
    ),
    Move(
        name='release_revision',
        label='Publish the revision',
        frm=(S.READY,),
        to=S.RELEASED,
        who=EDITORS,
        guard=guards.releasable,
        live=True,
        asks=('correction',),
        decision=True,
        leads='Published, with a dated note',
        tells='the author',
        history='The revision published',
        letters=(To(AUTHOR, 'revised'),),
    ),
    Move(
        name='correct_typo',
        label='Correct a typo',
        frm=(S.RELEASED,),
        to=None,
        who=EDITORS,
        live=True,
        asks=('typo',),
        leads='Published',
        tells='the author',
        history='A typo corrected',
        letters=(To(AUTHOR, 'typo_corrected'),),
    ),
    PRINT(
        name='archive',
        label='Archive',
        guard=guards.archivable,
        leads='Archived: at its address, in no list',
        tells=TELLS_ALL,
        history='Archived',
        letters=_both('archived'),
    ),
    PRINT(
        name='restore',
        label='Restore from the archive',
        guard=guards.restorable,
        leads='Published',
        tells=TELLS_ALL,
        history='Back from the archive',
        letters=_both('restored'),
    ),
    PRINT(
        name='take_down',
        label='Take down',
        guard=guards.up,
        grave=True,
        leads='Gone from the site, with the reason',
        tells=TELLS_ALL,
        history='Taken down',
        letters=_both('taken_down'),
        overtakes=('scheduled', 'revised', 'live'),
    ),
    PRINT(
        name='put_back',
        label='Put back',
        guard=guards.down,
        leads='Published',
        tells=TELLS_ALL,
        history='Put back',
        letters=_both('put_back'),
    ),
    # any time
    Move(
        name='decline',
        label='Decline',
        frm=tuple(NOT_CLOSED),
        to=S.DECLINED,
        who=EDITORS,
        guard=guards.handed_in,
        live=False,
        asks=('note',),
        decision=True,
        grave=True,
        tells='the author',
        history='Not taken up',
        letters=(To(AUTHOR, 'declined'),),
        overtakes=(*DECISIONS, *DATES),
        note_hint='It stands in the letter, word for word. Say why, kindly.',
    ),
    Move(
        name='reopen',
        label='Reopen',
        frm=tuple(where(lambda row: row.closed)),
        to=None,
        who=CHIEFS | CORRESPONDING,
        guard=partial(guards.own_withdrawal, within=REOPENS_WITHIN),
        asks=('optional_note',),
        leads='where it was',
        tells='the other side',
        history='Reopened',
        letters=(To(Whom.OTHER_SIDE, 'reopened'),),
        overtakes=('declined', 'withdrawn'),
        author=ForAuthor(page='submission_reopen', leads='It goes back to where it was.', posts=True),
    ),
    Move(
        name='send_back',
        label='Send back one step',
        frm=tuple(where(lambda row: row.back_to is not None)),
        to=None,
        who=EDITORS,
        guard=guards.has_a_step_back,
        asks=('note',),
        leads='one step back',
        tells='who holds it then',
        history='Sent back one step',
        letters=(To(Whom.HOLDER, 'sent_back'),),
        note_hint='It goes to whoever holds the submission then.',
        among_editors=True,
    ),
    Move(
        name='change_editor',
        label='Change the editor',
        frm=(*where(lambda row: row.needs_editor and not row.in_print), S.RELEASED),
        to=None,
        who=EDITORS,
        guard=guards.still_open,
        asks=('editor',),
        tells='both editors and the author',
        history='Another editor',
        letters=(
            To(Whom.EDITOR, 'assigned'),
            To(Whom.OLD_EDITOR, 'editor_changed'),
            To(AUTHOR, 'editor_changed'),
        ),
    ),
    Move(
        name='extend',
        label='Change the date',
        frm=tuple(IN_PROCESS),
        to=None,
        who=EDITORS | AUTHORS,
        guard=guards.one_extension,
        asks=('due_on',),
        tells='those concerned',
        history='Another date',
        letters=(To(Whom.OTHER_SIDE, 'extended'), To(Whom.EDITOR, 'extended')),
        author=ForAuthor(
            page='submission_extend',
            label='Ask for up to a week more',
            leads='You can do this once, by up to seven days.',
            posts=True,
        ),
    ),
]
MOVES: dict[str, Move] = {move.name: move for move in _MOVES}
DECIDED = frozenset(name for name, move in MOVES.items() if move.decision)

EVENTS: dict[str, Event] = {
    'start': Event(label='Started', history='Begun'),
    'import': Event(label='Imported', history='Brought in from where it was published before'),
    'went live': Event(label='Went live', history='Published', letters=(To(EVERYBODY, 'live'),)),
    'readdress': Event(label='Address changed', history='Another address'),
    'retagged': Event(label='Tags changed', history='Other tags'),
    'set_details': Event(label='Details for print changed', history='What stands beside the words changed'),
    'agree': Event(
        label='A co-author said yes',
        history='A co-author said yes to being named',
        letters=(To(Whom.CORRESPONDING, 'agreed'),),
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
    if name == 'send_back':
        return STATES[State(was)].told_by
    return MOVES[name].overtakes if name in MOVES else EVENTS[name].overtakes


def history_label(name: str) -> str:
    """A step of the history in the editor's words."""
    return MOVES[name].label if name in MOVES else EVENTS[name].label


def history(name: str) -> str:
    """A step of the history in its author's words."""
    return MOVES[name].history if name in MOVES else EVENTS[name].history
