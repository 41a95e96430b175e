"""Search: posts, people, organisations and pages together. What is typed is looked for anew each time: there are as
many words as anybody types, and an index whose changes no page tells of."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from blog.search import searching
from ukis.limits import MINUTE, Limit, network_of
from ukis.public import public_page
from ukis.site.errors import too_many

# From one household or office.
SEARCHES = Limit('search', 120, MINUTE)
SUGGESTIONS = Limit('search_suggestions', 400, MINUTE)
OFFERED = 7


@public_page
def search(request: HttpRequest) -> HttpResponse:
    asked = searching.asked(request.GET)
    if not asked.typed:
        return render(request, 'search/nothing_typed.html', {'asked': asked})
    if not SEARCHES.take(network_of(request)):
        return too_many(request)
    searched = searching.searched(asked)
    template = 'results' if searched.shown else 'nothing_found' if searched.found.is_searchable else 'no_word'
    return render(request, f'search/{template}.html', {'asked': asked, 'searched': searched})


@public_page
def suggestions(request: HttpRequest) -> HttpResponse:
    """What is found so far, the best first, for the box in which somebody types: by the same function, of the same."""
    if not SUGGESTIONS.take(network_of(request)):
        return JsonResponse({'found': []}, status=429)
    asked = searching.asked(request.GET).plain
    return JsonResponse({'found': searching.offered(asked, OFFERED)})
