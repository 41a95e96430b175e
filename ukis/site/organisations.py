from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from blog.given_out import structured
from blog.models import Shelf
from blog.shelves import listing
from members import seeing, standing
from members.models import Affiliation, EarlierName, Organisation, Succession
from ukis import alphabet, days
from ukis.pagecache.trails import only_now
from ukis.prepared import prepared
from ukis.public import public_page, reading_query, site_url
from ukis.site import member_directory
from ukis.site.directory import public_organisations, public_people, some
from ukis.tags.models import TaggedItem

POSTS, PEOPLE = 10, 24
BY_FAMILY_NAME = F('sorted_as')
# What is shown of somebody in a list, and nothing of what they wrote.
FACE = (
    *('title', 'name', 'given_names', 'family_name', 'slug', 'photo_for'),
    *(f'photo__{name}' for name in ('file', 'width', 'height', 'sizes', 'focal_x', 'focal_y')),
)


# What is typed (`q`) is looked for anew each time: there are as many words as anybody types.
@reading_query('nation', 'kind', 'topic', 'from')
@public_page
def directory(request: HttpRequest) -> HttpResponse:
    """Members that agreed to be listed, by name; each choice narrows, `?from=` says where to begin."""
    found = member_directory.directory(request.GET, days.today())
    if not found.is_usual:
        only_now()
    return render(request, 'organisations/directory.html', {'directory': found})


@reading_query('from', 'page')
@public_page
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """A member that is listed; any other answers as long as a post in print names it, without its people."""
    rows: list[Any] = list(_asked(slug=slug))
    if not rows:
        raise Http404('There is no such organisation here.')
    asked, followed = rows[0], [_followed(row) for row in rows if row.followed_by]
    near = (asked.pk, asked.part_of_id or 0, *(row.followed_by or 0 for row in rows))
    around: Sequence[Any] = _around(part_of=asked.pk, near=near, on=days.today(), at=timezone.now())
    found = next((row for row in around if row.pk == asked.pk), None)
    if found is None:
        raise Http404('This organisation has no page here.')
    posts = listing.page_of(listing.OnShelf(Shelf.ORGANISATION, found.pk), request.GET, POSTS)
    context = {
        'organisation': found,
        'json_ld': structured.of_organisation(found, site_url(request)),
        'with_pages': {row.pk for row in around},
        'parts': [row for row in around if row.part_of_id == found.pk],
        'followed': followed,
        'earlier_names': _earlier_names(organisation=found.pk),
        'topics': _topics(kind=ContentType.objects.get_for_model(Organisation).pk, organisation=found.pk),
        'people': _people(found, request.GET) if found.is_listed else None,
    }
    return render(request, 'organisations/organisation.html', posts | context)


@prepared()
def _asked(*, slug: str) -> QuerySet[Organisation]:
    """Once, or once for each of those that followed it."""
    rows = Organisation.objects.only('part_of').filter(slug=slug)
    return rows.annotate(
        followed_by=F('successions__successor'),
        followed_since=F('successions__since'),
        followed_name=F('successions__successor__name'),
        followed_slug=F('successions__successor__slug'),
    ).order_by('successions__since', 'successions__successor__name')


def _followed(row: Any) -> Succession:
    successor = Organisation(pk=row.followed_by, name=row.followed_name, slug=row.followed_slug)
    return Succession(organisation=row, successor=successor, since=row.followed_since)


@prepared()
def _around(*, part_of: int, near: tuple[int, ...], on: date, at: datetime) -> QuerySet[Organisation]:
    listed = ExpressionWrapper(Q(standing.is_listed(on), public=True), BooleanField())
    rows = public_organisations(on, at).filter(Q(part_of=part_of) | Q(pk__in=near))
    return rows.select_related('logo', 'part_of').annotate(is_listed=listed)


@prepared()
def _earlier_names(*, organisation: int) -> QuerySet[EarlierName]:
    return EarlierName.objects.filter(organisation=organisation)


@prepared()
def _topics(*, kind: int, organisation: int) -> QuerySet[TaggedItem]:
    rows = TaggedItem.objects.filter(content_type=kind, object_id=organisation, tag__waiting=False)
    return rows.select_related('tag').order_by('tag__name')


def _people(found: Organisation, asked: QueryDict) -> alphabet.Cut:
    """Each once, by family name, with today's job title."""
    given: dict[str, Any] = {'organisation': found.pk, 'on': days.today(), 'at': timezone.now()}
    cut = alphabet.page_of(
        lambda: _there(**given),
        asked,
        size=PEOPLE,
        by=BY_FAMILY_NAME,
        first=lambda: _first_there(**given),
    )
    people = {row.person_id: row for row in sorted(cut.rows, key=lambda row: row.main)}
    return replace(cut, rows=[row for row in cut.rows if people[row.person_id] == row])


def _there(organisation: int, on: date, at: datetime) -> QuerySet[Affiliation]:
    # A question of its own for each: as conditions of the join PostgreSQL asks them of everybody there, and sorts.
    public = some(public_people(on, at).filter(seeing.shows('work', seeing.PUBLIC), pk=OuterRef('person')))
    rows = Affiliation.objects.current(on).filter(public, organisation=organisation)
    return rows.select_related('person__photo').only(
        'job_title', 'main', *(f'person__{name}' for name in FACE)
    )


@prepared()
def _first_there(*, organisation: int, on: date, at: datetime) -> QuerySet[Affiliation]:
    return alphabet.beginning(_there(organisation, on, at), PEOPLE, BY_FAMILY_NAME)
