"""Posts by date, as London's calendar has it."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from blog import listing
from blog.models import Shelf, ShelfCount, Shelved
from blog.models.shelves import EVER, month_of
from ukis import days
from ukis.public import public_page, reading_query


@public_page
def archive(request: HttpRequest) -> HttpResponse:
    years: dict[int, list[dict[str, Any]]] = {}
    for row in _months():
        years.setdefault(row['month'].year, []).append(row)
    context = {
        'years': [
            {'year': year, 'months': months, 'count': sum(row['count'] for row in months)}
            for year, months in years.items()
        ]
    }
    return render(request, 'blog/archive/index.html', context)


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


def _months() -> list[dict[str, Any]]:
    """The months with live posts, newest first; what is scheduled is counted with the others and taken away."""
    to_come = Shelved.objects.on(Shelf.ALL).to_come(timezone.now()).values_list('published_at', flat=True)
    ahead = Counter(month_of(at) for at in to_come)
    counted = ShelfCount.objects.filter(shelf=Shelf.ALL, key=0, month__gt=EVER).order_by('-month')
    return [
        {'month': date(*divmod(month, 100), 1), 'count': posts - ahead[month]}
        for month, posts in counted.values_list('month', 'posts')
        if posts > ahead[month]
    ]


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
