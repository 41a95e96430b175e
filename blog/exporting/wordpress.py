"""WordPress's export (WXR 1.2) of what is public, written as it is read from the database."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape

from django.contrib.contenttypes.models import ContentType

from blog.exporting.around import around, former_of, tags_in_print
from blog.exporting.facts import facts_of
from blog.given_out.feed_formats import printable
from blog.given_out.feed_ids import feed_id
from blog.models import Post
from ukis import addresses, markup
from ukis.pictures import address, focus
from ukis.pictures.models import Picture
from ukis.society.models import Society

AT_ONCE = 200
# Rows of pictures, which are posts of their own there, have numbers above those of posts.
ABOVE = 1_000_000_000
_IMAGE = re.compile(r'(<img [^>]*?src=")(/media/)')

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/" xmlns:ukis="urn:uuid:5d1f2c3e-8a47-4b7e-9d0c-6f3a1b2e4c58">
<channel>
"""


def write(
    site_url: str, *, notices: bool = False, shows: Callable[[str], None] = lambda name: None
) -> Iterator[str]:
    """Piece by piece, the whole of it. `site_url`: with scheme and host, without a slash at the end.
    `notices`: the home page's of today and to come too. `shows`: hears of each picture's file."""
    society = Society.get()
    yield HEAD
    yield from _lines(
        ('title', society.name), ('link', site_url), ('language', 'en-GB'), ('wp:wxr_version', '1.2')
    )
    yield from _lines(('wp:base_site_url', site_url), ('wp:base_blog_url', site_url))
    yield from _authors()
    yield from _tags()
    shown: set[str] = set()
    for kind, said, hashes in around(notices=notices):
        shown |= set(hashes)
        yield _said(kind, said)
    last = 0
    while posts := _posts_after(last):
        former = former_of(ContentType.objects.get_for_model(Post), posts)
        for post in posts:
            yield from _item(post, site_url, [path for path, _ in former.get(post.pk, [])])
            shown |= _pictures_of(post)
        last = posts[-1].pk
    for start in range(0, len(shown), AT_ONCE):
        for picture in Picture.objects.filter(hash__in=sorted(shown)[start : start + AT_ONCE]):
            if (place := focus.place_of(picture)) != focus.MIDDLE:
                yield _said('picture', {'address': address(picture), 'x': place.x, 'y': place.y})
            yield from _attachment(picture, site_url)
            shows(str(picture.file.name))
    yield '</channel>\n</rss>\n'


def _said(kind: str, said: Mapping[str, Any]) -> str:
    return f'<ukis:said kind="{kind}">{_cdata(json.dumps(said, ensure_ascii=False))}</ukis:said>\n'


def _posts_after(key: int) -> list[Post]:
    rows = Post.objects.at_its_address().filter(pk__gt=key).order_by('pk')
    with_all = rows.select_related('version__lead_picture', 'submission__series').prefetch_related(
        'bylines__person',
        'bylines__organisation',
        'bylines__picture',
        'corrections',
        'tags',  # type: ignore[misc]  # taggit has no types
    )
    return list(with_all[:AT_ONCE])


def _authors() -> Iterator[str]:
    names: dict[str, str] = {}
    rows = Post.objects.at_its_address().filter(bylines__isnull=False).order_by()
    for slug, name in rows.values_list('bylines__person__slug', 'bylines__name').distinct():
        names.setdefault(slug or addresses.spell(name) or 'author', name)
    for number, (login, name) in enumerate(sorted(names.items()), 1):
        yield '<wp:author>\n'
        yield from _lines(
            ('wp:author_id', str(number)), ('wp:author_login', login), ('wp:author_display_name', name)
        )
        yield '</wp:author>\n'


def _tags() -> Iterator[str]:
    for tag in tags_in_print().order_by('slug').iterator(AT_ONCE):
        yield '<wp:tag>\n'
        yield from _lines(
            ('wp:term_id', str(tag.pk)),
            ('wp:tag_slug', tag.slug),
            ('wp:tag_name', tag.name),
            ('wp:tag_description', tag.description),
        )
        yield '</wp:tag>\n'


def _item(post: Post, site_url: str, former: list[str]) -> Iterator[str]:
    version = post.version
    assert version is not None, 'what is public has words'
    assert post.published_at is not None, 'and a date'
    lines = list(post.bylines.all())
    login = (lines[0].person.slug if lines[0].person else addresses.spell(lines[0].name)) if lines else ''
    yield '<item>\n'
    yield from _lines(
        ('title', version.title),
        ('link', site_url + post.get_absolute_url()),
        ('pubDate', format_datetime(post.published_at.astimezone(UTC))),
        ('dc:creator', login),
    )
    yield f'<guid isPermaLink="false">{escape(feed_id(post))}</guid>\n'
    yield from _lines(
        ('content:encoded', _IMAGE.sub(rf'\1{site_url}\2', version.body)),
        ('excerpt:encoded', version.standfirst),
        ('wp:post_id', str(post.pk)),
        ('wp:post_date', _clock(post.published_at)),
        ('wp:post_date_gmt', _clock(post.published_at)),
        ('wp:post_modified_gmt', _clock(post.changed_at)),
        ('wp:post_name', post.slug),
        ('wp:status', 'publish'),
        ('wp:post_type', 'post'),
    )
    for tag in sorted(post.tags.all(), key=lambda tag: tag.slug):
        yield f'<category domain="post_tag" nicename="{tag.slug}">{_cdata(tag.name)}</category>\n'
    if version.lead_picture:
        yield from _meta('_thumbnail_id', str(ABOVE + version.lead_picture.pk))
    yield from _meta('_ukis_post', json.dumps(facts_of(post, former), ensure_ascii=False))
    yield '</item>\n'


def _attachment(picture: Picture, site_url: str) -> Iterator[str]:
    where = f'{site_url}/media/{picture.file.name}'
    yield '<item>\n'
    yield from _lines(
        ('title', str(picture.file.name).rpartition('/')[2]),
        ('link', where),
        ('guid', where),
        ('wp:post_id', str(ABOVE + picture.pk)),
        ('wp:post_date_gmt', _clock(picture.made_at)),
        ('wp:status', 'inherit'),
        ('wp:post_type', 'attachment'),
        ('wp:attachment_url', where),
    )
    yield '</item>\n'


def _pictures_of(post: Post) -> set[str]:
    version = post.version
    assert version is not None, 'asked of a post in print'
    lead = {version.lead_picture.hash} if version.lead_picture else set()
    lead |= {line.picture.hash for line in post.bylines.all() if line.picture}
    return lead | set(markup.picture_hashes(version.body)) | set(markup.picture_hashes(version.references))


def _meta(key: str, value: str) -> Iterator[str]:
    yield '<wp:postmeta>\n'
    yield from _lines(('wp:meta_key', key), ('wp:meta_value', value))
    yield '</wp:postmeta>\n'


def _lines(*fields: tuple[str, str]) -> Iterator[str]:
    for name, value in fields:
        yield f'<{name}>{_cdata(value)}</{name}>\n'


def _cdata(text: str) -> str:
    clean = printable(text)
    if not re.search('[<>&]', clean):
        return clean
    return f'<![CDATA[{clean.replace("]]>", "]]]]><![CDATA[>")}]]>'


def _clock(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime('%Y-%m-%d %H:%M:%S')
