"""A submission in an editor's words: where it stands, who holds it and since when, and the one next move."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from blog.models import Holder, State, Step, Submission
from blog.workflow import MOVES
from members.models import Person
from members.roles import COMMISSIONING_EDITOR, EDITOR
from ukis import days

STEPS = {
    'start': 'Started',
    'import': 'Imported',
    'went live': 'Went live',
    'readdress': 'Address changed',
    'retagged': 'Tags changed',
    'leave': 'A name taken off',
    'set_details': 'Details for print changed',
}


def move_label(name: str) -> str:
    """A move or another step of the history as it is read: the table's label, or one of our own."""
    return MOVES[name].label if name in MOVES else STEPS.get(name, name.replace('_', ' ').capitalize())


def on(moment: datetime) -> str:
    local = timezone.localtime(moment, days.LONDON)
    return f'{local.day} {local:%B %Y} at {local:%H:%M} UK time'


def state_words(submission: Submission) -> str:
    """The state as an editor reads it; a released submission says whether it is out."""
    if submission.state != State.RELEASED:
        words = State(submission.state).label
        return f'{words}, as a revision: the post is out' if submission.has_live_post else words
    post = submission.post
    if post.is_scheduled:
        return f'Scheduled for {on(post.published_at)}'
    if post.taken_down_at:
        return 'Taken down'
    return 'Archived' if post.archived_at else f'Published on {on(post.published_at)}'


def state_kind(submission: Submission, person: Person) -> str:
    """The shape beside the words: you, them, set, done, late or off."""
    if submission.state in (State.DECLINED, State.WITHDRAWN):
        return 'off'
    if submission.is_overdue:
        return 'late'
    if submission.state == State.RELEASED:
        return 'set' if submission.post.is_scheduled else 'done'
    return 'you' if submission.editor_id == person.pk and submission.holder == Holder.EDITOR else 'them'


def held_by(submission: Submission) -> str:
    match submission.holder:
        case Holder.AUTHOR:
            names = [row.name for row in submission.authorships.all() if row.corresponding]
            return names[0] if names else 'the author'
        case Holder.EDITOR if submission.editor_id:
            return submission.editor.printed_name
        case Holder.EDITORS:
            return 'the editors, nobody has taken it'
        case Holder.CALENDAR:
            return 'the calendar'
    return 'nobody'


def held_for(submission: Submission) -> str:
    count = submission.days_held
    return 'since today' if count < 1 else f'for {count} day{"" if count == 1 else "s"}'


def late_by(submission: Submission) -> str:
    """'3 days late', or nothing."""
    if not submission.is_overdue:
        return ''
    count = (days.today() - submission.due_on).days
    return f'{count} day{"" if count == 1 else "s"} late'


def authors(submission: Submission) -> str:
    """Every author with the organisation to print."""
    return '; '.join(
        f'{row.name} ({row.affiliation})' if row.affiliation else row.name
        for row in submission.authorships.all()
    )


def meanwhile(submission: Submission) -> str:
    """What happened last, for somebody who came second."""
    step = Step.objects.filter(submission=submission).last()
    if step is None:
        return ''
    return f'Last, on {on(step.at)}, {step.by_name}: “{move_label(step.move)}”.'


@dataclass(frozen=True)
class Next:
    """The one next move of a row: a button that posts at once, or a link to where it is made."""

    label: str
    url: str
    posts: bool = False


@dataclass(frozen=True)
class Row:
    submission: Submission
    next: Next

    authors = property(lambda self: authors(self.submission))
    held_by = property(lambda self: held_by(self.submission))
    held_for = property(lambda self: held_for(self.submission))
    late_by = property(lambda self: late_by(self.submission))
    state = property(lambda self: state_words(self.submission))


# What an assigned editor does next in each state; where nothing is theirs to do the page is only opened.
NEXT = {
    State.IN_REVIEW: ('Read and decide', 'desk_submission'),
    State.EDITING: ('Copy-edit', 'desk_edit'),
    State.READY: ('Publish or schedule', 'desk_move'),
}


def rows_for(found: list[Submission], person: Person) -> list[Row]:
    """Rows of a queue. Asks nothing of the database for each: authors, editor and post come with the rows."""
    editing = person.is_in(EDITOR) or person.is_in(COMMISSIONING_EDITOR)
    editors = set() if editing else set(_editors())
    return [Row(one, _next(one, person, editing or editors <= _named(one))) for one in found]


def _editors():
    return Person.objects.filter(is_active=True, groups__name__in=[EDITOR, COMMISSIONING_EDITOR]).values_list(
        'pk', flat=True
    )


def _named(submission: Submission) -> set[int | None]:
    return {row.person_id for row in submission.authorships.all()}


def _next(submission: Submission, person: Person, may_edit: bool) -> Next:
    state = State(submission.state)
    if state == State.SUBMITTED and may_edit:
        return Next('Take it', reverse('admin:desk_move', args=[submission.pk, 'take']), posts=True)
    if state in NEXT and submission.editor_id == person.pk:
        label, view = NEXT[state]
        args: list[int | str] = [submission.pk]
        if state == State.READY:
            live = submission.has_live_post
            label = 'Publish the revision' if live else label
            args.append('release_revision' if live else 'release')
        return Next(label, reverse(f'admin:{view}', args=args))
    return Next('Open', reverse('admin:desk_submission', args=[submission.pk]))
