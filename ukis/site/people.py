from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control

from blog.models import Shelf
from blog.shelves import listing
from members import meeting, seeing
from ukis.prepared import asked
from ukis.public import public_page
from ukis.site.directory import people_seen, public_organisations


@public_page
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """As whoever looks may see them: everybody, or a member of the Society."""
    # Pages that are kept for visitors are made for nobody: they ask for no session.
    viewer = request.user if request.COOKIES else None
    to = seeing.sees(viewer)
    found = get_object_or_404(people_seen(to).select_related('photo'), slug=slug)
    [faced] = meeting.faced([found], to, with_sought=True)
    with_pages = public_organisations().filter(pk__in=[row.organisation_id for row in faced.work])
    context = {
        'person': found,
        'seen': faced.seen,
        'faced': faced,
        'with_pages': set(with_pages.values_list('pk', flat=True)) if faced.work else set(),
        'posts': listing.with_bylines(asked(listing.OnShelf(Shelf.PERSON, found.pk).newest(5).for_listing())),
        'is_own': viewer == found,
        'can_be_asked': to == seeing.MEMBERS and found.may_be_asked and found.may_submit(),
    }
    response = render(request, 'people/person.html', context)
    if viewer is not None and viewer.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    return response
