from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from blog.shelves import in_series, listing
from ukis import alphabet
from ukis.public import public_page, reading_query

A_PAGE = 100


@reading_query('from')
@public_page
def all_series(request: HttpRequest) -> HttpResponse:
    cut = alphabet.page_of(in_series.in_use, request.GET, size=A_PAGE, by=Lower('title'))
    return render(request, 'blog/series/index.html', {'cut': cut})


@reading_query('page')
@public_page
def series(request: HttpRequest, slug: str) -> HttpResponse:
    found = in_series.series_at(slug)
    shown = listing.page_of(in_series.InOrder(found.pk), request.GET)
    guests = in_series.named_guests(series=found.pk, at=timezone.now())
    return render(request, 'blog/series/series.html', shown | {'series': found, 'guests': guests})
