"""What leads the home page: which posts, in which order and until when. Whoever keeps the home page decides, but not on
what they wrote."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from blog.models import Post, Submission
from blog.models.posts import UNPLACED
from blog.workflow.engine import locked, record
from members.models import Person
from ukis import days
from ukis.ordering import moved
from ukis.refusals import NotAllowed, NotNow
from ukis.society.models import Society

SHOWN_FEATURED = 3  # on the home page; the next comes up when one of them goes
MOST = 20  # that are put in order
KEEPER = 'ukis.change_notice'  # whose the home page is


def standing() -> list[Post]:
    """Those of today, in order, with what they are called by."""
    rows = Post.objects.live().featured_on(days.today()).select_related('version')
    return list(rows.only(*_CALLED, 'version__title', 'version__language')[:MOST])


_CALLED = ('slug', 'published_at', 'featured_until', 'submission_id')


def to_choose_from(by: Person, most: int = 50) -> list[Post]:
    """The newest that do not stand there, of others."""
    rows = Post.objects.live().exclude(submission__in=Submission.objects.written_by(by))
    there = [post.pk for post in standing()]
    return list(rows.exclude(pk__in=there).newest_first().with_title()[:most])


def feature(post: Post, *, by: Person, last_day: date | None) -> Post:
    """As the last of them. NotNow where it is not on the site, or stands there already."""
    with _keeping(by, post):
        held = _held(post)
        if not Post.objects.live().filter(pk=held.pk).exists():
            raise NotNow(f'“{held}” is not among the posts on the site.')
        if Post.objects.featured_on(days.today()).filter(pk=held.pk).exists():
            raise NotNow(f'“{held}” is featured already.')
        _check(last_day)
        _number([*standing(), held])
        _write(held, by, f'featured: {_until(last_day)}', featured=True, featured_until=last_day)
    return held


def until(post: Post, *, by: Person, last_day: date | None) -> Post:
    with _keeping(by, post):
        held = _held(post)
        if not held.featured:
            raise NotNow(f'“{held}” is not featured any more.')
        _check(last_day)
        if held.featured_until != last_day:
            _write(held, by, f'featured: {_until(last_day)}', featured_until=last_day)
    return held


def unfeature(post: Post, *, by: Person) -> Post:
    with _keeping(by, post):
        held = _held(post)
        if not held.featured:
            raise NotNow(f'“{held}” is not featured any more.')
        _write(held, by, 'featured: False', featured=False, featured_until=None, featured_place=UNPLACED)
    return held


def move(post: Post, *, by: Person, up: bool) -> str:
    """One place up or down; where it stands then, in words."""
    with _keeping(by, post):
        _held(post)
        now = moved(standing(), post, up=up, gone='featured any more')
        _number(now.rows)
    return str(now)


@contextmanager
def _keeping(by: Person, post: Post) -> Iterator[None]:
    """One transaction of somebody who keeps the home page and has not written the post."""
    if not by.has_perm(KEEPER):
        raise NotAllowed('The home page is kept by the Commissioning Editor and Administrators.')
    if Submission.objects.written_by(by).filter(pk=post.submission_id).exists():
        raise NotAllowed('You are among its authors: whether it is featured is for others to say.')
    with transaction.atomic():
        yield


def _held(post: Post) -> Post:
    """With the order of all that stand there, which has no row of its own: the Society's stands for it."""
    locked(post.submission)
    list(Society.objects.select_for_update(no_key=True).filter(pk=1).values_list('pk'))
    return Post.objects.select_related('version', 'submission').get(pk=post.pk)


def _number(posts: list[Post]) -> None:
    for place, post in enumerate(posts, 1):
        Post.objects.filter(pk=post.pk).exclude(featured_place=place).update(featured_place=place)


def _write(post: Post, by: Person, note: str, **columns: Any) -> None:
    Post.objects.filter(pk=post.pk).update(**columns)
    state = post.submission.state
    record(post.submission, 'set_details', state, by=by, at=timezone.now(), note=note)


def _check(last_day: date | None) -> None:
    if last_day is not None and last_day < days.today():
        raise NotNow('The last day is over already.')


def _until(last_day: date | None) -> str:
    return f'until {days.in_words(last_day)}' if last_day else 'True'
