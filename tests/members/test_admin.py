"""The secretary's lists: as many questions for five rows as for one, and few."""

import pytest
from django.urls import reverse

from tests.conftest import make_organisation, make_person, make_seat

pytestmark = pytest.mark.usefixtures('society')

LISTS = {
    'members_person': 9,
    'members_organisation': 8,
    'members_membership': 9,
    'members_seat': 8,
    'members_category': 8,
}


@pytest.mark.parametrize('model', LISTS)
def test_a_list_asks_as_much_for_five_rows_as_for_one(model, secretary, signed_in, django_assert_num_queries):
    client = signed_in(secretary)
    address = reverse(f'admin:{model}_changelist')
    whole = make_organisation()
    make_seat(make_person(), make_organisation(part_of=whole))
    client.get(address)
    with django_assert_num_queries(LISTS[model]):
        client.get(address)
    for _ in range(4):
        make_seat(make_person(), make_organisation(part_of=whole))

    with django_assert_num_queries(LISTS[model]):
        client.get(address)
