"""What stands around posts and WordPress has no field for: people as everybody sees them, tags, series, staff's pages,
each with its former addresses, and what was taken down, as plain values."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from blog.exporting.facts import without_empty, written
from blog.given_out.feed_ids import feed_id
from blog.models import Post, Series, Shelf, Shelved
from members import seeing
from members.models import Organisation, Person
from ukis import addresses, days, markup, pictures
from ukis.addresses.models import OldAddress
from ukis.society.accessibility import AccessibilityStatement
from ukis.society.models import Page, Society
from ukis.society.notices import Notice
from ukis.tags.models import Tag, TaggedItem

AT_ONCE = 200
OF_ORGANISATIONS = ('short_name', 'kind', 'nations', 'website', 'links', 'description')
OF_THE_SOCIETY = (
    *('name', 'short_name', 'strapline', 'mission', 'postal_address', 'office_address'),
    *('contributions_address', 'charity_number', 'licence'),
    *('views_own', 'views_organisation', 'views_society'),
)
type Said = tuple[str, dict[str, Any], list[str]]


def around(*, notices: bool = False) -> Iterator[Said]:
    """(kind, what is said of it, the hashes of pictures in it); people, tags and series before what names them."""
    yield from _people()
    yield from _organisations()
    yield from _tags()
    yield from _series()
    yield from _society()
    yield from _pages()
    yield from _taken_down()
    if notices:
        yield from _notices()


def _people() -> Iterator[Said]:
    """Those whom a post in print names."""
    named = Post.objects.at_its_address().filter(bylines__person__isnull=False).order_by()
    rows = Person.objects.standing().filter(pk__in=named.values('bylines__person')).select_related('photo')
    with_all = rows.prefetch_related('topics')  # type: ignore[misc]  # taggit has no types
    for person, former in _with_former(with_all):
        seen = person.as_seen(seeing.PUBLIC)
        said: dict[str, Any] = {name: getattr(person, name) for name in ('slug', 'title', 'name')}
        said |= {name: getattr(person, name) for name in ('given_names', 'family_name')}
        said |= {name: getattr(seen, name) for name in ('biography', 'orcid', 'website')}
        if seen.shows('nation'):
            said['nation'] = person.nation
        if seen.shows('topics'):
            said['topics'] = _topics(person)
        if seen.photo:
            said['photo'] = pictures.address(seen.photo)
        # Their pages in the directory are of members, who are not moved by this.
        former = [(path, view) for path, view in former if view == 'author']
        yield 'person', {**without_empty(said), 'former': former}, [seen.photo.hash] if seen.photo else []


def tags_in_print() -> models.QuerySet[Tag]:
    posts = TaggedItem.objects.filter(
        content_type=ContentType.objects.get_for_model(Post),
        object_id__in=Post.objects.at_its_address().order_by().values('pk'),
    )
    return Tag.objects.filter(pk__in=posts.values('tag'), merged_into=None, waiting=False)


def _tags() -> Iterator[Said]:
    for tag, former in _with_former(tags_in_print()):
        yield (
            'tag',
            {'name': tag.name, 'slug': tag.slug, 'description': tag.description, 'former': former},
            [],
        )


def _organisations() -> Iterator[Said]:
    """Those whose name a post in print leads to, as their page shows them; bylines say what of them is printed. Who is
    a member of the Society is moved otherwise, by its own tables."""
    named = Post.objects.at_its_address().filter(bylines__organisation__isnull=False).order_by()
    rows = Organisation.objects.standing().filter(pk__in=named.values('bylines__organisation'))
    with_all = rows.select_related('logo').prefetch_related('topics', 'earlier_names')  # type: ignore[misc]  # taggit has no types
    for one, former in _with_former(with_all):
        said: dict[str, Any] = {name: getattr(one, name) for name in ('name', 'slug', *OF_ORGANISATIONS)}
        said['topics'] = _topics(one)
        said['earlier_names'] = [
            [earlier.name, written(earlier.since), written(earlier.until)]
            for earlier in one.earlier_names.all()
        ]
        if one.logo:
            said |= {'logo': pictures.address(one.logo), 'logo_alt': one.logo_alt}
        yield 'organisation', {**without_empty(said), 'former': former}, [one.logo.hash] if one.logo else []


def _topics(row: Any) -> list[str]:
    return sorted(tag.name for tag in row.topics.all() if not tag.waiting)


def _society() -> Iterator[Said]:
    """What pages say of it; and that its feeds were somewhere else once."""
    one, kind = Society.get(), ContentType.objects.get_for_model(Society)
    said = {name: getattr(one, name) for name in OF_THE_SOCIETY}
    yield (
        'society',
        {**without_empty(said), 'former': former_of(kind, [Society(pk=1)]).get(1, [])},
        markup.picture_hashes(one.mission),
    )


def _series() -> Iterator[Said]:
    """Those that have a page: a post of theirs is out."""
    out = Shelved.objects.filter(shelf=Shelf.SERIES).values('key')
    for one, former in _with_former(Series.objects.filter(pk__in=out)):
        said = {'title': one.title, 'slug': one.slug, 'description': one.description}
        yield 'series', {**said, 'former': former}, []


def _pages() -> Iterator[Said]:
    statement = AccessibilityStatement.objects.first()
    if statement is not None and Page.objects.published().filter(address='accessibility').exists():
        columns = [column for column in statement._meta.concrete_fields if not column.primary_key]
        yield 'statement', {one.attname: _plain(getattr(statement, one.attname)) for one in columns}, []
    for page, former in _with_former(Page.objects.published()):
        said = {name: getattr(page, name) for name in ('address', 'title', 'language', 'body', 'position')}
        said |= {'in_footer': page.in_footer, 'changed_at': written(page.changed_at)}
        yield 'page', {**said, 'former': former}, markup.picture_hashes(page.body)


def _taken_down() -> Iterator[Said]:
    """What their addresses say: that they are gone, since when and why. Nothing else of them is public."""
    for post, former in _with_former(Post.objects.taken_down().select_related('version')):
        said = {
            'slug': post.slug,
            'title': post.version.title,
            'language': post.version.language,
            'feed_id': feed_id(post),
            'taken_down_at': written(post.taken_down_at),
            'why': post.taken_down_why,
        }
        yield 'taken down', {**said, 'former': former}, []


def _notices() -> Iterator[Said]:
    """Those of today, and those to come."""
    for notice in Notice.objects.filter(last_day__gte=days.today()).order_by('first_day', 'pk'):
        columns = [column for column in notice._meta.concrete_fields if not column.primary_key]
        yield 'notice', {one.attname: _plain(getattr(notice, one.attname)) for one in columns}, []


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | bool | list | None) else written(value)


def _with_former(rows: models.QuerySet[Any]) -> Iterator[tuple[Any, list[tuple[str, str]]]]:
    """By their addresses, which stay what they are wherever they go."""
    kind = ContentType.objects.get_for_model(rows.model)
    name = addresses.field_of(rows.model()).name
    last = ''
    while found := list(rows.filter(**{f'{name}__gt': last}).order_by(name)[:AT_ONCE]):
        former = former_of(kind, found)
        yield from ((row, former.get(row.pk, [])) for row in found)
        last = getattr(found[-1], name)


def former_of(kind: ContentType, rows: Sequence[Any]) -> dict[int, list[tuple[str, str]]]:
    """Of each row by its key: the paths that lead to it today, and to which of its pages."""
    old = OldAddress.objects.filter(content_type=kind, object_id__in=[row.pk for row in rows])
    found: dict[int, list[tuple[str, str]]] = {}
    for key, path, view in old.order_by('path').values_list('object_id', 'path', 'view'):
        found.setdefault(key, []).append((path, view))
    return found
