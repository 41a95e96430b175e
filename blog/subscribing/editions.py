"""What goes out together. Its recipients are listed in one transaction before the first letter; every later step reads
those rows, so that whoever dies anywhere has left nothing that is not gone on with, and nothing twice."""

import logging
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from blog.models import Delivery, Edition, Often, Post, SentPost, Subscriber
from blog.subscribing import letters, recipients
from members.models import Person
from ukis import days
from ukis.clock import ledger
from ukis.engine import locked
from ukis.letters.models import Letter
from ukis.refusals import NotNow
from ukis.society.models import Society

# How many letters of one edition wait in the outbox at a time: what else is to be sent waits for no more than these.
IN_THE_OUTBOX = 100
# Of how many editions it looks for one that can go on.
AT_ONCE = 20
AT = time(8)  # in London
REFUSES, HAD = 'The address takes no such letters.', 'It went to them before.'
State = Delivery.State
log = logging.getLogger(__name__)


def announce(post: Post, *, at: datetime) -> None:
    """It went live for the first time: from now on it is sent, to each address once. In the caller's transaction."""
    Edition.objects.get_or_create(post=post, defaults={'often': Often.AT_ONCE, 'made_at': at})


def begin_digests(now: datetime) -> None:
    """On the first working day of the week and of the month. After days that were missed, one for all of them."""
    for often in (Often.WEEKLY, Often.MONTHLY):
        until = _last_due(often, now)
        last = Edition.objects.filter(often=often, post=None).order_by('-until').first()
        if last is not None and last.until is not None and last.until >= until:
            continue
        since = last.until if last is not None else until - timedelta(days=7 if often == Often.WEEKLY else 31)
        Edition.objects.get_or_create(
            often=often, until=until, post=None, defaults={'since': since, 'made_at': now}
        )


def _last_due(often: Often, now: datetime) -> datetime:
    today = days.london_day(now)
    first = today - timedelta(days=today.weekday()) if often == Often.WEEKLY else today.replace(day=1)
    due = _morning_after(first)
    if due > now:
        before = first - timedelta(days=1)
        due = _morning_after(first - timedelta(days=7) if often == Often.WEEKLY else before.replace(day=1))
    return due


def _morning_after(day: date) -> datetime:
    """Of the first working day from this one on."""
    while not ledger.works(day, [days.SOCIETY]):
        day += timedelta(days=1)
    return datetime.combine(day, AT, days.LONDON)


def posts_of(edition: Edition) -> list[Post]:
    """What it holds as things stand, the oldest first: nothing that was taken down or archived since."""
    if edition.post_id:
        return list(Post.objects.live().with_title().filter(pk=edition.post_id))
    new = Edition.objects.filter(post__isnull=False, made_at__gt=edition.since, made_at__lte=edition.until)
    return list(
        Post.objects.live().with_title().filter(pk__in=new.values('post')).order_by('published_at', 'pk')
    )


def would_get(edition: Edition) -> dict[int, list[Post]]:
    """Who would get what of it, as things stand: by the key of each subscriber, without what went to them before."""
    return _meant_by(edition)[0]


def audience(edition: Edition) -> tuple[dict[int, list[Post]], list[tuple[str, str]]]:
    """Who would get what of it; and who follows it and would not, as things stand: address and why."""
    wanted, refused, had = _meant_by(edition)
    why = dict.fromkeys(had, HAD) | dict.fromkeys(refused, REFUSES)
    addresses = Subscriber.objects.filter(pk__in=list(why)).values_list('pk', 'address') if why else []
    return wanted, sorted((address, why[key]) for key, address in addresses)


def _meant_by(edition: Edition) -> tuple[dict[int, list[Post]], set[int], set[int]]:
    """Who would get what; whom letters do not reach; and who had all of it before."""
    posts = posts_of(edition)
    if not posts:
        return {}, set(), set()
    found, refused = recipients.sorted_out(posts, Often(edition.often))
    sent = set(SentPost.objects.filter(post__in=posts).values_list('subscriber', 'post'))
    left = {key: [one for one in theirs if (key, one.pk) not in sent] for key, theirs in found.items()}
    wanted = {key: theirs for key, theirs in left.items() if theirs}
    return wanted, refused, found.keys() - wanted.keys()


@transaction.atomic
def freeze(edition: Edition, *, now: datetime) -> Edition:
    """Its recipients, each with what goes to them. What another edition takes at the same moment goes with that one."""
    held = locked(edition)
    if held.is_frozen:
        return held
    wanted = would_get(held)
    rows = Delivery.objects.bulk_create(
        [Delivery(edition=held, subscriber_id=key) for key in wanted], batch_size=500
    )
    taken = [
        SentPost(delivery=row, subscriber_id=row.subscriber_id, post=post)
        for row in rows
        for post in wanted[row.subscriber_id]
    ]
    SentPost.objects.bulk_create(taken, batch_size=500, ignore_conflicts=True)
    its = SentPost.objects.filter(delivery=OuterRef('pk'))
    Delivery.objects.filter(~Exists(its), edition=held).delete()
    held.frozen_at = now
    held.done_at = None if held.deliveries.exists() else now
    held.save(update_fields=['frozen_at', 'done_at'])
    return held


def go_on(now: datetime) -> None:
    """By the clock: of every edition that is not done the next letters."""
    for row in Edition.objects.filter(done_at=None, paused_at=None).order_by('made_at', 'pk')[:AT_ONCE]:
        if not row.is_frozen:
            freeze(row, now=now)
        write_next(row, now=now)


@transaction.atomic
def write_next(edition: Edition, *, now: datetime) -> Edition:
    """As many as there is room for in the outbox. Who dies in the middle has written none of them."""
    held = locked(edition)
    if held.done_at or held.is_paused or not held.is_frozen:
        return held
    listed = held.deliveries.filter(state=State.LISTED)
    room = max(0, IN_THE_OUTBOX - held.deliveries.filter(state=State.WRITTEN).count())
    rows = list(
        listed.select_related('subscriber').prefetch_related('posts__post__version').order_by('pk')[:room]
    )
    society = Society.get()
    for row in rows:
        row.edition = held
        _write(row, [one.post for one in row.posts.all()], society)
    if not listed.exists():
        held.done_at = now
        held.save(update_fields=['done_at'])
    return held


def _write(row: Delivery, posts: Sequence[Post], society: Society) -> None:
    """One that cannot be written hinders nobody."""
    try:
        with transaction.atomic():
            letter = letters.tell_of_edition(row, posts, society)
    except (OperationalError, InterfaceError):
        raise  # the database is away: nobody's letter is to blame
    except Exception as error:
        log.exception(
            'The letter of edition %s to subscriber %s cannot be written', row.edition_id, row.subscriber_id
        )
        row.state, row.why = State.FAILED, f'It cannot be written: {error}'[:300]
    else:
        refused = letter is None or letter.state == Letter.State.SUPPRESSED
        row.state = State.RECALLED if refused else State.WRITTEN
        row.why = 'The address takes no letters.' if refused else ''
    row.save(update_fields=['state', 'why'])


@transaction.atomic
def pause(edition: Edition, *, by: Person) -> Edition:
    """No further letter of it leaves until somebody lets it go on. NotNow where all have left."""
    held = locked(edition)
    if held.is_paused:
        return held
    if held.done_at and not held.deliveries.filter(state=State.WRITTEN).exists():
        raise NotNow('All its letters have left already.')
    held.paused_at, held.paused_by = timezone.now(), by
    held.save(update_fields=['paused_at', 'paused_by'])
    return held


@transaction.atomic
def resume(edition: Edition, *, by: Person) -> Edition:
    held = locked(edition)
    held.paused_at = held.paused_by = None
    held.save(update_fields=['paused_at', 'paused_by'])
    waiting = held.deliveries.filter(state=State.WRITTEN).values('pk')
    Letter.objects.filter(
        content_type__app_label='blog',
        content_type__model='delivery',
        object_id__in=waiting,
        state=Letter.State.WAITING,
    ).update(send_after=timezone.now())
    log.info('Edition %s goes on, by person %s', held.pk, by.pk)
    return held
