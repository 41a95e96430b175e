"""RSS 2.0 and Atom: what a site offers its readers, of which it is the newest at best."""

import html
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element, tostring  # noqa: S405  # only what was parsed safely

from blog.importing import dates
from blog.importing.from_wordpress import host_of
from blog.importing.reading import FeedPart, children_of, line_of, parts, short, words_of
from blog.importing.records import Former, FormerName, FormerPicture, FormerPost
from blog.importing.repairing import Repairing

WIX = '/blog-feed.xml'
OWN = ('/feed/', '/feed/rss/', '/feed/rss2/', '/rss.xml', '/feed.xml', '/atom.xml', WIX)


def posts(source: Repairing, former: Former, zone: Any) -> Iterator[FormerPost]:
    """Fills `former` too, with what the feed says of itself."""
    base = ''
    former.feeds = list(OWN)
    for part in parts(source):
        if part.tag in ('link', 'atom:link'):
            base = _about_itself(part, former) or base
        elif part.tag == 'item':
            yield _of_rss(part.element, former, zone)
        elif part.tag == 'atom:entry':
            yield _of_atom(part.element, former, zone, base)


def _about_itself(part: FeedPart, former: Former) -> str:
    address = (part.element.get('href') or part.element.text or '').strip()
    if part.element.get('rel') == 'self':
        path = urlsplit(address)
        if path.path.strip('/') or path.query:
            former.feeds.append(path.path + (f'?{path.query}' if path.query else ''))
        return ''
    if not former.site and part.element.get('rel', 'alternate') == 'alternate':
        former.site = host_of(address)
    return address


def _of_rss(element: Element, former: Former, zone: Any) -> FormerPost:
    guid = line_of(element, 'guid')
    link = line_of(element, 'link') or (guid if guid.startswith('http') else '')
    whole, summary = words_of(element, 'content:encoded'), words_of(element, 'description')
    name = line_of(element, 'dc:creator') or _named_in_letter(line_of(element, 'author'))
    published = dates.of_letter(line_of(element, 'pubDate')) or dates.of_feed(
        line_of(element, 'dc:date'), zone
    )
    return _record(
        former,
        guid,
        link,
        zone,
        published,
        title=dates.plain(words_of(element, 'title')),
        standfirst=dates.plain(summary) if whole.strip() else '',
        body=whole if whole.strip() else summary,
        names=[FormerName(name)] if name else [],
        tags=[dates.plain(one.text or '') for one in children_of(element, 'category')],
        lead=_enclosed(element),
        language=line_of(element, 'dc:language'),
    )


def _of_atom(element: Element, former: Former, zone: Any, base: str) -> FormerPost:
    links = children_of(element, 'atom:link')
    own = next((one for one in links if one.get('rel', 'alternate') == 'alternate'), None)
    link = urljoin(base, own.get('href', '')) if own is not None else ''
    content, summary = _written(element, 'atom:content'), _written(element, 'atom:summary')
    published = dates.of_feed(line_of(element, 'atom:published') or line_of(element, 'atom:updated'), zone)
    return _record(
        former,
        line_of(element, 'atom:id'),
        link,
        zone,
        published,
        title=dates.plain(_written(element, 'atom:title')),
        standfirst=dates.plain(summary) if content else '',
        body=content or summary,
        names=[
            FormerName(line_of(one, 'atom:name'))
            for one in children_of(element, 'atom:author')
            if line_of(one, 'atom:name')
        ],
        tags=[one.get('label') or one.get('term', '') for one in children_of(element, 'atom:category')],
        language=element.get('{http://www.w3.org/XML/1998/namespace}lang', ''),
    )


def _record(
    former: Former, guid: str, link: str, zone: Any, published: datetime | None, **said: Any
) -> FormerPost:
    said['tags'] = list(dict.fromkeys(filter(None, said['tags'])))
    record = FormerPost(
        site=former.site or host_of(link or guid),
        own_id=guid or link or said['title'],
        addresses=[*filter(None, [link, guid if guid.startswith('http') and guid != link else ''])],
        slug=unquote(urlsplit(link).path.rstrip('/').rpartition('/')[2]),
        published_at=published or dates.of_address(link, zone),
        feed_id=guid,
        **said,
    )
    if record.published_at and not published:
        record.notes.append('no date there; taken from its address')
    return record


def _named_in_letter(text: str) -> str:
    """RSS has 'ann@example.org (Ann Lee)' here, if it keeps to the rules."""
    if text.endswith(')') and '(' in text:
        return text[text.rindex('(') + 1 : -1].strip()
    return '' if '@' in text else text


def _written(element: Element, tag: str) -> str:
    """HTML of one of Atom's three ways of writing it."""
    found = next(iter(children_of(element, tag)), None)
    if found is None:
        return ''
    kind = found.get('type', 'text')
    if kind == 'xhtml':
        for one in found.iter():
            one.tag = short(one.tag).rpartition(':')[2]
        return ''.join(tostring(one, encoding='unicode') for one in found)
    text = found.text or ''
    return text if kind in ('html', 'text/html') else html.escape(text, quote=False)


def _enclosed(element: Element) -> FormerPicture | None:
    for one in [*children_of(element, 'enclosure'), *children_of(element, 'media:content')]:
        if (one.get('type') or one.get('medium') or '').startswith('image') and one.get('url'):
            return FormerPicture(one.get('url', ''))
    return None
