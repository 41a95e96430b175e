"""Somebody on the staff who lost every second factor is let in again by whoever runs the machine."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.conftest import make_person

pytestmark = pytest.mark.django_db


def test_all_second_factors_are_forgotten_and_all_sessions_ended(
    signed_in, administrator, editor, society, capsys
):
    client, other = signed_in(administrator), signed_in(editor)
    for one in (client, other):
        assert one.get(reverse('account')).status_code == 200
    assert UserSession.objects.filter(user=administrator).count() == 1

    call_command('forget_second_factor', administrator.email.upper())

    assert not Authenticator.objects.filter(user=administrator).exists()
    assert Authenticator.objects.filter(user=editor).exists()
    assert client.get(reverse('account')).status_code == 302
    assert other.get(reverse('account')).status_code == 200
    assert '1 second factors forgotten, 1 sessions ended' in capsys.readouterr().out


def test_an_address_that_nobody_confirmed_is_refused(society):
    person = make_person()
    person.emailaddress_set.update(verified=False)
    with pytest.raises(CommandError, match='Nobody has'):
        call_command('forget_second_factor', person.email)
