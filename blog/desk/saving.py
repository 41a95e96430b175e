"""Lists of the desk that an editor keeps under a name."""

from django.db import transaction

from blog import wording
from blog.desk import filters
from blog.models import Authorship, SavedQueue, Submission
from blog.models.saved_queues import MOST
from members.models import Person
from ukis.refusals import NotNow

MOST_SHARED = 24  # of others', in one list


def save(*, by: Person, name: str, asked: str, shared: bool) -> SavedQueue:
    with transaction.atomic():
        Person.objects.select_for_update(of=('self',)).only('pk').get(pk=by.pk)
        if SavedQueue.objects.filter(person=by).count() >= MOST:
            raise NotNow(
                f'You keep {MOST} queues, which is as many as fit beside the list. Delete one first.'
            )
        if SavedQueue.objects.filter(person=by, name=name).exists():
            raise NotNow('You have a queue of this name already.')
        return SavedQueue.objects.create(person=by, name=name, asked=asked, shared=shared)


def change(queue: SavedQueue, *, by: Person, name: str, shared: bool) -> None:
    with transaction.atomic():
        Person.objects.select_for_update(of=('self',)).only('pk').get(pk=by.pk)
        if SavedQueue.objects.filter(person=by, name=name).exclude(pk=queue.pk).exists():
            raise NotNow('You have a queue of this name already.')
        SavedQueue.objects.filter(pk=queue.pk).update(name=name, shared=shared)


def with_counts(person: Person) -> list[tuple[SavedQueue, str]]:
    """One's own and those that are shared, each with how many it shows to this person: two questions for all. What
    looks for words says nothing: that is looked for when it is opened, and not each time that the desk is."""
    found = [
        (one, filters.of_saved(one.asked))
        for one in SavedQueue.objects.for_desk_of(person)[: MOST + MOST_SHARED]
    ]
    counted = iter(filters.counts([asked for _, asked in found if not asked.words], person))
    return [(one, '' if asked.words else _how_many(next(counted))) for one, asked in found]


def _how_many(count: int) -> str:
    most = filters.MOST_COUNTED
    return f'more than {most:,}' if count > most else f'{count:,}'


def named_on(person: Person) -> list[str]:
    """What is not in any list of the desk for this person, who is named on it: all of it, and nothing of how it
    stands, which they learn as any author does."""
    theirs = Authorship.objects.filter(person=person).values('submission')
    seen = Submission.objects.visible_to(person).with_title()
    return [wording.titled(one) for one in seen.filter(pk__in=theirs).order_by('-pk')[:6]]
