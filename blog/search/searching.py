"""The search page, as an address asks for it: words, what narrows them, the order and the page; and what is offered to
narrow them further."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, QueryDict
from django.urls import reverse

from blog.search import found, results
from blog.seen import public_organisations
from blog.shelves import listing
from members.models import Organisation
from ukis import search
from ukis.society.found import PAGES
from ukis.tags.models import Tag

A_PAGE, OFFERED, MOST_TAGS = 20, 8, 5
KINDS = {
    'posts': (found.POSTS, 'Posts'),
    'people': (found.PEOPLE, 'People'),
    'organisations': (found.ORGANISATIONS, 'Organisations'),
    'pages': (PAGES, 'Pages'),
}


@dataclass(frozen=True)
class NarrowingChoice:
    label: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True)
class SearchAsked:
    """What of it stands in the address and means something; the rest is left aside."""

    typed: str = ''
    kind: str = ''
    tags: tuple[Tag, ...] = ()
    year: int = 0
    organisation: Organisation | None = None
    newest: bool = False
    number: int = 1
    # Whether more was typed than `typed` holds.
    is_cut: bool = False

    @property
    def pairs(self) -> list[tuple[str, str]]:
        given = [
            ('q', self.typed),
            ('kind', self.kind),
            *(('tag', tag.slug) for tag in self.tags),
            ('year', str(self.year or '')),
            ('organisation', self.organisation.slug if self.organisation else ''),
            ('order', 'newest' if self.newest else ''),
        ]
        return [(name, value) for name, value in given if value]

    @property
    def address(self) -> str:
        return f'{reverse("search")}?{urlencode(self.pairs)}'

    @property
    def hidden(self) -> list[tuple[str, str]]:
        return [pair for pair in self.pairs if pair[0] != 'q']

    @property
    def facets(self) -> list[str]:
        return [
            *(f't{tag.pk}' for tag in self.tags),
            *([f'y{self.year}'] if self.year else []),
            *([f'o{self.organisation.pk}'] if self.organisation else []),
            *([KINDS[self.kind][0].facet] if self.kind else []),
        ]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.facets)

    @property
    def plain(self) -> 'SearchAsked':
        return SearchAsked(self.typed)


def asked(given: QueryDict) -> SearchAsked:
    """404 for a page that no list has; whatever else is no word of ours is taken for nothing."""
    slugs = [one for one in given.getlist('tag') if one.isprintable()][:MOST_TAGS]
    slug = given.get('organisation', '').replace(chr(0), '')[:200]
    year, kind = given.get('year', ''), given.get('kind', '')
    typed = ' '.join(given.get('q', '').replace(chr(0), ' ').split())
    return SearchAsked(
        typed=typed[: search.MOST_TYPED],
        kind=kind if kind in KINDS else '',
        tags=tuple(listing.tags_in_use().filter(slug__in=slugs).order_by('name')) if slugs else (),
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else 0,
        organisation=public_organisations().filter(slug=slug).first() if slug else None,
        newest=given.get('order') == 'newest',
        number=listing.number_of(given),
        is_cut=len(typed) > search.MOST_TYPED,
    )


@dataclass(frozen=True)
class Searched:
    asked: SearchAsked
    found: search.FoundDocuments
    shown: list[results.Result] = field(default_factory=list)
    page: Page | None = None

    @property
    def looks_for(self) -> str:
        """What of it is looked for, in a sentence, where that is not all."""
        if not (self.asked.is_cut or self.found.asked.is_cut):
            return ''
        return (
            f'Only the beginning is looked for: {search.MOST_TYPED} letters and {search.MOST_TERMS} words at most. '
            'Words in quotes count as one.'
        )

    @property
    def meant(self) -> str:
        """Another spelling that finds something, where this one finds nothing."""
        if self.found.total or not self.found.is_searchable:
            return ''
        facets = self.asked.facets
        return search.meant(self.found.asked, lambda typed: bool(search.find(typed, facets=facets).total))

    @property
    def meant_address(self) -> str:
        return replace(self.asked, typed=self.meant).address

    @property
    def pages(self) -> list[int | str]:
        assert self.page is not None
        return list(self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1))

    @property
    def is_cut(self) -> bool:
        """Whether there is more than these pages show, and this is the last of them."""
        more = self.found.is_cut or self.found.total > len(self.found.hits)
        return more and self.page is not None and not self.page.has_next()

    @property
    def query(self) -> str:
        return f'{urlencode(self.asked.pairs)}&'

    @cached_property
    def kinds(self) -> list[NarrowingChoice]:
        counts = {number: sum(hit.kind == number for hit in self.found.hits) for number in search.KINDS}
        return [
            self._choice(label, counts[kind.number], kind='' if self.asked.kind == name else name)
            for name, (kind, label) in KINDS.items()
            if counts[kind.number]
        ]

    @cached_property
    def tags(self) -> list[NarrowingChoice]:
        counts = dict(self.found.counted('t')[: OFFERED + MOST_TAGS])
        chosen = {tag.pk: tag for tag in self.asked.tags}
        known = {tag.pk: tag for tag in Tag.objects.filter(pk__in=[*counts, *chosen], waiting=False)}
        keys = [*chosen, *(key for key in counts if key in known and key not in chosen)][:OFFERED]
        return [
            self._choice(known[key].name, counts.get(key, 0), tags=self._turned(known[key])) for key in keys
        ]

    def _turned(self, tag: Tag) -> tuple[Tag, ...]:
        rest = tuple(one for one in self.asked.tags if one.pk != tag.pk)
        return rest if len(rest) < len(self.asked.tags) else (*rest, tag)

    @cached_property
    def years(self) -> list[NarrowingChoice]:
        counts = sorted(self.found.counted('y'), reverse=True)[:OFFERED]
        return [
            self._choice(str(year), count, year=0 if year == self.asked.year else year)
            for year, count in counts
        ]

    @cached_property
    def organisations(self) -> list[NarrowingChoice]:
        counts = dict(self.found.counted('o')[:OFFERED])
        known = {one.pk: one for one in public_organisations().filter(pk__in=counts)}
        chosen = self.asked.organisation
        return [
            self._choice(
                known[key].shown_name, count, organisation=None if chosen == known[key] else known[key]
            )
            for key, count in counts.items()
            if key in known
        ]

    def _choice(self, label: str, count: int, **changes: object) -> NarrowingChoice:
        turned = replace(self.asked, **changes)  # type: ignore[arg-type]
        return NarrowingChoice(label, count, turned.address, len(turned.pairs) < len(self.asked.pairs))

    @property
    def groups(self) -> list[tuple[str, list[NarrowingChoice]]]:
        all_of_them = [
            ('Kind', self.kinds),
            ('Tag', self.tags),
            ('Year', self.years),
            ('Organisation', self.organisations),
        ]
        return [
            (label, choices)
            for label, choices in all_of_them
            if len(choices) > 1 or any(one.is_chosen for one in choices)
        ]

    @property
    def by_best(self) -> str:
        return replace(self.asked, newest=False).address

    @property
    def by_date(self) -> str:
        return replace(self.asked, newest=True).address


def searched(wanted: SearchAsked, find: Callable[..., search.FoundDocuments] = search.find) -> Searched:
    it = find(wanted.typed, facets=wanted.facets, newest_first=wanted.newest)
    if not it.hits:
        return Searched(wanted, it)
    paginator = Paginator(it.hits, A_PAGE)
    if wanted.number > paginator.num_pages:
        raise Http404('There is no such page of this list.')
    page = paginator.page(wanted.number)
    return Searched(wanted, it, results.shown(list(page.object_list), search.Marker(it.asked)), page)


def offered(wanted: SearchAsked, most: int) -> list[dict[str, str]]:
    """The best, in plain words, for a list below a box."""
    found_so_far = search.find(wanted.typed).hits[:most] if wanted.typed else []
    return [
        {
            'title': results.plain(one.title),
            'kind': one.kind,
            'address': one.address,
            'language': one.language,
        }
        for one in results.shown(found_so_far, search.Marker(search.NOTHING_ASKED))
    ]
