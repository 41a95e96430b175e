"""A new name keeps the earlier one, with its days."""

from datetime import date

import pytest

from members.organisations import renaming
from tests.conftest import make_organisation
from tests.members.test_joining import said_of

pytestmark = pytest.mark.django_db


def earlier(organisation) -> list[tuple]:
    return list(organisation.earlier_names.order_by('until').values_list('name', 'since', 'until'))


def test_the_earlier_names_follow_one_another(secretary):
    organisation = make_organisation('First Name')

    renaming.rename(organisation, by=secretary, name='Second Name', on=date(2020, 8, 1))
    renaming.rename(organisation, by=secretary, name='Third Name', on=date(2026, 1, 1))

    assert earlier(organisation) == [
        ('First Name', None, date(2020, 7, 31)),
        ('Second Name', date(2020, 8, 1), date(2025, 12, 31)),
    ]
    organisation.refresh_from_db()
    assert (organisation.name, organisation.slug) == ('Third Name', 'first-name')
    assert said_of(organisation)[0] == 'Name: was “First Name”, is “Second Name”.'


def test_a_slip_and_the_same_name_keep_nothing():
    organisation = make_organisation('Frist Name')

    renaming.rename(organisation, by=None, name='First Name', slip=True)
    renaming.rename(organisation, by=None, name='First Name')

    assert earlier(organisation) == []
