"""Letters to whoever follows the blog by email."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.urls import reverse

from blog.models import Delivery, Edition, Often, Post, Subscriber, Subscription
from members.models import Person
from ukis import days, markup
from ukis import letters as outbox
from ukis.letters.models import Letter
from ukis.society.models import Society

ENDED = 'subscription_ended'
KINDS = {
    'subscription_asked': 'Posts by email: to confirm',
    'subscription_known': 'Posts by email: asked for again',
    ENDED: 'Posts by email: stopped',
}
# Whoever reads the address has just asked for these, also where other letters came back.
PROVING = frozenset({'subscription_asked', 'subscription_known'})
OF_EDITIONS = {
    'post_out': 'Posts by email: a new post',
    'posts_digest': 'Posts by email: what was new',
}
# The private links: to confirm, and to change or stop. The second works for years, as every letter that was kept does.
CONFIRM, CONFIRM_DAYS = 'subscribe', 7
MINE, MINE_DAYS = 'subscriptions', 3_650
FOOT = (
    'You get this because you asked for posts of our blog by email. To change what you get and how often, or to '
    'stop it:'
)


def tell_asked(held: Subscriber, wanted: Sequence[Subscription], *, at: datetime) -> None:
    _tell(
        'subscription_asked', held, at, _link(held, 'subscribe_confirm', CONFIRM, CONFIRM_DAYS), wanted=wanted
    )


def tell_known(held: Subscriber, *, at: datetime) -> None:
    _tell('subscription_known', held, at, _link(held, 'subscriptions', MINE, MINE_DAYS))


def tell_ended(held: Subscriber, *, at: datetime) -> None:
    _tell(ENDED, held, at, _link(held, 'subscriptions', MINE, MINE_DAYS))


def _tell(kind: str, held: Subscriber, at: datetime, link: dict[str, Any], **facts: Any) -> None:
    society = Society.get()
    words = outbox.written(kind, {**facts, 'society': society, 'link': outbox.LINK}, society=society)
    outbox.queue(
        kind=kind,
        key=f'{kind} {held.pk} {at.isoformat()}',
        about=held,
        to_address=held.address,
        words=words,
        reply_to=society.office_address,
        link=link,
    )


def _link(held: Subscriber, view: str, purpose: str, its_days: int) -> dict[str, Any]:
    kind = ContentType.objects.get_for_model(Subscriber).pk
    return {'view': view, 'purpose': purpose, 'days': its_days, 'about': [kind, held.pk]}


def tell_of_edition(delivery: Delivery, posts: Sequence[Post], society: Society) -> Letter | None:
    """Its frame alone: the posts go in as it is sent (`contents.inset`)."""
    kind, facts = frame_of(delivery.edition, posts)
    return outbox.queue(
        kind=kind,
        key=f'edition {delivery.edition_id} to {delivery.subscriber_id}',
        about=delivery,
        to_address=delivery.subscriber.address,
        words=outbox.written(kind, {**facts, 'society': society, 'inset': outbox.INSET}, society=society),
        reply_to=society.contributions_address or society.office_address,
        languages=_not_english(posts) if kind == 'post_out' else {},
    )


def frame_of(edition: Edition, posts: Sequence[Post]) -> tuple[str, dict[str, Any]]:
    """The kind of its letters, and what their words are written from."""
    if edition.often == Often.AT_ONCE:
        return 'post_out', {'title': str(posts[0])}
    assert edition.until is not None
    return 'posts_digest', {
        'number': len(posts),
        'period': edition.period,
        'until': days.london_day(edition.until),
    }


def _not_english(posts: Sequence[Post]) -> dict[str, list[str]]:
    version = posts[0].version
    assert version is not None
    return {version.language: [version.title]} if version.language != markup.OF_PAGES else {}


def foot(letter: Letter) -> outbox.Foot:
    return outbox.Foot(FOOT, view='subscriptions', purpose=MINE, days=MINE_DAYS, one_click='unsubscribe')


def foot_of_test(letter: Letter) -> outbox.Foot:
    """As under the letter itself, so that its headers are those that readers get; there is nothing to stop."""
    words = 'This is a test, and the link stops nothing. Under the letter itself stands here:'
    return outbox.Foot(
        f'{words} {FOOT}', view='subscriptions', purpose=MINE, days=CONFIRM_DAYS, one_click='unsubscribe'
    )


def kept_from(staff: Person) -> Q:
    """Whoever looks after the outbox may read them: they hold what is public, and an address."""
    return Q(pk__in=[])


def page_of_subscriber(row: Model) -> str:
    return reverse('admin:blog_subscriber_change', args=[row.pk])


def page_of_delivery(row: Model) -> str:
    assert isinstance(row, Delivery)
    return reverse('admin:edition', args=[row.edition_id])
