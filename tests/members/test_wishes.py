"""What members wish before they renew waits for staff until they say that it is done."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from members import waiting
from members.models import Category, RenewalWish
from members.renewals import offering, wishes
from tests.conftest import make_membership, make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def make_wish(name: str, words: str = 'More places, please.') -> RenewalWish:
    membership = make_membership(make_organisation(name), status='due')
    Category.objects.update(fee=10)
    return offering.prepare(membership).wishes.create(at=timezone.now(), words=words)


def waits() -> list[str]:
    line = next(one for one in waiting.all_of_it() if one.words == 'wishes before a renewal')
    return [row.words for row in line.first]


def test_it_waits_is_read_whole_and_is_done_once_staff_say_so(secretary, signed_in):
    one, other = make_wish('Wishing Institute', 'More places.\n\n<b>Soon</b>.'), make_wish('Other Institute')
    client, page = signed_in(secretary), reverse('admin:wishes')

    shown = client.get(page).text
    answer = client.post(page, {'wish': one.pk}, follow=True).text

    assert waits() == ['Other Institute']
    assert shown.index('Wishing Institute') < shown.index('Other Institute')
    assert '&lt;b&gt;Soon&lt;/b&gt;.' in shown
    assert 'It is written down as done.' in answer
    assert f'wish-{one.pk}"' not in answer
    assert f'wish-{other.pk}"' in answer


def test_said_twice_it_was_done_the_first_time(secretary):
    wish = make_wish('Wishing Institute')

    first = wishes.settle(wish, by=secretary)
    again = wishes.settle(wish, by=secretary)

    assert again.met_at == first.met_at
    assert LogEntry.objects.filter(change_message__startswith='Saw to a wish before').count() == 1


def test_a_page_of_many_asks_as_many_questions_as_one_of_one(secretary, signed_in, django_assert_num_queries):
    client = signed_in(secretary)
    make_wish('First Institute')
    client.get(reverse('admin:wishes'))
    with django_assert_num_queries(7):
        client.get(reverse('admin:wishes'))
    for number in range(4):
        make_wish(f'Institute {number}')
    with django_assert_num_queries(7):
        client.get(reverse('admin:wishes'))
