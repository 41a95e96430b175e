from dataclasses import replace
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render

from blog import listing
from blog.models import Shelf
from members.models import Affiliation, Organisation
from members.models.people import Nation
from ukis import alphabet
from ukis.public import public_page
from ukis.site.directory import public_organisations, public_people

A_PAGE, PEOPLE = 60, 24


@public_page
def directory(request: HttpRequest) -> HttpResponse:
    """Members that agreed to be listed, by name; `?nation=` narrows, `?from=` says where to begin."""
    nation = request.GET.get('nation', '')
    if nation and nation not in Nation.values:
        raise Http404('There is no such nation here.')
    listed = Organisation.objects.listed().select_related('logo')
    context = {
        'cut': alphabet.page_of(listed.working_in(nation) if nation else listed, request.GET, size=A_PAGE),
        'nations': Nation.choices,
        'nation': nation,
        'nation_name': Nation(nation).label if nation else '',
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
    posts = listing.OnShelf(Shelf.ORGANISATION, found.pk)
    context = {
        'organisation': found,
        'with_pages': {row.pk for row in around},
        'parts': [row for row in around if row.part_of_id == found.pk],
        'earlier_names': found.earlier_names.all(),
        'people': _people(found, request.GET),
    }
    return render(request, 'organisations/organisation.html', listing.page_of(posts, request.GET) | context)


def _people(found: Any, asked: QueryDict) -> alphabet.Cut | None:
    """Each once, by family name, with today's job title."""
    if not found.is_listed:
        return None
    shown = Exists(public_people().filter(pk=OuterRef('person')))
    rows = Affiliation.objects.current().filter(shown, organisation=found).select_related('person__photo')
    cut = alphabet.page_of(rows, asked, size=PEOPLE, by=F('sorted_as'))
    people = {row.person_id: row for row in sorted(cut.rows, key=lambda row: row.main)}
    return replace(cut, rows=[row for row in cut.rows if people[row.person_id] == row])
