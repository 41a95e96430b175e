"""Counts of reads in the database: added up, so that several processes may write the same one, and bounded.

Rows are touched in one order by everybody, so that of two who write at once each waits for the other and neither for
both.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import batched
from typing import Any, NamedTuple

from django.db import connection, transaction

from blog.models import Post, ReadCount
from blog.models.reads import FOR_A_CHAT, HERE, NOT_SAID, OTHERS
from ukis import addresses

MOST_SITES = 20  # of one post on one day or in one month that are kept apart
AT_ONCE = 200  # rows of one statement
GATHERED = 5_000  # rows of days that one run of the clock puts into their months
ALWAYS = frozenset([NOT_SAID, HERE, OTHERS, FOR_A_CHAT])


class CountPlace(NamedTuple):
    post: int
    of_month: bool
    day: date
    site: str


def write(counts: Mapping[Any, int]) -> None:
    """By (day, address of the post, site)."""
    with transaction.atomic():
        posts = _posts({slug for _, slug, _ in counts})
        found: Counter[CountPlace] = Counter()
        for (day, slug, site), number in counts.items():
            if slug in posts:
                found[CountPlace(posts[slug], False, day, site)] += number
        _add(found)


def _posts(slugs: set[str]) -> dict[str, int]:
    """By today's address, or by one that it had when it was read. What has none has gone since, or is another page."""
    posts: dict[str, int] = {}
    for some in batched(sorted(slugs), AT_ONCE):
        posts |= dict(Post.objects.filter(slug__in=some).values_list('slug', 'pk'))
        former = addresses.formerly_at('post', set(some).difference(posts))
        posts |= {slug: row.pk for slug, row in former.items() if isinstance(row, Post)}
    return posts


def _add(found: Counter[CountPlace]) -> None:
    for some in batched(sorted(_bounded(found).items()), AT_ONCE):
        values = ', '.join(['(%s, %s, %s, %s, %s)'] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(
                'INSERT INTO blog_readcount (post_id, of_month, day, site, number) '  # noqa: S608  # marks alone
                f'VALUES {values} ON CONFLICT (post_id, of_month, day, site) '
                'DO UPDATE SET number = blog_readcount.number + EXCLUDED.number',
                [value for place, number in some for value in (*place, number)],
            )


def _bounded(found: Counter[CountPlace]) -> Counter[CountPlace]:
    """With no more sites of a post and day than are kept apart: those that are there, then those with most reads."""
    known = _known(found)
    bounded: Counter[CountPlace] = Counter()
    for place, number in sorted(found.items(), key=lambda one: (-one[1], one[0])):
        sites = known[place[:3]]
        if place.site not in ALWAYS and place.site not in sites:
            if len(sites) >= MOST_SITES:
                place = place._replace(site=OTHERS)
            else:
                sites.add(place.site)
        bounded[place] += number
    return bounded


def _known(found: Iterable[CountPlace]) -> defaultdict[Any, set[str]]:
    known: defaultdict[Any, set[str]] = defaultdict(set)
    wanted = {place[:3] for place in found if place.site not in ALWAYS}
    for some in batched(sorted(wanted), AT_ONCE):
        rows = ReadCount.objects.filter(
            post__in={post for post, _, _ in some}, day__in={day for _, _, day in some}
        )
        for post, of_month, day, site in rows.values_list('post', 'of_month', 'day', 'site'):
            if site not in ALWAYS:
                known[post, of_month, day].add(site)
    return known


def forget(now: datetime) -> None:
    """Days of long ago become months, and months of very long ago go; a bounded step at a time."""
    gather(now)
    keys = list(ReadCount.objects.long_ago(now).order_by('pk').values_list('pk', flat=True)[:GATHERED])
    ReadCount.objects.filter(pk__in=keys).delete()


def gather(now: datetime) -> None:
    with transaction.atomic():
        rows = list(ReadCount.objects.to_be_gathered(now).select_for_update()[:GATHERED])
        months: Counter[CountPlace] = Counter()
        for row in rows:
            months[CountPlace(row.post_id, True, row.day.replace(day=1), row.site)] += row.number
        _add(months)
        for some in batched([row.pk for row in rows], 500):
            ReadCount.objects.filter(pk__in=some).delete()
