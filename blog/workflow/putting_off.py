"""Somebody who was reminded said ‘not now’: it stands in the history, and whoever waits for them hears."""

from datetime import date, datetime

from blog import letters
from blog.letters import To
from blog.letters.recipients import Whom
from blog.models import State, Submission
from blog.workflow.engine import record
from members.models import Person
from ukis import days


def note_put_off(submission: Submission, *, by: Person | None, name: str, until: date, at: datetime) -> None:
    """The submission is held by whoever calls. Of an editor's own wait whoever decides hears."""
    step = record(
        submission, 'put_off', State(submission.state), by=by, at=at, note=f'Until {days.in_words(until)}'
    )
    whom = Whom.CHIEFS if by is not None and by.pk == submission.editor_id else Whom.EDITOR
    facts = letters.Facts(name=name, expected=until)
    letters.tell_of_step([To(whom, 'put_off')], submission, step=step, by=by, hold=False, facts=facts)
