"""The secret key is another from today, and the one of before is a fallback: what it signed, and whom it knows."""

from urllib.parse import urlsplit

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.signing import Signer
from django.urls import reverse

from members.erasing import known_again
from members.models import Person
from tests.conftest import make_person
from tests.members.test_erasing import erase
from ukis.letters.models import Letter
from ukis.letters.return_path import key_of, return_path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


@pytest.fixture
def change_the_key(settings):
    def change(*, keeps: bool) -> None:
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY] if keeps else []
        settings.SECRET_KEY = 'another key than before'

    return change


@pytest.mark.parametrize('keeps', [True, False])
def test_what_the_key_of_before_signed_holds_while_it_is_a_fallback(
    change_the_key, author, signed_in, client, settings, keeps
):
    settings.BOUNCES_TO = 'bounce@society.example'
    theirs, letter = signed_in(author), Letter(pk=12)
    address, signed = return_path(letter), Signer(salt='a form').sign('7')
    reset = [user_pk_to_url_str(author), default_token_generator.make_token(author)]

    change_the_key(keeps=keeps)

    page = theirs.get(reverse('account'))
    link = client.get(reverse('account_reset_password_from_key', args=reset))
    assert page.status_code == (200 if keeps else 302)
    assert key_of(address) == (12 if keeps else None)
    assert urlsplit(getattr(link, 'url', '')).path.endswith('-set-password/') is keeps
    if keeps:
        assert Signer(salt='a form').unsign(signed) == '7'
        assert key_of(return_path(letter)) == 12


@pytest.mark.parametrize('keeps', [True, False])
def test_whoever_was_erased_is_known_again_while_the_key_of_that_day_is_a_fallback(change_the_key, keeps):
    gone = make_person('Gone Away', email='gone@people.example')
    erase(gone)

    change_the_key(keeps=keeps)

    why = known_again.why_not(Person(name='Gone Away', email='gone@people.example'), known_again.erased())
    assert why.startswith('This address is of somebody who has asked to be forgotten') is keeps
