"""Which posts are read with a post: those that share tags, authors or the rarer words of title and standfirst.

Looked for by the clock, so that a page has them with its post. Nobody looks through all posts: on the shelves of its
tags and authors the newest are taken, and of all posts the newest, for what only words have in common.
"""

import math
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from blog.models import Byline, Post, RelatedPosts, Shelf, ShelfCount, Shelved
from blog.models.shelves import EVER
from ukis.folding import folded
from ukis.search import COMMON
from ukis.tags.models import TaggedItem

OF_A_TAG, OF_AN_AUTHOR, OF_ALL = 40, 20, 60
SHORTEST_WORD = 5
RARE = 0.1  # a word says something where it stands in at most so many of those looked at
FEWEST_WORDS = 2  # so many in common, where nothing else is
TAG, AUTHOR, WORD, OTHER_LANGUAGE = 10, 5, 1.5, 0.5
ROUND = timedelta(seconds=20)
FEW = 10  # changed at once: then those around them are looked at too


@dataclass(frozen=True)
class PostFacts:
    key: int
    published_at: datetime
    language: str
    tags: frozenset[int]
    people: frozenset[int]
    words: dict[str, str]  # folded: as it is written

    def why(self, other: 'PostFacts', rare: Collection[str]) -> dict[str, Any]:
        shared = [word for word in self.words if word in other.words and word in rare]
        return {
            'tags': self.tags & other.tags,
            'author': bool(self.people & other.people),
            'words': shared,
        }


def keep_up(now: datetime) -> None:
    """Those that changed, the newest first, as many as there is time for."""
    until = timezone.now() + ROUND
    due = list(
        Post.objects.due_to_be_related().order_by('-published_at', '-pk').values_list('pk', flat=True)[:500]
    )
    for key in due:
        if timezone.now() > until:
            break
        around = relate(key)
        if len(due) <= FEW:
            for other in around:
                _write(other)


def relate(key: int) -> list[int]:
    """Looks for those of one post; the keys of others that may want to name it now, or did."""
    post = Post.objects.get(pk=key)
    if post.published_at is None:
        return []
    was = RelatedPosts.objects.filter(Q(first=key) | Q(second=key) | Q(third=key))
    around = list(was.values_list('post', flat=True)) + _write(key)
    beside = RelatedPosts.objects.filter(Q(earlier=key) | Q(later=key)).values_list('post', flat=True)
    for other in dict.fromkeys([key, *beside, *filter(None, _by_date(post).values())]):
        _keep(other, _by_date(Post.objects.get(pk=other)))
    # Not if it changed meanwhile; and this is no change of it.
    QuerySet(Post).filter(pk=key, touched_at=post.touched_at).update(related_at=timezone.now())
    return [one for one in dict.fromkeys(around) if one != key]


def _write(key: int) -> list[int]:
    """The keys of the best, of which the first are kept."""
    post = Post.objects.filter(pk=key, published_at__isnull=False).first()
    if post is None:
        return []
    found = best(post)
    kept = found[: len(RelatedPosts.PLACES)]
    columns: dict[str, Any] = {f'{place}_id': None for place in RelatedPosts.PLACES}
    columns |= {f'{place}_id': other for place, (other, _) in zip(RelatedPosts.PLACES, kept, strict=False)}
    _keep(key, columns | {'why': [why for _, why in kept]})
    return [other for other, _ in found]


def _by_date(post: Post) -> dict[str, Any]:
    """The next ones on the shelf of all, also those to come; of several at one moment by their keys."""
    found = {}
    for name, way, order in (('earlier', 'lt', '-'), ('later', 'gt', '')):
        beyond = Q(**{f'published_at__{way}': post.published_at}) | Q(**{f'post__{way}': post.pk})
        rows = Shelved.objects.on(Shelf.ALL).filter(beyond, **{f'published_at__{way}e': post.published_at})
        rows = rows.order_by(f'{order}published_at', f'{order}post_id')
        found[f'{name}_id'] = rows.values_list('post', flat=True).first()
    return found


def _keep(key: int, columns: dict[str, Any]) -> None:
    """Nothing is written where it is as before."""
    with transaction.atomic():
        row = RelatedPosts.objects.select_for_update().filter(post=key).first()
        if row is None:
            if any(columns.values()):
                RelatedPosts.objects.get_or_create(post_id=key, defaults=columns)
        elif {name: getattr(row, name) for name in columns} != columns:
            RelatedPosts.objects.filter(pk=row.pk).update(**columns)


def best(post: Post, count: int = 12) -> list[tuple[int, dict[str, Any]]]:
    """The keys of those that go best with it and why, the best first."""
    assert post.published_at is not None, 'asked of a post that is out or scheduled'
    (own,) = _facts([post.pk])
    others = _facts(
        [key for key in _looked_at(own, max(timezone.now(), post.published_at)) if key != post.pk]
    )
    spread = Counter(word for other in others for word in other.words)
    most = max(2, len(others) * RARE)
    rare = {word for word in own.words if spread[word] <= most}
    used = dict(_used(own.tags))
    scored = []
    for other in others:
        why = own.why(other, rare)
        if not (why['tags'] or why['author'] or len(why['words']) >= FEWEST_WORDS):
            continue
        score = sum(TAG / math.log2(2 + used.get(tag, 1)) for tag in why['tags'])
        score += AUTHOR * why['author'] + sum(WORD / spread[word] ** 0.5 for word in why['words'])
        score *= 1 if other.language == own.language else OTHER_LANGUAGE
        scored.append((round(score, 6), other.published_at, other.key, why))
    scored.sort(key=lambda one: one[:3], reverse=True)
    return [(key, _told(why, _words_said(own, why), used)) for _, _, key, why in scored[:count]]


def _words_said(own: PostFacts, why: dict[str, Any]) -> list[str]:
    return [own.words[word] for word in why['words'][:2]]


def _told(why: dict[str, Any], words: list[str], used: dict[int, int]) -> dict[str, Any]:
    """As it is kept: the two rarest tags, and words only where there is nothing better to say."""
    tags = sorted(why['tags'], key=lambda tag: (used.get(tag, 1), tag))[:2]
    return {'tags': tags, 'author': why['author'], 'words': [] if tags or why['author'] else words}


def _looked_at(own: PostFacts, until: datetime) -> list[int]:
    shelves = [
        *((Shelf.TAG, tag, OF_A_TAG) for tag in sorted(own.tags)),
        *((Shelf.PERSON, person, OF_AN_AUTHOR) for person in sorted(own.people)),
        (Shelf.ALL, 0, OF_ALL),
    ]
    found: list[int] = []
    for shelf, key, count in shelves:
        rows = Shelved.objects.on(shelf, key).out(until).newest_first()
        found += rows.values_list('post', flat=True)[:count]
    return list(dict.fromkeys(found))


def _used(tags: Collection[int]) -> list[tuple[int, int]]:
    counts = ShelfCount.objects.filter(shelf=Shelf.TAG, key__in=tags, month=EVER)
    return list(counts.values_list('key', 'posts'))


def _facts(keys: list[int]) -> list[PostFacts]:
    words = ('version__title', 'version__standfirst', 'version__language')
    rows = Post.objects.filter(pk__in=keys).values_list('pk', 'published_at', *words)
    kind = ContentType.objects.get_for_model(Post)
    tags = TaggedItem.objects.filter(content_type=kind, object_id__in=keys).values_list('object_id', 'tag')
    people = Byline.objects.filter(post__in=keys, person__isnull=False).values_list('post', 'person')
    of_tags, of_people = _by_first(tags), _by_first(people)
    return [
        PostFacts(
            key,
            at,
            language,
            of_tags.get(key, frozenset()),
            of_people.get(key, frozenset()),
            _words(title, more),
        )
        for key, at, title, more, language in rows
    ]


def _by_first(pairs: Any) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}


def _words(title: str, standfirst: str) -> dict[str, str]:
    """Those that may say what it is about, a plural as the word itself."""
    found: dict[str, str] = {}
    for written in f'{title} {standfirst}'.split():
        word = folded(written)
        if len(word) >= SHORTEST_WORD and ' ' not in word and word not in COMMON:
            found.setdefault(word.removesuffix('s'), written.strip('.,;:!?“”‘’"\'()').lower())
    return found
