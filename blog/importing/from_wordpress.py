"""WordPress's own export (WXR), of any version; and ours, which says more in fields of its own (`_ukis_…`)."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element  # noqa: S405  # only what was parsed safely

from blog.importing import dates
from blog.importing.reading import children_of, line_of, parts, words_of
from blog.importing.records import Former, FormerName, FormerPicture, FormerPost
from blog.importing.repairing import Repairing

OURS = '_ukis_'
_OFTEN = (
    'nav_menu_item',
    'revision',
    'custom_css',
    'customize_changeset',
    'wp_global_styles',
    'wp_navigation',
)
STATUS = {
    'publish': 'public',
    'draft': 'draft',
    'auto-draft': 'draft',
    'pending': 'waiting for review there',
    'private': 'private',
    'future': 'not out yet there',
    'trash': 'in the bin there',
}


def gather(source: Repairing, former: Former, seen: Callable[[float], None] | None = None) -> None:
    """All but the texts: what they point to may stand behind them."""
    former.feeds = ['/feed/', '/feed/rss2/', '/?feed=rss2', '/feed/atom/', '/?feed=atom']
    for part in parts(source, seen):
        if part.tag in ('link', 'wp:base_site_url', 'wp:base_blog_url'):
            former.site = site_of(part.element.text or '') or former.site
        elif part.tag == 'wp:author':
            _author(part.element, former)
        elif part.tag in ('wp:category', 'wp:tag', 'wp:term'):
            _term(part.element, former)
        elif part.tag == 'ukis:said':
            _said(part.element, former)
        elif part.tag == 'item':
            kind = line_of(part.element, 'wp:post_type')
            former.is_ours = former.is_ours or bool(_facts(_meta(part.element)))
            if kind == 'attachment':
                _picture(part.element, former)
            elif kind not in ('', 'post') and kind not in _OFTEN:
                former.others[kind] += 1


def posts(
    source: Repairing, former: Former, zone: Any, seen: Callable[[float], None] | None = None
) -> Iterator[FormerPost]:
    for part in parts(source, seen):
        if part.tag == 'item' and line_of(part.element, 'wp:post_type') in ('', 'post'):
            yield _post(part.element, former, zone)


def host_of(address: str) -> str:
    return (urlsplit(address.strip()).hostname or '').removeprefix('www.')


def site_of(address: str) -> str:
    """The name of the machine, and the folder where there is one: what its own numbers belong to."""
    return (host_of(address) + urlsplit(address.strip()).path.rstrip('/'))[:120]


def _author(element: Element, former: Former) -> None:
    login = line_of(element, 'wp:author_login')
    parts_of = [line_of(element, f'wp:author_{name}') for name in ('first_name', 'last_name')]
    name = line_of(element, 'wp:author_display_name') or ' '.join(filter(None, parts_of)) or login
    former.authors[login] = FormerName(name, line_of(element, 'wp:author_email').lower(), login)


def _term(element: Element, former: Former) -> None:
    kind = line_of(element, 'wp:term_taxonomy') or (
        'category' if element.tag.endswith('category') else 'post_tag'
    )
    if kind not in ('category', 'post_tag'):
        return
    names = ('wp:cat_name', 'wp:tag_name', 'wp:term_name')
    slugs = ('wp:category_nicename', 'wp:tag_slug', 'wp:term_slug')
    told = ('wp:category_description', 'wp:tag_description', 'wp:term_description')
    name, slug, description = (
        next(filter(None, (line_of(element, tag) for tag in tags)), '') for tags in (names, slugs, told)
    )
    if name and slug:
        former.terms[f'/{"category" if kind == "category" else "tag"}/{slug}/'] = dates.plain(name)
    if name and description:
        former.described[dates.plain(name)] = dates.plain(description)


def _picture(element: Element, former: Former) -> None:
    meta = _meta(element)
    former.pictures[line_of(element, 'wp:post_id')] = FormerPicture(
        address=line_of(element, 'wp:attachment_url') or line_of(element, 'guid'),
        alt=meta.get('_wp_attachment_image_alt', ''),
        caption=dates.plain(words_of(element, 'excerpt:encoded')),
        parent=line_of(element, 'wp:post_parent').strip('0'),
    )


def _post(element: Element, former: Former, zone: Any) -> FormerPost:
    meta = _meta(element)
    facts = _facts(meta)
    number, link, guid = (line_of(element, tag) for tag in ('wp:post_id', 'link', 'guid'))
    site = former.site or site_of(link or guid)
    status = STATUS.get(line_of(element, 'wp:status') or 'publish', 'of a status that is not known')
    if words_of(element, 'wp:post_password'):
        status = 'protected by a password'
    notes: list[str] = []
    record = FormerPost(
        site=site,
        own_id=guid or (f'post {number}' if number else link),
        title=_fact(facts, 'title') or dates.plain(words_of(element, 'title')),
        standfirst=_fact(facts, 'standfirst') or dates.plain(words_of(element, 'excerpt:encoded')),
        body=words_of(element, 'content:encoded'),
        is_written=not facts,
        names=_names(element, former),
        published_at=(
            dates.of_feed(_fact(facts, 'published_at'), dates.UTC) or _moment(element, zone, link, notes)
        )
        if status == 'public'
        else None,
        tags=_tags(element),
        addresses=[*filter(None, [link, guid if guid.startswith('http') else ''])],
        slug=unquote(line_of(element, 'wp:post_name')),
        status=status,
        feed_id=_fact(facts, 'feed_id') or guid,
        language=_fact(facts, 'language'),
        number=number,
        lead=_lead(meta, former, facts),
        comments=_comments(element),
        facts=facts,
        notes=notes,
    )
    if number.isdigit() and not facts:
        record.addresses += [f'https://{site}/?p={number}', f'https://{site}/?page_id={number}']
    record.addresses += [
        old if '://' in old else f'https://{site}{old}' for old in facts.get('former_addresses', [])
    ]
    return record


def _moment(element: Element, zone: Any, link: str, notes: list[str]) -> datetime | None:
    """GMT, else the date of the feed with its zone, else the clock that hung there; `0000-00-00` is none."""
    found = (
        dates.of_database(line_of(element, 'wp:post_date_gmt'), dates.UTC)
        or dates.of_letter(line_of(element, 'pubDate'))
        or dates.of_database(line_of(element, 'wp:post_date'), zone)
    )
    if found:
        return found
    notes.append('no date there; taken from its address, or from when it was last changed')
    return dates.of_address(link, zone) or dates.of_database(
        line_of(element, 'wp:post_modified_gmt'), dates.UTC
    )


def _names(element: Element, former: Former) -> list[FormerName]:
    """Those of a plug-in for several authors, where there are some, else the one who filed it."""
    several = [one for one in children_of(element, 'category') if one.get('domain') == 'author']
    if several:
        return [
            former.authors.get((one.get('nicename') or '').removeprefix('cap-'))
            or FormerName(dates.plain(one.text or ''), login=(one.get('nicename') or '').removeprefix('cap-'))
            for one in several
        ]
    login = line_of(element, 'dc:creator')
    return [former.authors.get(login) or FormerName(login, login=login)] if login else []


def _tags(element: Element) -> list[str]:
    found = [
        dates.plain(one.text or '')
        for one in children_of(element, 'category')
        if one.get('domain') in ('category', 'post_tag') and one.get('nicename') != 'uncategorized'
    ]
    return list(dict.fromkeys(filter(None, found)))


def _comments(element: Element) -> int:
    return sum(one.get('kind') not in ('pingback', 'trackback') for one in children_of(element, 'wp:comment'))


def _meta(element: Element) -> dict[str, str]:
    return {
        line_of(one, 'wp:meta_key'): words_of(one, 'wp:meta_value')
        for one in children_of(element, 'wp:postmeta')
    }


# What names one of a kind that our own export says.
_NAMED_BY = {
    'person': 'slug',
    'taken down': 'slug',
    'page': 'address',
    'tag': 'name',
    'organisation': 'name',
    'series': 'title',
}


def _said(element: Element, former: Former) -> None:
    kind, said = element.get('kind', ''), _values(element.text or '')
    of_kind = former.said.setdefault(kind, {})
    of_kind[str(said.get(_NAMED_BY.get(kind, ''), len(of_kind)))] = said
    if kind == 'tag' and said.get('description'):  # as it is: what WordPress says of a tag is HTML
        former.described[str(said.get('name', ''))] = str(said['description'])
    former.is_ours = True


def _facts(meta: dict[str, str]) -> dict[str, Any]:
    """What our own export wrote."""
    return _values(meta.get(f'{OURS}post', '') or '{}')


def _values(written: str) -> dict[str, Any]:
    try:
        found = json.loads(written)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _fact(facts: dict[str, Any], name: str) -> str:
    return str(facts.get(name) or '')


def _lead(meta: dict[str, str], former: Former, facts: dict[str, Any]) -> FormerPicture | None:
    if isinstance(given := facts.get('lead'), dict):
        return FormerPicture(**{name: given.get(name, '') for name in ('address', 'alt', 'caption', 'credit')},
                             decorative=bool(given.get('decorative')))  # fmt: skip
    return former.pictures.get(meta.get('_thumbnail_id', ''))
