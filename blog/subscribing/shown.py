"""What staff see of an edition: how far it is, what did not arrive, and how the next would look; and a test of it."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.urls import reverse

from blog.models import Delivery, Edition, Often, Subscription
from blog.subscribing import letters
from blog.subscribing.editions import posts_of
from members.models import Person
from ukis import letters as outbox
from ukis.letters.models import Letter
from ukis.refusals import NotNow
from ukis.society.models import Society

State = Delivery.State
TEST = {'edition_test': 'Posts by email: a test, to staff'}


def counted(keys: Iterable[int]) -> dict[int, dict[str, Any]]:
    """By the key of each edition: how many in each state, and in all."""
    rows = Delivery.objects.filter(edition__in=list(keys)).values_list('edition', 'state')
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for edition, state, number in rows.annotate(number=Count('pk')).order_by():
        found[edition][state] += number
    return defaultdict(
        lambda: _told(Counter()), {edition: _told(numbers) for edition, numbers in found.items()}
    )


def _told(numbers: Counter[str]) -> dict[str, Any]:
    return {
        'all': numbers.total(),
        'sent': numbers[State.SENT],
        'to_go': numbers[State.LISTED] + numbers[State.WRITTEN],
        'doubtful': numbers[State.DOUBTFUL],
        'not_sent': numbers[State.RECALLED] + numbers[State.FAILED],
        'states': [(state.label, numbers[state]) for state in State if numbers[state]],
    }


def followers() -> list[tuple[str, int]]:
    """How many addresses get posts, by how often; one that follows two things twice a week counts once."""
    rows = Subscription.objects.standing().values('often').annotate(number=Count('subscriber', distinct=True))
    numbers = {row['often']: row['number'] for row in rows.order_by()}
    return [(often.label, numbers.get(often, 0)) for often in Often]


def stands(row: Subscription) -> str:
    if row.confirmed_at is None:
        return 'not confirmed yet'
    return 'stopped' if row.ended_at else 'confirmed'


def not_arrived(edition: Edition) -> QuerySet[Delivery]:
    """What somebody of the staff may have to decide, each with the key of its letter."""
    kind = ContentType.objects.get_for_model(Delivery)
    its = Letter.objects.filter(content_type=kind, object_id=OuterRef('pk')).order_by('-pk').values('pk')
    rows = edition.deliveries.filter(state__in=[State.DOUBTFUL, State.RECALLED, State.FAILED])
    return rows.select_related('subscriber').annotate(letter=Subquery(its[:1])).order_by('state', 'pk')


def goes_on(edition: Edition) -> bool:
    """Whether letters of it are still to leave."""
    to_go = edition.deliveries.filter(state__in=[State.LISTED, State.WRITTEN])
    return not edition.done_at or to_go.exists()


def next_digest(often: Often, now: datetime) -> Edition:
    """Never saved: what would go, were it sent now."""
    last = Edition.objects.filter(often=often, post=None).order_by('-until').first()
    since = last.until if last else now - timedelta(days=7 if often == Often.WEEKLY else 31)
    return Edition(often=often, since=since, until=now)


def send_test(edition: Edition, *, by: Person) -> None:
    """To whoever asks, as often as they like. NotNow where nothing of it is public."""
    posts = posts_of(edition)
    if not posts:
        raise NotNow('Nothing of it is public any more, so there is nothing to send.')
    society = Society.get()
    kind, facts = letters.frame_of(edition, posts)
    words = outbox.written(kind, {**facts, 'society': society, 'inset': outbox.INSET}, society=society)
    outbox.queue(
        kind='edition_test',
        key=f'edition {edition.pk} test {by.pk} {secrets.token_urlsafe(6)}',
        about=edition,
        to=by,
        subject=f'Test: {words.subject}',
        body=words.body,
        by=by,
    )


def page_of_edition(row: Any) -> str:
    return reverse('admin:edition', args=[row.pk])
