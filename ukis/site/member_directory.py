"""The directory of member organisations: by name, nation, kind and topic, combined freely, each choice with its count.

All of them are looked through at once, for each count is of what the other choices leave; what was found for one
visitor's page is kept for the others until one of them changes. A page asks for its own rows alone.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, IntegerField, OuterRef, StringAgg, Subquery, Value, When
from django.db.models.functions import Concat
from django.http import Http404, QueryDict

from members import found
from members.models import Organisation
from members.models.people import Nation
from ukis.alphabet import LONGEST, Cut
from ukis.folding import folded
from ukis.pagecache import kept
from ukis.prepared import asked
from ukis.tags.models import TaggedItem

A_PAGE = 60
TOPICS, MOST = 16, 10  # so many are offered, a link may ask for any; and so many at once


class ListedOrganisation(NamedTuple):
    """As far as it is looked for."""

    key: int
    sorted_by: str
    kind: str
    nations: tuple[str, ...]
    topics: tuple[tuple[str, str], ...]  # name and address


@dataclass(frozen=True)
class Narrowed:
    """What is asked for. Of one kind of choice any will do; each further kind narrows."""

    nation: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    typed: str = ''
    # Keys of those in whose names everything typed stands; None where nothing was typed.
    called: frozenset[int] | None = None

    def takes(self, row: ListedOrganisation) -> bool:
        return (
            (not self.nation or any(one in row.nations for one in self.nation))
            and (not self.kind or row.kind in self.kind)
            and (not self.topic or any(slug in self.topic for _, slug in row.topics))
            and (self.called is None or row.key in self.called)
        )

    @property
    def address(self) -> str:
        """Its part of an address, in the order in which such pages are kept."""
        pairs = [(name, one) for name in ('nation', 'kind', 'topic') for one in sorted(getattr(self, name))]
        return urlencode([*pairs, *([('q', self.typed)] if self.typed else [])])

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What a search by name goes on from."""
        return [(name, one) for name in ('nation', 'kind', 'topic') for one in getattr(self, name)]

    @property
    def by_more_than_place(self) -> bool:
        return bool(self.kind or self.topic)

    def turned(self, name: str, value: str) -> 'Narrowed':
        """With this choice, or without it where it is chosen."""
        chosen = set(getattr(self, name)) ^ {value}
        changed: dict[str, Any] = {name: tuple(sorted(chosen))}
        return replace(self, **changed)


@dataclass(frozen=True)
class DirectoryChoice:
    """One link of the filter: what it is called, how many it leaves, and where it leads."""

    label: str
    count: int
    address: str
    is_chosen: bool


def narrowed_by(asked: QueryDict) -> Narrowed:
    """Http404 for a nation or a kind that there is not."""
    typed = ' '.join(asked.get('q', '').replace(chr(0), '').split())[:100]
    return Narrowed(
        nation=_of(asked, 'nation', Nation.values),
        kind=_of(asked, 'kind', Organisation.Kind.values),
        topic=tuple(sorted({one.replace(chr(0), '')[:200] for one in asked.getlist('topic') if one}))[:MOST],
        typed=typed,
        called=_called(typed) if typed else None,
    )


def _called(typed: str) -> frozenset[int]:
    """Whoever they are: the directory lists those of its own."""
    every = Organisation.objects.order_by()
    return frozenset(found.called(every, typed, found.ORGANISATIONS).values_list('pk', flat=True))


def _of(asked: QueryDict, name: str, known: Sequence[str]) -> tuple[str, ...]:
    given = {one for one in asked.getlist(name) if one}
    if given - set(known):
        raise Http404(f'There is no such {name} here.')
    return tuple(sorted(given))


def all_listed(on: date) -> list[ListedOrganisation]:
    """By name. Their topics come with them: one question for all of it."""
    kind = ContentType.objects.get_for_model(Organisation)
    carried = TaggedItem.objects.filter(content_type=kind, object_id=OuterRef('pk'), tag__waiting=False)
    # No tag has a comma or a semicolon in its name or its address.
    tag = Concat('tag__name', Value(';'), 'tag__slug', output_field=CharField())
    topics = carried.order_by().values('object_id').annotate(all=StringAgg(tag, Value(','))).values('all')
    rows = Organisation.objects.listed(on).annotate(carries=Subquery(topics)).order_by()
    their = rows.values_list('pk', 'kind', 'nations', 'carries', 'name')
    return sorted((_listed(*row) for row in their), key=lambda row: (row.sorted_by, row.key))


def _listed(key: int, kind: str, nations: list[str], carries: str | None, name: str) -> ListedOrganisation:
    pairs = [one.rpartition(';') for one in (carries or '').split(',') if one]
    return ListedOrganisation(
        key,
        folded(name),
        kind,
        tuple(nations),
        tuple((topic, slug) for topic, _, slug in pairs),
    )


@dataclass(frozen=True)
class Directory:
    narrowed: Narrowed
    cut: Cut
    count: int
    nations: list[DirectoryChoice]
    kinds: list[DirectoryChoice]
    topics: list[DirectoryChoice]
    begins_at_a_name: bool
    known_topics: set[str]

    @property
    def chosen(self) -> str:
        """In words."""
        choices = [one.label for one in (*self.nations, *self.kinds, *self.topics) if one.is_chosen]
        return ', '.join([*choices, *([f'“{self.narrowed.typed}”'] if self.narrowed.typed else [])])

    @property
    def is_usual(self) -> bool:
        """One that links lead to and others will ask for: one choice of a kind, from a letter or a name of the list.
        Whatever else can be made up of choices is not worth the room."""
        narrowed = self.narrowed
        is_plain = max(len(narrowed.nation), len(narrowed.kind), len(narrowed.topic)) <= 1
        is_known = set(narrowed.topic) <= self.known_topics
        return is_plain and is_known and (len(self.cut.begins) <= 1 or self.begins_at_a_name)


def directory(query: QueryDict, on: date) -> Directory:
    narrowed = narrowed_by(query)
    rows = kept(('directory', on), lambda: all_listed(on))
    taken = [row for row in rows if narrowed.takes(row)]
    topics = {slug: name for row in rows for name, slug in row.topics}
    uses = Counter(slug for row in rows for _, slug in row.topics)
    offered = [slug for slug, _ in sorted(uses.items(), key=lambda use: (-use[1], topics[use[0]].lower()))]
    offered = [*offered[:TOPICS], *(slug for slug in narrowed.topic if slug in offered[TOPICS:])]
    offered.sort(key=lambda slug: topics[slug].lower())
    cut = _cut(taken, query, narrowed)
    return Directory(
        narrowed=narrowed,
        cut=cut,
        begins_at_a_name=any(row.sorted_by == cut.begins for row in taken),
        known_topics=set(topics),
        count=len(taken),
        nations=_choices(rows, narrowed, 'nation', Nation.choices, lambda row: row.nations),
        kinds=_choices(rows, narrowed, 'kind', Organisation.Kind.choices, lambda row: (row.kind,)),
        topics=_choices(
            rows,
            narrowed,
            'topic',
            [(slug, topics[slug]) for slug in offered],
            lambda row: tuple(slug for _, slug in row.topics),
        ),
    )


def _choices(
    rows: Sequence[ListedOrganisation],
    narrowed: Narrowed,
    name: str,
    known: Sequence[tuple[Any, Any]],
    of: Callable[[ListedOrganisation], tuple[str, ...]],
) -> list[DirectoryChoice]:
    """How many each would show beside what is chosen otherwise: counted among the very rows that the page shows."""
    without: dict[str, Any] = {name: ()}
    others = replace(narrowed, **without)
    counts = Counter(value for row in rows if others.takes(row) for value in set(of(row)))
    chosen = getattr(narrowed, name)
    return [
        DirectoryChoice(str(label), counts[value], narrowed.turned(name, value).address, value in chosen)
        for value, label in known
        if counts[value] or value in chosen or name == 'nation'
    ]


def _cut(found: list[ListedOrganisation], query: QueryDict, narrowed: Narrowed) -> Cut:
    """The page that begins at `?from=`, as `ukis.alphabet` cuts lists that are too long to be looked through."""
    begins = folded(query.get('from', '')[:LONGEST])
    start = bisect_left(found, begins, key=lambda row: row.sorted_by) if begins else 0
    page = found[start : start + A_PAGE]
    after = found[start + A_PAGE : start + A_PAGE + 1]
    before = None
    if start:
        before = found[start - A_PAGE].sorted_by if start > A_PAGE else ''
    return Cut(
        rows=_shown([row.key for row in page]),
        begins=begins,
        further=after[0].sorted_by if after else None,
        back=before,
        query=f'{narrowed.address}&' if narrowed.address else '',
    )


def _shown(keys: list[int]) -> Sequence[Organisation]:
    """These, in this order; as sent, for the page is compared with what it was drawn from."""
    place = Case(
        *(When(pk=key, then=Value(place)) for place, key in enumerate(keys)), output_field=IntegerField()
    )
    return (
        asked(Organisation.objects.select_related('logo').filter(pk__in=keys).order_by(place)) if keys else []
    )
