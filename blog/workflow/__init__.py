"""How a submission gets into print: the only code that changes a submission's state.

`table` says which move leads from where to where and who may make it; `rights` reads it for one person
and one row; `moving` is the one function that makes a move; the verbs say what else each move does.
"""

from blog.workflow.author import (
    extend,
    resubmit,
    save_words,
    say,
    start,
    submit,
    take_back,
    withdraw,
)
from blog.workflow.bylines import change_byline, leave
from blog.workflow.desk import (
    accept,
    accept_as_it_stands,
    approve,
    ask_for_correction,
    assign,
    change_editor,
    decline,
    keep_approval,
    reopen,
    request_changes,
    send_back,
    send_for_approval,
    take,
)
from blog.workflow.importing import import_submission
from blog.workflow.moves import MOVES, Move, Role
from blog.workflow.print import (
    archive,
    correct_typo,
    drop_revision,
    put_back,
    readdress,
    release,
    release_revision,
    reschedule,
    restore,
    retag,
    revise,
    set_details,
    take_down,
    unschedule,
)
from blog.workflow.rights import author_words, can_edit, moves_for, next_for_author, roles_of
from ukis.refusals import NotAllowed, NotNow, Stale

__all__ = [
    'MOVES',
    'Move',
    'NotAllowed',
    'NotNow',
    'Role',
    'Stale',
    'accept',
    'accept_as_it_stands',
    'approve',
    'archive',
    'ask_for_correction',
    'assign',
    'author_words',
    'can_edit',
    'change_byline',
    'change_editor',
    'correct_typo',
    'decline',
    'drop_revision',
    'extend',
    'import_submission',
    'keep_approval',
    'leave',
    'moves_for',
    'next_for_author',
    'put_back',
    'readdress',
    'release',
    'release_revision',
    'reopen',
    'request_changes',
    'reschedule',
    'restore',
    'resubmit',
    'retag',
    'revise',
    'roles_of',
    'save_words',
    'say',
    'send_back',
    'send_for_approval',
    'set_details',
    'start',
    'submit',
    'take',
    'take_back',
    'take_down',
    'unschedule',
    'withdraw',
]
