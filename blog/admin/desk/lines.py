"""A line of a queue: a submission in an editor's words, and the one next move."""

from dataclasses import dataclass

from django.urls import reverse

from blog import wording
from blog.conversation import unread
from blog.models import Holder, Step, Submission
from blog.states import Row, row_of
from blog.workflow import MOVES, history_label
from blog.workflow.assigning import why_not_given
from members.models import Person
from ukis import days


def state_kind(submission: Submission, person: Person) -> str:
    """The shape beside the words: you, them, set, done, late or off."""
    if row_of(submission.state).closed:
        return 'off'
    if submission.is_overdue:
        return 'late'
    if row_of(submission.state).in_print:
        return 'set' if submission.post.is_scheduled else 'done'
    return 'you' if submission.editor_id == person.pk and submission.holder == Holder.EDITOR else 'them'


def authors(submission: Submission) -> str:
    """Every author with the organisation, in short."""
    return '; '.join(
        f'{row.name} ({row.short_affiliation})' if row.affiliation else row.name
        for row in submission.printed_names
    )


def meanwhile(submission: Submission) -> str:
    """What happened last, for somebody who came second."""
    step = Step.objects.filter(submission=submission).last()
    if step is None:
        return ''
    return f'Last, on {days.moment_in_words(step.at)}, {step.by_name}: “{history_label(step.move)}”.'


@dataclass(frozen=True)
class Next:
    """The one next move of a row: a button that posts at once, or a link to where it is made."""

    label: str
    url: str
    posts: bool = False


@dataclass(frozen=True)
class DeskLine:
    submission: Submission
    next: Next

    unread = property(lambda self: unread.of(self.submission))
    authors = property(lambda self: authors(self.submission))
    held_by = property(lambda self: wording.held_by(self.submission))
    held_for = property(lambda self: wording.held_for(self.submission))
    late_by = property(lambda self: self.submission.late_by)
    state = property(lambda self: wording.editor_words(self.submission))


def lines_for(found: list[Submission], person: Person) -> list[DeskLine]:
    """Rows of a queue. Asks nothing of the database for each: authors, editor and post come with the rows."""
    editing = person.is_editor or person.is_guest_editor
    editors = set() if editing else set(Person.objects.editors().values_list('pk', flat=True))
    return [DeskLine(one, _next(one, person, editing or editors <= _named(one))) for one in found]


def that_may_change_editor(found: list[Submission], person: Person) -> set[int]:
    """The rows that can be ticked, to be given to an editor together. Asks nothing of the database."""
    return {one.pk for one in found if not why_not_given(one, by=person)} if person.is_editor else set()


def _named(submission: Submission) -> set[int | None]:
    return {row.person_id for row in submission.authorships.all()}


def _next(submission: Submission, person: Person, may_edit: bool) -> Next:
    """The one next move, as the state's row says it: taking, for whoever may; else the assigned editor's own."""
    row = row_of(submission.state)
    if row.taken_by and may_edit:
        return _taking(submission, row)
    theirs = row.editor_next
    if theirs is None or submission.editor_id != person.pk:
        return Next('Open', reverse('admin:desk_submission', args=[submission.pk]))
    live = bool(theirs.live_move) and submission.has_live_post
    move = theirs.live_move if live else theirs.move
    label = theirs.live_label if live else theirs.label
    if move:
        return Next(label, reverse('admin:desk_move', args=[submission.pk, move]))
    return Next(label, reverse(theirs.page, args=[submission.pk]))


def _taking(submission: Submission, row: Row) -> Next:
    """At once; where it asks more, from its page, where it is read first."""
    move = MOVES[row.taken_by]
    if not move.asks:
        return Next(move.label, reverse('admin:desk_move', args=[submission.pk, move.name]), posts=True)
    label = row.editor_next.label if row.editor_next else move.label
    return Next(label, reverse('admin:desk_submission', args=[submission.pk]))
