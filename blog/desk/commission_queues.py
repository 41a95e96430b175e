"""The queues of commissions on the desk, each a condition, and the same order as elsewhere: the oldest wait first."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from blog.models import Commission, SeriesEditor, Submission
from blog.models.commissions import CommissionQuerySet
from blog.states import CLOSED
from blog.states.commission_states import CommissionState as State
from blog.states.commission_states import where
from members.models import Person
from members.roles import COMMISSIONING_EDITOR
from ukis import days


@dataclass(frozen=True)
class CommissionQueue:
    key: str
    label: str
    empty: str
    condition: Callable[[Person], Q]
    over: bool = False  # not counted: it grows for ever


def _begun(open_: bool) -> Exists:
    of_it = Submission.objects.filter(commission=OuterRef('pk'))
    return Exists(of_it.exclude(state__in=CLOSED) if open_ else of_it)


def _waits() -> Q:
    """For the editor: a date to agree to, a draft to send, a no that may be asked again, words that came to nothing."""
    answered = Q(state__in=[State.SENT, State.ACCEPTED], proposed_on__isnull=False)
    again = Q(state=State.DECLINED, ask_after__lte=days.today())
    nothing = Q(state=State.ACCEPTED) & Q(_begun(open_=False)) & ~Q(_begun(open_=True))
    return answered | again | nothing | Q(state=State.DRAFT)


def _of(person: Person) -> Q:
    """One's own; of whoever decides as Commissioning Editor also those whose editor is none any more."""
    if not person.is_in(COMMISSIONING_EDITOR):
        return Q(editor=person)
    guests = SeriesEditor.objects.current().filter(series=OuterRef('series'), person=OuterRef('editor'))
    nobodys = ~Q(editor__in=Person.objects.editors().values('pk')) & ~Q(Exists(guests))
    return Q(editor=person) | nobodys


QUEUES = {
    queue.key: queue
    for queue in (
        CommissionQueue(
            'mine', 'Waiting for me', 'Nothing waits for you.', lambda person: _waits() & _of(person)
        ),
        CommissionQueue('sent', 'Asked', 'Nobody has an answer to give.', lambda person: Q(state=State.SENT)),
        CommissionQueue(
            'promised', 'Promised', 'Nothing is promised.', lambda person: Q(state=State.ACCEPTED)
        ),
        CommissionQueue('draft', 'Not sent yet', 'There is no draft.', lambda person: Q(state=State.DRAFT)),
        CommissionQueue(
            'no',
            'Said no, or nothing',
            'Nobody said no.',
            lambda person: Q(state__in=[State.DECLINED, State.EXPIRED, State.TAKEN_BACK]),
            over=True,
        ),
        CommissionQueue(
            'published',
            'Published',
            'Nothing has come of one yet.',
            lambda person: Q(state=State.FULFILLED),
            over=True,
        ),
    )
}


def rows(key: str, person: Person) -> CommissionQuerySet:
    found = Commission.objects.on_the_desk_of(person).filter(QUEUES[key].condition(person))
    return found.order_by('held_since', 'pk') if key in ('mine', 'sent', 'promised', 'draft') else found


def without_words(person: Person) -> CommissionQuerySet:
    """Asked or promised, and nothing begun: what no submission on the desk stands for. Of what came to nothing nobody
    waits for words."""
    promised = Q(state=State.ACCEPTED) & ~Q(_begun(open_=False))
    found = Commission.objects.on_the_desk_of(person).filter(Q(state=State.SENT) | promised)
    return found.order_by('held_since', 'pk')


def counts(person: Person) -> dict[str, int]:
    """How many stand in each of what is not over, in one query over that."""
    counted = {
        queue.key: Count('pk', filter=queue.condition(person)) for queue in QUEUES.values() if not queue.over
    }
    again = Q(state=State.DECLINED, ask_after__lte=days.today())
    going_on = Commission.objects.filter(Q(state__in=where(lambda row: row.open)) | again)
    return going_on.on_the_desk_of(person).aggregate(**counted)


def with_what_a_row_shows(found: CommissionQuerySet) -> CommissionQuerySet:
    begun = Submission.objects.with_title().order_by('-pk')
    return found.select_related('editor', 'invitee').prefetch_related(Prefetch('submissions', begun))
