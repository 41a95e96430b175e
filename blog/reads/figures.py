"""How often something was read, as it may be shown: at least so often, in steps, so that nobody can be made out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import TruncMonth

from blog.models import Post, ReadCount, Shelf, Shelved
from blog.models.reads import FOR_A_CHAT, HERE, NOT_SAID, OTHERS
from members.models import Organisation
from ukis import days

# Numbers are told in steps of this, rounded down; what is fewer is not told.
STEP = 5
DAYS, MONTHS = 28, 12
SITES, POSTS = 12, 20
CALLED = {NOT_SAID: 'Not said', HERE: 'Pages of this site'}


@dataclass(frozen=True)
class Reads:
    """`days` and `months` have every one of their span, nought where nothing was counted; `posts` are those read most.
    As counted: `told()` says how a number is shown."""

    days: Sequence[tuple[date, int]]
    months: Sequence[tuple[date, int]]
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
    """Of the last weeks only: what was long ago is too much to be added up for one page."""
    return _reads(ReadCount.objects.all(), posts=True, months=0)


def _reads(rows: QuerySet[ReadCount], *, posts: bool = False, months: int = MONTHS) -> Reads:
    today = days.today()
    since = today - timedelta(days=DAYS - 1)
    first = _months_back(today, months - 1) if months else since
    spanned: Any = rows.filter(day__gte=first)
    if not months:
        spanned = spanned.filter(of_month=False)
    people = spanned.exclude(site=FOR_A_CHAT)
    lately = _by(people.filter(of_month=False, day__gte=since), 'day')
    by_month = _by(people.annotate(month=TruncMonth('day')), 'month') if months else Counter()
    whole = sum((by_month or lately).values())
    return Reads(
        days=[(day, lately[day]) for day in (since + timedelta(days=number) for number in range(DAYS))],
        months=[
            (month, by_month[month]) for month in (_months_back(today, n) for n in range(months - 1, -1, -1))
        ],
        sites=_sites(people, whole),
        chats=sum(_by(spanned.filter(site=FOR_A_CHAT), 'site').values()),
        posts=_most_read(people.filter(of_month=False, day__gte=since)) if posts else (),
    )


def _by(rows: Any, name: str) -> Counter[Any]:
    return Counter(
        dict(rows.order_by().values_list(name).annotate(sum=Sum('number')).values_list(name, 'sum'))
    )


def _sites(people: Any, whole: int) -> list[tuple[str, int]]:
    """Those that most come from, and in one number the rest, with what is too few to be told."""
    most = people.exclude(site=OTHERS).order_by().values('site').annotate(sum=Sum('number'))
    rows = most.filter(sum__gte=STEP).order_by('-sum', 'site').values_list('site', 'sum')[:SITES]
    found = [(CALLED.get(site, site), number) for site, number in rows]
    rest = whole - sum(number for _, number in found)
    return [*found, ('Other sites', rest)] if rest else found


def _most_read(people: Any) -> list[tuple[Post, int]]:
    most = people.order_by().values('post').annotate(sum=Sum('number')).filter(sum__gte=STEP)
    numbers = dict(most.order_by('-sum', 'post').values_list('post', 'sum')[:POSTS])
    posts = Post.objects.with_title().annotate(of=F('submission')).in_bulk(numbers)
    return [(posts[key], number) for key, number in numbers.items() if key in posts]


def _months_back(day: date, count: int) -> date:
    number = day.year * 12 + day.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)
