"""A post, and an organisation, for machines: Open Graph, schema.org and the meta tags that reference managers read."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from blog import cards
from blog.given_out.cited_names import CitedName, is_organisation, of_line
from blog.models import Byline
from blog.post_page import PostPage
from members.models import Organisation
from ukis import days

# In a script element these three could end it or begin a comment.
_ESCAPED = {ord('<'): '\\u003c', ord('>'): '\\u003e', ord('&'): '\\u0026'}

# Of what is not in English: that it is stands in the page already.
_LOCALES = {'cy': 'cy_GB', 'gd': 'gd_GB', 'ga': 'ga_IE', 'sco': 'en_GB'}


@dataclass(frozen=True)
class Machine:
    """`url` is the page's own; `canonical` the first address of a submission that appeared elsewhere first."""

    url: str
    canonical: str
    open_graph: list[tuple[str, str]]
    references: list[tuple[str, str]]
    json_ld: SafeString


def of_post(post_page: PostPage, site_url: str) -> Machine:
    assert post_page.post is not None, 'only a post is described to machines'
    url = site_url + post_page.address
    card = site_url + reverse('post_card', args=[post_page.post.slug, cards.name(post_page)])
    return Machine(
        url=url,
        canonical=post_page.elsewhere_url or url,
        open_graph=_open_graph(post_page, url, card),
        references=_references(post_page),
        json_ld=as_script(_blog_posting(post_page, site_url, url, card)),
    )


def of_organisation(row: Organisation, site_url: str) -> SafeString:
    known = {
        'alternateName': row.short_name,
        'description': row.description,
        'sameAs': [
            address for address in (row.website, *(link.address for link in row.further_links)) if address
        ],
    }
    return as_script(
        {
            '@context': 'https://schema.org',
            '@type': 'Organization',
            'name': row.name,
            'url': site_url + row.get_absolute_url(),
            **{name: value for name, value in known.items() if value},
        }
    )


def as_script(data: dict[str, Any]) -> SafeString:
    return mark_safe(json.dumps(data, ensure_ascii=False, separators=(',', ':')).translate(_ESCAPED))


def _open_graph(post_page: PostPage, url: str, card: str) -> list[tuple[str, str]]:
    return [
        ('og:type', 'article'),
        ('og:site_name', post_page.society.name),
        ('og:title', post_page.title),
        ('og:description', post_page.description),
        ('og:url', url),
        *([('og:locale', _LOCALES[post_page.language])] if post_page.language in _LOCALES else []),
        ('og:image', card),
        ('og:image:type', cards.content_type(post_page)),
        ('og:image:width', str(cards.WIDTH)),
        ('og:image:height', str(cards.HEIGHT)),
        ('og:image:alt', cards.alt(post_page)),
    ]


def _references(post_page: PostPage) -> list[tuple[str, str]]:
    """Dublin Core, and what it is in Zotero's own word: by the tags that journals use (`citation_title`) it would be
    filed as an article of a journal, and an only author of four names as two. It would take a moment from Open Graph
    before the day, and has its address from there: in an identifier it looks for a DOI."""
    assert post_page.post is not None
    return [
        ('z:itemType', 'blogPost'),
        ('DC.title', post_page.title),
        *(('DC.creator', _as_creator(of_line(line))) for line in post_page.bylines),
        ('DC.date', post_page.post.published_on.isoformat()),
        ('DC.source', post_page.society.blog_name),
        ('DC.language', post_page.language),
    ]


def _as_creator(name: CitedName) -> str:
    """A comma parts the family's name from those given: with one at its end, and no other, a name stays whole."""
    if name.given:
        return name.turned
    return f'{name.family.replace(",", " –")},' if ' ' in name.family else name.family


def _moment(at: datetime) -> str:
    """As London's clocks have it: programs that cut the time off keep the right day."""
    return timezone.localtime(at, days.LONDON).isoformat(timespec='seconds')


def _blog_posting(post_page: PostPage, site_url: str, url: str, card: str) -> dict[str, Any]:
    assert post_page.published_at is not None
    return {
        '@context': 'https://schema.org',
        '@type': 'BlogPosting',
        'mainEntityOfPage': url,
        'headline': post_page.title,
        'description': post_page.description or post_page.title,
        'datePublished': _moment(post_page.published_at),
        'dateModified': _moment(post_page.revised_at or post_page.published_at),
        'inLanguage': post_page.language,
        'image': absolute(lead.url, site_url) if (lead := post_page.lead_picture) else card,
        'author': [_author(line, site_url) for line in post_page.bylines],
        'publisher': {'@type': 'Organization', 'name': post_page.society.name, 'url': f'{site_url}/'},
        'keywords': [tag.name for tag in post_page.tags],
        **({'isBasedOn': post_page.elsewhere_url} if post_page.elsewhere_url else {}),
    }


def _author(line: Byline, site_url: str) -> dict[str, Any]:
    at: dict[str, Any] = {}
    if line.affiliation:
        at = {'@type': 'Organization', 'name': line.affiliation}
        if line.organisation:
            at['url'] = site_url + line.organisation.get_absolute_url()
    if of_line(line).undivided:
        its = line.organisation if is_organisation(line) else None
        own = {'url': site_url + its.get_absolute_url()} if its else {}
        above = {'parentOrganization': at} if at and not own else {}
        return {'@type': 'Organization', 'name': line.name, **own, **above}
    author: dict[str, Any] = {'@type': 'Person', 'name': line.name}
    if line.role:
        author['jobTitle'] = line.role
    if at:
        author['affiliation'] = at
    if line.person:
        author['url'] = site_url + line.author_address
        if line.orcid:
            author['sameAs'] = f'https://orcid.org/{line.orcid}'
    return author


def absolute(address: str, site_url: str) -> str:
    """The store may already give whole addresses."""
    return address if '://' in address else site_url + address
