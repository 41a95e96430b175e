"""Roles: somebody is always left who can give them, whoever takes them away and however many do so at once."""

import pytest
from django.contrib.auth.models import Group

from members import erasing, staffing
from members.models import Person
from members.roles import ADMINISTRATOR, EDITOR
from tests.conftest import make_person
from tests.members.test_joining import said_of
from ukis.refusals import NotAllowed, NotNow

pytestmark = pytest.mark.django_db


def lose(person, by, lost):
    """One of the three ways to be an Administrator no longer."""
    administrators = Group.objects.filter(name=ADMINISTRATOR)
    if lost == 'is_active':
        return staffing.let_in(person, by=by, is_active=False)
    if lost == 'is_staff':
        return staffing.appoint(person, by=by, is_staff=False, groups=administrators)
    return staffing.appoint(person, by=by, is_staff=True, groups=[])


LOST = ('groups', 'is_staff', 'is_active')


@pytest.mark.parametrize('lost', LOST)
def test_the_last_active_administrator_stays_one(administrator, lost):
    make_person(group=ADMINISTRATOR, is_active=False)
    Person.objects.filter(pk=make_person(group=ADMINISTRATOR).pk).update(is_staff=False)
    make_person(group=ADMINISTRATOR, email=None)

    with pytest.raises(NotNow, match='Amir Administrator is the last active Administrator'):
        lose(administrator, administrator, lost)

    assert staffing.administrators().get() == administrator


@pytest.mark.parametrize('lost', LOST)
def test_one_of_two_may_step_down(administrator, lost):
    other = make_person(group=ADMINISTRATOR)

    lose(administrator, administrator, lost)

    assert staffing.administrators().get() == other


def test_who_is_no_administrator_gives_no_roles(secretary, administrator, editor):
    for person in (secretary, editor):
        for lost in LOST:
            with pytest.raises(NotAllowed):
                lose(person, person, lost)


def test_the_secretary_decides_who_of_the_rest_may_sign_in(secretary):
    assert not staffing.let_in(make_person(), by=secretary, is_active=False).is_active


def test_the_history_says_which_roles_were_and_are(administrator, editor):
    both = Group.objects.filter(name__in=[EDITOR, ADMINISTRATOR])
    staffing.appoint(editor, by=administrator, is_staff=True, groups=both)
    for _ in range(2):
        staffing.appoint(editor, by=administrator, is_staff=False, groups=[])
        staffing.let_in(editor, by=administrator, is_active=False)

    assert said_of(editor) == [
        'Roles: was “Editor”, is “Administrator”, “Editor”.',
        'May open the admin: was yes, is no. Roles: was “Administrator”, “Editor”, is empty.',
        'May sign in: was yes, is no.',
    ]


def test_who_has_asked_to_be_forgotten_counts_no_more(administrator):
    other = make_person(group=ADMINISTRATOR)
    erasing.ask(other, by=other, bylines='keep')

    with pytest.raises(NotNow, match='the last active Administrator, beside others who have asked'):
        lose(administrator, administrator, 'groups')
