"""Forms that were refused, ours and packages' alike: said in the title, summed up at the top, named at the field."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from blog.models import State
from tests.addresses import ADMIN_MODELS, TABLE
from tests.conftest import PASSWORD, make_person, make_submission
from tests.test_addresses import path_of, scene  # noqa: F401  # a fixture

SUMMARY = re.compile(r'class="errors[ "]|class="errornote"')
FOCUS = re.compile(r'<div class="errors[^"]*"[^>]*\bautofocus\b')


def title_of(page: str) -> str:
    return re.search(r'<title>\s*(.*?)\s*</title>', page, re.DOTALL)[1]


def faults(answer) -> list[str]:
    """What a page of a refused form lacks."""
    page = answer.text
    refused = SUMMARY.search(page) or 'class="error" id=' in page
    if not refused:
        return []
    found = []
    if 'This field is required' in page:
        found.append('Django’s own words for what is missing')
    if not title_of(page).startswith('Error:'):
        found.append(f'title: {title_of(page)}')
    if not SUMMARY.search(page):
        found.append('no summary')
    if 'class="errors' in page and not FOCUS.search(page):
        found.append('no focus')
    targets = re.findall(r'<li><a href="#([^"]+)">', page)
    return found + [f'a link to nowhere: {target}' for target in targets if f'id="{target}"' not in page]


@pytest.mark.parametrize('role', ['visitor', 'author', 'editor', 'administrator'])
def test_every_form_of_the_site_that_is_refused_says_so(scene, role):  # noqa: F811
    client = scene['clients'][role]
    paths = {name: path_of(name, scene) for name in TABLE if name not in ('account_logout', 'styles')}
    if role == 'administrator':
        paths = {
            model: reverse(f'admin:{model}_add')
            for model, roles in ADMIN_MODELS.items()
            if 'add' in roles.get(role, ())
        }
    found, refused = {}, 0
    for name, path in paths.items():
        answer = client.post(path)
        if answer.headers.get('Content-Type', '').startswith('text/html'):
            refused += bool(SUMMARY.search(answer.text))
            if missing := faults(answer):
                found[name] = missing

    assert found == {}
    assert refused >= {'visitor': 3, 'author': 5, 'editor': 3, 'administrator': 5}[role]


def test_forms_behind_the_password_do_too(society, chief):
    person = make_person()
    client = Client()
    client.post(reverse('account_login'), {'login': person.email, 'password': PASSWORD})
    asked = [client.post(reverse('account_reauthenticate'))]
    client.post(reverse('account_reauthenticate'), {'password': PASSWORD})
    asked += [
        client.post(reverse(name), form)
        for name, form in (
            ('mfa_activate_totp', {}),
            ('account_email', {'action_add': '', 'email': 'x'}),
            ('account_change_password', {}),
        )
    ]
    second = Client()
    second.post(reverse('account_login'), {'login': chief.email, 'password': PASSWORD})
    asked.append(second.post(reverse('mfa_authenticate'), {'code': ''}))
    new = Client()
    new.post(
        reverse('account_signup'),
        {
            'name': 'N',
            'email': 'n@people.example',
            'password1': 'a careful change',
            'password2': 'a careful change',
        },
    )
    asked.append(new.post(reverse('account_email_verification_sent'), {'code': 'x'}))

    assert [bool(SUMMARY.search(answer.text)) for answer in asked] == [True] * 6
    assert [faults(answer) for answer in asked] == [[]] * 6


def test_what_the_admin_requires_is_said_in_words(administrator, signed_in):
    page = signed_in(administrator).get(reverse('admin:members_person_add')).text

    assert re.search(
        r'<label[^>]*class="required"[^>]*>Name as printed:\s*<span class="hint">\(required\)</span></label>',
        page,
    )
    assert not re.search(r'<label[^>]*>ORCID:\s*<span', page)


def test_browsers_are_told_what_they_know_of_somebody(author, coauthor, society, signed_in):
    submission = make_submission(author, State.DRAFTING, coauthors=(coauthor,))
    client = signed_in(author)
    profile = client.get(reverse('profile')).text
    byline = client.get(reverse('submission_byline', args=[submission.pk])).text

    def known(page: str, name: str) -> str:
        field = re.search(rf'<(?:input|select)[^>]*name="{name}"[^>]*>', page)[0]
        return re.search(r'autocomplete="([^"]*)"', field)[1]

    mine, theirs = (submission.authorships.get(person=one).pk for one in (author, coauthor))
    assert [known(profile, name) for name in ('title', 'name', 'given_names', 'family_name', 'website')] == [
        *('honorific-prefix', 'name', 'given-name', 'family-name', 'url'),
    ]
    assert known(byline, f'name-{mine}-name') == 'name'
    assert known(byline, f'name-{mine}-role') == 'organization-title'
    assert known(byline, f'name-{theirs}-name') == 'off'
    assert known(byline, 'new-email') == 'off'
