"""What leads on from a post: the one before it and the one after it by date, and those that are related.

All of it comes with the post itself, in the one question that finds it; `with_what_leads_on` adds it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, Q, Value, When

from blog.models import Post, RelatedPosts
from blog.models.posts import PostQuerySet
from blog.models.words import in_a_row
from ukis import addresses
from ukis.tags.models import Tag

_ALL = (*RelatedPosts.BY_DATE, *RelatedPosts.PLACES)
_LONG = ('body', 'references', 'byline', 'tag_words', 'standfirst', 'note')


@dataclass(frozen=True)
class Neighbour:
    """Enough of another post for a link to it: `title` and `language` as `titled` asks for them."""

    slug: str
    title: str
    language: str
    why: str = ''

    @property
    def address(self) -> str:
        return addresses.path_of('post', self.slug)


def with_what_leads_on(posts: PostQuerySet, at: datetime) -> PostQuerySet:
    return (
        posts.select_related(*[f'related__{place}__version' for place in _ALL])
        .defer(*[f'related__{place}__version__{column}' for place in _ALL for column in _LONG])
        .annotate(**{f'{place}_is_out': _is_out(f'related__{place}', at) for place in _ALL})
    )


def _is_out(path: str, at: datetime) -> Case:
    dates: dict[str, Any] = {'published_at__lte': at, 'archived_at': None, 'taken_down_at': None}
    listed = Q(**{f'{path}__{name}': value for name, value in dates.items()})
    return Case(When(listed, then=Value(True)), default=Value(False), output_field=BooleanField())


def by_date(post: Post, place: str) -> Neighbour | None:
    """`place`: 'earlier' or 'later'."""
    return _neighbour(post, place)


def related(post: Post, tags: Sequence[Tag]) -> list[Neighbour]:
    names = {tag.pk: tag.name for tag in tags}
    several = len(post.bylines.all()) > 1
    row = _row(post)
    whys = row.why if row else []
    found = [
        _neighbour(post, place, _said(why, names, several=several))
        for place, why in zip(RelatedPosts.PLACES, whys, strict=False)
    ]
    return [one for one in found if one]


def _row(post: Post) -> RelatedPosts | None:
    """Of a post that came through `with_what_leads_on`, where there is one."""
    return post._state.fields_cache.get('related')


def _neighbour(post: Post, place: str, why: str = '') -> Neighbour | None:
    row = _row(post)
    other = getattr(row, place) if row else None
    if other is None or other.version is None or not getattr(post, f'{place}_is_out'):
        return None
    return Neighbour(other.slug, other.version.title, other.version.language, why)


def _said(why: dict[str, Any], names: dict[int, str], *, several: bool) -> str:
    """'By the same author, also about Coaching.' Of tags those that the post still has, as they are called today."""
    author = ('By one of the same authors' if several else 'By the same author') if why['author'] else ''
    about = in_a_row(names[tag] for tag in why['tags'] if tag in names)
    if about:
        about = f'also about {about}' if author else f'Also about {about}'
    words = in_a_row(f'“{word}”' for word in why['words'])
    return ', '.join(filter(None, [author, about])) or (f'Also says {words}' if words else '')
