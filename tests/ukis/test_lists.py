"""Every list of the admin as a file: what is narrowed and searched, as it is shown, and no question more for more rows."""

import csv
import io

import pytest
from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import result_headers
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.text import capfirst

from members.models import Organisation
from tests.conftest import make_membership, make_organisation, make_person, make_seat
from tests.test_addresses import scene  # noqa: F401  # fixture
from ukis.tables import MARK

pytestmark = pytest.mark.django_db

PEOPLE = reverse('admin:members_person_changelist')
LISTS = sorted(
    f'admin:{model._meta.app_label}_{model._meta.model_name}_changelist'
    for model in admin.site._registry
    if model._meta.label not in ('ukis.Society', 'ukis.AccessibilityStatement')  # one row each
)


def rows_of(answer) -> list[list[str]]:
    text = b''.join(answer.streaming_content).decode()
    assert text.startswith(MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(MARK))))


def test_what_is_narrowed_and_searched_is_downloaded_as_it_is_shown(secretary, signed_in):
    make_person('Łucja Ŵyn', email='=l@people.example', nation='wales')
    make_person('Wes Wyn', email=None, nation='wales', is_active=False)
    make_person('Sal Wyn', nation='scotland')
    make_person('Wilma Other', nation='wales')
    client = signed_in(secretary)
    shown = client.get(PEOPLE, {'q': 'wyn', 'nation__exact': 'wales', 'o': '1', 'p': '1'})

    answer = client.get(PEOPLE, {'q': 'Ŵyn', 'nation__exact': 'wales', 'as': 'csv'})

    assert 'href="?q=wyn&amp;nation__exact=wales&amp;o=1&amp;as=csv"' in shown.text
    assert answer.headers['Content-Disposition'].startswith('attachment; filename="people 20')
    assert rows_of(answer) == [
        ['Name as printed', 'Email', 'Nation', 'May sign in', 'May open the admin'],
        ['Wes Wyn', '', 'Wales', 'no', 'no'],
        ['Łucja Ŵyn', "'=l@people.example", 'Wales', 'yes', 'no'],
    ]


def test_every_list_is_to_be_had_as_a_file(society, signed_in):
    client = signed_in(make_person(group='Administrator', is_superuser=True))
    for name in LISTS:
        shown = client.get(reverse(name))

        head, *_ = rows_of(client.get(reverse(name), {'as': 'csv'}))

        columns = [column['text'] for column in _headers(shown.context['cl'])]
        assert 'Download this list as CSV' in shown.text, name
        assert head == columns, name


def test_every_list_with_something_in_it_comes_whole(scene, administrator):  # noqa: F811
    client = scene['clients']['administrator']
    lengths = {}
    for name in LISTS:
        shown = client.get(reverse(name)).context['cl']
        lengths[name] = (shown.result_count, len(rows_of(client.get(reverse(name), {'as': 'csv'}))) - 1)

    assert {name: one for name, one in lengths.items() if one[0] != one[1]} == {}
    assert sum(count > 0 for count, _ in lengths.values()) > len(LISTS) * 2 // 3


def _headers(shown) -> list[dict]:
    found = [one | {'text': str(capfirst(one['text']))} for one in result_headers(shown)]
    return found[1:] if 'action_checkbox' in shown.list_display else found


def test_more_rows_are_asked_for_with_no_more_questions(secretary, signed_in):
    client = signed_in(secretary)
    client.get(PEOPLE)  # what is asked once and remembered
    asked = {}
    for count in (1, 5):
        while Organisation.objects.count() < count:
            member = make_organisation()
            make_membership(member)
            make_seat(make_person(), member)
        for name in ('person', 'organisation', 'membership', 'seat'):
            address = reverse(f'admin:members_{name}_changelist')
            with CaptureQueriesContext(connection) as questions:
                assert len(rows_of(client.get(address, {'as': 'csv'}))) > count
            asked.setdefault(name, []).append(len(questions))

    assert {name: most - least for name, (least, most) in asked.items()} == dict.fromkeys(asked, 0)


@pytest.mark.parametrize('asked', [{'as': 'csv', 'nation__foo': 'x'}, {'as': 'xls'}])
def test_what_is_asked_for_wrongly_ends_at_a_list(asked, secretary, signed_in):
    answer = signed_in(secretary).get(PEOPLE, asked, follow=True)

    assert answer.status_code == 200
    assert 'as=csv' in answer.text
