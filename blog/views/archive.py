"""Posts by date, as London's calendar has it."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from blog.models import Shelf, ShelfCount, Shelved
from blog.models.shelves import EVER, month_of
from blog.shelves import listing
from ukis import days
from ukis.fetched import Rows, later
from ukis.prepared import prepared
from ukis.public import public_page, reading_query


@public_page
def archive(request: HttpRequest) -> HttpResponse:
    """What is scheduled is counted with the others and taken away."""
    years = later(_years, _counted(shelf=Shelf.ALL), _to_come(at=timezone.now()))
    return render(request, 'blog/archive/index.html', {'years': years})


@prepared()
def _counted(*, shelf: Shelf) -> QuerySet[ShelfCount]:
    return ShelfCount.objects.filter(shelf=shelf, key=0, month__gt=EVER).order_by('-month')


@prepared()
def _to_come(*, at: datetime) -> QuerySet[Shelved]:
    return Shelved.objects.on(Shelf.ALL).to_come(at).only('published_at')


def _years(counted: Rows[ShelfCount], to_come: Rows[Shelved]) -> list[dict[str, Any]]:
    """The months with live posts, newest first, by year."""
    ahead = Counter(month_of(row.published_at) for row in to_come)
    years: dict[int, list[dict[str, Any]]] = {}
    for row in counted:
        if row.posts > ahead[row.month]:
            year, month = divmod(row.month, 100)
            years.setdefault(year, []).append(
                {'month': date(year, month, 1), 'count': row.posts - ahead[row.month]}
            )
    return [
        {'year': year, 'months': months, 'count': sum(month['count'] for month in months)}
        for year, months in years.items()
    ]


@reading_query('page')
@public_page
def year(request: HttpRequest, year: int) -> HttpResponse:
    return _span(request, (year, 1), (year + 1, 1), {'year': year})


@reading_query('page')
@public_page
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    return _month(request, year, month)


def _month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    following = (year, month + 1) if month < 12 else (year + 1, 1)
    return _span(request, (year, month), following, {'year': year, 'month': True})


@public_page
def month_written_otherwise(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """/2026/9/ leads to /2026/09/: a month has one address."""
    _month(request, year, month)  # without a page there is nothing to lead to
    query = request.GET.urlencode()
    address = reverse('archive_month', args=[year, month])
    return redirect(f'{address}?{query}' if query else address, permanent=True)


def _span(
    request: HttpRequest, first: tuple[int, int], following: tuple[int, int], context: dict[str, Any]
) -> HttpResponse:
    """The posts from the first of one month up to the first of another. A time without a post has no page."""
    try:
        start, _ = (datetime(*one, 1, tzinfo=days.LONDON) for one in (first, following))
        start.utcoffset()  # the first days of the calendar overflow in UTC
    except (ValueError, OverflowError) as impossible:
        raise Http404('There is no such time.') from impossible
    shown = listing.page_of(listing.OnShelf(Shelf.ALL, first=first, end=following), request.GET)
    if not shown['posts']:
        raise Http404('Nothing was published then.')
    return render(request, 'blog/archive/span.html', shown | context | {'start': start})
