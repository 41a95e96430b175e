"""People who follow the blog by email, and what was sent to them: posts as they came out, and those of a week."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from blog import subscribing
from blog.announcing import announce
from blog.models import Edition, Often, Post, Subscriber
from blog.subscribing import Wish
from ukis.letters.models import Letter
from ukis.letters.subjects import tell_left
from ukis.society.models import Society
from ukis.tags.models import Tag

FOLLOWERS = (
    ('morag.reads@kirkhaven.example', Often.WEEKLY),
    ('library@tyneford.example', Often.MONTHLY),
    ('gwilym.reads@kirkhaven.example', Often.AT_ONCE),
    ('niamh.reads@kirkhaven.example', Often.WEEKLY),
    ('office@kirkhaven.example', Often.AT_ONCE),
)


def stage_subscriptions(stage: Any) -> None:
    if Subscriber.objects.exists():
        return
    stage.say('People who follow the blog by email, and what they got')
    wording, tag = subscribing.wording_of(Society.get().name), Tag.objects.filter(waiting=False).first()
    for address, often in FOLLOWERS:
        subscribing.ask(address, wish=Wish(), often=often, wording=wording)
        subscriber = Subscriber.objects.get(address=address)
        subscribing.confirm(subscriber, keys=[row.pk for row in subscriber.subscriptions.all()])
    if tag:
        wish = Wish('tag', tag=tag)
        subscribing.ask('not.confirmed@kirkhaven.example', wish=wish, often=Often.WEEKLY, wording=wording)
    _send_out()


def _send_out() -> None:
    """What came out earlier, as on its own day, and not all of it in the first seconds of the clock."""
    now = timezone.now()
    subscribing.begin_digests(now)
    until = Edition.objects.get(often=Often.WEEKLY).until or now
    for number, post in enumerate(Post.objects.live().newest_first()[:3]):
        subscribing.announce(post, at=until - timedelta(days=1 + number))
    for post in Post.objects.live().filter(announced_at=None).select_related('submission'):
        announce(post, post.published_at or now)
    while Edition.objects.filter(done_at=None).exists():
        subscribing.go_on(now)
    sent = Letter.objects.filter(
        content_type__app_label='blog', content_type__model__in=('subscriber', 'delivery')
    )
    sent.filter(state=Letter.State.WAITING).update(state=Letter.State.SENT, sent_at=now, attempts=1)
    for letter in sent.filter(state=Letter.State.SENT):
        tell_left(letter)
