"""Nothing that was typed is lost."""

from ukis.unsaved.giving_back import give_back, give_back_plainly, holds_words, is_ours, signed_in, to_sign_in

__all__ = ['give_back', 'give_back_plainly', 'holds_words', 'is_ours', 'signed_in', 'to_sign_in']
