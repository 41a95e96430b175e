"""The secretary's lists: as many questions for five rows as for one, and few."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from members.models import Category
from members.money import renewing
from tests.conftest import form_of, make_membership, make_organisation, make_person, make_post, make_seat
from ukis import days

pytestmark = pytest.mark.usefixtures('society')

LISTS = {
    'members_person': 9,
    'members_organisation': 8,
    'members_membership': 9,
    'members_seat': 8,
    'members_category': 8,
    'members_changeproposal': 8,
    'members_domain': 8,
}


@pytest.mark.parametrize('model', LISTS)
def test_a_list_asks_as_much_for_five_rows_as_for_one(model, secretary, signed_in, django_assert_num_queries):
    client = signed_in(secretary)
    address = reverse(f'admin:{model}_changelist')
    whole = make_organisation()

    def make_more():
        organisation, person = make_organisation(part_of=whole), make_person()
        make_seat(person, organisation)
        organisation.domains.create(name='care.example', claimed_by=person)
        organisation.proposals.create(field='website', was='', wanted='https://care.example/', by=person)

    make_more()
    client.get(address)
    with django_assert_num_queries(LISTS[model]):
        client.get(address)
    for _ in range(4):
        make_more()

    with django_assert_num_queries(LISTS[model]):
        client.get(address)


def test_an_address_that_staff_put_right_is_the_one_to_sign_in_with(secretary, signed_in):
    person = make_person('Mia Member')
    client, address = signed_in(secretary), reverse('admin:members_person_change', args=[person.pk])
    sent = form_of(client.get(address)) | {'email': 'Mia@new.example'}

    assert client.post(address, sent).status_code == 302

    person.refresh_from_db()
    assert person.email == 'mia@new.example'
    assert list(EmailAddress.objects.filter(user=person).values_list('email', 'primary', 'verified')) == [
        ('mia@new.example', True, False)
    ]


def test_an_address_of_somebody_else_is_refused(secretary, signed_in):
    person, other = make_person(), make_person()
    other.emailaddress_set.create(email='second@people.example', verified=True)
    client, address = signed_in(secretary), reverse('admin:members_person_change', args=[person.pk])

    answer = client.post(address, form_of(client.get(address)) | {'email': 'second@people.example'})

    assert 'Somebody else signs in with this address.' in answer.text


def test_both_pages_of_a_person_whose_address_changed_lead_on(secretary, signed_in):
    person = make_person('Ada Author')
    make_post('One', people=(person,))
    client, address = signed_in(secretary), reverse('admin:members_person_change', args=[person.pk])
    client.post(address, form_of(client.get(address)) | {'slug': 'ada-writer'})

    led = {old: Client().get(old).url for old in ('/people/ada-author/', '/blog/authors/ada-author/')}
    led['feed'] = Client().get('/blog/authors/ada-author/feed/').url

    assert led == {
        '/people/ada-author/': '/people/ada-writer/',
        '/blog/authors/ada-author/': '/blog/authors/ada-writer/',
        'feed': '/blog/authors/ada-writer/feed/',
    }


def test_a_term_that_no_calendar_holds_is_refused(secretary, signed_in, client):
    membership = make_membership(make_organisation(), status='none')
    page, address = signed_in(secretary), reverse('admin:members_membership_change', args=[membership.pk])
    sent = form_of(page.get(address)) | {'terms-TOTAL_FORMS': '1'}
    sent |= {'terms-0-start': '2026-01-01', 'terms-0-end': '9999-12-31', 'terms-0-fee': '0', 'terms-0-seats': '1',
             'terms-0-payment': 'free', 'terms-0-membership': membership.pk}  # fmt: skip

    answer = page.post(address, sent)

    assert 'Choose a day between 1900 and 2999.' in answer.text
    sent |= {'terms-0-end': '2999-12-31'}
    assert page.post(address, sent).status_code == 302
    assert client.get('/organisations/').status_code == 200


def test_an_address_that_once_led_to_somebody_is_not_given_to_another(secretary, signed_in):
    ada, bob = make_person('Ada Author'), make_person('Bob Author')
    client = signed_in(secretary)
    ada_at, bob_at = (reverse('admin:members_person_change', args=[person.pk]) for person in (ada, bob))
    client.post(ada_at, form_of(client.get(ada_at)) | {'slug': 'ada-writer'})

    taken = client.post(bob_at, form_of(client.get(bob_at)) | {'slug': 'ada-author'})
    back = client.post(ada_at, form_of(client.get(ada_at)) | {'slug': 'ada-author'})

    assert 'once led, to something else' in taken.text
    assert back.status_code == 302


def test_two_main_affiliations_on_one_page_are_refused(secretary, signed_in):
    person = make_person()
    client, address = signed_in(secretary), reverse('admin:members_person_change', args=[person.pk])
    sent = form_of(client.get(address)) | {'affiliations-TOTAL_FORMS': '2'}
    for number in range(2):
        sent |= {f'affiliations-{number}-organisation': make_organisation().pk, f'affiliations-{number}-main': 'on',
                 f'affiliations-{number}-person': person.pk}  # fmt: skip

    answer = client.post(address, sent)

    assert 'Only one open affiliation can be the main one.' in answer.text
    assert not person.affiliations.exists()


def test_a_key_that_is_none_is_answered(secretary, signed_in):
    client = signed_in(secretary)

    for model, field in (('membership', 'person'), ('seat', 'membership'), ('organisation', 'part_of')):
        address = reverse(f'admin:members_{model}_add')
        assert client.get(f'{address}?{field}=zz').status_code == 200
        assert client.post(address, {field: 'zz'}).status_code == 200
        assert client.get(f'{address}?{field}=9223372036854775808').status_code == 200


def test_whoever_loses_their_address_loses_the_sign_in(secretary, signed_in):
    person = make_person()
    person.emailaddress_set.create(email='second@people.example', verified=True)
    client, address = signed_in(secretary), reverse('admin:members_person_change', args=[person.pk])

    client.post(address, form_of(client.get(address)) | {'email': ''})

    assert not EmailAddress.objects.filter(user=person).exists()


def test_a_membership_asks_as_much_for_five_seats_as_for_one(secretary, signed_in, django_assert_num_queries):
    organisation = make_organisation()
    make_seat(make_person('First Member'), organisation)
    client = signed_in(secretary)
    address = reverse('admin:members_membership_change', args=[organisation.memberships.get().pk])
    assert 'First Member</option>' in client.get(address).text
    with django_assert_num_queries(18):
        client.get(address)
    for _ in range(4):
        make_seat(make_person(), organisation)

    with django_assert_num_queries(18):
        client.get(address)


def test_a_membership_asks_as_much_for_four_unpaid_terms_as_for_one(
    secretary, signed_in, django_assert_num_queries
):
    organisation = make_organisation()
    membership = make_membership(organisation)
    client = signed_in(secretary)
    address = reverse('admin:members_membership_change', args=[membership.pk])
    for number in range(1, 5):
        start = days.today() + timedelta(days=400 * number)
        renewing.add_term(
            membership, by=None, start=start, end=start + timedelta(days=300), fee=10, payment='unpaid'
        )
        client.get(address)
        if number in (1, 4):
            with django_assert_num_queries(19):
                client.get(address)


def test_a_person_asks_as_much_for_five_affiliations_as_for_one(
    secretary, signed_in, django_assert_num_queries
):
    person = make_person()
    person.affiliations.create(organisation=make_organisation())
    client, address = signed_in(secretary), reverse('admin:members_person_change', args=[person.pk])
    client.get(address)
    with django_assert_num_queries(17):
        client.get(address)
    for _ in range(4):
        person.affiliations.create(organisation=make_organisation())

    with django_assert_num_queries(17):
        client.get(address)


def test_choosing_a_membership_asks_as_much_for_five_as_for_one(
    secretary, signed_in, django_assert_num_queries
):
    make_membership(make_organisation())
    client = signed_in(secretary)
    asked = {'app_label': 'members', 'model_name': 'seat', 'field_name': 'membership', 'term': ''}
    client.get(reverse('admin:autocomplete'), asked)
    with django_assert_num_queries(7):
        client.get(reverse('admin:autocomplete'), asked)
    for _ in range(4):
        make_membership(make_organisation())

    with django_assert_num_queries(7):
        assert len(client.get(reverse('admin:autocomplete'), asked).json()['results']) == 5


def test_deleting_asks_in_our_words_and_there_is_a_way_back_without_scripts(secretary, signed_in):
    client = signed_in(secretary)
    free = Category.objects.create(name='Student', holders='people', fee=20, seats=1)
    address = reverse('admin:members_category_delete', args=[free.pk])
    changelist = reverse('admin:members_category_changelist')
    chosen = {'action': 'delete_selected', '_selected_action': [free.pk]}

    one = client.get(address).text
    some = client.post(changelist, chosen).text

    assert '<h1>Delete “Student”?</h1>' in one
    assert f'href="{reverse("admin:members_category_change", args=[free.pk])}">Keep it</a>' in one
    assert '<h1>Delete the chosen categories?</h1>' in some
    assert f'href="{changelist}">Keep them</a>' in some
    assert 'href="#"' not in one + some
    client.post(changelist, {**chosen, 'post': 'yes'})
    assert not Category.objects.filter(pk=free.pk).exists()


def test_what_is_in_use_stays_and_the_page_counts_why(secretary, signed_in, django_assert_num_queries):
    """One by one it named all memberships: with 4,000 of them that took 2,014 questions."""
    client, membership = signed_in(secretary), make_membership(make_organisation('Institute of Care'))
    category = membership.category
    address = reverse('admin:members_category_delete', args=[category.pk])
    chosen = {'action': 'delete_selected', '_selected_action': [category.pk], 'post': 'yes'}

    page = client.get(address).text
    for _ in range(4):
        make_membership(make_organisation())
    with django_assert_num_queries(11):
        five = client.get(address).text
    client.post(address, {'post': 'yes'})
    client.post(reverse('admin:members_category_changelist'), chosen)

    assert f'<h1>“{category}” stays</h1>' in page
    assert 'It is in use, so it cannot go:' in page
    assert f'<li>{category}: 1 membership</li>' in page
    assert f'<li>{category}: 5 memberships</li>' in five
    assert Category.objects.filter(pk=category.pk).exists()


def test_without_scripts_a_page_says_what_day_it_is_and_how_rows_are_had(secretary, signed_in):
    client = signed_in(secretary)
    said = f'<noscript><p class="help">Today is {days.today():%-d %B %Y}.'

    membership = client.get(reverse('admin:members_membership_add')).text
    seat = client.get(reverse('admin:members_seat_add')).text

    rows = ' Remove what stands in a new row, and the row is not kept. Where the empty rows are not enough, save: '
    assert f'{said}{rows}there is room for another then.</p></noscript>' in membership
    assert f'{said}</p></noscript>' in seat
