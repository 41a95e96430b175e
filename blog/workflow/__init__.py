"""How a submission gets into print: the only code that changes its state.

`moves` is the table; `rights` reads it for one person and one submission; `engine` makes a move; the verbs, by
whose they are (author, desk, print, bylines, words), say what else each move does.
"""

from blog.workflow.author import discard, extend, resubmit, say, start, submit, take_back, withdraw
from blog.workflow.beside import readdress, retag, set_beside, set_details
from blog.workflow.bylines import agree, ask, change_byline, leave
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
from blog.workflow.history import (
    known_to_author,
    note_of,
    note_to_author,
    note_to_editor,
    steps_of,
    written_to_author,
)
from blog.workflow.importing import import_submission
from blog.workflow.moves import DECIDED, EVENTS, MOVES, history, history_label
from blog.workflow.moves.row import MORE_TIME, REOPENS_WITHIN, Move
from blog.workflow.objecting import object_to, settle
from blog.workflow.print import (
    archive,
    correct_typo,
    drop_revision,
    publish_now,
    put_back,
    release,
    release_revision,
    reschedule,
    restore,
    revise,
    take_down,
    unschedule,
)
from blog.workflow.rights import Offer, can_edit, in_whose_hands, moves_for, offer_of, roles_of
from blog.workflow.roles import Role
from blog.workflow.words import is_fresh, note_read, save_words, words_to_keep

__all__ = [
    'DECIDED',
    'EVENTS',
    'MORE_TIME',
    'MOVES',
    'REOPENS_WITHIN',
    'Move',
    'Offer',
    'Role',
    'accept',
    'accept_as_it_stands',
    'agree',
    'approve',
    'archive',
    'ask',
    'ask_for_correction',
    'assign',
    'can_edit',
    'change_byline',
    'change_editor',
    'correct_typo',
    'decline',
    'discard',
    'drop_revision',
    'extend',
    'history',
    'history_label',
    'import_submission',
    'in_whose_hands',
    'is_fresh',
    'keep_approval',
    'known_to_author',
    'leave',
    'moves_for',
    'note_of',
    'note_read',
    'note_to_author',
    'note_to_editor',
    'object_to',
    'offer_of',
    'publish_now',
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
    'set_beside',
    'set_details',
    'settle',
    'start',
    'steps_of',
    'submit',
    'take',
    'take_back',
    'take_down',
    'unschedule',
    'withdraw',
    'words_to_keep',
    'written_to_author',
]
