"""An address that its owner may have lost sets no password until they confirm it anew."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.places import seats
from tests.conftest import make_membership, make_organisation, make_person
from ukis import days, letters
from ukis.letters.models import SuppressedAddress

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]
Cause = SuppressedAddress.Cause


def asks_for_a_password(address: str) -> bool:
    """Whether a letter with the link came."""
    mail.outbox.clear()
    answer = Client().post(reverse('account_reset_password'), {'email': address})
    assert answer.status_code == 302
    [message] = mail.outbox
    return '/account/password/reset/key/' in message.body


def confirm(person, address: str) -> None:
    row = EmailAddress.objects.get(user=person, email=address)
    email_confirmed.send(sender=EmailAddress, request=None, email_address=row)


@pytest.mark.parametrize('cause', [Cause.BOUNCED, Cause.BOUNCED_FOR_DAYS, Cause.DISOWNED])
def test_such_an_address_sets_no_password_until_it_is_confirmed_anew(author, cause):
    before = asks_for_a_password(author.email)
    letters.suppress(author.email, cause, 'Why.')
    during = asks_for_a_password(author.email.upper())

    confirm(author, author.email)

    assert (before, during, asks_for_a_password(author.email)) == (True, False, True)
    assert SuppressedAddress.objects.get().lifted_why == 'Its owner confirmed it by a code.'


def test_a_complaint_stays_what_it_is_though_the_address_is_confirmed(author):
    letters.suppress(author.email, Cause.COMPLAINT, 'They said spam.')

    confirm(author, author.email)

    assert asks_for_a_password(author.email)
    assert SuppressedAddress.objects.standing().count() == 1


@pytest.fixture
def colleague():
    """At an organisation whose domain is confirmed, with a second address elsewhere."""
    organisation = make_organisation('Strathlorne')
    membership = make_membership(organisation)
    organisation.domains.create(
        name='strathlorne.example', claimed_by=make_person(), confirmed_at=timezone.now()
    )
    person = make_person('Cal Colleague', email='cal@strathlorne.example')
    EmailAddress.objects.create(user=person, email='cal@home.example', verified=True)
    seat = seats.Seat(person=person, since=days.today() - timedelta(days=30))
    seats.keep_seats(membership, by=None, seats=[seat])
    return seat


def test_a_place_that_a_contact_ends_takes_its_domain_s_address_for_passwords_alone(colleague):
    seats.end(colleague, by=make_person('Mo Main'))

    row = SuppressedAddress.objects.get()
    assert (row.address, row.scope) == ('cal@strathlorne.example', 'passwords')
    assert letters.unreachable(['cal@strathlorne.example']) == set()
    assert not letters.is_refused('cal@strathlorne.example', 'introduction_asked')
    assert asks_for_a_password('cal@home.example')


@pytest.mark.parametrize('who', ['themselves', 'staff', 'the clock'])
def test_a_place_that_somebody_else_ends_says_nothing_of_the_address(colleague, secretary, who):
    by = {'themselves': colleague.person, 'staff': secretary, 'the clock': None}[who]

    seats.end(colleague, by=by)

    assert not SuppressedAddress.objects.exists()
