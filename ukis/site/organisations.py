from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from blog import listing
from blog.models import Post
from members.models import Affiliation, Organisation
from members.models.people import Nation
from ukis.public import public_page
from ukis.site.directory import public_organisations, public_people


@public_page
def directory(request: HttpRequest) -> HttpResponse:
    """Members that agreed to be listed; `?nation=` narrows. The list is short: it is sifted here."""
    nation = request.GET.get('nation', '')
    if nation and nation not in Nation.values:
        raise Http404('There is no such nation here.')
    listed = list(Organisation.objects.listed().select_related('logo'))
    context = {
        'organisations': [row for row in listed if not nation or nation in row.nations],
        'nations': [
            (value, label) for value, label in Nation.choices if any(value in row.nations for row in listed)
        ],
        'nation': nation,
        'nation_name': Nation(nation).label if nation else '',
        'total': len(listed),
    }
    return render(request, 'organisations/directory.html', context)


@public_page
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """A member that is listed; any other answers as long as a post in print names it, without its people."""
    found = get_object_or_404(
        public_organisations().select_related('logo', 'part_of', 'successor'), slug=slug
    )
    around = public_organisations().filter(
        Q(part_of=found) | Q(pk__in=[found.part_of_id or 0, found.successor_id or 0])
    )
    posts = Post.objects.live().from_organisation(found).for_listing()
    context = {
        'organisation': found,
        'with_pages': {row.pk for row in around},
        'parts': [row for row in around if row.part_of_id == found.pk],
        'earlier_names': found.earlier_names.all(),
        'people': _people(found),
    }
    return render(request, 'organisations/organisation.html', listing.page_of(posts, request.GET) | context)


def _people(found: Any) -> list[Affiliation]:
    """Each once, by family name, with today's job title."""
    if not found.is_listed:
        return []
    rows = (
        Affiliation.objects.current()
        .filter(organisation=found, person__in=public_people())
        .select_related('person__photo')
        .order_by('person__family_name', 'person__name', '-main')
    )
    people: dict[int, Affiliation] = {}
    for row in rows:
        people.setdefault(row.person_id, row)
    return list(people.values())
