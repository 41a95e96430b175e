from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from blog.given_out.feed_ids import identity
from members import meeting, seeing
from members.meeting import Faced
from members.models import Affiliation, Person
from members.models.people import Nation
from ukis import addresses
from ukis.public import site_url
from ukis.site.api import schemas
from ukis.site.api.answering import answer, cut, filled, instead, listed, picture
from ukis.site.api.asking import AFTER, SIZE, api_page
from ukis.site.directory import public_organisations, public_people

PARAMETERS = (SIZE, AFTER)


@api_page(*PARAMETERS)
def people(request: HttpRequest, asked: dict[str, Any]) -> HttpResponse:
    """Those whose page is for everybody, and may be listed by search engines: a list of people is what they make."""
    rows, further = cut(_rows().filter(indexed=True), asked)
    here = site_url(request)
    return listed(_as_data(rows, here), further, 'api_people', here, parameters=PARAMETERS, **asked)


@api_page()
def person(request: HttpRequest, asked: dict[str, Any], slug: str) -> HttpResponse:
    """Each part of them as far as they show it to everybody."""
    found = _rows().filter(slug=slug).first()
    if found is None:
        return instead('api_person', slug, 'person', _is_there)
    return answer(_as_data([found], site_url(request))[0])


def _is_there(slug: str) -> bool:
    return public_people().filter(slug=slug).exists()


def _rows() -> QuerySet[Person]:
    return public_people().select_related('photo')


def _as_data(rows: list[Person], site_url: str) -> list[dict[str, Any]]:
    faced = meeting.faced(rows, seeing.PUBLIC, with_sought=True)
    places = {line.organisation_id for one in faced for line in one.work}
    with_pages = set(
        public_organisations().filter(pk__in=places).values_list('pk', flat=True) if places else ()
    )
    return [as_data(one, with_pages, site_url) for one in faced]


def as_data(one: Faced, with_pages: set[int], site_url: str) -> dict[str, Any]:
    person, seen = one.person, one.seen
    return {
        'id': identity(f'person/{person.pk}'),
        'name': person.printed_name,
        'url': site_url + person.get_absolute_url(),
        'api_url': site_url + addresses.path_of('api_person', person.slug),
        'work': [_at(line, with_pages, site_url) for line in one.work],
        'topics': [tag.name for tag in one.topics],
        'seeks': [tag.name for tag in one.sought],
        'posts_url': f'{site_url}{reverse("api_posts")}?author={person.slug}',
        **filled(
            {
                'biography': seen.biography,
                'nation': person.nation if seen.nation else '',
                'orcid': seen.orcid,
                'website': seen.website,
                'photo': picture(seen.photo, site_url) if seen.photo else None,
            }
        ),
    }


def _at(line: Affiliation, with_pages: set[int], site_url: str) -> dict[str, str]:
    place = line.organisation
    return {'organisation': place.name} | filled(
        {
            'job_title': line.job_title,
            'organisation_url': site_url + place.get_absolute_url() if place.pk in with_pages else '',
        }
    )


SCHEMA = schemas.thing(
    needed={
        'id': schemas.text('Stays the same whatever they are called.'),
        'name': schemas.text(),
        'url': schemas.ADDRESS,
        'api_url': schemas.ADDRESS,
        'work': schemas.several(
            schemas.thing(
                needed={'organisation': schemas.text()},
                else_={'job_title': schemas.text(), 'organisation_url': schemas.ADDRESS},
            )
        ),
        'topics': schemas.several(schemas.text('What they offer.')),
        'seeks': schemas.several(schemas.text('What they seek.')),
        'posts_url': schemas.ADDRESS,
    },
    else_={
        'biography': schemas.text(),
        'nation': schemas.one_of(Nation.values),
        'orcid': schemas.text(),
        'website': schemas.text(),
        'photo': schemas.PICTURE,
    },
)
