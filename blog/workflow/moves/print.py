"""The moves of a post that is out: revise, correct, archive, take down."""

from functools import partial

from blog.letters import To
from blog.states import NOT_CLOSED
from blog.workflow import guards
from blog.workflow.moves.row import AUTHOR, TELLS_ALL, Move, S, both
from blog.workflow.roles import EDITORS, PUBLISHERS

PRINT = partial(Move, frm=tuple(NOT_CLOSED), to=None, who=PUBLISHERS, live=True, asks=('reason',))

OF_PRINT = [
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
        guard=guards.releasable_again,
        live=True,
        asks=('correction',),
        decision=True,
        decides=True,
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
        letters=both('archived'),
    ),
    PRINT(
        name='restore',
        label='Restore from the archive',
        guard=guards.restorable,
        leads='Published',
        tells=TELLS_ALL,
        history='Back from the archive',
        letters=both('restored'),
    ),
    PRINT(
        name='take_down',
        label='Take down',
        guard=guards.up,
        decides=True,
        reason_hint='It stands in the letters, and readers see it at the post’s address: one sentence.',
        grave=True,
        leads='Gone from the site, with the reason',
        tells=TELLS_ALL,
        history='Taken down',
        letters=both('taken_down'),
        overtakes=('scheduled', 'revised', 'live'),
    ),
    PRINT(
        name='put_back',
        label='Put back',
        guard=guards.down,
        decides=True,
        leads='Published',
        tells=TELLS_ALL,
        history='Put back',
        letters=both('put_back'),
    ),
]
