"""Moves that are open through most of the way: decline, reopen, send back, change the editor or the date."""

from functools import partial

from blog.letters import To
from blog.letters.recipients import Whom
from blog.states import BEGINNING, IN_PROCESS, NOT_CLOSED, PITCHED, Holder, where
from blog.workflow import guards
from blog.workflow.moves.row import (
    AUTHOR,
    DATES,
    DECISIONS,
    MORE_TIME,
    REOPENS_WITHIN,
    ForAuthor,
    Move,
    S,
    Unheard,
)
from blog.workflow.roles import AUTHORS, CHIEFS, CORRESPONDING, EDITORS

AT_ANY_TIME = [
    Move(
        name='decline',
        label='Decline',
        frm=tuple(state for state in NOT_CLOSED if state != PITCHED),  # an idea has an answer of its own
        to=S.DECLINED,
        who=EDITORS,
        guard=guards.known_to_editors,
        live=False,
        asks=('note',),
        decision=True,
        decides=True,
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
        unheard=Unheard(of='declined'),  # whoever heard of no refusal need not hear that it fell
        answers_author=True,
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
        undoes=True,
        note_hint='It goes to whoever holds the submission then.',
        among_editors=True,
    ),
    Move(
        name='change_editor',
        label='Change the editor',
        frm=(BEGINNING, *where(lambda row: row.needs_editor and not row.in_print), S.RELEASED),
        to=None,
        who=EDITORS,
        guard=guards.has_an_editor,
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
        name='note_answer',
        label='They answered me elsewhere',
        frm=tuple(where(lambda row: row.holder == Holder.AUTHOR)),
        to=None,
        who=EDITORS,
        guard=guards.awaits_an_answer,
        asks=('note',),
        tells='its editor, where somebody else notes it',
        history='An answer that reached the editors in another way',
        letters=(To(Whom.EDITOR, 'answered_elsewhere'),),
        note_hint='What they said, when and how. Only the editors read it. The reminders stop until the date is '
        'changed; nothing is approved by it: an approval the Commissioning Editor notes as one.',
        among_editors=True,
    ),
    Move(
        name='extend',
        label='Change the date',
        frm=tuple(IN_PROCESS),
        to=None,
        who=EDITORS | AUTHORS,
        guard=partial(guards.one_extension, within=MORE_TIME),
        asks=('due_on',),
        tells='those concerned',
        history='Another date',
        letters=(To(Whom.OTHER_SIDE, 'extended'), To(Whom.EDITOR, 'extended')),
        author=ForAuthor(
            page='submission_extend',
            label='Ask for up to a week more',
            leads=f'You can do this once, by up to {MORE_TIME.days} days.',
            posts=True,
            on_page=True,
        ),
    ),
]
