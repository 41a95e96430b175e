from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from blog.given_out.feed_ids import identity
from members import standing
from members.models import Organisation
from members.models.people import Nation
from ukis import addresses, days
from ukis.public import site_url
from ukis.site.api import schemas
from ukis.site.api.answering import answer, cut, filled, instead, listed, picture
from ukis.site.api.asking import AFTER, SIZE, api_page
from ukis.site.directory import public_organisations
from ukis.tags.models import TaggedItem

PARAMETERS = (SIZE, AFTER)


@api_page(*PARAMETERS)
def organisations(request: HttpRequest, asked: dict[str, Any]) -> HttpResponse:
    """Those with a page of their own: members that agreed to be listed, and whoever a post in print names."""
    rows, further = cut(_rows(), asked)
    topics, here = _topics([row.pk for row in rows]), site_url(request)
    items = [as_data(row, topics[row.pk], here) for row in rows]
    return listed(items, further, 'api_organisations', here, parameters=PARAMETERS, **asked)


@api_page()
def organisation(request: HttpRequest, asked: dict[str, Any], slug: str) -> HttpResponse:
    found: Any = _rows().filter(slug=slug).first()
    if found is None:
        return instead('api_organisation', slug, 'organisation', _is_there)
    return answer(as_data(found, _topics([found.pk])[found.pk], site_url(request)))


def _is_there(slug: str) -> bool:
    return public_organisations().filter(slug=slug).exists()


def _rows() -> QuerySet[Organisation]:
    on = days.today()
    is_member = ExpressionWrapper(Q(standing.is_listed(on), public=True), BooleanField())
    rows = public_organisations(on, timezone.now()).select_related('logo', 'part_of')
    return rows.annotate(is_member=is_member)


def _topics(keys: Collection[int]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    kind = ContentType.objects.get_for_model(Organisation)
    items = TaggedItem.objects.filter(content_type=kind, object_id__in=keys, tag__waiting=False)
    for item in items.select_related('tag').order_by('tag__name'):
        found[int(item.object_id)].append(item.tag.name)
    return found


def as_data(row: Any, topics: list[str], site_url: str) -> dict[str, Any]:
    return {
        'id': identity(f'organisation/{row.pk}'),
        'name': row.name,
        'url': site_url + row.get_absolute_url(),
        'api_url': site_url + addresses.path_of('api_organisation', row.slug),
        'kind': row.kind,
        'nations': [nation for nation in row.nations if nation in Nation.values],
        'member': bool(row.is_member),
        'topics': topics,
        'posts_url': f'{site_url}{reverse("api_posts")}?organisation={row.slug}',
        **filled(
            {
                'short_name': row.short_name,
                'description': row.description,
                'website': row.website,
                'part_of': row.part_of.name if row.part_of else '',
                'logo': picture(row.logo, site_url) | {'alt': row.logo_alt} if row.logo else None,
            }
        ),
    }


SCHEMA = schemas.thing(
    needed={
        'id': schemas.text('Stays the same when the organisation is renamed.'),
        'name': schemas.text(),
        'url': schemas.ADDRESS,
        'api_url': schemas.ADDRESS,
        'kind': schemas.one_of(Organisation.Kind.values),
        'nations': schemas.several(schemas.one_of(Nation.values)),
        'member': schemas.YES_OR_NO,
        'topics': schemas.several(schemas.text()),
        'posts_url': schemas.ADDRESS,
    },
    else_={
        'short_name': schemas.text('As people say it.'),
        'description': schemas.text(),
        'website': schemas.text(),
        'part_of': schemas.text('The name of the one that it is part of.'),
        'logo': schemas.PICTURE,
    },
)
