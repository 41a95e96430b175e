"""Roles: somebody is always left who can give them, whoever takes them away and however many do so at once."""

import pytest
from django.contrib.auth.models import Group

from members import staffing
from members.models import Person
from members.roles import ADMINISTRATOR, EDITOR
from tests.conftest import make_person
from tests.members.test_joining import said_of
from ukis.refusals import NotAllowed, NotNow

pytestmark = pytest.mark.django_db


def appoint(person, by, **changes):
    given = {
        'is_staff': True,
        'is_active': True,
        'groups': Group.objects.filter(name=ADMINISTRATOR),
        **changes,
    }
    return staffing.appoint(person, by=by, **given)


LOST = {'groups': [], 'is_staff': False, 'is_active': False}


@pytest.mark.parametrize('lost', LOST)
def test_the_last_active_administrator_stays_one(administrator, lost):
    make_person(group=ADMINISTRATOR, is_active=False)
    Person.objects.filter(pk=make_person(group=ADMINISTRATOR).pk).update(is_staff=False)
    make_person(group=ADMINISTRATOR, email=None)

    with pytest.raises(NotNow, match='Amir Administrator is the last active Administrator'):
        appoint(administrator, administrator, **{lost: LOST[lost]})

    assert staffing.administrators().get() == administrator


@pytest.mark.parametrize('lost', LOST)
def test_one_of_two_may_step_down(administrator, lost):
    other = make_person(group=ADMINISTRATOR)

    appoint(administrator, administrator, **{lost: LOST[lost]})

    assert staffing.administrators().get() == other


def test_who_is_no_administrator_gives_no_roles(secretary, administrator, editor):
    for person in (secretary, editor):
        with pytest.raises(NotAllowed):
            appoint(person, person)


def test_the_history_says_which_roles_were_and_are(administrator, editor):
    appoint(editor, administrator, groups=Group.objects.filter(name__in=[EDITOR, ADMINISTRATOR]))
    appoint(editor, administrator, groups=[], is_active=False)
    appoint(editor, administrator, groups=[], is_active=False)

    assert said_of(editor) == [
        'Roles: was “Editor”, is “Administrator”, “Editor”.',
        'May sign in: was yes, is no. Roles: was “Administrator”, “Editor”, is empty.',
    ]
