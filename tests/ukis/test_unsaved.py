"""What is typed into a form is kept while it is typed, each tab's by itself, and offered until its writer chooses."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.conftest import make_person
from tests.processes import cookie_of
from tests.tabs import Tab
from ukis.unsaved import buffers
from ukis.unsaved.models import Buffer

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(society):
    return make_person('Ada Author', biography='As it stands.')


@pytest.fixture
def open_tab(person, signed_in):
    client = signed_in(person)
    return lambda **query: Tab(client, reverse('profile') + ''.join(f'?{k}={v}' for k, v in query.items()))


def kept() -> list[str]:
    return [row.data['biography'] for row in Buffer.objects.kept().order_by('pk')]


def test_what_is_typed_is_kept_and_offered_when_the_form_is_opened_again(open_tab):
    answer = open_tab().type(biography='Typed and left.')

    again = open_tab()

    assert re.fullmatch(r'\d\d:\d\d', answer.json()['at'])
    assert answer.json()['told'] == ''
    [offer] = again.keeping.offers
    assert [(one.label, one.now, one.typed) for one in offer.differences] == [
        ('Biography', 'As it stands.', 'Typed and left.')
    ]
    at = timezone.localtime(offer.buffer.kept_at)
    assert f'You had typed this on {at:%-d %B %Y} at {at:%H:%M}' in again.page.text


def test_a_browser_s_copy_of_what_came_as_the_page_was_left_is_known_to_have_arrived(open_tab):
    left = open_tab()
    left.type(biography='Typed and left.')

    again = open_tab()

    # Else it would be offered once more, as text that did not reach the Society.
    assert again.keeping.here == {left.tab: left.typed}


def test_what_was_kept_stands_in_the_form_once_it_is_chosen(open_tab):
    open_tab().type(biography='Typed and left.', title='Dr')
    key = Buffer.objects.get().pk

    used = open_tab(unsaved=key)
    saved = used.send()

    # The browser's own copy, made when it was sent, is known to have arrived.
    assert open_tab().keeping.here[used.tab] == used.typed
    assert used.form['biography'].value() == 'Typed and left.'
    assert used.keeping.offers == []
    assert saved.status_code == 302
    assert kept() == []
    assert open_tab().keeping.offers == []


def test_typing_goes_on_in_one_buffer(open_tab):
    tab = open_tab()

    marks = {tab.type(biography=words).json()['mark'] for words in ('One', 'Two', 'Three')}

    assert len(marks) == 3
    assert kept() == ['Three']


def test_two_tabs_lose_nothing_of_one_another(open_tab):
    first = open_tab()
    first.type(biography='First.')
    second = open_tab(unsaved=Buffer.objects.get().pk)
    second.type(biography='First. Written over lunch.')

    stale = first.type(biography='First.x').json()

    assert 'Both are kept' in stale['told']
    assert sorted(kept()) == ['First. Written over lunch.', 'First.x']
    assert len(open_tab().keeping.offers) == 2
    assert 'Both are kept' in first.type(biography='First.xy').json()['told']
    assert sorted(kept()) == ['First. Written over lunch.', 'First.xy']


def test_two_tabs_opened_before_anything_was_typed_are_kept_apart(open_tab):
    first, second = open_tab(), open_tab()

    told = [first.type(biography='One').json()['told'], second.type(biography='Two').json()['told']]

    assert [bool(sentence) for sentence in told] == [False, True]
    assert sorted(kept()) == ['One', 'Two']


def test_saving_one_tab_leaves_what_was_typed_in_the_other(open_tab):
    first, second = open_tab(), open_tab()
    first.type(biography='One')
    second.type(biography='Two')

    assert first.send().status_code == 302

    assert kept() == ['Two']
    [offer] = open_tab().keeping.offers
    assert offer.differences[0].typed == 'Two'


def test_an_answer_that_was_lost_makes_no_second_text(open_tab):
    tab = open_tab()
    tab.type(biography='One')
    tab.fields['unsaved_began'] = ''  # it never heard

    told = tab.type(biography='Two').json()['told']

    assert (told, kept()) == ('', ['Two'])


def test_what_comes_late_is_dropped(open_tab):
    tab = open_tab()
    early = tab.sent(biography='Early')
    tab.type(biography='Later')
    tab.client.post(reverse('unsaved'), early)
    assert kept() == ['Later']
    tab.send()

    tab.client.post(reverse('unsaved'), early)

    assert kept() == []


def test_what_is_typed_on_the_same_page_after_it_was_sent_is_kept(open_tab):
    tab = open_tab()
    tab.send(biography='Sent')

    tab.type(biography='And on')

    assert kept() == ['And on']


def test_without_scripts_a_form_that_is_taken_ends_what_it_showed(open_tab):
    open_tab().type(biography='Typed and left.')
    used = open_tab(unsaved=Buffer.objects.get().pk)

    used.client.post(reverse('profile'), used.fields)

    assert kept() == []


def test_a_form_that_is_refused_keeps_what_was_kept_of_it(open_tab):
    tab = open_tab()
    tab.type(biography='Typed')

    refused = tab.send(orcid='0000')

    assert refused.status_code == 422
    assert kept() == ['Typed']
    assert refused.context['form'].keeping.began == Buffer.objects.get().mark
    assert refused.context['form'].keeping.is_changed


def test_what_the_form_says_by_now_is_not_offered(open_tab):
    open_tab().type(biography='As it will stand.')
    other = open_tab()
    other.send(biography='As it will stand.')

    assert open_tab().keeping.offers == []
    assert kept() == []


def test_throwing_away_asks_once_and_can_be_taken_back(open_tab):
    tab = open_tab()
    tab.type(biography='Precious words here')
    key = Buffer.objects.get().pk
    address = reverse('unsaved_kept', args=[key])

    asked = tab.client.get(address)
    gone = tab.client.post(address, {'do': 'throw away'}, follow=True)
    offered = open_tab().keeping.offers
    back = tab.client.post(address, {'do': 'put back'})

    assert 'Throw away what you typed?' in asked.text
    assert 'Precious' not in asked.text
    assert 'It is thrown away' in gone.text
    assert offered == []
    assert back.url == f'{reverse("profile")}?unsaved={key}'
    assert kept() == ['Precious words here']


def test_nobody_else_is_shown_it_or_can_end_it(open_tab, stranger, signed_in):
    tab = open_tab()
    tab.type(biography='Mine')
    row = Buffer.objects.get()
    client = signed_in(stranger)

    answers = [
        client.get(reverse('unsaved_kept', args=[row.pk])).status_code,
        client.post(reverse('unsaved_kept', args=[row.pk]), {'do': 'throw away'}).status_code,
        client.post(reverse('unsaved'), tab.sent(biography='Theirs')).status_code,
    ]

    assert answers == [404, 404, 401]
    assert kept() == ['Mine']
    assert Client().get(reverse('unsaved_kept', args=[row.pk])).status_code == 302


def test_each_refusal_is_a_sentence(open_tab, person, signed_in, monkeypatch):
    tab = open_tab()
    monkeypatch.setattr(buffers, 'MOST_TEXTS', 2)
    two = [open_tab(), open_tab()]
    many = 'x' * (buffers.MOST + 1)

    answers = {
        'signed out': Client().post(reverse('unsaved'), tab.sent(biography='x')),
        'no page of ours': tab.client.post(reverse('unsaved'), tab.sent() | {'unsaved': 'forged'}),
        'no tab': tab.client.post(reverse('unsaved'), tab.sent() | {'unsaved_tab': ''}),
        'too long': tab.type(biography=many),
        'one': two[0].type(biography='One'),
        'two': two[1].type(biography='Two'),
        'a third text': open_tab().type(biography='Three'),
    }
    limit = buffers.Limit('unsaved', 0, timedelta(minutes=1))
    monkeypatch.setattr(buffers, 'KEEPS', limit)
    answers['too often'] = two[0].type(biography='One more')

    codes = {what: answer.status_code for what, answer in answers.items()}
    assert codes == {
        'signed out': 401, 'no page of ours': 400, 'no tab': 400, 'too long': 413, 'one': 200, 'two': 200,
        'a third text': 413, 'too often': 429,
    }  # fmt: skip
    assert all(answer.json().get('error') for answer in answers.values() if answer.status_code != 200)
    assert kept() == ['One', 'Two']


def test_what_was_kept_of_a_password_is_nothing(open_tab):
    tab = open_tab()

    tab.client.post(reverse('unsaved'), tab.sent(biography='x', password='secret', code='123456'))

    assert {'password', 'code', 'unsaved', 'csrfmiddlewaretoken'} & set(Buffer.objects.get().fields) == set()


def test_what_ended_is_forgotten_after_some_days_and_what_nobody_came_back_to_after_a_year(open_tab):
    for words in ('Sent', 'Thrown', 'Kept', 'Old'):
        open_tab().type(biography=words)
    rows = {row.data['biography']: row for row in Buffer.objects.all()}
    week, year = timezone.now() - timedelta(days=8), timezone.now() - timedelta(days=366)
    Buffer.objects.filter(pk=rows['Sent'].pk).update(state='sent', kept_at=week)
    Buffer.objects.filter(pk=rows['Thrown'].pk).update(state='thrown', kept_at=week)
    Buffer.objects.filter(pk=rows['Kept'].pk).update(kept_at=week)
    Buffer.objects.filter(pk=rows['Old'].pk).update(kept_at=year)

    buffers.over(timezone.now()).delete()

    assert kept() == ['Kept']


@pytest.mark.django_db(transaction=True)
def test_of_two_processes_that_go_on_from_one_text_neither_is_lost(site, person, open_tab):
    webs = [site.web(), site.web()]
    for number in range(5):
        start = open_tab()
        start.type(biography=f'Start {number}')
        key = Buffer.objects.kept().get(typed_at=start.typed, tab=start.tab).pk
        tabs = [open_tab(unsaved=key), open_tab(unsaved=key)]
        barrier = threading.Barrier(2)

        def tell(web, tab, number=number, barrier=barrier):
            form = tab.sent(biography=f'{number} in {tab.tab}')
            barrier.wait()
            return web.ask('POST', reverse('unsaved'), cookie=cookie_of(tab.client), form=form)

        with ThreadPoolExecutor() as pool:
            answers = list(pool.map(tell, webs, tabs))

        assert [status for status, _ in answers] == [200, 200]
        assert sum('Both are kept' in text for _, text in answers) >= 1
        assert sorted(kept()) == sorted(f'{number} in {tab.tab}' for tab in tabs)
        Buffer.objects.all().delete()
