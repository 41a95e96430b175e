"""The staff's own pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from ukis import markup
from ukis.public import public_page
from ukis.society.models import Page, Society


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """The page 'about'; until staff have written it, what the Society says of itself. Every page links it."""
    found = Page.objects.published().filter(address='about').first()
    return _shown(request, found)


@public_page
def page(request: HttpRequest, address: str) -> HttpResponse:
    if address == 'about':
        return redirect('about', permanent=True)
    return _shown(request, get_object_or_404(Page.objects.published(), address=address))


def _shown(request: HttpRequest, found: Page | None) -> HttpResponse:
    society = Society.shown()
    body = markup.render(found.body if found else markup.clean(society.mission))
    return render(request, 'pages/page.html', {'page': found, 'body': body, 'society': society})
