"""Places by invitation: counted once, free again by date alone, renewed on one row, for whoever proves the address."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import leaving
from members.forms.invitations import NO_NOTES
from members.models import Affiliation, Category, Office, Person, Seat
from members.money import renewing
from members.organisations import offices
from members.places import asking, inviting, seats
from tests.conftest import letters_leave, make_membership, make_organisation, make_person
from ukis import days, keeping
from ukis.letters import choose, chosen, suppress
from ukis.letters.models import Consent, Letter, SuppressedAddress
from ukis.refusals import NotAllowed, NotNow

pytestmark = pytest.mark.django_db
TODAY = days.today()
MIA = 'mia@strathlorne.example'


@pytest.fixture
def membership(society):
    Category.objects.create(name='Organisation', holders='organisations', seats=2)
    return make_membership(make_organisation('Institute for Careful Change'))


@pytest.fixture
def contact(membership):
    person = make_person('Fiona Contact')
    offices.appoint(membership.organisation, by=None, person=person, role=Office.Role.MAIN)
    return person


def link_to(address: str) -> str:
    """The address in the newest letter that left for somebody."""
    letters_leave()
    sent = [message for message in mail.outbox if address in message.to[0] and '/invitation/' in message.body]
    return re.search(r'(/account/invitation/\S+/)', sent[-1].body)[1]


def on(seat, **facts):
    Seat.objects.filter(pk=seat.pk).update(**facts)
    seat.refresh_from_db()
    return seat


def told() -> list[tuple[str, str]]:
    return [(row.kind, row.to_address) for row in Letter.objects.exclude(kind='office_given').order_by('pk')]


def test_an_open_invitation_is_a_seat_and_taking_it_at_the_cap_takes_no_second(membership, contact):
    seats.give(membership, by=None, person=contact)
    seat = inviting.invite(membership, by=contact, address=' Mia@Strathlorne.Example ')
    full = seats.use(membership)
    mia = make_person('Mia Member', email=MIA)

    with pytest.raises(NotNow, match='No place is left: 2 of 2 used'):
        inviting.invite(membership, by=contact, address='x@strathlorne.example')
    inviting.accept(seat, by=mia)

    assert (full.used, seats.use(membership).used) == (2, 2)
    assert mia.may_submit()
    assert told() == [('seat_invitation', MIA), ('seat_taken', contact.email)]


def test_an_invitation_is_over_by_its_date_and_gives_its_seat_back_without_a_job(membership, contact):
    seat = inviting.invite(membership, by=contact, address=MIA)

    used = [seats.use(membership, on=seat.holds_until + timedelta(days=extra)).used for extra in (0, 1)]
    on(seat, holds_until=TODAY - timedelta(days=1))

    assert used == [1, 0]
    assert (seat.is_taken, seat.is_open_invitation, seat.is_expired) == (False, False, True)
    with pytest.raises(NotNow, match='The invitation held until'):
        inviting.accept(seat, by=make_person(email=MIA))


@pytest.mark.parametrize('became', ['expired', 'refused', 'withdrawn'])
def test_inviting_again_renews_the_row_and_kills_the_link_in_the_earlier_letter(
    membership, contact, client, became
):
    seat = inviting.invite(membership, by=contact, address=MIA)
    first = link_to(MIA)
    if became == 'expired':
        on(seat, holds_until=TODAY - timedelta(days=1))
    else:
        {'refused': inviting.refuse, 'withdrawn': inviting.withdraw}[became](seat, by=contact)
    closed = client.get(first).content.decode()

    again = inviting.invite(membership, by=contact, address=MIA)
    second = link_to(MIA)

    assert (again.pk, again.letters, Seat.objects.count()) == (seat.pk, 2, 1)
    said = {'expired': 'held until', 'refused': 'You said no', 'withdrawn': 'was withdrawn'}[became]
    assert said in closed
    assert 'ask Fiona Contact' in closed
    assert 'A newer letter has been sent' in client.get(first).content.decode()
    assert 'Do you take this place?' in client.get(second).content.decode()
    assert client.get('/account/invitation/nonsense/').status_code == 404


def test_an_address_gets_two_letters_and_no_third_for_sixty_days(membership, contact):
    seat = inviting.invite(membership, by=contact, address=MIA)
    letters_leave()
    inviting.invite_again(seat, by=contact)
    letters_leave()
    with pytest.raises(NotNow, match='has had two letters about this'):
        inviting.invite_again(seat, by=contact)
    with pytest.raises(NotNow, match='has been invited already'):
        inviting.invite(membership, by=contact, address=MIA)

    on(seat, invited_on=TODAY - timedelta(days=60), holds_until=TODAY - timedelta(days=39))
    again = inviting.invite(membership, by=contact, address=MIA)

    assert again.letters == 1
    assert seats.use(membership).used == 1


def test_a_letter_that_has_not_left_is_not_one_of_two(membership, contact):
    seat = inviting.invite(membership, by=contact, address=MIA)
    again = inviting.invite_again(seat, by=contact)

    letters_leave()
    assert again.letters == 1
    assert [row.state for row in Letter.objects.filter(kind='seat_invitation').order_by('pk')] == [
        'recalled',
        'sent',
    ]


def test_a_yes_without_an_account_makes_one_for_exactly_that_address_and_signs_nobody_in(membership, contact):
    inviting.invite(membership, by=contact, address=MIA)
    link, visitor = link_to(MIA), Client()
    mail.outbox.clear()

    nameless = visitor.post(link, {'answer': 'yes'})
    page = visitor.post(
        link, {'answer': 'yes', 'name': 'Mia Member', 'works_there': 'on', 'job_title': 'Lead'}
    )

    mia = Person.objects.get(email=MIA)
    assert nameless.status_code == 422
    assert 'The place is yours' in page.content.decode()
    assert mia.emailaddress_set.get().verified
    assert (mia.has_usable_password(), mia.may_submit()) == (False, True)
    assert '_auth_user_id' not in visitor.session
    assert [message.to for message in mail.outbox] == [[MIA]]  # by which the password is set
    assert str(mia.main_affiliation()) == 'Lead, Institute for Careful Change'
    assert 'has been taken' in visitor.get(link).content.decode()


@pytest.mark.parametrize('refuses', [True, False])
def test_who_comes_says_at_once_whether_they_want_notes_and_it_is_kept_with_its_words(
    membership, contact, refuses
):
    seat = inviting.invite(membership, by=contact, address=MIA)
    typed = {'answer': 'yes', 'name': 'Mia Member', **({'no_notes': 'on'} if refuses else {})}

    Client().post(link_to(MIA), typed)

    said = Consent.objects.get()
    assert (said.address, said.person.email, said.choice, said.agreed) == (
        MIA,
        MIA,
        'introductions',
        not refuses,
    )
    assert (said.form, said.source) == ('invitation', f'invitation {seat.pk}')
    assert said.wording == NO_NOTES


@pytest.mark.parametrize('earlier', ['a complaint', 'a no'])
def test_a_box_left_empty_by_who_comes_takes_no_earlier_no_back(membership, contact, earlier):
    if earlier == 'a no':
        choose(MIA, {'introductions': False}, form='one click in the mail program')
    else:
        suppress(MIA, SuppressedAddress.Cause.COMPLAINT, 'They said spam.')
    inviting.invite(membership, by=contact, address=MIA)

    Client().post(link_to(MIA), {'answer': 'yes', 'name': 'Mia Member'})

    mia = Person.objects.get(email=MIA)
    assert mia.may_submit()
    assert chosen(MIA, mia)['introductions'] is False
    assert SuppressedAddress.objects.standing().count() == (earlier == 'a complaint')


def test_the_wrong_account_spends_nothing_and_may_confirm_the_address_too(membership, contact, signed_in):
    seat = inviting.invite(membership, by=contact, address=MIA)
    link, other = link_to(MIA), make_person('Mia Privately', email='mia@home.example')
    client = signed_in(other)

    page = client.get(link).content.decode()
    refused = client.post(link, {'answer': 'yes'})
    with pytest.raises(NotAllowed):
        inviting.accept(seat, by=other)
    # With the password given just now, as the site asks before an address is added.
    client.post(reverse('account_reauthenticate'), {'password': 'a long enough password'})
    mail.outbox.clear()
    asked = client.post(link, {'confirm': '1'})
    assert [message.to for message in mail.outbox] == [[MIA]]
    assert asked.url == reverse('account_email_verification_sent')
    assert 'is not one of the addresses you have confirmed' in page
    assert (refused.status_code, on(seat).state) == (422, 'invited')

    other.emailaddress_set.create(email=MIA, verified=True)
    waiting = client.get(reverse('account')).content.decode()
    client.post(reverse('place_answer', args=[seat.pk]), {'yes': '1'})

    assert 'offers you a place in <strong>Institute for Careful Change</strong>' in waiting
    assert (on(seat).person, seat.state) == (other, 'active')
    assert other.emailaddress_set.count() == 2
    assert 'Mia Privately has accepted the invitation to ' + MIA in Letter.objects.get(kind='seat_taken').body


def test_a_forwarded_link_lets_nobody_into_an_account_that_is_there(membership, contact):
    make_person('Mia Member', email=MIA)
    seat = inviting.invite(membership, by=contact, address=MIA)
    link, visitor = link_to(MIA), Client()

    page = visitor.get(link).content.decode()
    posted = visitor.post(link, {'answer': 'yes', 'name': 'Someone Else'})

    assert 'There is an account under this address' in page
    assert (posted.status_code, on(seat).state) == (422, 'invited')
    assert Person.objects.filter(name='Someone Else').count() == 0


def test_of_two_invitations_of_one_new_address_at_once_the_second_asks_to_sign_in(
    membership, contact, monkeypatch
):
    elsewhere = make_membership(make_organisation())
    seat = inviting.invite(membership, by=contact, address=MIA)
    path = link_to(MIA)
    other = inviting.invite(elsewhere, by=None, address=MIA)
    inviting.come(other, name='Mia Member')
    monkeypatch.setattr(inviting, 'has_account', lambda address: False)

    page = Client().post(path, {'answer': 'yes', 'name': 'Mia Member'})
    seat.refresh_from_db()

    assert page.status_code == 409
    assert inviting.HAS_ACCOUNT in page.text
    assert (seat.state, Person.objects.filter(email=MIA).count()) == ('invited', 1)


def test_of_two_tabs_the_second_reads_that_the_place_is_taken(membership, contact, monkeypatch):
    seat = inviting.invite(membership, by=contact, address=MIA)
    link, has_account = link_to(MIA), inviting.has_account

    def the_first_tab_meanwhile(address):
        monkeypatch.setattr(inviting, 'has_account', has_account)
        inviting.come(seat, name='Mia Member')
        return has_account(address)

    monkeypatch.setattr(inviting, 'has_account', the_first_tab_meanwhile)
    second = Client().post(link, {'answer': 'yes', 'name': 'Mia Member'})

    assert (second.status_code, Client().get(link).status_code, on(seat).state) == (409, 200, 'active')
    assert 'not one of the available choices' not in second.content.decode()
    assert Person.objects.filter(name='Mia Member').count() == 1


@pytest.mark.parametrize(
    ('stands', 'sentence'),
    [
        ('active', 'With it you may write for the blog and meet other members.'),
        (
            'suspended',
            'That membership is not in force at present: once it is, you may write for the blog and meet other members.',
        ),
    ],
)
def test_letters_and_page_promise_no_more_than_the_membership_gives_today(
    membership, contact, client, stands, sentence
):
    if stands == 'suspended':
        membership.overrides.create(status=stands, reason='Not paid.', start=TODAY)

    inviting.invite(membership, by=contact, address=MIA)
    page = client.get(link_to(MIA)).text
    asking.approve(asking.ask(membership, by=make_person('Ned Newer')), by=contact)

    letters = Letter.objects.filter(kind__in=['seat_invitation', 'seat_approved'])
    assert [sentence in letter.body for letter in letters] == [True, True]
    assert sentence in page


def test_a_no_is_said_by_the_link_alone_and_frees_the_place(membership, contact, client):
    inviting.invite(membership, by=contact, address=MIA)

    page = client.post(link_to(MIA), {'answer': 'no'})

    assert 'You have said no' in page.content.decode()
    assert seats.use(membership).used == 0
    assert told()[-1] == ('seat_refused', contact.email)


def test_who_has_a_place_already_takes_no_second(membership, contact):
    mia = make_person('Mia Member', email='mia@home.example')
    seats.give(membership, by=None, person=mia)
    seat = inviting.invite(membership, by=contact, address=MIA)
    mia.emailaddress_set.create(email=MIA, verified=True)

    inviting.accept(seat, by=mia)

    assert (on(seat).state, seats.use(membership).used) == ('withdrawn', 1)
    with pytest.raises(NotNow, match='has a place here already'):
        inviting.invite(membership, by=contact, address=MIA)


def test_who_has_a_place_from_a_day_to_come_takes_no_second_and_reads_from_when(membership, contact):
    Category.objects.update(seats=9)
    membership.terms.update(seats=9)
    dai, later = make_person('Dai Later', email='dai@home.example'), TODAY + timedelta(days=30)
    invited = inviting.invite(membership, by=contact, address=MIA)
    asked = asking.ask(membership, by=dai)
    dai.emailaddress_set.create(email=MIA, verified=True)
    seats.give(membership, by=None, person=dai, since=later)

    for who_has, act in (
        ('You have', lambda: inviting.accept(invited, by=dai)),
        ('You have', lambda: asking.join(membership, by=dai, automatic=True)),
        ('You have', lambda: asking.ask(membership, by=dai)),
        ('Dai Later has', lambda: asking.approve(asked, by=contact)),
        (
            f'Whoever has the address {dai.email} has',
            lambda: inviting.invite(membership, by=contact, address=dai.email),
        ),
    ):
        with pytest.raises(NotNow) as refused:
            act()
        assert str(refused.value) == f'{who_has} a place here already, from {days.in_words(later)}.'


def test_who_left_may_be_invited_again_and_the_place_they_had_stays_in_the_record(membership, contact):
    seat = inviting.invite(membership, by=contact, address=MIA)
    mia = make_person('Mia Member', email=MIA)
    ended = seats.end(inviting.accept(seat, by=mia), by=contact)

    again = inviting.invite(membership, by=contact, address=MIA)

    assert again.pk != ended.pk
    assert (on(ended).person, ended.state, ended.address) == (mia, 'ended', '')
    assert Letter.objects.filter(kind='seat_ended', to=mia).count() == 1
    assert mia.is_active


def test_strangers_ended_memberships_and_addresses_that_bounce_are_refused(membership, contact, stranger):
    SuppressedAddress.objects.create(address='gone@strathlorne.example', reason='550')

    with pytest.raises(NotAllowed):
        inviting.invite(membership, by=stranger, address=MIA)
    with pytest.raises(NotNow, match='come back'):
        inviting.invite(membership, by=contact, address='gone@strathlorne.example')
    with pytest.raises(NotNow, match='Write an email address'):
        inviting.invite(membership, by=contact, address='Mia')
    seat = inviting.invite(membership, by=contact, address=MIA)
    leaving.end(membership, by=None, on=TODAY - timedelta(days=1))
    with pytest.raises(NotNow, match='ended on'):
        inviting.invite_again(seat, by=contact)
    with pytest.raises(NotNow, match='ended on'):
        inviting.accept(seat, by=make_person(email=MIA))


def test_nobody_is_dropped_where_a_smaller_term_leaves_more_people_than_seats(membership, contact):
    seat = inviting.invite(membership, by=contact, address=MIA)
    seats.give(membership, by=None, person=contact)
    renewing.keep_terms(membership, by=None, terms=[_with_seats(membership.terms.get(), 1)])

    with pytest.raises(NotNow, match='2 of 1 used'):
        inviting.invite(membership, by=contact, address='x@strathlorne.example')
    inviting.accept(seat, by=make_person(email=MIA))

    assert str(seats.use(membership)) == '2 of 1 used'


def _with_seats(term, count):
    term.seats = count
    return term


def test_the_address_goes_sixty_days_after_an_invitation_came_to_nothing(membership, contact):
    taken = inviting.accept(inviting.invite(membership, by=contact, address=MIA), by=make_person(email=MIA))
    old = on(
        inviting.invite(membership, by=contact, address='x@care.example'),
        holds_until=TODAY - timedelta(days=61),
    )
    Seat.objects.filter(pk=taken.pk).update(holds_until=TODAY - timedelta(days=99))

    keeping.delete(inviting.past_their_days(timezone.now()))

    assert list(Seat.objects.values_list('pk', flat=True)) == [taken.pk]
    assert old.pk != taken.pk


def test_who_gives_up_their_own_place_keeps_the_account(membership, contact, signed_in):
    mia = make_person('Mia Member')
    seats.give(membership, by=None, person=mia)
    client, path = signed_in(mia), reverse('seat_leave', args=[membership.organisation_id])

    asked = client.get(path).content.decode()
    client.post(path)

    assert 'Give up your place?' in asked
    assert (mia.may_submit(), client.get(reverse('account')).status_code, client.get(path).status_code) == (
        False,
        200,
        404,
    )


def test_who_moves_on_ends_one_affiliation_and_starts_the_next(membership, contact):
    mia = make_person('Mia Member', email=MIA)
    before = Affiliation.objects.create(person=mia, organisation=make_organisation(), main=True)
    seat = inviting.invite(membership, by=contact, address=MIA)
    link, client = link_to(MIA), Client()
    client.force_login(mia)

    client.post(link, {'answer': 'yes', 'works_there': 'on', 'job_title': 'Head'})

    before.refresh_from_db()
    now = mia.affiliations.get(main=True)
    assert (before.until, before.main) == (TODAY - timedelta(days=1), False)
    assert (str(now), now.since) == ('Head, Institute for Careful Change', TODAY)
    assert on(seat).person == mia
