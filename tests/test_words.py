"""The house's words on every page, packages' pages and the admin included: one thing has one name."""

import re
from pathlib import Path

import allauth
import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from tests.addresses import ADMIN_MODELS, TABLE
from tests.conftest import PASSWORD, make_person
from tests.test_addresses import path_of, scene  # noqa: F401  # a fixture

NOT_OURS = re.compile(
    r'log(?:ged|ging)?[ -]?(?:in|out)\b|\blog-?ins?\b|\be-mails?\b|sign-?ups?\b|\bsessions?\b|'
    r'two-factor|authenticat(?:e|ion)\b|\bverify\b|\bhost\b|successfully|please correct|deactivate|'
    r'testserver|example\.com',
    re.IGNORECASE,
)


def shown(page: str) -> str:
    """The words that somebody reads, in the title and in names for those who hear it too."""
    page = re.sub(r'<(script|style)\b.*?</\1>', ' ', page, flags=re.DOTALL)
    named = re.findall(
        r'(?:aria-label|alt|placeholder|title)="([^"]*)"|<input[^>]*type="submit"[^>]*value="([^"]*)"', page
    )
    named += [(value, '') for value in re.findall(r'value="([^"]*)"[^>]*type="submit"', page)]
    return re.sub(r'<[^>]+>', ' ', page) + ' '.join(map(' '.join, named))


def wrong(page: str) -> list[str]:
    return sorted({found[0] for found in NOT_OURS.finditer(shown(page))})


def pages(client: Client, paths: dict[str, str], **form) -> dict[str, list[str]]:
    """What is not ours on each page, as it is opened and, where it takes a form, as an empty one comes back."""
    found = {}
    for name, path in paths.items():
        for method in (client.get, client.post):
            answer = method(path)
            if answer.headers.get('Content-Type', '').startswith('text/html') and (
                words := wrong(answer.text)
            ):
                found[name, method.__name__] = words
    return found


ACCOUNTS = [name for name in TABLE if name.startswith(('account', 'mfa_', 'usersessions'))]


@pytest.mark.parametrize('role', ['visitor', 'author', 'editor'])
def test_account_pages_speak_the_houses_words(scene, role):  # noqa: F811
    paths = {name: path_of(name, scene) for name in ACCOUNTS if name != 'account_logout'}

    assert pages(scene['clients'][role], paths) == {}


def test_pages_that_ask_for_the_password_first_speak_them_too(society):
    person = make_person()
    client = Client()
    client.post(reverse('account_login'), {'login': person.email, 'password': PASSWORD})
    client.post(reverse('account_reauthenticate'), {'password': PASSWORD})
    names = [
        *('mfa_activate_totp', 'mfa_add_webauthn', 'account_change_password', 'account_email'),
        *('account_set_password', 'mfa_index', 'usersessions_list', 'mfa_list_webauthn', 'account_logout'),
    ]
    for name in names:
        assert wrong(client.get(reverse(name)).text) == [], name
    client.post(reverse('account_email'), {'action_add': '', 'email': 'other@people.example'})
    for name in ('account_email_verification_sent', 'account_email'):
        assert wrong(client.get(reverse(name)).text) == [], name


def test_pages_of_a_second_factor_speak_them_too(society, chief):
    client = Client()
    client.post(reverse('account_login'), {'login': chief.email, 'password': PASSWORD})
    assert wrong(client.get(reverse('mfa_authenticate')).text) == []
    assert wrong(client.post(reverse('mfa_authenticate'), {'code': '000000'}).text) == []

    client.force_login(chief)
    for name in (
        'mfa_reauthenticate',
        'account_reauthenticate',
        'mfa_deactivate_totp',
        'mfa_generate_recovery_codes',
    ):
        assert wrong(client.get(reverse(name), follow=True).text) == [], name


def test_the_admin_speaks_them(scene, administrator):  # noqa: F811
    client = scene['clients']['administrator']
    paths = {'index': reverse('admin:index')}
    for model in ADMIN_MODELS:
        paths[model] = reverse(f'admin:{model}_changelist')
        if thing := scene['rows'].get(model):
            for action in ('change', 'history', 'delete'):
                paths[model, action] = reverse(f'admin:{model}_{action}', args=[thing.pk])
        paths[model, 'add'] = reverse(f'admin:{model}_add')
    found = {}
    for name, path in paths.items():
        page = client.get(path, follow=True).text
        # What a row holds is its writer's: words in a table's cells and in fields are left out.
        page = re.sub(
            r'<(td|textarea|select|th scope="row"|th class="field)\b.*?</\w+>', ' ', page, flags=re.DOTALL
        )
        if words := wrong(page):
            found[name] = words

    assert found == {}


def package_texts(kind: str) -> list[str]:
    """Names of templates of letters and messages that allauth brings; each must be one of ours."""
    root = Path(allauth.__path__[0]) / 'templates'
    return [
        str(path.relative_to(root))
        for path in root.rglob(f'{kind}/*.txt')
        if path.relative_to(root).parts[0] in ('account', 'mfa', 'usersessions')
    ]


# Of ways to sign in that are off.
UNUSED = re.compile(r'phone|password_reset_code|email_confirm_|base_message')


@pytest.mark.parametrize('name', [*package_texts('email'), *package_texts('messages')])
def test_every_letter_and_message_of_the_package_is_in_our_words(db, name):
    if UNUSED.search(name):
        return
    template = engines['django'].get_template(name)

    assert 'site-packages' not in template.origin.name
    given = {
        'email': 'x@people.example',
        'society': {'name': 'The Society'},
        'code': 'ABCD-EFGH',
        'recipient': 'x@people.example',
    }
    assert wrong(render_to_string(name, given)) == []
