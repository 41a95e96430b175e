"""How often something was read, as it may be shown: at least so often, in steps, so that nobody can be made out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Sum
from django.db.models.functions import TruncMonth

from blog.models import Post, ReadCount, Shelf, Shelved
from blog.models.reads import FOR_A_CHAT, HERE, NOT_SAID, OTHERS, ReadCountQuerySet
from members.models import Organisation
from ukis import days

# Numbers are told in steps of this, rounded down; what is fewer is not told.
STEP = 5
DAYS, MONTHS, WEEK = 28, 12, 7
SITES, LOOKED_AT, POSTS = 12, 200, 20
CALLED = {NOT_SAID: 'Not said', HERE: 'Pages of this site'}


@dataclass(frozen=True)
class Reads:
    """`days` and `months` have every one of their span, nought where nothing was counted; `sites` and `chats` are of
    `span`; `posts` are those read most. As counted: `told()` says how a number is shown."""

    days: Sequence[tuple[date, int]]
    months: Sequence[tuple[date, int]]
    span: str
    sites: Sequence[tuple[str, int]]
    chats: int
    posts: Sequence[tuple[Post, int]] = ()

    @property
    def chats_told(self) -> str:
        """Empty where they are too few."""
        return told(self.chats) if at_least(self.chats) else ''

    @property
    def posts_told(self) -> list[tuple[Post, str]]:
        return [(post, told(number)) for post, number in self.posts]


def at_least(number: int) -> int:
    return number - number % STEP


def told(number: int) -> str:
    return f'{at_least(number):,}' if number >= STEP else f'fewer than {STEP}'


def of_post(post: Post) -> Reads:
    return _reads(ReadCount.objects.filter(post=post))


def of_organisation(organisation: Organisation) -> Reads:
    """Of the posts that name it and stand in the lists."""
    posts = Shelved.objects.on(Shelf.ORGANISATION, organisation.pk).values('post')
    rows = ReadCount.objects.filter(post__in=posts)
    return _reads(rows, posts=True)


def of_all() -> Reads:
    """By day, and besides of the last week only: more is too much to be added up for one page."""
    today, rows = days.today(), ReadCount.objects.of_days()
    by_day = _by_day(rows, today)
    week = rows.since(today - timedelta(days=WEEK - 1))
    sites = _sites(week)
    return Reads(
        days=by_day,
        months=(),
        span=f'the last {WEEK} days',
        chats=sites.pop(FOR_A_CHAT, 0),
        sites=_named(sites, sum(number for _, number in by_day[-WEEK:])),
        posts=_most_read(week),
    )


def _reads(rows: ReadCountQuerySet, *, posts: bool = False) -> Reads:
    today = days.today()
    firsts = [_months_back(today, count) for count in range(MONTHS - 1, -1, -1)]
    year = rows.since(firsts[0])
    by_month = _by(year.exclude(site=FOR_A_CHAT).annotate(month=TruncMonth('day')), 'month')
    sites = _sites(year)
    lately = rows.of_days().since(_first_of(today))
    return Reads(
        days=_by_day(rows.of_days(), today),
        months=[(month, by_month[month]) for month in firsts],
        span=f'the last {MONTHS} months',
        chats=sites.pop(FOR_A_CHAT, 0),
        sites=_named(sites, sum(by_month.values())),
        posts=_most_read(lately) if posts else (),
    )


def _first_of(today: date) -> date:
    return today - timedelta(days=DAYS - 1)


def _by_day(rows: ReadCountQuerySet, today: date) -> list[tuple[date, int]]:
    first = _first_of(today)
    counted = _by(rows.since(first).exclude(site=FOR_A_CHAT), 'day')
    return [(day, counted[day]) for day in (first + timedelta(days=number) for number in range(DAYS))]


def _by(rows: Any, name: str) -> Counter[Any]:
    return Counter(
        dict(rows.order_by().values_list(name).annotate(sum=Sum('number')).values_list(name, 'sum'))
    )


def _sites(rows: ReadCountQuerySet) -> dict[str, int]:
    """Those from which enough came to be told, most first."""
    counted = rows.exclude(site=OTHERS).order_by().values('site').annotate(sum=Sum('number'))
    return dict(counted.filter(sum__gte=STEP).order_by('-sum', 'site').values_list('site', 'sum')[:LOOKED_AT])


def _named(sites: dict[str, int], whole: int) -> list[tuple[str, int]]:
    """The first of them, and the rest in one number, with what is too few to be told."""
    found = [(CALLED.get(site, site), number) for site, number in list(sites.items())[:SITES]]
    rest = whole - sum(number for _, number in found)
    return [*found, ('Other sites', rest)] if rest else found


def _most_read(rows: ReadCountQuerySet) -> list[tuple[Post, int]]:
    people = rows.exclude(site=FOR_A_CHAT)
    most = people.order_by().values('post').annotate(sum=Sum('number')).filter(sum__gte=STEP)
    numbers = dict(most.order_by('-sum', 'post').values_list('post', 'sum')[:POSTS])
    posts = Post.objects.with_title().annotate(of=F('submission')).in_bulk(numbers)
    return [(posts[key], number) for key, number in numbers.items() if key in posts]


def _months_back(day: date, count: int) -> date:
    number = day.year * 12 + day.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)
