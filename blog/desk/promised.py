"""What editors see of a submission that is promised and was never handed in: all but its words."""

from copy import copy

from blog.models import Submission


def as_editors_see(submission: Submission) -> Submission:
    """For the desk’s pages: a copy without words or versions, to be read; it refuses to be saved."""
    if submission.was_handed_in:
        return submission
    known = copy(submission)
    known.is_a_copy = known.words_withheld = True
    known.current = None
    return known
