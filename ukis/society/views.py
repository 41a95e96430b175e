"""The staff's own pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from ukis import markup
from ukis.public import public_page
from ukis.society import accessibility
from ukis.society.accessibility import AccessibilityStatement
from ukis.society.models import Page, Society
from ukis.society.versions import PageWords, words_of


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """The page 'about'; until staff have written it, what the Society says of itself. Every page links it."""
    found = Page.objects.published().filter(address='about').first()
    if found is None:
        society = Society.shown()
        context = {'page': None, 'body': markup.render(markup.clean(society.mission)), 'society': society}
        return render(request, 'pages/page.html', context)
    return shown_with(request, found, words_of(found))


@public_page
def page(request: HttpRequest, address: str) -> HttpResponse:
    if address == 'about':
        return redirect('about', permanent=True)
    found = get_object_or_404(Page.objects.published(), address=address)
    return shown_with(request, found, words_of(found))


def shown_with(
    request: HttpRequest,
    page: Page,
    words: PageWords,
    template: str = 'pages/page.html',
    besides: dict[str, Any] | None = None,
) -> HttpResponse:
    """A page as it looks with these words."""
    context = {
        'page': page,
        'words': words,
        'body': markup.render(words.body),
        'society': Society.shown(),
        **_part_of_its_own(page),
        **(besides or {}),
    }
    return render(request, template, context)


def _part_of_its_own(page: Page) -> dict[str, Any]:
    """What the page with the accessibility statement shows beneath what staff wrote into it."""
    statement = page.shows_statement and AccessibilityStatement.objects.first()
    if not statement:
        return {}
    return {
        'statement': statement,
        'problems': accessibility.said_of(statement),
        'standard': accessibility.STANDARD,
    }
