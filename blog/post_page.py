"""A submission as a reader meets it: one view-model for a post in print and for words that are not.

`templates/blog/posts/post.html` draws a `PostPage` and asks for nothing else, so the author's preview is the
public page. For a post: `post_at(slug, society)`. For words not in print: `of_version(version, submission)`;
then `is_draft` is true, the page says 'Not published', asks not to be indexed and links no names. Either way:

    return render(request, 'blog/posts/post.html', shown.context())

`context()` gives `post_page` and `society`; a preview may add `back_url`, where the banner's link leads.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from blog.checklist import declared
from blog.models import Byline, Correction, Post, PrintedName, Shelf, Shelved, Submission, Version
from blog.models.words import in_a_row
from blog.shelves import in_series, leading_on
from blog.shelves.leading_on import Neighbour
from ukis import days, markup, tags
from ukis.fetched import Rows, later
from ukis.pictures.models import Picture
from ukis.prepared import hang, prepared
from ukis.society.models import Society
from ukis.tags.models import Tag

# A text so long that it says of which parts it is made: minutes to read, and parts.
LONG, FEWEST_PARTS = 4, 3


@dataclass(frozen=True)
class TagWord:
    """A word of the author's for a tag; only what is already a tag has an `address`."""

    name: str
    address: str = ''


@dataclass(frozen=True)
class PostPage:
    title: str
    standfirst: str
    body: SafeString
    references: SafeString
    language: str
    bylines: Sequence[Byline]
    tags: Sequence[TagWord]
    society: Society
    views_line: str
    copyright_year: int
    licence: str
    is_draft: bool
    version: Version = field(repr=False)
    lead_picture: Picture | None = None
    lead_alt: str = ''
    lead_caption: str = ''
    lead_credit: str = ''
    published_at: datetime | None = None
    revised_at: datetime | None = None
    archived_at: datetime | None = None
    interests: str = ''
    elsewhere_url: str = ''
    elsewhere_on: date | None = None
    corrections: Sequence[Correction] = ()
    address: str = ''
    series: in_series.PlaceInSeries | None = None
    series_title: str = ''  # of what is not published: it has no place yet
    post: Post | None = field(default=None, repr=False)
    earlier: Neighbour | None = None
    later: Neighbour | None = None
    related: Sequence[Neighbour] = ()

    @property
    def minutes(self) -> int:
        """To read it; counted only where it is drawn."""
        return self.version.reading_minutes

    @property
    def words_elsewhere(self) -> dict[str, SafeString]:
        """Body and references for feeds and letters: as they are kept, with named ways back from their notes, which are
        called as on the page."""
        language, kept = self.version.language, self.version
        return {
            'body': mark_safe(markup.with_ways_back(kept.body, language)),
            'references': mark_safe(markup.with_ways_back(kept.references, language, markup.REFERENCES)),
        }

    @property
    def linked_body(self) -> SafeString:
        """The body with a link beside each heading."""
        return markup.with_links_to_parts(self.body, self.language)

    @cached_property
    def contents(self) -> list[markup.TextPart]:
        """The parts of a long text: its headings of the first rank."""
        found = markup.parts(self.body)
        highest = min((part.level for part in found), default=0)
        first = [part for part in found if part.level == highest]
        return first if len(first) >= FEWEST_PARTS and self.minutes >= LONG else []

    @property
    def link_addresses(self) -> list[str]:
        """Where the links in its words lead, in their order; for paper."""
        return markup.addresses(self.body) + markup.addresses(self.references)

    @property
    def biographies(self) -> list[Byline]:
        """The names about whom there is something to say."""
        return [line for line in self.bylines if line.biography or line.picture]

    @property
    def byline_words(self) -> str:
        """The names alone, in a row: 'Ann Lee, Bo Rhys and Cy Dunn'."""
        return in_a_row(line.name for line in self.bylines)

    @property
    def description(self) -> str:
        """The standfirst, or the first words where there is none; for machines."""
        words = (self.standfirst or markup.to_text(self.version.body)).split()
        return ' '.join(words[:60]) + (' …' if len(words) > 60 else '')

    def context(self) -> dict[str, Any]:
        return {'post_page': self, 'society': self.society}


def post_at(slug: str, society: Society) -> PostPage | None:
    """The post that answers at this address, with all that its page shows."""
    at = timezone.now()
    posts = _at(slug=slug, at=at)
    if not posts:
        return None
    [key], [series] = posts.sent('id'), posts.sent('of_series')
    beside = in_series.beside(series, key, at) if series else ()
    return later(_first, *with_all(posts), society, beside)


def _first(
    posts: Sequence[Post], pictures: Sequence[Picture], society: Society, beside: Sequence[Any]
) -> PostPage:
    shown = of_post(posts[0], society, pictures)
    return replace(shown, series=in_series.place_of(posts[0].pk, beside)) if beside else shown


@prepared()
def _at(*, slug: str, at: datetime) -> QuerySet[Post]:
    """With `of_series`, the series on whose shelf it stands: found among its own few rows, for those of all series
    are many, and databases like to begin with them."""
    own = Shelved.objects.alias(which=F('shelf') + 0).filter(post=OuterRef('pk'), which=Shelf.SERIES)
    shelved = own.values('key')
    found = Post.objects.at_its_address(at).for_reading().filter(slug=slug).order_by()
    return leading_on.with_what_leads_on(found, at).annotate(of_series=Subquery(shelved[:1]))


def with_all(posts: Rows[Post]) -> tuple[Rows[Post], Rows[Picture]]:
    """What came through `for_reading()`, each with its byline, tags and corrections; and the pictures in the words."""
    keys = posts.sent('id')
    revised = tuple([key for key, at in zip(keys, posts.sent('revised_at'), strict=True) if at])
    whole = posts.along(
        _hang_all, _bylines_of(posts=keys), _tags_of(posts=keys), _corrections_of(posts=revised)
    )
    return whole, markup.pictures_in(*posts.sent('version__body'), *posts.sent('version__references'))


def _hang_all(
    posts: list[Post], bylines: Rows[Byline], tags: Rows[Tag], corrections: Rows[Correction]
) -> None:
    hang(posts, 'bylines', bylines, of=Byline, by='post_id')
    hang(posts, 'tags', tags, of=Tag, by='of_post')
    hang(posts, 'corrections', corrections, of=Correction, by='post_id')


@prepared()
def _bylines_of(*, posts: tuple[int, ...]) -> QuerySet[Byline]:
    return Byline.objects.for_reading().filter(post__in=posts)


@prepared()
def _tags_of(*, posts: tuple[int, ...]) -> QuerySet[Tag]:
    carried = {'items__content_type__app_label': 'blog', 'items__content_type__model': 'post'}
    return Tag.objects.filter(items__object_id__in=posts, **carried).annotate(of_post=F('items__object_id'))


@prepared()
def _corrections_of(*, posts: tuple[int, ...]) -> QuerySet[Correction]:
    return Correction.objects.filter(post__in=posts)


def of_post(post: Post, society: Society, pictures: Sequence[Picture]) -> PostPage:
    """A post that came through `with_all()`: asks for nothing more."""
    assert post.version is not None, 'a post that is out has words'
    return PostPage(
        **_words(post.version, pictures=pictures),
        bylines=list(post.bylines.all()),
        tags=[
            TagWord(tag.name, tag.get_absolute_url())
            for tag in sorted(post.tags.all(), key=lambda tag: tag.name.lower())
        ],
        society=society,
        views_line=society.views_line(post.views),
        copyright_year=post.copyright_year,
        licence=post.licence or society.licence,
        is_draft=False,
        published_at=post.published_at,
        revised_at=post.revised_at,
        archived_at=post.archived_at,
        interests=post.interests,
        elsewhere_url=post.elsewhere_url,
        elsewhere_on=post.elsewhere_on,
        corrections=[correction for correction in post.corrections.all() if correction.printed],
        address=post.get_absolute_url(),
        post=post,
        earlier=leading_on.by_date(post, 'earlier'),
        later=leading_on.by_date(post, 'later'),
        related=leading_on.related(post, list(post.tags.all())),
    )


def of_version(
    version: Version, submission: Submission, society: Society | None = None, *, from_level: int = 2
) -> PostPage:
    """Words as saved: the byline as it would be printed, the editor's tags, else the author's.

    `from_level`: where their headings begin, below those of the page that shows them.
    """
    society = society or Society.get()
    said, post = declared.for_print(submission), submission.post_or_none
    return PostPage(
        **_words(version, from_level),
        bylines=_lines(version.printed_names),
        tags=_tag_words(submission.tags_to_print() or version.tag_words),
        society=society,
        views_line=society.views_line(said.views),
        copyright_year=timezone.localtime(timezone.now(), days.LONDON).year,
        licence=(post.licence if post else '') or society.licence,
        elsewhere_url=post.elsewhere_url if post else '',
        elsewhere_on=post.elsewhere_on if post else None,
        is_draft=True,
        interests=said.interests,
        series_title=submission.series.title if submission.series else '',
    )


def _words(
    version: Version, from_level: int = 2, pictures: Sequence[Picture] | None = None
) -> dict[str, Any]:
    shown: dict[str, Any] = {'language': version.language, 'pictures': pictures}
    return {
        'title': version.title or 'Without a title',
        'standfirst': version.standfirst,
        'body': markup.for_reading(version.body, from_level=from_level, **shown),
        'references': markup.for_reading(
            version.references, part=markup.REFERENCES, from_level=from_level + 1, **shown
        ),
        'language': version.language,
        'version': version,
        'lead_picture': version.lead_picture,
        'lead_alt': '' if version.lead_decorative else version.lead_alt,
        'lead_caption': version.lead_caption,
        'lead_credit': version.lead_credit,
    }


def _lines(byline: list[PrintedName]) -> list[Byline]:
    """Never saved, and without links: the pages they would lead to may not be public before the submission is."""
    pictures = Picture.objects.in_bulk([one.picture for one in byline if one.picture])
    lines = []
    for one in byline:
        line = Byline(**replace(one, person=None, organisation=None, picture=None).columns())
        line.picture = pictures.get(one.picture or 0)
        lines.append(line)
    return lines


def _tag_words(words: list[str]) -> list[TagWord]:
    known = tags.known(words, waiting=False)
    found = [known.get(tags.fold(word)) for word in words]
    return [
        TagWord(tag.name, tag.get_absolute_url()) if tag else TagWord(word)
        for word, tag in zip(words, found, strict=True)
    ]
