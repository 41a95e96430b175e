from dataclasses import replace

from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render

from blog import listing
from blog.models import Shelf
from members import standing
from members.models import Affiliation, Organisation
from members.models.people import Nation
from ukis import alphabet
from ukis.public import public_page
from ukis.site.directory import public_organisations, public_people, some

A_PAGE, POSTS, PEOPLE = 60, 10, 24
# What is shown of somebody in a list, and nothing of what they wrote.
FACE = (
    *('title', 'name', 'given_names', 'family_name', 'slug', 'photo_for'),
    *(f'photo__{name}' for name in ('file', 'width', 'height', 'sizes')),
)


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
    asked = get_object_or_404(Organisation.objects.only('part_of', 'successor'), slug=slug)
    near = Q(part_of=asked) | Q(pk__in=[asked.pk, asked.part_of_id or 0, asked.successor_id or 0])
    listed = ExpressionWrapper(Q(standing.is_listed(None), public=True), BooleanField())
    near_it = public_organisations().filter(near).select_related('logo', 'part_of', 'successor')
    around = list(near_it.annotate(is_listed=listed))
    found = next((row for row in around if row.pk == asked.pk), None)
    if found is None:
        raise Http404('This organisation has no page here.')
    posts = listing.page_of(listing.OnShelf(Shelf.ORGANISATION, found.pk), request.GET, POSTS)
    context = {
        'organisation': found,
        'with_pages': {row.pk for row in around},
        'parts': [row for row in around if row.part_of_id == found.pk],
        'earlier_names': found.earlier_names.all(),
        'people': _people(found, request.GET) if found.is_listed else None,
    }
    return render(request, 'organisations/organisation.html', posts | context)


def _people(found: Organisation, asked: QueryDict) -> alphabet.Cut:
    """Each once, by family name, with today's job title."""
    # A question of its own for each: as conditions of the join PostgreSQL asks them of everybody there, and sorts.
    public = some(public_people().filter(pk=OuterRef('person')))
    rows = Affiliation.objects.current().filter(public, organisation=found).select_related('person__photo')
    rows = rows.only('job_title', 'main', *(f'person__{name}' for name in FACE))
    cut = alphabet.page_of(rows, asked, size=PEOPLE, by=F('sorted_as'))
    people = {row.person_id: row for row in sorted(cut.rows, key=lambda row: row.main)}
    return replace(cut, rows=[row for row in cut.rows if people[row.person_id] == row])
