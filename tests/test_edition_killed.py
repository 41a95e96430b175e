"""An edition goes out while its workers are killed at moments that nobody chose: no address gets it twice, and what did
not surely arrive is shown to staff."""

import os
import random
import signal
import time

import pytest
from django.utils import timezone

from blog import subscribing
from blog.models import Delivery, Edition, Subscriber, Subscription
from tests.conftest import make_post
from tests.processes import wait_until
from tests.test_worker_killed import LONGEST_LIFE, begun, office, workers  # noqa: F401  # fixtures
from ukis.letters.models import Letter

FOLLOWERS, KILLS = 250, 20
State = Delivery.State
pytestmark = pytest.mark.django_db(transaction=True)


def test_twenty_kills_send_an_edition_to_no_address_twice_and_leave_out_none_that_is_not_shown(
    society,
    office,  # noqa: F811
    workers,  # noqa: F811
):
    now = timezone.now()
    followers = Subscriber.objects.bulk_create(
        Subscriber(address=f'r{number}@people.example') for number in range(FOLLOWERS)
    )
    Subscription.objects.bulk_create(
        Subscription(subscriber=one, of='all', often='at once', asked_at=now, confirmed_at=now)
        for one in followers
    )
    subscribing.announce(make_post(), at=now)
    moments = random.Random(1948)  # noqa: S311
    for _ in range(KILLS):
        worker = begun(workers)
        time.sleep(moments.uniform(0.02, LONGEST_LIFE))
        os.kill(worker, signal.SIGKILL)

    last = begun(workers)
    edition = Edition.objects.get(post__isnull=False)
    to_go = edition.deliveries.filter(state__in=[State.LISTED, State.WRITTEN])
    wait_until(lambda: Edition.objects.get(pk=edition.pk).done_at and not to_go.exists(), seconds=120)
    os.kill(last, signal.SIGTERM)

    arrived = office[0].arrived
    its = Letter.objects.filter(kind='post_out')
    doubtful = set(its.filter(in_doubt=True).values_list('message_id', flat=True))
    everybody = set(its.values_list('message_id', flat=True))
    assert set(arrived.values()) == {1}
    assert everybody - set(arrived) <= doubtful
    assert (edition.deliveries.count(), its.count()) == (FOLLOWERS, FOLLOWERS)
    assert edition.deliveries.filter(state=State.DOUBTFUL).count() == len(doubtful) <= KILLS
    assert edition.deliveries.filter(state=State.SENT).count() == FOLLOWERS - len(doubtful)
