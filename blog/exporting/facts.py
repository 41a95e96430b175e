"""What WordPress has no field for and our own import takes back, as plain values."""

from collections.abc import Sequence
from typing import Any

from blog.given_out.feed_ids import feed_id
from blog.models import Byline, Post
from blog.models.posts import UNPLACED
from ukis import pictures


def facts_of(post: Post, former: Sequence[str]) -> dict[str, Any]:
    """`former`: paths that lead to it today."""
    version = post.version
    assert version is not None, 'asked of a post in print'
    series = post.submission.series
    said: dict[str, Any] = {
        'feed_id': feed_id(post),
        'title': version.title,
        'standfirst': version.standfirst,
        'references': version.references,
        'language': version.language,
        'published_at': written(post.published_at),
        'revised_at': written(post.revised_at),
        'archived_at': written(post.archived_at),
        'views': post.views,
        'interests': post.interests,
        'licence': post.licence,
        'featured': post.featured,
        'featured_place': post.featured_place if post.featured_place != UNPLACED else None,
        'featured_until': written(post.featured_until),
        'elsewhere_url': post.elsewhere_url,
        'elsewhere_on': written(post.elsewhere_on),
        'series': series.title if series else '',
        'corrections': [[written(one.at), one.note] for one in post.corrections.all() if one.printed],
        'byline': [_name(one) for one in post.bylines.all()],
        'former_addresses': list(former),
    }
    if version.lead_picture:
        said['lead'] = {
            'address': pictures.address(version.lead_picture),
            'alt': version.lead_alt,
            'caption': version.lead_caption,
            'credit': version.lead_credit,
            'decorative': version.lead_decorative,
        }
    return without_empty(said)


def without_empty(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value is not False and value not in ('', None, [])}


def _name(line: Byline) -> dict[str, Any]:
    plain = {
        name: getattr(line, name) for name in ('name', 'citation_name', 'role', 'affiliation', 'biography')
    }
    place = line.organisation
    return {
        **{name: value for name, value in plain.items() if value},
        **({'person': line.person.printed_name, 'login': line.person.slug} if line.person else {}),
        **(
            {
                'organisation': {
                    name: getattr(place, name) for name in ('name', 'short_name', 'website', 'slug')
                }
            }
            if place
            else {}
        ),
        **({'picture': pictures.address(line.picture)} if line.picture else {}),
    }


def written(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
