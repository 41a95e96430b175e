"""The posts as a letter carries them: whole while there is room, then their beginnings, each with its link.

Gmail cuts a letter at about 102 KB, and with it the link by which its reader stops it: ours stay well below. Made as a
letter is sent, for what was corrected or taken down since goes out as it stands; many letters share it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from blog import post_page
from blog.models import Delivery, Edition, Post
from blog.post_page import PostPage
from blog.subscribing.editions import posts_of
from ukis import letters, markup
from ukis.letters.models import Letter
from ukis.markup.languages import in_which
from ukis.prepared import prepared
from ukis.society.models import Society

# Bytes of the posts in HTML: with the frame around them a letter stays under 80 KB.
MOST = 72_000
BEGINNING = 90  # words
STYLE = 'blog/editions/letter.css'


def inset(letter: Letter) -> letters.Inset | None:
    """None where nothing of it is public any more: such a letter does not leave."""
    row = Delivery.objects.filter(pk=letter.object_id).first()
    keys = tuple(row.posts.order_by('post').values_list('post', flat=True)) if row else ()
    return of_posts(keys)


def inset_of_test(letter: Letter) -> letters.Inset | None:
    edition = Edition.objects.filter(pk=letter.object_id).first()
    return of_posts([post.pk for post in posts_of(edition)]) if edition else None


def of_posts(keys: Sequence[int]) -> letters.Inset | None:
    touched = tuple(
        Post.objects.live().filter(pk__in=keys).order_by('published_at', 'pk').values_list('pk', 'touched_at')
    )
    society = Society.get()
    return _drawn(touched, society.changed_at, settings.LETTERS_URL) if touched else None


@lru_cache(maxsize=32)
def _drawn(
    touched: tuple[tuple[int, datetime], ...], society_changed_at: datetime | None, site: str
) -> letters.Inset:
    """Kept as long as no post of them and nothing of the Society changes."""
    society, keys = Society.get(), [key for key, _ in touched]
    posts, pictures = post_page.with_all(_for_letters(keys=tuple(keys)))
    shown = {post.pk: post_page.of_post(post, society, pictures) for post in posts}
    pages = [shown[key] for key in keys if key in shown]
    return letters.Inset(
        text='\n\n\n'.join(_in_text(page, site) for page in pages),
        html=_in_html(pages, society, site),
        style=mark_safe(f'<style>{render_to_string(STYLE)}</style>'),
    )


@prepared()
def _for_letters(*, keys: tuple[int, ...]) -> QuerySet[Post]:
    return Post.objects.filter(pk__in=keys).for_reading().order_by('published_at', 'pk')


def _in_text(page: PostPage, site: str) -> str:
    lines = [page.title]
    if page.bylines:
        lines.append(f'By {page.byline_words}')
    if said := in_which(page.language):
        lines.append(f'This post is {said}.')
    return '\n\n'.join(
        [
            '\n'.join(lines),
            *filter(None, (page.standfirst, _beginning(page))),
            f'Read it: {site}{page.address}',
            page.views_line,
        ]
    )


def _beginning(page: PostPage) -> str:
    words = markup.to_text(page.version.body).split()
    return ' '.join(words[:BEGINNING]) + (' …' if len(words) > BEGINNING else '')


def _in_html(pages: Sequence[PostPage], society: Society, site: str) -> SafeString:
    """Of those that come first the whole text; where not even beginnings fit, the last are titles, then a number."""
    ways: list[Callable[[PostPage], str]] = [
        lambda page: _drawn_as('_title', page, society, site),
        lambda page: _drawn_as('_begins', page, society, site),
        lambda page: _drawn_as('_whole', page, society, site),
    ]
    drawn, left = [], MOST
    for page in pages:
        title = ways[0](page)
        if len(title.encode()) > left:
            break
        drawn.append(title)
        left -= len(title.encode())
    for way in ways[1:]:
        for number, page in enumerate(pages[: len(drawn)]):
            more = way(page)
            grows = len(more.encode()) - len(drawn[number].encode())
            if grows <= left:
                drawn[number], left = more, left - grows
    if len(drawn) < len(pages):
        drawn.append(_rest(len(pages) - len(drawn), site))
    return mark_safe('\n'.join(drawn))


def _rest(number: int, site: str) -> str:
    return render_to_string('blog/editions/_rest.html', {'number': number, 'site': site})


def _drawn_as(part: str, page: PostPage, society: Society, site: str) -> str:
    context = {
        'post_page': page,
        'society': society,
        'url': escape(site + page.address),
        'beginning': _beginning(page) if part == '_begins' else '',
        **(page.words_elsewhere if part == '_whole' else {}),
    }
    drawn = markup.without_names(render_to_string(f'blog/editions/{part}.html', context))
    return markup.absolute(drawn, site + page.address).strip()
