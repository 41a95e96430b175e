"""Lists of posts, cut into pages, and the tags by which they are looked for."""

import re
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404, QueryDict

from blog.models import Post
from blog.models.posts import PostQuerySet
from ukis.tags.models import Tag, TaggedItem

A_PAGE = 20


def page_of(posts: PostQuerySet, asked: QueryDict) -> dict[str, Any]:
    """For `_pagination.html` and the list: `page`, `pages`, `posts`; `query`, the rest of the address.

    The rows and their whole number come in one question; a page that is not there is a 404.
    """
    number = _number(asked.get('page', '1'))
    whole = (
        posts.order_by().select_related(None).values(one=Value(1)).annotate(found=Count('pk')).values('found')
    )
    rows = list(posts.annotate(whole=Subquery(whole))[(number - 1) * A_PAGE : number * A_PAGE])
    if number > 1 and not rows:
        raise Http404('There is no such page of this list.')
    paginator = Paginator(range(rows[0].whole if rows else 0), A_PAGE)
    rest = asked.copy()
    rest.pop('page', None)
    return {
        'page': paginator.page(number),
        'posts': rows,
        'pages': paginator.get_elided_page_range(number, on_each_side=1, on_ends=1),
        'query': f'{rest.urlencode()}&' if rest else '',
    }


def _number(typed: str) -> int:
    """A page's number as an address has it: digits, and not more than any list has."""
    if not re.fullmatch('[1-9][0-9]{0,6}', typed):
        raise Http404('There is no such page of this list.')
    return int(typed)


def tags_in_use() -> QuerySet[Tag]:
    """The tags of live posts, by name, each with `count`, how many of those carry it."""
    live = TaggedItem.objects.filter(
        content_type=ContentType.objects.get_for_model(Post), object_id__in=Post.objects.live().values('pk')
    )
    counted = (
        live.filter(tag=OuterRef('pk')).order_by().values('tag').annotate(found=Count('pk')).values('found')
    )
    return (
        Tag.objects.filter(merged_into=None)
        .annotate(count=Coalesce(Subquery(counted), 0))
        .filter(count__gt=0)
        .order_by('name')
    )
