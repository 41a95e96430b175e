"""What was found, as it is shown: read anew by the rules of each page, so that nothing shows that is hidden now."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import unescape

from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from blog.models import Byline, Post
from blog.search import found
from blog.seen import public_organisations, public_people
from blog.shelves import listing
from members import meeting, seeing
from members.models import Organisation, Person
from ukis import markup, search
from ukis.prepared import asked
from ukis.society.found import PAGES, words_in
from ukis.society.models import Page


@dataclass(frozen=True)
class Result:
    kind: str
    address: str
    title: SafeString
    passage: SafeString
    language: str = ''  # where it is not that of the page
    post: Post | None = None
    about: str = ''
    bylines: Sequence[Byline] = field(default=())
    # Topics and names in which stands what was looked for, where nothing else that is shown has it.
    under: Sequence[SafeString] = field(default=())


def shown(hits: Sequence[search.Hit], marker: search.Marker) -> list[Result]:
    """In their order, without those that went meanwhile."""
    made: dict[tuple[int, int], Result] = {}
    for kind, make in _MAKE.items():
        rows = [hit.row for hit in hits if hit.kind == kind]
        if rows:
            made |= {(kind, row): result for row, result in make(rows, marker).items()}
    return [made[hit.kind, hit.row] for hit in hits if (hit.kind, hit.row) in made]


def _posts(rows: Sequence[int], marker: search.Marker) -> dict[int, Result]:
    posts = listing.with_bylines(asked(Post.objects.live().filter(pk__in=rows).for_listing()))
    texts = Post.objects.filter(pk__in=rows).select_related('version').order_by()
    words = {post.pk: post.version for post in texts}
    made = {}
    for post in posts:
        version = words[post.pk]
        assert version is not None, 'what is out has words'
        text = ' '.join(filter(None, (version.standfirst, found.words_of(version))))
        made[post.pk] = Result(
            kind='Post',
            address=post.get_absolute_url(),
            title=marker.marked(version.title),
            passage=marker.passage(text),
            language=_foreign(version.language),
            post=post,
            bylines=list(post.bylines.all()),
        )
    names = {row: _names(one.bylines) for row, one in made.items()}
    return _explained(made, lambda silent: _with_topics(Post, silent, names), marker)


def _names(bylines: Sequence[Byline]) -> list[str]:
    return list(dict.fromkeys(name for byline in bylines for name in found.names_in(byline)))


def _with_topics(
    model: type, rows: Collection[int], names: Mapping[int, Sequence[str]]
) -> dict[int, Sequence[str]]:
    topics = found.topics_of(model, rows)
    return {row: [*(name for _, name in topics.get(row, ())), *names.get(row, ())] for row in rows}


def _explained(
    made: dict[int, Result],
    others: Callable[[Collection[int]], Mapping[int, Sequence[str]]],
    marker: search.Marker,
) -> dict[int, Result]:
    """`others`: of some rows what else is searched of them; asked for those alone of which it is needed."""
    silent = {row: missed for row, one in made.items() if (missed := marker.missed(*_read(one)))}
    found_in = others(silent) if silent else {}
    for row, texts in found_in.items():
        under = [marker.marked(text) for text in texts if silent[row] - marker.missed(text)]
        made[row] = replace(made[row], under=under)
    return made


def _read(one: Result) -> list[str]:
    """What somebody reads of it."""
    names = [text for byline in one.bylines for text in (byline.name, byline.short_affiliation)]
    return [plain(one.title), plain(one.passage), one.about, *names]


def _foreign(language: str) -> str:
    return '' if language == markup.OF_PAGES else language


def _people(rows: Sequence[int], marker: search.Marker) -> dict[int, Result]:
    people = public_people().filter(pk__in=rows).order_by()
    made: dict[int, Result] = {}
    names: dict[int, list[str]] = {}
    topical = set()
    for faced in meeting.faced(people, seeing.PUBLIC, with_topics=False):
        person = faced.person
        work = [', '.join(filter(None, (row.job_title, row.organisation.name))) for row in faced.work]
        made[person.pk] = Result(
            kind='Person',
            address=person.get_absolute_url(),
            title=marker.marked(person.printed_name),
            passage=marker.passage(faced.seen.biography),
            about='; '.join(work),
        )
        names[person.pk] = [row.organisation.short_name for row in faced.work if row.organisation.short_name]
        if faced.seen.shows('topics'):
            topical.add(person.pk)

    def others(silent: Collection[int]) -> Mapping[int, Sequence[str]]:
        return {row: names[row] for row in silent} | _with_topics(Person, topical & set(silent), names)

    return _explained(made, others, marker)


def _organisations(rows: Sequence[int], marker: search.Marker) -> dict[int, Result]:
    these = list(public_organisations().filter(pk__in=rows).order_by())
    made = {
        one.pk: Result(
            kind='Organisation',
            address=one.get_absolute_url(),
            title=marker.marked(one.name),
            passage=marker.passage(one.description),
            about=one.get_kind_display(),
        )
        for one in these
    }

    def others(silent: Collection[int]) -> Mapping[int, Sequence[str]]:
        earlier = found.earlier_names(silent)
        names = {one.pk: [*filter(None, [one.short_name]), *earlier.get(one.pk, ())] for one in these}
        return _with_topics(Organisation, silent, names)

    return _explained(made, others, marker)


def _pages(rows: Sequence[int], marker: search.Marker) -> dict[int, Result]:
    return {
        page.pk: Result(
            kind='Page',
            address=page.get_absolute_url(),
            title=marker.marked(page.title),
            passage=marker.passage(words_in(page)),
            language=_foreign(page.language),
        )
        for page in Page.objects.published().filter(pk__in=rows)
    }


def plain(title: SafeString) -> str:
    return unescape(strip_tags(title))


type _Make = Callable[[Sequence[int], search.Marker], dict[int, Result]]
_MAKE: dict[int, _Make] = {
    found.POSTS.number: _posts,
    found.PEOPLE.number: _people,
    found.ORGANISATIONS.number: _organisations,
    PAGES.number: _pages,
}
