"""The author’s moves: hand in, take back, approve, withdraw."""

from blog.letters import To
from blog.letters.recipients import Whom
from blog.states import NOT_CLOSED
from blog.workflow import guards
from blog.workflow.moves.row import DATES, DECISIONS, NAMED, REOPENS_WITHIN, ForAuthor, Move, S, ToItsEditor
from blog.workflow.roles import AUTHORS, CORRESPONDING

OF_AUTHORS = [
    Move(
        name='submit',
        label='Submit to the editors',
        frm=(S.DRAFTING,),
        to=S.SUBMITTED,
        to_its_editor=S.IN_REVIEW,  # commissioned, or taken back into drafting later
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
            to_its_editor=ToItsEditor(
                label='Check and submit to your editor, {}',
                leads='Your editor has it at once, and nobody changes it until they have read it.',
                tells='your editor, you and your co-authors',
            ),
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
            leads='The words are fixed, and the editor says when they come out.',
            answers=True,
        ),
    ),
    Move(
        name='deny_approval',
        label='I did not approve this',
        frm=(S.READY, S.RELEASED),
        to=S.AUTHOR_APPROVAL,
        who=CORRESPONDING,
        guard=guards.noted_for_its_author,
        tells='the editors',
        history='The author had not approved it',
        letters=(To(Whom.EDITOR, 'approval_denied'), To(Whom.CHIEFS, 'approval_denied')),
        overtakes=('approval_noted', *DATES),
        author=ForAuthor(
            page='submission_not_approved',
            leads='It waits for your approval again, and has no date.',
            posts=True,
            quiet=True,
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
            leads=f'It is off the desk. You can reopen it within {REOPENS_WITHIN.days} days.',
            answers=True,
        ),
    ),
]
