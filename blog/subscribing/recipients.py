"""Who is meant by an edition: asked once, before its first letter. And who would be, were something to come out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet

from blog.models import Byline, Often, Post, Subscriber, Subscription
from ukis.letters.models import SuppressedAddress
from ukis.tags.models import TaggedItem

Of, Scope = Subscription.Of, SuppressedAddress.Scope


def sorted_out(posts: Sequence[Post], often: Often) -> tuple[dict[int, list[Post]], set[int]]:
    """By the key of each subscriber the posts that they follow so often, in the order given, of those whom letters
    reach; and the keys of those to whom such letters do not go."""
    keys = [post.pk for post in posts]
    tagged, written = _by_tag(keys), _by_author(keys)
    rows = _following(list(tagged), list(written)).filter(often=often)
    unreached = _unreached()
    found: dict[int, set[int]] = defaultdict(set)
    lost: set[int] = set()
    for subscriber, address, of, tag, author, confirmed_at in rows.values_list(
        'subscriber', 'subscriber__address', 'of', 'tag', 'author', 'confirmed_at'
    ):
        if confirmed_at and _is_reached(address, confirmed_at, unreached):
            found[subscriber] |= (
                set(keys) if of == Of.ALL else tagged[tag] if of == Of.TAG else written[author]
            )
        else:
            lost.add(subscriber)
    wanted = {key: [post for post in posts if post.pk in of_them] for key, of_them in sorted(found.items())}
    return wanted, lost - wanted.keys()


def _following(tags: Iterable[int | None], authors: Iterable[int | None]) -> QuerySet[Subscription]:
    return Subscription.objects.standing().filter(
        Q(of=Of.ALL) | Q(of=Of.TAG, tag__in=tags) | Q(of=Of.AUTHOR, author__in=authors)
    )


@dataclass(frozen=True)
class Followers:
    """How many addresses would get it, by how often they follow; and how many follow it whom letters do not reach."""

    by_often: list[tuple[Often, int]]
    unreached: int


def would_follow(*, tags: Iterable[int], authors: Iterable[int]) -> Followers:
    """Of something that is not out: with these tags, by these people."""
    rows = _following(tags, authors)
    counted = rows.order_by().values('often').annotate(number=Count('subscriber', distinct=True))
    numbers = {row['often']: row['number'] for row in counted}
    unreached = _unreached()
    kept: dict[str, set[int]] = defaultdict(set)
    lost: dict[str, set[int]] = defaultdict(set)
    among = rows.filter(subscriber__address__in=list(unreached)) if unreached else rows.none()
    for often, subscriber, address, confirmed_at in among.values_list(
        'often', 'subscriber', 'subscriber__address', 'confirmed_at'
    ):
        reached = confirmed_at and _is_reached(address, confirmed_at, unreached)
        (kept if reached else lost)[often].add(subscriber)
    gone = {often: lost[often] - kept[often] for often in lost}
    return Followers(
        [(often, numbers.get(often, 0) - len(gone.get(often, ()))) for often in Often],
        len(set().union(*gone.values())),
    )


def refuses(subscriber: Subscriber) -> str:
    """Why a letter must not go to them any more, in a sentence; '' where it may."""
    confirmed = list(subscriber.subscriptions.standing().values_list('confirmed_at', flat=True))
    if not confirmed:
        return 'Its reader has stopped the posts by email.'
    unreached = _unreached(subscriber.address)
    if not any(_is_reached(subscriber.address, at, unreached) for at in confirmed if at):
        return 'The address refuses such letters.'
    return ''


def _by_tag(keys: Sequence[int]) -> dict[int | None, set[int]]:
    kind = ContentType.objects.get_for_model(Post)
    found: dict[int | None, set[int]] = defaultdict(set)
    for tag, post in TaggedItem.objects.filter(content_type=kind, object_id__in=keys).values_list(
        'tag', 'object_id'
    ):
        found[tag].add(post)
    return found


def _by_author(keys: Sequence[int]) -> dict[int | None, set[int]]:
    found: dict[int | None, set[int]] = defaultdict(set)
    for person, post in Byline.objects.filter(post__in=keys, person__isnull=False).values_list(
        'person', 'post'
    ):
        found[person].add(post)
    return found


def _unreached(address: str = '') -> dict[str, datetime | None]:
    """Addresses that take no letters, None; or none that can be refused, since when."""
    rows = SuppressedAddress.objects.standing().filter(scope__in=[Scope.ALL, Scope.REFUSABLE])
    among = [address] if address else Subscriber.objects.values('address')
    found: dict[str, datetime | None] = {}
    for one, scope, since in rows.filter(address__in=among).values_list('address', 'scope', 'since'):
        found[one] = None if scope == Scope.ALL or found.get(one, since) is None else since
    return found


def _is_reached(address: str, confirmed_at: datetime, unreached: dict[str, datetime | None]) -> bool:
    """Whoever refused such letters and has confirmed since that they want these gets them."""
    if address not in unreached:
        return True
    since = unreached[address]
    return since is not None and since < confirmed_at
