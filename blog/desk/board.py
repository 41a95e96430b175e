"""The board: a column a state, in an editor's words. Each shows so many cards and says how many there are."""

from dataclasses import dataclass

from django.db.models import Count, Q

from blog.conversation import unread
from blog.desk import commission_queues, queues
from blog.desk.queues import BY_STATE, EVERYTHING, Queue
from blog.models import Commission, Submission
from blog.models.submissions_seen import SubmissionQuerySet
from members.models import Person
from ukis.leafing import first_of, in_order

CARDS = 8  # a column


@dataclass(frozen=True)
class BoardColumn:
    queue: Queue
    count: int  # of those that are meant
    all: int
    submissions: list[Submission]

    @property
    def more(self) -> int:
        return max(0, self.count - len(self.submissions))


def _meant(person: Person, only_mine: bool) -> Q:
    """One's own, and what nobody has taken yet."""
    return Q(editor=person) | Q(editor=None) if only_mine else Q()


def columns(person: Person, *, only_mine: bool, moved: int | None = None) -> list[BoardColumn]:
    """As this person's desk shows them, oldest wait first. What has just been `moved` stands in its column, last,
    however many come before it there."""
    seen = Submission.objects.on_the_desk_of(person)
    keys = _keys(seen, person, only_mine, moved)
    rows = in_order(unread.knowing(queues.with_what_a_row_shows(Submission.objects.all()), person), keys)
    rows.sort(key=lambda one: (one.pk == moved, queues.stands_at(one)))
    counted = _counts(seen, person, only_mine)
    return [
        BoardColumn(
            queue=queue,
            count=counted[f'{queue.key}_meant'],
            all=counted[f'{queue.key}_all'],
            submissions=[one for one in rows if queues.by_state(one) == queue.key],
        )
        for queue in BY_STATE
    ]


def _keys(seen: SubmissionQuerySet, person: Person, only_mine: bool, moved: int | None) -> list[int]:
    first = queues.first_of_each(BY_STATE, seen.filter(_meant(person, only_mine)), person, CARDS)
    if moved is not None:
        first.append(seen.filter(EVERYTHING.condition(person), pk=moved).values('pk'))
    return queues.in_one(first)


def _counts(seen: SubmissionQuerySet, person: Person, only_mine: bool) -> dict[str, int]:
    meant = _meant(person, only_mine)
    counted = {f'{queue.key}_all': Count('pk', filter=queue.condition(person)) for queue in BY_STATE}
    counted |= {
        f'{queue.key}_meant': Count('pk', filter=queue.condition(person) & meant) for queue in BY_STATE
    }
    return seen.filter(EVERYTHING.condition(person)).aggregate(**counted)


@dataclass(frozen=True)
class AskedToWrite:
    """What stands before the first column: asked for, and no words of it yet."""

    count: int
    commissions: list[Commission]

    @property
    def more(self) -> int:
        return self.count - len(self.commissions)


def asked(person: Person, *, only_mine: bool) -> AskedToWrite:
    found = commission_queues.without_words(person)
    if only_mine:
        found = found.filter(editor=person)
    shown = commission_queues.with_what_a_row_shows(Commission.objects.all())
    return AskedToWrite(found.count(), first_of(found, CARDS, shown=shown))
