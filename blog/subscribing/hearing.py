"""What a delivery hears of its letter, and what the outbox asks of it as the letter is about to leave."""

from datetime import datetime, timedelta

from django.utils import timezone

from blog.models import Delivery, Post, Subscriber
from blog.subscribing import recipients
from blog.subscribing.choosing import end_unwanted
from ukis.letters.models import Letter

State = Delivery.State
# While its edition is paused a letter is asked for again after so long.
ASKED_AGAIN = timedelta(minutes=5)


def lock(letter: Letter) -> None:
    Delivery.objects.select_for_update().filter(pk=letter.object_id).values_list('pk').first()


def overtaken(letter: Letter) -> str:
    row = Delivery.objects.select_related('subscriber').filter(pk=letter.object_id).first()
    if row is None:
        return 'Its reader is not in the list any more.'
    if why := recipients.refuses(row.subscriber):
        return why
    if not Post.objects.live().filter(pk__in=row.posts.values('post')).exists():
        return 'Nothing of what it tells of is public any more.'
    return ''


def put_off(letter: Letter) -> datetime | None:
    paused = Delivery.objects.filter(pk=letter.object_id, edition__paused_at__isnull=False)
    return timezone.now() + ASKED_AGAIN if paused.exists() else None


def left(letter: Letter) -> None:
    _became(letter, State.SENT)


def recalled(letter: Letter) -> None:
    _became(letter, State.RECALLED, letter.overtaken_why or 'Recalled in the outbox.')


def given_up(letter: Letter) -> None:
    refused = letter.state == Letter.State.SUPPRESSED
    _became(letter, State.FAILED, 'The address takes no letters.' if refused else letter.last_error[:300])


def unwanted(letter: Letter) -> None:
    subscriber = (
        letter.about if isinstance(letter.about, Subscriber) else getattr(letter.about, 'subscriber', None)
    )
    if subscriber is not None:
        end_unwanted(subscriber)


def doubted(letter: Letter) -> None:
    _became(letter, State.DOUBTFUL, 'A worker stopped, or the line broke, in the middle.')


def _became(letter: Letter, state: Delivery.State, why: str = '') -> None:
    Delivery.objects.filter(pk=letter.object_id).update(state=state, why=why)
