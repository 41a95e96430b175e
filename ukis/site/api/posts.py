from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from blog import given_out, post_page
from blog.models import Byline, Post, Shelf
from blog.shelves import listing
from members.models import Person
from ukis import addresses
from ukis.pagecache import only_now
from ukis.pictures.models import Picture
from ukis.prepared import asked as asked_now
from ukis.public import site_url
from ukis.remembered import values_of
from ukis.site.api import schemas
from ukis.site.api.answering import drawn, filled, instead, link
from ukis.site.api.asking import AUTHOR, FULL, ORGANISATION, PAGE, SIZE, TAG, api_page
from ukis.site.api.refusing import NotAnswered
from ukis.site.directory import public_organisations, public_people
from ukis.society.models import Society
from ukis.tags.models import Tag

PARAMETERS = (TAG, AUTHOR, ORGANISATION, FULL, SIZE, PAGE)
NARROWING = ('tag', 'author', 'organisation')


@dataclass(frozen=True)
class PostsGiven:
    posts: Sequence[Any]
    pictures: Sequence[Picture]
    society: Society
    site_url: str
    whole: bool

    def items(self) -> list[dict[str, Any]]:
        return [as_data(post, self) for post in self.posts]


@api_page(*PARAMETERS)
def posts(request: HttpRequest, asked: dict[str, Any]) -> HttpResponse:
    """Newest first. A page behind the last one has no posts."""
    at, listed = timezone.now(), _listed(asked)
    page, size = asked['page'], asked['size']
    rows, total = listed.cut((page - 1) * size, size)
    if (page - 1) * size >= total:
        only_now()  # there are as many such pages as anybody types
    found = Post.objects.live(at).filter(pk__in=rows.values('post')).newest_first()
    given = _given(found, request, whole=asked['full'] == 'yes')
    base, pages = given.site_url + reverse('api_posts'), -(-total // size)
    facts = {
        'page': page,
        'pages': pages,
        'total': total,
        'next': link(base, asked, PARAMETERS, page=page + 1) if page < pages else None,
        'previous': link(base, asked, PARAMETERS, page=page - 1) if 1 < page <= pages else None,
    }
    return drawn(('api posts', values_of(given), values_of(facts)), lambda: {'items': given.items()} | facts)


@api_page()
def post(request: HttpRequest, asked: dict[str, Any], slug: str) -> HttpResponse:
    """With its whole text; archived ones too."""
    found = Post.objects.at_its_address().filter(slug=slug).order_by()
    given = _given(found, request, whole=True)
    if not given.posts:
        _refuse_taken_down(slug)
        return instead('api_post', slug, 'post', _is_there)
    return drawn(('api post', values_of(given)), lambda: given.items()[0])


def _refuse_taken_down(slug: str) -> None:
    gone = Post.objects.taken_down().filter(slug=slug).first()
    if gone is not None:
        raise NotAnswered(410, f'This post is no longer published. {gone.taken_down_why}')


def _is_there(slug: str) -> bool:
    return Post.objects.at_its_address().filter(slug=slug).exists()


def _given(found: Any, request: HttpRequest, *, whole: bool) -> PostsGiven:
    rows, pictures = post_page.with_all(asked_now(found.for_reading()))
    return PostsGiven(rows, pictures, Society.shown(), site_url(request), whole)


def _listed(asked: dict[str, Any]) -> listing.OnShelf | listing.CarryingAll:
    chosen = [name for name in NARROWING if asked[name]]
    if len(chosen) > 1:
        raise NotAnswered(400, 'Give one of “tag”, “author” and “organisation”, not several of them.')
    match chosen:
        case ['tag']:
            return _carrying(asked['tag'])
        case ['author']:
            return listing.OnShelf(Shelf.PERSON, _author(asked['author']))
        case ['organisation']:
            return listing.OnShelf(Shelf.ORGANISATION, _organisation(asked['organisation']))
    return listing.OnShelf(Shelf.ALL)


def _carrying(slugs: list[str]) -> listing.OnShelf | listing.CarryingAll:
    tags = _tags(slugs)
    if len(tags) < len(slugs):
        # Some were renamed or merged since.
        slugs = listing.tags_as_they_stand(slugs, set(slugs).difference(tags))
        tags = _tags(slugs)
    if len(tags) < len(slugs):
        raise NotAnswered(400, 'There is no such tag that a post carries.')
    chosen = list(tags.values())
    return listing.OnShelf(Shelf.TAG, chosen[0].pk) if len(chosen) == 1 else listing.CarryingAll(chosen)


def _tags(slugs: list[str]) -> dict[str, Tag]:
    return {tag.slug: tag for tag in listing.tags_in_use().filter(slug__in=slugs).order_by('pk')}


def _author(slug: str) -> int:
    person = Person.objects.filter(slug=slug).only('pk').first()
    known = person is not None and (
        Byline.objects.filter(person=person).in_print().exists()
        or public_people().filter(pk=person.pk).exists()
    )
    if person is None or not known:
        raise NotAnswered(400, 'There is no such author.')
    return person.pk


def _organisation(slug: str) -> int:
    organisation = public_organisations().filter(slug=slug).only('pk').first()
    if organisation is None:
        raise NotAnswered(400, 'There is no such organisation.')
    return organisation.pk


def as_data(post: Post, given: PostsGiven) -> dict[str, Any]:
    """The entry of the JSON feed, and more."""
    item = given_out.item(post, given.society, given.pictures, given.site_url, whole=given.whole)
    entry, shown = given_out.as_json(item), item.shown
    authors = [
        told | _beside(line, given.site_url)
        for told, line in zip(entry['authors'], shown.bylines, strict=True)
    ]
    return entry | {
        'api_url': given.site_url + addresses.path_of('api_post', post.slug),
        'authors': authors,
        'tagged': [
            {
                'name': tag.name,
                'url': given.site_url + tag.get_absolute_url(),
                'api_url': given.site_url + addresses.path_of('api_tag', tag.slug),
            }
            for tag in sorted(post.tags.all(), key=lambda tag: tag.name.lower())
        ],
        'copyright': f'© {given.society.name}, {shown.copyright_year}',
        'reading_minutes': shown.minutes,
        'archived': shown.archived_at is not None,
        'corrections': [
            {'date': given_out.in_london(one.at).date().isoformat(), 'note': one.note}
            for one in shown.corrections
        ],
        **filled({'licence': shown.licence, 'views': shown.views_line, 'interests': shown.interests}),
    }


def _beside(line: Byline, site_url: str) -> dict[str, str]:
    organisation = line.organisation
    return filled(
        {
            'job_title': line.role,
            'affiliation': line.affiliation,
            'organisation_url': site_url + organisation.get_absolute_url() if organisation else '',
            'orcid': line.orcid,
        }
    )


SCHEMA = schemas.thing(
    needed={
        'id': schemas.text('Stays the same wherever the post moves. The same as in the feeds.'),
        'url': schemas.ADDRESS,
        'api_url': schemas.ADDRESS,
        'title': schemas.text(),
        'summary': schemas.text('The standfirst, or the first words.'),
        'date_published': schemas.MOMENT,
        'date_modified': schemas.MOMENT,
        'authors': schemas.several(
            schemas.thing(
                needed={'name': schemas.text('As it was printed.')},
                else_={
                    'url': schemas.ADDRESS,
                    'job_title': schemas.text(),
                    'affiliation': schemas.text(),
                    'organisation_url': schemas.ADDRESS,
                    'orcid': schemas.text(),
                },
            )
        ),
        'tags': schemas.several(schemas.text()),
        'tagged': schemas.several(
            schemas.thing(needed={'name': schemas.text(), 'url': schemas.ADDRESS, 'api_url': schemas.ADDRESS})
        ),
        'language': schemas.text('Of its words, as en-GB or cy.'),
        'copyright': schemas.text(),
        'reading_minutes': schemas.COUNT,
        'archived': schemas.YES_OR_NO,
        'corrections': schemas.several(
            schemas.thing(needed={'date': schemas.DAY, 'note': schemas.text()}),
        ),
    },
    else_={
        'content_html': schemas.text('The whole text, in a list only where “full” is “yes”.'),
        'external_url': schemas.text('Where it was published first.'),
        'image': schemas.ADDRESS,
        'licence': schemas.text(),
        'views': schemas.text('Whose views these are.'),
        'interests': schemas.text('What its authors declared.'),
    },
)
