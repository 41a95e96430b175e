"""How long a submission was in whose hands, in columns that the moves write: the figures look through no steps."""

from datetime import datetime

from blog.models import Holder, Submission
from blog.workflow.moves.row import Move

ANSWERED = ('first_answered_at', 'seconds_to_answer')


def leaves_hand(submission: Submission, at: datetime) -> None:
    """Before it goes on to somebody else: what its author had of it since it was handed in, before it was out. What
    nobody had, for it was withdrawn or declined and came back, is no editor's time either."""
    if submission.holder in (Holder.AUTHOR, Holder.NOBODY) and not submission.is_live_at(at):
        submission.seconds_with_author += _with_author_now(submission, at)


def answered(submission: Submission, at: datetime) -> None:
    """An editor's first decision or word. The caller saves `ANSWERED`."""
    handed_in = submission.first_submitted_at
    if handed_in is None or submission.first_answered_at is not None:
        return
    with_author = submission.seconds_with_author
    if submission.holder == Holder.AUTHOR:
        with_author += _with_author_now(submission, at)
    submission.first_answered_at = at
    submission.seconds_to_answer = max(0, int((at - handed_in).total_seconds()) - with_author)


def unanswered_again(submission: Submission, move: Move) -> None:
    """Where a decision is undone of which nobody had heard, and it was the first answer."""
    if move.takes_back and submission.first_answered_at == submission.held_since:
        submission.first_answered_at = submission.seconds_to_answer = None


def _with_author_now(submission: Submission, at: datetime) -> int:
    handed_in = submission.first_submitted_at
    if handed_in is None:
        return 0
    return max(0, int((at - max(submission.held_since, handed_in)).total_seconds()))
