from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from blog.models import Shelf
from blog.shelves import listing
from ukis import alphabet
from ukis.public import public_page, reading_query

A_PAGE = 100


@reading_query('from')
@public_page
def tags(request: HttpRequest) -> HttpResponse:
    cut = alphabet.page_of(listing.tags_in_use, request.GET, size=A_PAGE)
    return render(request, 'blog/tags/index.html', {'cut': cut})


@reading_query('page')
@public_page
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = listing.tag_at(slug)
    if found.merged_into:
        return redirect(found.merged_into, permanent=True)
    shown = listing.page_of(listing.OnShelf(Shelf.TAG, found.pk), request.GET)
    return render(request, 'blog/tags/tag.html', shown | {'tag': found, 'beside': listing.tags_beside(found)})
