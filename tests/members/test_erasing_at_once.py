"""Somebody is forgotten while they take a place, while a co-author saves the draft of both, and while a register comes
in from a file: at once, on both databases."""

import time

import pytest
from django.db import connection
from django.urls import reverse

from blog.models import Authorship, Version
from members import erasing, exchange
from members.exchange import importing
from members.models import Category, Erasure, Person, Seat, Term
from members.organisations import offices
from members.places import inviting, seats
from members.roles import ADMINISTRATOR
from tests.conftest import make_membership, make_organisation, make_person, make_submission
from tests.members.test_exchange import taken, written
from tests.members.test_inviting_at_once import answered, at_once
from tests.processes import cookie_of
from ukis.letters.models import PrivateLink
from ukis.refusals import NotNow

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures('society')]
ROUNDS = 4


def forgetting(person):
    row = erasing.ask(person, by=person, bylines='contributor')

    def go():
        try:
            return erasing.carry_out(row, at=row.due_at)
        finally:
            connection.close()

    return go


def test_a_place_taken_while_its_person_is_forgotten_ends_or_is_refused(site, signed_in):
    Category.objects.create(name='Organisation', holders='organisations', seats=50)
    membership = make_membership(organisation := make_organisation())
    contact = make_person('Main Contact')
    offices.appoint(organisation, by=None, person=contact, role='main')
    web = site.web()

    for number in range(ROUNDS):
        person = make_person(f'Ann Lee {number}')
        seat = inviting.invite(membership, by=contact, address=person.email)
        link = reverse('invitation', args=[PrivateLink.make(purpose='seat', about=seat, days=3)])
        taker = {'cookie': cookie_of(signed_in(person)), 'form': {'answer': 'yes', 'name': 'Ann'}}

        done, taken = at_once([forgetting(person), lambda: answered(web, link, **taker)])  # noqa: B023

        assert (done, taken < 500) == (True, True), taken
        assert Person.objects.get(pk=person.pk).name == 'Former member'
    assert not Seat.objects.taken().filter(person__name='Former member').exists()


def test_a_draft_saved_while_its_other_author_is_forgotten_goes_on_without_the_name(site, signed_in):
    web = site.web()

    for number in range(ROUNDS):
        author, coauthor = make_person(f'Ann Lee {number}'), make_person(f'Bo Rhys {number}')
        make_membership(author)
        make_membership(coauthor)
        submission = make_submission(author, coauthors=(coauthor,))
        Authorship.objects.filter(submission=submission, person=coauthor).update(can_edit=True)
        path = reverse('submission_edit', args=[submission.pk])
        form = {'title': f'Saved {number}', 'body': '<p>By both.</p>', 'base': submission.current.number}
        writer = {'cookie': cookie_of(signed_in(coauthor)), 'form': {**form, 'do': 'save'}}

        done, saved = at_once([forgetting(author), lambda: answered(web, path, **writer)])  # noqa: B023

        submission.refresh_from_db()
        [left] = submission.authorships.all()
        assert (done, saved in (200, 302, 409)) == (True, True), saved
        assert (left.person, left.corresponding) == (coauthor, True)
        bylines = Version.objects.filter(submission=submission).values_list('byline', flat=True)
        assert f'Ann Lee {number}' not in str(list(bylines))
        assert [name.person for name in submission.current.printed_names] in ([coauthor.pk], [None])


def test_of_two_administrators_who_ask_at_once_one_is_refused(administrator):
    for _ in range(ROUNDS):
        other = make_person(group=ADMINISTRATOR)

        def ask(person):
            try:
                return erasing.ask(person, by=person, bylines='keep').pk
            except NotNow:
                return None
            finally:
                connection.close()

        asked = at_once([lambda: ask(administrator), lambda: ask(other)])  # noqa: B023

        assert [one is None for one in asked].count(True) == 1, asked
        Erasure.objects.all().delete()
        Person.objects.filter(pk=other.pk).update(is_active=False)


def test_a_register_that_comes_in_from_a_file_meanwhile_waits_for_nobody_who_waits_for_it(
    database_url, secretary, monkeypatch
):
    """The file has the memberships the other way round than whoever forgets comes to them."""
    person = make_person('Ann Lee')
    held = [make_membership(make_organisation()) for _ in range(3)]
    for membership in held:
        seats.give(membership, by=None, person=person)
    terms = [one.terms.get() for one in reversed(held)]
    file = written([{'Key': str(term.pk), 'Fee': '77'} for term in terms])
    row = exchange.confirm(taken(file, 'terms', secretary), by=secretary)
    write = importing._write

    def slowly(*its):
        write(*its)
        time.sleep(0.4)

    monkeypatch.setattr(importing, '_write', slowly)

    def bring():
        try:
            return exchange.carry_out(row).trouble
        finally:
            connection.close()

    forget = forgetting(person)

    def forget_a_little_later():
        time.sleep(0.3)
        return forget()

    troubles = at_once([bring, forget_a_little_later])

    assert troubles == ['', True]
    assert {term.fee for term in Term.objects.filter(pk__in=[term.pk for term in terms])} == {77}
    assert not Seat.objects.taken().filter(person=person).exists()
