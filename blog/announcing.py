"""What went live and is not yet announced. Going live is a query; this only decorates, late or twice without harm."""

import logging
from datetime import datetime

from django.db import transaction

from blog import letters, subscribing, told
from blog.models import Holder, Post, Submission
from blog.workflow.engine import locked, record
from blog.workflow.moves import EVENTS
from ukis import tags

log = logging.getLogger('ukis.announcing')


def announce_due(now: datetime) -> None:
    """Tells those named on every post whose time has come, and lets the calendar go of it."""
    for post in Post.objects.filter(published_at__lte=now, announced_at=None).select_related('submission'):
        announce(post, now)


def announce(post: Post, now: datetime) -> None:
    with transaction.atomic():
        submission = locked(post.submission)
        post = submission.post
        if post.announced_at or not post.published_at or post.published_at > now:
            return
        post.announced_at = now
        post.save(update_fields=['announced_at'])
        if submission.told_state:
            told.forget(submission)
            submission.save(update_fields=told.FIELDS)
        if submission.holder == Holder.CALENDAR:
            Submission.objects.filter(pk=submission.pk).update(
                holder=Holder.NOBODY, due_on=None, held_since=post.published_at
            )
        if post.taken_down_at is None:
            if not submission.source:  # what was published before, elsewhere, is sent to nobody
                subscribing.announce(post, at=now)
            step = record(submission, 'went live', submission.state, by=None, version=post.version, at=now)
            facts = letters.Facts(post=post)
            heard = letters.told_of_release(post)
            if not heard:
                # That it is to come need not be said any more.
                letters.recall(submission, EVENTS['went live'].overtakes)
            rules = EVENTS['went live'].letters
            letters.tell_of_step(rules, submission, step=step, by=None, hold=False, facts=facts, told=heard)
    tags.make_public(post.tags.all())
    log.info('announced %s', post.slug)


def next_publication(now: datetime) -> datetime | None:
    """When a post goes out that is scheduled."""
    to_come = Post.objects.filter(published_at__gt=now).order_by('published_at')
    return to_come.values_list('published_at', flat=True).first()
