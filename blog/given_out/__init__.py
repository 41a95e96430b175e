"""A post as machines are given it: an entry of every feed and of the API, by one code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from blog import post_page
from blog.given_out.feed_formats import printable
from blog.given_out.feed_ids import feed_id
from blog.models import Post
from blog.post_page import PostPage
from ukis import days, markup
from ukis.pictures.models import Picture
from ukis.remembered import PARTS, values_of
from ukis.society.models import Society


@dataclass(frozen=True)
class GivenOut:
    """`told`: what every format says, without characters that XML cannot hold; `shown`, the rest of it."""

    told: dict[str, Any]
    shown: PostPage
    post: Post

    def __getitem__(self, name: str) -> Any:
        return self.told[name]


def item(
    post: Post, society: Society, pictures: Sequence[Picture], site_url: str, *, whole: bool = True
) -> GivenOut:
    """A post that came through `post_page.with_all()`. Unless it is `whole`, without its text."""
    shown = post_page.of_post(post, society, pictures)
    url = site_url + shown.address
    told = {
        'id': feed_id(post),
        'url': url,
        'title': shown.title,
        'summary': shown.description,
        'content': _content(shown, url) if whole else '',
        'published': in_london(shown.published_at),
        'changed': in_london(post.changed_at),
        'authors': [
            {
                'name': line.name,
                'url': site_url + line.author_address if line.person else '',
            }
            for line in shown.bylines
        ],
        'tags': [tag.name for tag in shown.tags],
        'language': shown.language,
        'image': absolute(shown.lead_picture.url, site_url) if shown.lead_picture else '',
    }
    return GivenOut(printable(told), shown, post)


def as_json(item: GivenOut) -> dict[str, Any]:
    """As jsonfeed.org has it."""
    return {
        'id': item['id'],
        'url': item['url'],
        **({'external_url': item.post.elsewhere_url} if item.post.elsewhere_url else {}),
        'title': item['title'],
        'summary': item['summary'],
        **({'content_html': item['content']} if item['content'] else {}),
        'date_published': item['published'].isoformat(),
        'date_modified': item['changed'].isoformat(),
        'authors': [{key: value for key, value in author.items() if value} for author in item['authors']],
        'tags': item['tags'],
        'language': item['language'],
        **({'image': item['image']} if item['image'] else {}),
    }


def in_london(at: datetime | None) -> datetime:
    assert at is not None, 'asked of a post that is out'
    return timezone.localtime(at, days.LONDON)


def absolute(address: str, site_url: str) -> str:
    """The store may already give whole addresses."""
    return address if '://' in address else site_url + address


def _content(shown: PostPage, url: str) -> str:
    """The words as they are kept, not as the page draws them: feeds want plain pictures and tables."""
    context = {**shown.context(), **shown.words_elsewhere}

    def draw() -> SafeString:
        drawn = render_to_string('blog/posts/_in_feed.html', context)
        return mark_safe(markup.absolute(drawn, url).strip())

    return PARTS.drawn(('in a feed', url, values_of(shown)), draw)
