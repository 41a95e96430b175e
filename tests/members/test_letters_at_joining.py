"""What whoever joins is told of letters, and says to it, where their address is first ours to use."""

import pytest
from django.urls import reverse

from members.forms.invitations import NO_NOTES
from members.models import Application
from tests.conftest import letters_leave, make_category
from tests.members.test_join_pages import FILLED, link_in
from ukis import letters
from ukis.letters.models import Consent

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
