"""Drafts that somebody was asked for and promised: begun for them, and ended with the promise."""

from datetime import datetime

from django.utils import timezone

from blog.models import Authorship, Commission, State, Submission, Words
from blog.states import GIVEN_UP, row_of
from blog.workflow.author import printed_as
from blog.workflow.engine import locked, place, record
from blog.workflow.words import write_version
from members.models import Person
from ukis.refusals import NotNow


def start_promised(commission: Commission, *, author: Person, at: datetime) -> Submission:
    """With its day, its editor, and the first words where there are any. The editors know of it, and read no word
    before it is handed in. Nobody need be a member to write what they were asked for. In the caller's transaction."""
    submission = Submission.objects.create(
        working_title=commission.working_title,
        started_by=author,
        started_at=at,
        held_since=at,
        promised_at=at,
        due_on=commission.deadline,
        editor=commission.editor,
        commission=commission,
        series=commission.series,
    )
    Authorship.objects.create(
        submission=submission,
        corresponding=True,
        can_edit=True,
        agreed_at=at,
        **printed_as(author).columns(),
    )
    words = Words(
        title=commission.first_title or commission.working_title,
        body=commission.first_words,
        tag_words=list(commission.tag_words),
    )
    write_version(submission, words, by=author, at=at, why='start')
    record(submission, 'start', '', by=author, at=at)
    return submission


def end_promised(submission: Submission, *, by: Person | None, why: str) -> None:
    """What was begun for a promise that stands no longer: closed, its words still their writer's to read. Refused
    where it was handed in meanwhile: that is decided on by itself. In the caller's transaction."""
    held = locked(submission)
    if row_of(held.state).closed:
        return
    if held.first_submitted_at:
        raise NotNow('The words were handed in just now. They are with the editors, who decide on them.')
    at, was = timezone.now(), State(held.state)
    place(held, GIVEN_UP, was=was, at=at)
    held.save()
    record(held, 'promise ended', was, by=by, at=at, note=why)


def renew_promised(submission: Submission, *, at: datetime) -> None:
    """What ended with a promise goes on where it was, words and all, for they promise it again: with the day and the
    editor of now. In the caller's transaction."""
    held = locked(submission)
    was = State(held.state)
    place(held, State(held.reopens_to), was=was, at=at, due_on=held.commission.deadline)
    held.promised_at, held.editor, held.series = at, held.commission.editor, held.commission.series
    held.save()
    record(held, 'promise renewed', was, by=held.started_by, at=at)
