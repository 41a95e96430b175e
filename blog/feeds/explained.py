"""A page for people beside each feed: what it is, the address to copy, and what stands in it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from blog.feeds import Feed, Merged, of_author, of_blog, of_organisation, of_series, of_tag
from ukis.public import AS_IT_IS, public_page

SHOWN = 10


def _explained(of: Callable[..., Feed], name: str) -> Callable[..., HttpResponse]:
    def page(request: HttpRequest, **named: str) -> HttpResponse:
        try:
            feed = of(request, **named)
        except Merged as merged:
            return redirect(name, merged.slug, permanent=True)
        atom, rss, json = (feed.address(one) for one in feed.names)
        context = {
            'feed': feed,
            'society': feed.society,
            'atom': atom,
            'others': [('RSS', rss), ('JSON', json)],
            'as_it_is': f'{atom}?as={AS_IT_IS}',
            'newest': list(feed.posts)[:SHOWN],
        }
        return render(request, 'blog/feeds/explained.html', context)

    return public_page(page)


blog = _explained(of_blog, 'feed_about')
tag = _explained(of_tag, 'tag_feed_about')
series = _explained(of_series, 'series_feed_about')
author = _explained(of_author, 'author_feed_about')
organisation = _explained(of_organisation, 'organisation_feed_about')
