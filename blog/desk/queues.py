"""The desk's queues: each a condition, so that one query counts them all and the counts add up.

`PARTS` split everything that is open or scheduled: every such submission stands in exactly one of them.
`ACROSS` cut through the parts. `ARCHIVE` is what is out of the process, to look things up in.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from blog.models import Authorship, Holder, Post, Submission
from blog.models.submissions_seen import SubmissionQuerySet, known_to_editors
from blog.search.sought import SUBMISSIONS
from blog.states import CLOSED, HANDS, IN_PROCESS, STATES, Part, State, row_of, where
from members.models import Person
from members.roles import ADMINISTRATOR, COMMISSIONING_EDITOR, EDITOR
from ukis import days
from ukis.search import AMONG, rows_having, stands_in_a_row


@dataclass(frozen=True)
class Queue:
    key: str
    label: str
    empty: str
    condition: Callable[[Person], Q]


def _still_to_come() -> Q:
    """By the few posts that are: joined to each submission, all there are would be read."""
    return Q(pk__in=Post.objects.filter(published_at__gt=timezone.now()).values('submission'))


def _scheduled() -> Q:
    return Q(holder=Holder.CALENDAR) & _still_to_come()


def _everything(person: Person) -> Q:
    return Q(holder__in=HANDS) & (~Q(holder=Holder.CALENDAR) | _still_to_come())


def _overdue(person: Person) -> Q:
    return Q(holder__in=HANDS, state__in=IN_PROCESS, due_on__lt=days.today())


def _nobody_of(*groups: str) -> Q:
    """Submissions for which everybody active in these groups is among the authors."""
    authors = Authorship.objects.filter(submission=OuterRef(OuterRef('pk')), person=OuterRef('pk'))
    free = Person.objects.filter(is_active=True, groups__name__in=groups).exclude(Exists(authors))
    return ~Q(Exists(free))


def _mine(person: Person) -> Q:
    """What waits for one's own hand: one's submissions, and those without an editor where one decides on them."""
    mine = Q(editor=person, holder=Holder.EDITOR)
    unassigned = Q(holder=Holder.EDITORS)
    if person.is_in(COMMISSIONING_EDITOR) or person.is_guest_editor:
        return mine | unassigned
    if person.is_in(EDITOR):
        return mine | (unassigned & _nobody_of(COMMISSIONING_EDITOR))
    if person.is_in(ADMINISTRATOR):
        return mine | (unassigned & _nobody_of(COMMISSIONING_EDITOR, EDITOR))
    return mine


# What each part is called, and what it says when nothing stands in it.
_PARTS = {
    Part.UNASSIGNED: ('Needs an editor', 'Every submission has an editor, and no pitch waits for an answer.'),
    Part.EDITORS: ('With an editor', 'Nothing is being read or copy-edited.'),
    Part.AUTHORS: ('With authors', 'No author has been asked for changes.'),
    Part.APPROVAL: ('Awaiting approval', 'No final copy waits for its author.'),
    Part.READY: ('Ready', 'Nothing waits for a date.'),
    Part.SCHEDULED: ('Scheduled', 'Nothing is on the calendar.'),
}


def _part(part: Part) -> Callable[[Person], Q]:
    """The states whose rows name this part; of what is released, what is still to come."""
    states = where(lambda row: row.part == part)
    return lambda person: _scheduled() if part == Part.SCHEDULED else Q(state__in=states)


PARTS = tuple(Queue(part, *words, _part(part)) for part, words in _PARTS.items())
ACROSS = (
    Queue('mine', 'Waiting for me', 'Nothing waits for you. Thank you.', _mine),
    Queue('overdue', 'Late', 'Nothing is late.', _overdue),
)
EVERYTHING = Queue('everything', 'Everything open', 'The desk is clear.', _everything)
ARCHIVE = (
    Queue(
        'published',
        'Published',
        'Nothing has been published yet.',
        lambda person: Q(state__in=where(lambda row: row.in_print), post__published_at__lte=timezone.now()),
    ),
    Queue(
        'closed',
        'Declined or withdrawn',
        'Nothing was declined or withdrawn.',
        lambda person: Q(state__in=CLOSED),
    ),
)


def _of_state(state: State) -> Queue:
    """One state of what is open; of what is released, what is still to come."""
    row = STATES[state]
    if row.in_print:
        return next(queue for queue in PARTS if queue.key == row.part)
    label = row.promised or state.label
    return Queue(state.value, label, 'Nothing is here.', lambda person: Q(state=state))


# A queue a state, in the order in which they lead into print: the board's columns.
BY_STATE = tuple(_of_state(state) for state in where(lambda row: row.part is not None))


def by_state(submission: Submission) -> str:
    """The key of its queue among these."""
    row = row_of(submission.state)
    return str(row.part) if row.in_print else submission.state


QUEUES = {queue.key: queue for queue in (*BY_STATE, *ACROSS, *PARTS, EVERYTHING, *ARCHIVE)}


def rows(key: str, person: Person) -> SubmissionQuerySet:
    """The submissions of one queue as this person's desk shows them, oldest wait first; the archive newest."""
    found = Submission.objects.on_the_desk_of(person).filter(QUEUES[key].condition(person))
    if key in ('published', 'closed'):
        return found.order_by('-held_since', '-pk')
    if key == 'scheduled':
        return found.order_by('post__published_at', 'pk')
    return found.oldest_wait_first()


def first_of_each(
    queues: Sequence[Queue], seen: SubmissionQuerySet, person: Person, most: int
) -> list[QuerySet]:
    """Keys of the first rows of each, oldest wait first, of what the calendar holds by its day; each by its index."""
    found = []
    for queue in queues:
        order = 'post__published_at' if queue.key == Part.SCHEDULED else 'held_since'
        its = seen.filter(queue.condition(person)).order_by(order, 'pk')
        found.append(its.values('pk')[:most])
    return found


def in_one(found: Sequence[QuerySet]) -> list[int]:
    """All these keys, in one question, in no order."""
    of_each = [
        Submission.objects.order_by().filter(pk__in=some).values_list('pk', flat=True) for some in found
    ]
    return list(of_each[0].union(*of_each[1:]).order_by())


def stands_at(submission: Submission) -> tuple[datetime, int]:
    """Its place in its queue among those that are open."""
    out = submission.post.published_at if row_of(submission.state).in_print else None
    return (out or submission.held_since, submission.pk)


def counts(person: Person) -> dict[str, int]:
    """How many stand in each queue, the archive apart, in one query over what is open."""
    counted = (*ACROSS, *PARTS, EVERYTHING)
    return (
        Submission.objects.on_the_desk_of(person)
        .filter(_everything(person))
        .aggregate(**{queue.key: Count('pk', filter=queue.condition(person)) for queue in counted})
    )


def with_what_a_row_shows(found: SubmissionQuerySet) -> SubmissionQuerySet:
    return found.with_title().with_names().select_related('editor', 'post')


def search(found: SubmissionQuerySet, words: str) -> SubmissionQuerySet:
    """Submissions that have everything that was typed, each part of it in the title, in an author's name or
    organisation, as printed or in short, or in the words that the editors may read. “Words in quotes” stand in a row.

    What has them is found first, in the index and without the rows; nothing is asked for each submission.
    """
    if not words.strip():
        return found  # nothing was looked for; signs alone are looked for, and found nowhere
    having = that_have(words)
    return found.none() if having is None else found.filter(known_to_editors(), having)


def that_have(words: str, key: str = 'pk') -> Q | None:
    """Of what editors know of, all of which is in the index, as a condition; None where nothing in it is a word."""
    return rows_having(words, SUBMISSIONS, all_are_kept=True, key=key)


def where_looked(words: str) -> str:
    """A sentence where something has to stand in a row."""
    if not stands_in_a_row(words):
        return ''
    return f'Words in a row are looked for in the newest {AMONG:,} that have all of them.'


@dataclass(frozen=True)
class Opening:
    """The three lines with which the desk opens: what waits for one, what is late, what goes out next."""

    waiting: int
    oldest: Submission | None
    late: int
    latest: Submission | None
    next_out: Submission | None


def opening(person: Person, counted: dict[str, int]) -> Opening:
    first = _first({key: rows(key, person) for key in ('mine', 'overdue', 'scheduled') if counted[key]})
    return Opening(
        waiting=counted['mine'],
        oldest=first.get('mine'),
        late=counted['overdue'],
        latest=first.get('overdue'),
        next_out=first.get('scheduled'),
    )


def _first(found: dict[str, SubmissionQuerySet]) -> dict[str, Submission]:
    """The first of each, what is late by its day; one question for all."""
    of_each = []
    for key, rows in found.items():
        rows = rows.order_by('due_on', 'pk') if key == 'overdue' else rows
        its = Submission.objects.order_by().filter(pk__in=rows.values('pk')[:1])
        of_each.append(its.with_title().select_related('post').annotate(first_of=Value(key)))
    if not of_each:
        return {}
    return {one.first_of: one for one in of_each[0].union(*of_each[1:], all=True)}


def clashes(submission: Submission, day: date) -> list[Submission]:
    """Other submissions that came or come out on the same day in London."""
    start, end = (days.in_london(datetime.combine(on, time())) for on in (day, day + timedelta(days=1)))
    return list(
        Submission.objects.with_title()
        .filter(post__published_at__gte=start, post__published_at__lt=end, post__taken_down_at=None)
        .exclude(pk=submission.pk)
        .select_related('post')
        .order_by('post__published_at')
    )


def that_may_be_named(clashing: Sequence[Submission], to: Person) -> list[Submission]:
    """To a guest editor the titles of their series alone; that others come out, they are told too."""
    if not to.is_guest_editor:
        return list(clashing)
    keys = [one.pk for one in clashing]
    theirs = set(Submission.objects.on_the_desk_of(to).filter(pk__in=keys).values_list('pk', flat=True))
    return [one for one in clashing if one.pk in theirs]
