"""What the editors talk about when they meet: each queue, and who has yet to answer, for paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from blog.desk import commission_queues, queues
from blog.desk.queues import BY_STATE, PARTS, Queue
from blog.models import Commission, Message, Step, Submission
from blog.states import row_of
from members.models import Person
from ukis.leafing import first_of, in_order

ROWS = 25  # a queue: nobody talks about more in one meeting


@dataclass(frozen=True)
class MeetingRow:
    submission: Submission
    step: Step | None  # what happened last
    message: Message | None  # what was said last


@dataclass(frozen=True)
class MeetingPart:
    queue: Queue
    count: int
    rows: Sequence[MeetingRow]

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True)
class MeetingAwaited:
    count: int
    commissions: Sequence[Commission]

    @property
    def more(self) -> int:
        return self.count - len(self.commissions)


def parts(person: Person) -> list[MeetingPart]:
    """As this person's desk shows them, in the order of its queues."""
    seen, counted = Submission.objects.on_the_desk_of(person), queues.counts(person)
    # A state at a time: each has an index in this order, and what lies in several has none.
    keys = queues.in_one(queues.first_of_each(BY_STATE, seen, person, ROWS))
    rows = in_order(queues.with_what_a_row_shows(Submission.objects.all()), keys)
    rows.sort(key=queues.stands_at)
    shown = {
        queue.key: [one for one in rows if row_of(one.state).part == queue.key][:ROWS] for queue in PARTS
    }
    keys = [one.pk for some in shown.values() for one in some]
    steps, messages = _last(Step.objects.all(), keys), _last(Message.objects.select_related('by'), keys)
    return [
        MeetingPart(
            queue,
            counted[queue.key],
            [MeetingRow(one, steps.get(one.pk), messages.get(one.pk)) for one in shown[queue.key]],
        )
        for queue in PARTS
    ]


def _last[One: (Step, Message)](found: QuerySet[One], keys: list[int]) -> dict[int, One]:
    """Of each submission its last one."""
    theirs = found.model._base_manager.filter(submission=OuterRef('pk')).order_by('-at', '-pk')
    last = Submission.objects.order_by().filter(pk__in=keys).values_list(Subquery(theirs.values('pk')[:1]))
    # By their keys: beside a list of them PostgreSQL would read all there are.
    return {row.submission_id: row for row in found.order_by().filter(pk__in=[pk for (pk,) in last if pk])}


def awaited(person: Person) -> MeetingAwaited:
    """Commissions that were sent and not answered, the oldest wait first."""
    found = commission_queues.rows('sent', person)
    shown = commission_queues.with_what_a_row_shows(Commission.objects.all())
    return MeetingAwaited(found.count(), first_of(found, ROWS, shown=shown))
