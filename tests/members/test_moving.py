"""Affiliations: one ends, the next begins, and the main one changes hands, all in one save."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from members import moving
from members.models import Affiliation
from tests.conftest import make_organisation, make_person
from tests.members.test_joining import said_of
from ukis.refusals import NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    person = make_person()
    person.affiliations.create(organisation=make_organisation('Old Place'), job_title='Researcher', main=True)
    return person


def standing(person) -> list[tuple]:
    rows = person.affiliations.order_by('pk').select_related('organisation')
    return [(row.organisation.name, row.main, row.until) for row in rows]


def test_one_save_ends_one_affiliation_and_starts_the_next_main_one(person, secretary):
    old = person.affiliations.get()
    old.until = date(2026, 3, 31)
    new = Affiliation(
        organisation=make_organisation('New Place'), job_title='Director', since=date(2026, 4, 1), main=True
    )

    moving.keep_affiliations(person, by=secretary, affiliations=[new, old])

    assert standing(person) == [('Old Place', True, date(2026, 3, 31)), ('New Place', True, None)]
    assert said_of(person) == [
        'Affiliation “Researcher, Old Place”: To: was empty, is 31 March 2026. '
        'Affiliation added: Director, New Place from 1 April 2026.'
    ]


def test_the_main_one_changes_hands_in_one_save(person):
    old = person.affiliations.get()
    other = person.affiliations.create(organisation=make_organisation('Other Place'))

    old.main, other.main = False, True
    moving.keep_affiliations(person, by=None, affiliations=[other, old])

    assert standing(person) == [('Old Place', False, None), ('Other Place', True, None)]


def test_two_main_ones_are_refused_and_the_one_that_stays_counts(person):
    new = Affiliation(organisation=make_organisation(), main=True)

    with pytest.raises(NotNow, match='Only one open affiliation can be the main one'):
        moving.keep_affiliations(person, by=None, affiliations=[new])
    with pytest.raises(IntegrityError), transaction.atomic():
        person.affiliations.create(organisation=make_organisation(), main=True)


def test_what_one_says_of_oneself_takes_the_place_of_the_main_one(person):
    new = Affiliation(person=person, organisation=make_organisation('New Place'), main=True)

    moving.work_at(new, by=person)

    assert standing(person) == [('Old Place', False, None), ('New Place', True, None)]


def test_a_removed_one_makes_room_for_the_next(person, secretary):
    old = person.affiliations.get()
    new = Affiliation(organisation=make_organisation('New Place'), main=True)

    moving.keep_affiliations(person, by=secretary, affiliations=[new], gone=[old])

    assert standing(person) == [('New Place', True, None)]
    assert said_of(person) == ['Affiliation removed: Researcher, Old Place. Affiliation added: New Place.']
