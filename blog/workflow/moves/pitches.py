"""An editor’s answers to an idea that a member pitched."""

from blog.letters import To
from blog.letters.recipients import Whom
from blog.workflow.moves.row import AUTHOR, DATES, DECISIONS, Move, S
from blog.workflow.roles import CHIEFS, TAKERS

OF_PITCHES = [
    Move(
        name='take_up',
        label='Take it up',
        frm=(S.PITCH,),
        to=S.DRAFTING,
        who=TAKERS,
        asks=('due_on', 'optional_note'),
        decision=True,
        decides=True,
        leads='Promised / drafting, with you as its editor',
        tells='the author',
        history='Taken up',
        letters=(To(AUTHOR, 'taken_up'),),
    ),
    Move(
        name='assign_pitch',
        label='Take it up for another editor',
        frm=(S.PITCH,),
        to=S.DRAFTING,
        who=CHIEFS,
        asks=('editor', 'due_on', 'optional_note'),
        decision=True,
        decides=True,
        leads='Promised / drafting',
        tells='the editor and the author',
        history='Taken up',
        letters=(To(AUTHOR, 'taken_up'), To(Whom.EDITOR, 'assigned')),
    ),
    Move(
        name='decline_pitch',
        label='Decline the pitch',
        frm=(S.PITCH,),
        to=S.DECLINED,
        who=TAKERS,
        asks=('note',),
        decision=True,
        decides=True,
        grave=True,
        stands_first=True,
        tells='the author',
        history='Not taken up',
        letters=(To(AUTHOR, 'declined'),),
        overtakes=(*DECISIONS, *DATES),
        note_hint='It stands in the letter, word for word. Say why, kindly, and what would fit.',
    ),
]
