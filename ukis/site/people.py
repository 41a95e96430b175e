from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from blog import listing
from blog.models import Shelf
from ukis.prepared import asked
from ukis.public import public_page
from ukis.site.directory import public_organisations, public_people


@public_page
def person(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(public_people().select_related('photo'), slug=slug)
    affiliations = list(found.affiliations.current().select_related('organisation'))
    with_pages = public_organisations().filter(pk__in=[row.organisation_id for row in affiliations])
    context = {
        'person': found,
        'biography': found.public_biography,
        'picture': found.public_photo,
        'affiliations': affiliations,
        'with_pages': set(with_pages.values_list('pk', flat=True)),
        'posts': listing.with_bylines(asked(listing.OnShelf(Shelf.PERSON, found.pk).newest(5).for_listing())),
    }
    return render(request, 'people/person.html', context)
