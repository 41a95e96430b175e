"""What whoever joins is told of letters, and says to it, where their address is first ours to use."""

from html import unescape

import pytest
from django.urls import reverse

from members import applying
from members.forms.invitations import NO_NOTES
from members.models import Application
from tests.conftest import form_of, letters_leave, make_application, make_category
from tests.members.test_join_pages import FILLED, link_in
from ukis import letters
from ukis.letters.models import Consent, Letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


@pytest.mark.parametrize(('ticked', 'wants_notes'), [(True, False), (False, True)])
def test_who_joins_says_on_the_form_which_letters_they_want_and_it_is_kept_with_its_words(
    client, society, mailoutbox, ticked, wants_notes
):
    page = reverse('join_category', args=[make_category('Small', fee='250.00').pk])
    form = client.get(page).text
    client.post(page, {**FILLED, **({'no_notes': 'on'} if ticked else {})})
    before = Consent.objects.count()
    letters_leave()
    client.post(link_in(mailoutbox), {'do': 'submit'})

    row = Application.objects.get()
    assert form.count(NO_NOTES) == 1
    assert (before, row.state) == (0, 'submitted')
    assert list(Consent.objects.values_list('choice', 'agreed', 'wording', 'form', 'source', 'person')) == [
        ('introductions', wants_notes, NO_NOTES, 'application', f'application {row.pk}', row.person_id)
    ]
    assert letters.chosen(row.email, row.person) == {'news': False, 'introductions': wants_notes}


def test_a_box_left_empty_on_the_form_takes_no_earlier_no_back(author, client, society, mailoutbox):
    letters.choose(author.email, {'introductions': False}, form='signed in', person=author)
    page = reverse('join_category', args=[make_category('Small', fee='250.00').pk])
    client.post(page, {**FILLED, 'email': author.email})
    letters_leave()
    client.post(link_in(mailoutbox), {'do': 'submit'})

    assert Application.objects.get().person == author
    assert letters.chosen(author.email, author)['introductions'] is False


def test_whoever_has_an_account_is_not_asked_twice(author, signed_in):
    page = reverse('join_category', args=[make_category('Small', fee='250.00').pk])

    assert NO_NOTES not in signed_in(author).get(page).text


@pytest.fixture
def approved(secretary):
    """The two letters of an approval, the welcome and its invoice's."""
    row = make_application(category=make_category('Small', fee='250.00'))
    applying.approve(row, by=secretary)
    return [Letter.objects.get(kind=kind) for kind in ('application_approved', 'invoice_issued')]


@pytest.mark.parametrize('place', [0, 1])
@pytest.mark.parametrize('both', [True, False])
def test_whoever_recalls_a_welcome_or_its_invoices_letter_reads_of_the_other_and_may_recall_both(
    approved, secretary, signed_in, place, both
):
    letter, other = approved[place], approved[1 - place]
    client, address = signed_in(secretary), reverse('admin:ukis_letter_change', args=[letter.pk])
    named = f'“{other.subject}” to {other.to_name}'
    before = client.get(address)

    sent = form_of(before) | {'move': 'recall'} | ({'and_beside': 'on'} if both else {})
    after = client.post(address, sent, follow=True)

    assert unescape(before.text).count(named) == 1
    letter.refresh_from_db()
    other.refresh_from_db()
    assert (letter.state, other.state) == ('recalled', 'recalled' if both else 'waiting')
    said = f'Recalled with it: {named}.' if both else f'Written with it, and still to go: {named}.'
    assert said in unescape(after.text)


def test_one_that_has_left_and_one_of_another_membership_are_not_offered(approved, secretary, signed_in):
    row = make_application(
        category=make_category('Large', fee='900.00'), organisation_name='Another Institute'
    )
    applying.approve(row, by=secretary)
    welcome, invoice = approved
    Letter.objects.filter(pk=invoice.pk).update(state='sent')

    text = signed_in(secretary).get(reverse('admin:ukis_letter_change', args=[welcome.pk])).text

    assert 'Recall it for good' in text
    assert 'and_beside' not in text
