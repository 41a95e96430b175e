"""The list of posts, a post, and the card that is shown where somebody shares it."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from blog import cards, post_page
from blog.cards import made_cards
from blog.given_out import citations, structured
from blog.given_out.citations import Citation
from blog.models import Post, Shelf
from blog.post_page import PostPage
from blog.shelves import listing
from ukis.fetched import later
from ukis.pagecache import kept
from ukis.prepared import prepared
from ukis.public import public_page, reading_query, site_url
from ukis.society.models import Society
from ukis.tags.models import Tag

RECENT = 3
TAGS_OFFERED = 40


@reading_query('tag', 'page')
@public_page
def blog(request: HttpRequest) -> HttpResponse:
    """Newest first; with `?tag=` as often as wanted, the posts that carry all of these tags; with `?q=` those found."""
    if request.GET.get('q'):
        given = request.GET.copy()
        given['kind'] = 'posts'
        return redirect(f'{reverse("search")}?{given.urlencode()}')
    wanted = list(dict.fromkeys(request.GET.getlist('tag')))
    all_tags = listing.tags_most_used(TAGS_OFFERED, beside=wanted)
    chosen = [tag for tag in all_tags if tag.slug in wanted] if wanted else []
    known = {tag.slug for tag in chosen}
    unknown = [slug for slug in wanted if slug not in known]
    if unknown and (today := listing.tags_as_they_stand(wanted, unknown)) != wanted:
        asked = request.GET.copy()
        asked.setlist('tag', today)
        return redirect(f'{reverse("blog")}?{asked.urlencode()}', permanent=True)
    context = {'all_tags': all_tags, 'chosen': known, 'chosen_tags': chosen, 'unknown': unknown}
    return render(
        request, 'blog/posts/list.html', listing.page_of(_carrying(chosen, unknown), request.GET) | context
    )


def _carrying(chosen: list[Tag], unknown: list[str]) -> listing.Listed | None:
    match chosen:
        case _ if unknown:
            return None
        case []:
            return listing.OnShelf(Shelf.ALL)
        case [tag]:
            return listing.OnShelf(Shelf.TAG, tag.pk)
    return listing.CarryingAll(chosen)


@public_page
def post(request: HttpRequest, slug: str) -> HttpResponse:
    society = Society.shown()
    shown = post_page.post_at(slug, society)
    if shown is None:
        return _gone(request, slug)
    context = {
        'post_page': shown,
        'society': society,
        'machine': later(structured.of_post, shown, site_url(request)),
        'citation': later(_citation, shown, site_url(request)),
        'recent': later(_beside, kept('recent posts', _recent), slug),
        'invited': True,  # the page asks its readers to write: its foot need not say so again
    }
    return render(request, 'blog/posts/post.html', context)


def _citation(shown: PostPage, site_url: str) -> Citation:
    return citations.of_post(shown, site_url + shown.address)


def _beside(recent: Sequence[Post], slug: str) -> list[Post]:
    return [one for one in recent if one.slug != slug][:RECENT]


def _recent() -> Sequence[Post]:
    """One more than is shown, for it may be the post itself."""
    return _newest(at=timezone.now(), count=RECENT + 1)


@prepared('count')
def _newest(*, at: datetime, count: int) -> QuerySet[Post]:
    live = Post.objects.live(at).newest_first().select_related('version')
    return live.only('slug', 'published_at', 'version__title', 'version__language')[:count]


def _gone(request: HttpRequest, slug: str) -> HttpResponse:
    taken_down = Post.objects.taken_down().select_related('version').filter(slug=slug).first()
    if taken_down is None:
        raise Http404('There is no post at this address.')
    return render(request, '410.html', {'post': taken_down}, status=410)


@public_page
def card(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The address names what is drawn, so it may be kept for ever; one with former words leads to today's."""
    shown = post_page.post_at(slug, Society.shown())
    if shown is None:
        raise Http404('There is no post at this address.')
    if name != cards.name(shown):
        return redirect('post_card', slug, cards.name(shown))
    content, is_whole = made_cards.card_of(shown)
    response = HttpResponse(content, content_type=cards.content_type(shown))
    if is_whole:
        patch_cache_control(response, public=True, max_age=31_536_000, immutable=True)
    return response
