"""No page leads its reader to a refusal: where one may not follow, a name is no link."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve, reverse

from tests.addresses import ADMIN_MODELS, ROLES, TABLE
from tests.test_addresses import path_of, scene  # noqa: F401  # a fixture

LINK = re.compile(r'<a [^>]*?href="([^"#]+)')
# 'People' stands in the navigation of everybody, and tells who is no member how to become one.
LEAVE = {'account_logout', 'media', 'people'}
EACH = 3  # of one kind of page


def called(path: str) -> str:
    """The page that stands there, by its name among the addresses."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


def readable(role: str, scene: dict) -> list[str]:  # noqa: F811
    """What the two tables let this role read."""
    found = [path_of(name, scene) for name, row in TABLE.items() if row['GET'][ROLES.index(role)] == 200]
    for model, rights in ADMIN_MODELS.items():
        if 'view' in rights.get(role, ()):
            found.append(reverse(f'admin:{model}_changelist'))
            if model in scene['rows']:
                found.append(reverse(f'admin:{model}_change', args=[scene['rows'][model].pk]))
    return found


@pytest.mark.parametrize('role', ['visitor', 'author', 'editor', 'secretary', 'administrator'])
def test_no_page_leads_its_reader_to_a_refusal(role, scene):  # noqa: F811
    client = scene['clients'][role]
    leads: dict[str, dict[str, str]] = {}
    for page in readable(role, scene):
        answer = client.get(page, follow=True)
        if answer.headers.get('Content-Type', '').startswith('text/html'):
            for address in LINK.findall(answer.content.decode()):
                target = urlsplit(urljoin(page, address))
                if not target.scheme and not target.netloc:
                    leads.setdefault(called(target.path), {}).setdefault(target.path, page)
    refused = {}
    for name, targets in leads.items():
        for target, page in [*targets.items()][: 0 if name in LEAVE else EACH]:
            code = client.get(target).status_code
            if code >= 400:
                refused[target] = (code, page)

    assert len(leads) > 15
    assert refused == {}
