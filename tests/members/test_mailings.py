"""Letters to many: who would get it is seen first, with why; it goes once; a test goes to oneself alone."""

from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from members import mail_choices
from members.letters import mailings
from members.models import Mailing, Person
from members.organisations import offices
from tests.conftest import fill_in, make_membership, make_organisation, make_person
from ukis.letters.choosing import choose, unwanted_by, wants
from ukis.letters.models import Letter, SuppressedAddress
from ukis.refusals import NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]

NEWS = mail_choices.NEWS
MAIN, BILLING = 'main', 'billing'


def wanting(person: Person) -> Person:
    choose(person.email or '', {NEWS.name: True}, form='signed in', person=person)
    return person


@pytest.fixture
def bodies() -> dict:
    """One with two contacts, one whose contact cannot be reached, one with nobody; and a person's own membership."""
    one, away, nobody = make_organisation('One'), make_organisation('Away'), make_organisation('Nobody')
    mia, bill, gone = make_person('Mia Main'), make_person('Bill Billing'), make_person('Gone Main')
    own = make_person('Own Member')
    for body, person, role in (
        (one, mia, MAIN),
        (one, bill, BILLING),
        (one, mia, BILLING),
        (away, gone, MAIN),
    ):
        offices.appoint(body, by=None, person=person, role=role, since=date(2020, 1, 1))
    SuppressedAddress.objects.create(address=gone.email, reason='550')
    Letter.objects.all().delete()
    members = [make_membership(one) for one in (one, away, nobody, own)]
    return {'members': members, 'mia': mia, 'bill': bill, 'gone': gone, 'own': own}


def written(of: str, keys: list[int], by: Person, **fields) -> Mailing:
    row = mailings.begin(of, keys, by=by)
    given = {'subject': 'The meeting', 'words': 'Come to Cardiff.', 'kind': 'mailing_service', **fields}
    Mailing.objects.filter(pk=row.pk).update(**given)
    return Mailing.objects.get(pk=row.pk)


def test_it_is_said_who_would_get_it_and_who_not_and_why(bodies, secretary):
    row = written('membership', [one.pk for one in bodies['members']], secretary, offices=[MAIN, BILLING])

    found = mailings.audience(row)

    assert [(one.name, one.address, one.why) for one in found.recipients] == [
        ('Bill Billing', bodies['bill'].email, 'billing contact of One'),
        ('Mia Main', bodies['mia'].email, 'main contact of One; billing contact of One'),
        ('Own Member', bodies['own'].email, f'holds membership {bodies["members"][3].number}'),
    ]
    assert [(one.name, one.why) for one in found.left_out] == [
        ('Gone Main', 'the address takes no letters'),
        ('Nobody', 'has no main contact or billing contact'),
    ]


def test_news_goes_to_those_alone_who_asked_for_it(secretary):
    yes, no, silent, refuses = (make_person(name) for name in ('Yes', 'No', 'Silent', 'Refuses'))
    for person in (yes, no, refuses):
        wanting(person)
    choose(no.email or '', {NEWS.name: False}, form='signed in', person=no)
    SuppressedAddress.objects.create(address=refuses.email, scope='refusable', reason='Unsubscribed')
    people = [yes, no, silent, refuses, make_person('Guest', email=None)]

    found = mailings.audience(written('person', [one.pk for one in people], secretary, kind='mailing'))

    assert [one.name for one in found.recipients] == ['Yes']
    assert {one.name: one.why for one in found.left_out} == {
        'Guest': 'has no address',
        'No': 'did not ask for such letters, or said no to them',
        'Silent': 'did not ask for such letters, or said no to them',
        'Refuses': 'refuses such letters',
    }
    assert unwanted_by(people[:3], NEWS) == {
        one.pk for one in people[:3] if not wants(NEWS, one.email or '', one)
    }


def test_it_goes_once_and_not_where_somebody_came_or_left_since(bodies, secretary):
    row = written('membership', [one.pk for one in bodies['members']], secretary, offices=[MAIN])
    seen = mailings.audience(row).mark
    with pytest.raises(NotNow, match='has changed since you looked'):
        mailings.send(row, by=secretary, seen='something else')

    first = mailings.send(row, by=secretary, seen=seen)
    again = mailings.send(row, by=secretary, seen=seen)

    letters = Letter.objects.filter(kind='mailing_service').order_by('to__name')
    assert (first.letters, again.letters, again.sent_by) == (2, 2, secretary)
    assert [(one.to, one.subject) for one in letters] == [
        (bodies['mia'], 'The meeting'),
        (bodies['own'], 'The meeting'),
    ]
    assert letters[0].body.startswith('Dear Mia Main,\n\nCome to Cardiff.\n\n')


def test_many_are_written_in_parts_none_twice_and_none_lost_where_the_worker_dies(
    secretary, signed_in, monkeypatch
):
    monkeypatch.setattr(mailings, 'AT_ONCE', 3)
    monkeypatch.setattr(mailings, 'AT_A_TIME', 1)
    people = [make_person() for _ in range(8)]
    row = written('person', [one.pk for one in people], secretary)
    client, page = signed_in(secretary), reverse('admin:mailing', args=[row.pk])
    said = client.post(
        reverse('admin:mailing_send', args=[row.pk]), {'seen': mailings.audience(row).mark}, follow=True
    ).text
    whole, dies = mailings._queue, iter([False, True])

    def queue(*args):
        if next(dies, False):
            raise KeyboardInterrupt
        return whole(*args)

    with monkeypatch.context() as patch:
        patch.setattr(mailings, '_queue', queue)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            mailings.go_on(timezone.now())
    killed = (
        Letter.objects.count(),
        '3 letters are written, and 5 are still to be.' in client.get(page).text,
    )
    Person.objects.filter(pk=secretary.pk).update(is_staff=False)
    counts = []
    for _ in range(3):
        mailings.go_on(timezone.now())
        counts.append((Letter.objects.count(), Mailing.objects.get().to_write))

    assert '3 letters are on their way. 5 more follow by themselves' in said
    assert killed == (3, True)
    assert counts == [(6, 2), (8, 0), (8, 0)]
    assert set(Letter.objects.values_list('to', flat=True)) == {one.pk for one in people}
    assert (Mailing.objects.get().letters, Mailing.objects.get().left) == (8, [])


def test_a_letter_that_cannot_be_written_hinders_no_other_and_staff_are_told(
    secretary, signed_in, monkeypatch
):
    monkeypatch.setattr(mailings, 'AT_ONCE', 2)
    ann, others = make_person('Ann Awkward'), [make_person() for _ in range(4)]
    rows = [written('person', [one.pk for one in [ann, *others]], secretary, subject=name) for name in 'AB']
    whole, cannot = mailings._queue, [ann]

    def queue(mailing, to, *args):
        if to in cannot and mailing == rows[0]:
            raise ValueError('It has no such place.')
        return whole(mailing, to, *args)

    monkeypatch.setattr(mailings, '_queue', queue)
    for row in rows:
        mailings.send(row, by=secretary, seen=mailings.audience(row).mark)
    for _ in range(2):
        mailings.go_on(timezone.now())
    found = [(row.letters, row.to_write) for row in Mailing.objects.order_by('subject')]
    front = signed_in(secretary).get(reverse('admin:index')).text
    page = signed_in(secretary).get(reverse('admin:mailing', args=[rows[0].pk])).text
    cannot.clear()
    mailings.go_on(timezone.now())

    trouble = 'The letter to Ann Awkward cannot be written: It has no such place.'
    assert found == [(4, 1), (5, 0)]
    assert 'letter to many that cannot be written' in front
    assert trouble in front
    assert trouble in page
    rows[0].refresh_from_db()
    assert (rows[0].letters, rows[0].to_write, rows[0].trouble) == (5, 0, '')


def test_from_the_list_to_the_outbox_by_pages(bodies, secretary, editor, signed_in):
    client = signed_in(secretary)
    keys = [one.pk for one in bodies['members'][:2]]
    chosen = client.post(
        reverse('admin:members_membership_changelist'),
        {'action': 'write_to_these', '_selected_action': keys, 'index': '0'},
    )
    fill_in(client, chosen.url, subject='The meeting', words='Come to Cardiff.', kind='mailing_service')
    page = client.get(chosen.url)
    row = Mailing.objects.get()

    client.post(reverse('admin:mailing_test', args=[row.pk]))
    answers = [
        client.post(reverse('admin:mailing_send', args=[row.pk]), {'seen': page.context['audience'].mark})
        for _ in range(2)
    ]

    assert 'Who would get it: 1' in page.text
    assert 'The address takes no letters' in page.text
    assert [one.status_code for one in answers] == [302, 302]
    assert sorted(Letter.objects.values_list('kind', 'to__name')) == [
        ('mailing_service', 'Mia Main'),
        ('mailing_test', secretary.name),
    ]
    assert 'It goes once' in client.get(chosen.url).text
    assert signed_in(editor).get(chosen.url).status_code == 403


def test_many_are_looked_through_with_few_questions(secretary, signed_in, django_assert_max_num_queries):
    people = [wanting(make_person()) for _ in range(40)]
    row = written('person', [one.pk for one in people], secretary, kind='mailing')
    client = signed_in(secretary)
    client.get(reverse('admin:mailings'))

    with django_assert_max_num_queries(19):
        page = client.get(reverse('admin:mailing', args=[row.pk]))

    assert len(page.context['recipients']) == 40
