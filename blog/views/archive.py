"""Posts by date, as London's calendar has it."""

from datetime import datetime
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from blog import listing
from blog.models import Post
from ukis import days
from ukis.public import public_page


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


@public_page
def year(request: HttpRequest, year: int) -> HttpResponse:
    return _span(request, (year, 1), (year + 1, 1), {'year': year})


@public_page
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    following = (year, month + 1) if month < 12 else (year + 1, 1)
    return _span(request, (year, month), following, {'year': year, 'month': True})


def _months() -> Any:
    return (
        Post.objects.live()
        .annotate(month=TruncMonth('published_at', tzinfo=days.LONDON))
        .order_by('-month')
        .values('month')
        .annotate(count=Count('pk'))
    )


def _span(
    request: HttpRequest, first: tuple[int, int], following: tuple[int, int], context: dict[str, Any]
) -> HttpResponse:
    """The posts from the first of one month up to the first of another. A time without a post has no page."""
    try:
        start, end = (datetime(*one, 1, tzinfo=days.LONDON) for one in (first, following))
        start.utcoffset()  # the first days of the calendar overflow in UTC
    except (ValueError, OverflowError) as impossible:
        raise Http404('There is no such time.') from impossible
    posts = Post.objects.live().filter(published_at__gte=start, published_at__lt=end).for_listing()
    shown = listing.page_of(posts, request.GET)
    if not shown['posts']:
        raise Http404('Nothing was published then.')
    return render(request, 'blog/archive/span.html', shown | context | {'start': start})
