"""Nothing that was typed is lost: kept while it is typed, given back where it cannot be taken, shown beside what
somebody else saved meanwhile."""

from ukis.unsaved.buffers import TOLD, outlive, sent
from ukis.unsaved.giving_back import give_back, give_back_plainly, holds_words, is_ours, signed_in, to_sign_in
from ukis.unsaved.watching import Keeping, chosen, watch

__all__ = [
    'TOLD',
    'Keeping',
    'chosen',
    'give_back',
    'give_back_plainly',
    'holds_words',
    'is_ours',
    'outlive',
    'sent',
    'signed_in',
    'to_sign_in',
    'watch',
]
