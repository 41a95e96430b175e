"""Pages that nobody comes to by an address alone: forms that were refused, links that are spent, and what the roles
see that are walked nowhere else. Each as Django's client was answered, in the site's own clothes, and each kind once."""

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, Route

from members.models import Person
from tests.addresses import ADMIN_MODELS, ROLES, TABLE
from tests.browser.test_pages import NO_PAGES
from tests.test_addresses import path_of, scene  # noqa: F401  # a fixture
from tests.test_private_links import become_of, cases, undone  # noqa: F401  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]

SENDS = ('visitor', 'author', 'editor', 'secretary')  # who meets each of the refusals
READS = ('stranger', 'coauthor', 'chief', 'one_factor')  # whom `test_pages` does not walk
BECOME = ('good', 'anothers', 'used', 'withdrawn', 'expired')
REFUSED = (200, 409, 422)
ERRORS = [('people', 'GET', 'visitor'), ('home', 'POST', 'visitor'), ('contacts', 'GET', 'stranger')]

TAG = re.compile(r'<([a-z][\w-]*)((?:\s[^<>]*)?)>')
BUILT_OF = re.compile(r'\b(?:class|role|type)="[^"]*"|\b(?:hidden|aria-[a-z]+)\b')


def build(text: str) -> frozenset:
    """What a page is built of: pages with the same parts show the same faults."""
    return frozenset((tag, *sorted(BUILT_OF.findall(rest))) for tag, rest in TAG.findall(text))


def text_of(answer: HttpResponse) -> str:
    is_page = answer.headers.get('Content-Type', '').startswith('text/html') and not answer.streaming
    return answer.text if is_page and answer.status_code < 500 else ''


def asked(scene: dict, path: str, method: str, role: str) -> str:  # noqa: F811
    cache.clear()
    client = scene['clients'][role]
    with undone():
        return text_of(getattr(client, method.lower())(path))


def refused_or_seen_by_few(scene: dict) -> Iterator[tuple[str, str]]:  # noqa: F811
    for name, row in TABLE.items():
        if name in NO_PAGES or ('feed' in name and not name.endswith('_about')):
            continue
        path = path_of(name, scene)
        for role in SENDS:
            if row.get('POST', row['OTHER'])[ROLES.index(role)] in REFUSED:
                yield f'{role} sends {name}', asked(scene, path, 'POST', role)
        if set(row['GET']) != {200}:  # what everybody reads is walked
            yield from seen_by_few(scene, name, path)
    for name, method, role in ERRORS:
        yield f'{role} is refused {name}', asked(scene, path_of(name, scene), method, role)
    for model, rights in ADMIN_MODELS.items():
        for role in [one for one in ('secretary', 'administrator') if 'add' in rights.get(one, ())][:1]:
            path = reverse(f'admin:{model}_add')
            yield f'{role} adds to {model}', asked(scene, path, 'POST', role)


def seen_by_few(scene: dict, name: str, path: str) -> Iterator[tuple[str, str]]:  # noqa: F811
    known: set[frozenset] = set()
    for role in READS:
        if TABLE[name]['GET'][ROLES.index(role)] == 200:
            walked = ('author', 'editor', 'administrator')
            known = known or {build(asked(scene, path, 'GET', other)) for other in walked}
            if build(page := asked(scene, path, 'GET', role)) not in known:
                yield f'{role} reads {name}', page


def of_links(cases: dict, signed_in: Callable[[Person], Client]) -> Iterator[tuple[str, str]]:  # noqa: F811
    """As whoever is signed out finds them, and whom they are for."""
    for name, case in cases.items():
        for become in BECOME:
            with undone():
                address = become_of(name, case, become)
                for client in (Client(), signed_in(case.person)):
                    yield f'{name}, {become}', text_of(client.get(address))


def each_kind(pages: Iterator[tuple[str, str]]) -> dict[str, str]:
    kinds: dict[frozenset, tuple[str, str]] = {}
    with transaction.atomic():
        for label, text in pages:
            if text:
                kinds.setdefault(build(text), (label, text))
        transaction.set_rollback(True)
    return dict(kinds.values())


def complaints(page: Page, url: str, pages: dict[str, str]) -> list[str]:
    """On a narrow screen, where more can go wrong; the clothes come from the site, and nothing else does."""
    texts = list(pages.values())

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(url)
        if path.startswith('/shown/'):
            route.fulfill(
                body=texts[int(path.removeprefix('/shown/'))], content_type='text/html; charset=utf-8'
            )
        elif route.request.resource_type in ('stylesheet', 'font'):
            route.continue_()
        else:
            is_script = route.request.resource_type == 'script'
            route.fulfill(body='', content_type='text/javascript' if is_script else 'image/svg+xml')

    page.route('**/*', answer)
    page.set_viewport_size({'width': 320, 'height': 800})
    found = []
    for number, label in enumerate(pages):
        page.goto(f'{url}/shown/{number}')
        violations = Axe().run(page).response['violations']
        found += [f'{label}: {one["id"]} at {one["nodes"][0]["target"]}' for one in violations]
        wide = page.evaluate('document.documentElement.scrollWidth')
        if wide > 320:
            found.append(f'{label}: {wide} px wide')
    return found


def test_what_is_refused_and_what_few_see_leaves_nothing_to_complain_of(scene, opened, live_server):  # noqa: F811
    pages = each_kind(refused_or_seen_by_few(scene))

    assert len(pages) > 40
    assert complaints(opened(), live_server.url, pages) == []


def test_what_becomes_of_links_leaves_nothing_to_complain_of(cases, signed_in, opened, live_server):  # noqa: F811
    pages = each_kind(of_links(cases, signed_in))

    assert len(pages) > 15
    assert complaints(opened(), live_server.url, pages) == []
