"""Who is meant by an edition: asked once, before its first letter."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from blog.models import Byline, Often, Post, Subscriber, Subscription
from ukis.letters.models import SuppressedAddress
from ukis.tags.models import TaggedItem

Of, Scope = Subscription.Of, SuppressedAddress.Scope


def wanted(posts: Sequence[Post], often: Often) -> dict[int, list[Post]]:
    """By the key of each subscriber the posts that they follow so often, in the order given; of those whom letters
    reach."""
    keys = [post.pk for post in posts]
    tagged, written = _by_tag(keys), _by_author(keys)
    standing = Subscription.objects.standing().filter(often=often)
    rows = standing.filter(
        Q(of=Of.ALL) | Q(of=Of.TAG, tag__in=list(tagged)) | Q(of=Of.AUTHOR, author__in=list(written))
    )
    unreached = _unreached()
    found: dict[int, set[int]] = defaultdict(set)
    for subscriber, address, of, tag, author, confirmed_at in rows.values_list(
        'subscriber', 'subscriber__address', 'of', 'tag', 'author', 'confirmed_at'
    ):
        if confirmed_at and _is_reached(address, confirmed_at, unreached):
            found[subscriber] |= (
                set(keys) if of == Of.ALL else tagged[tag] if of == Of.TAG else written[author]
            )
    return {key: [post for post in posts if post.pk in of_them] for key, of_them in sorted(found.items())}


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
