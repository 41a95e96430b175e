"""Long lists are leafed through by keys: in order, as far as is said, and with two questions."""

import pytest
from django.db.models import F

from members.models import Person
from tests.conftest import make_person
from ukis.leafing import Leafing

pytestmark = pytest.mark.django_db


def test_a_page_has_its_rows_in_the_order_of_the_list(django_assert_num_queries):
    for name in ('Cy Dunn', 'Ann Lee', 'Bo Rhys'):
        make_person(name)
    found = Person.objects.order_by(F('name').desc())

    with django_assert_num_queries(2):
        leaves = Leafing(found, 2)
        pages = [[person.name for person in leaves.page(number)] for number in (1,)]
        how_many = leaves.how_many

    assert (pages, how_many, leaves.num_pages) == ([['Cy Dunn', 'Bo Rhys']], '3', 2)


def test_a_list_that_is_longer_says_so_and_is_leafed_through_so_far(monkeypatch):
    monkeypatch.setattr('ukis.leafing.REACH', 3)
    for number in range(5):
        make_person(f'Person {number}')

    leaves = Leafing(Person.objects.order_by('name'), 2)

    assert (leaves.count, leaves.num_pages, leaves.goes_on, leaves.how_many) == (3, 2, True, 'more than 3')
    assert [person.name for person in leaves.page(2)] == ['Person 2']
