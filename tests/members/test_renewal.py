"""A renewal from the notice to its answer: each step once, by a page that needs no password."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.test import Client
from django.urls import reverse

from members import leaving, waiting
from members.models import (
    BankImport,
    Category,
    Invoice,
    Membership,
    Office,
    Organisation,
    Person,
    Renewal,
    Term,
)
from members.money import payments, renewing
from members.places import seats
from members.renewals import offering, reminders, unheard
from members.status import Status
from tests.conftest import form_of, letters_leave, make_membership, make_organisation, make_person
from ukis import letters as outbox
from ukis.clock.models import Reminded
from ukis.letters.bouncing import came_back
from ukis.letters.models import Letter, SuppressedAddress
from ukis.letters.reports import Meaning, Report
from ukis.letters.return_path import return_path
from ukis.refusals import NotNow

pytestmark = pytest.mark.django_db
ENDS = date(2027, 3, 31)


@pytest.fixture
def membership(society):
    society.office_address = 'office@society.example'
    society.save()
    Category.objects.create(
        name='Organisation', holders='organisations', fee=450, seats=10, year='fixed', grace_days=60
    )
    organisation = make_organisation(
        'Institute of Łódź', billing_address='1 High Street\nPerth', nations=['scotland']
    )
    membership = make_membership(organisation, status='none', joined_on=date(2026, 4, 1))
    renewing.add_term(membership, by=None, start=date(2026, 4, 1), end=ENDS, payment=Term.Payment.PAID)
    for role, name in (('main', 'Mo Main'), ('billing', 'Bo Billing'), ('voting', 'Vi Voting')):
        person = make_person(name, nation='scotland')
        Office.objects.create(organisation=organisation, person=person, role=role, since=date(2026, 4, 1))
    return membership


def moment(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def live_through(first: date, last: date, *, every: int = 1, besides=()) -> None:
    """The clock runs on each of these days, but on those besides."""
    day = first
    while day <= last:
        if day not in besides:
            with time_machine.travel(moment(day), tick=False):
                reminders.remind(moment(day))
        day += timedelta(days=every)


def sent() -> list[tuple[str, str]]:
    return [(letter.kind, letter.to_name) for letter in Letter.objects.order_by('pk')]


@pytest.fixture
def offered(membership):
    live_through(ENDS - timedelta(days=61), ENDS - timedelta(days=58))  # sixty days before is a Saturday
    return Renewal.objects.get()


def page_of(renewal: Renewal, name: str = 'Bo Billing') -> str:
    """The page that the letter to this person opens."""
    letter = Letter.objects.get(kind='renewal_offered', to_name=name)
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.WAITING)
    letters_leave()
    [message] = [one for one in mail.outbox if one.to[0].startswith(name)][-1:]
    return re.search(r'/renew/[^/]+/', message.body)[0]


def test_sixty_days_before_the_next_term_is_offered_and_nothing_is_owed(offered, membership):
    term = offered.term

    assert (term.start, term.end, term.fee, term.seats, term.payment) == (
        date(2027, 4, 1),
        date(2028, 3, 31),
        Decimal(450),
        10,
        'unpaid',
    )
    assert sent() == [('renewal_offered', 'Bo Billing'), ('renewal_offered', 'Mo Main')]
    assert Invoice.objects.count() == 0
    assert 'This is not an invoice' in Letter.objects.first().body


def test_each_step_comes_once_until_the_membership_lapses(offered, membership):
    live_through(ENDS - timedelta(days=57), ENDS + timedelta(days=70))
    with time_machine.travel(moment(ENDS + timedelta(days=50), 15), tick=False):
        reminders.remind(moment(ENDS + timedelta(days=50), 15))

    main = [kind for kind, name in sent() if name == 'Mo Main']
    assert main == [
        'renewal_offered',
        'renewal_in_30_days',
        'renewal_in_7_days',
        'renewal_ends_today',
        'renewal_after_14_days',
        'renewal_after_30_days',
        'renewal_last',
    ]
    assert membership.standing(ENDS + timedelta(days=61)).status == Status.LAPSED


def test_after_missed_days_the_latest_step_alone_comes(offered):
    missed = {ENDS - timedelta(days=days) for days in range(31, -1, -1)}
    live_through(ENDS - timedelta(days=57), ENDS + timedelta(days=3), besides=missed)

    assert [kind for kind, name in sent() if name == 'Mo Main'] == ['renewal_offered', 'renewal_ends_today']
    assert set(Reminded.objects.filter(outcome='skipped').values_list('step', flat=True)) == {'-30', '-7'}


def test_no_step_leaves_on_a_day_off_of_the_recipients(offered):
    with time_machine.travel(moment(ENDS - timedelta(days=1))):
        # 31 March 2027 is a Wednesday; the Friday before is Good Friday, and Easter Monday is none in Scotland.
        assert not reminders.OfTerms().waits(offered.term, reminders.OfTerms.steps[2], date(2027, 3, 29))
        assert reminders.OfTerms().waits(offered.term, reminders.OfTerms.steps[2], date(2027, 3, 26))
        assert reminders.OfTerms().waits(offered.term, reminders.OfTerms.steps[2], date(2027, 3, 27))


def test_nobody_is_written_to_on_a_holiday_of_theirs_where_the_others_work(offered, membership):
    england = make_person('Enid England', nation='england')
    Office.objects.create(
        organisation=membership.organisation, person=england, role='billing', since=date(2026, 4, 1)
    )
    Office.objects.filter(role='billing').exclude(person=england).delete()

    waits = [
        reminders.OfTerms().waits(offered.term, reminders.OfTerms.steps[2], day)
        # St Andrew's Day, which is kept in Scotland alone; Easter Monday, which is not; a Tuesday.
        for day in (date(2026, 11, 30), date(2027, 3, 29), date(2026, 12, 1))
    ]

    assert waits == [True, True, False]


def test_renewing_is_one_button_and_draws_the_invoice_once(offered, membership):
    with time_machine.travel(moment(date(2027, 2, 3))):
        page, client = page_of(offered), Client()
        assert 'Renew for £450.00' in client.get(page).text

        for _ in range(2):
            answer = client.post(page, {'do': 'renew', 'renew-po_number': 'PO-9'})

        assert (answer.status_code, answer.url) == (302, page)
        invoice = Invoice.objects.get()
        offered.refresh_from_db()
        assert (invoice.po_number, invoice.total, invoice.term) == ('PO-9', Decimal(450), offered.term)
        assert (offered.answer, offered.by.name, offered.letter.to_name) == (
            'renewed',
            'Bo Billing',
            'Bo Billing',
        )
        assert f'Invoice {invoice.number}' in client.get(page).text
        payments.record(
            membership,
            by=None,
            received_on=date(2027, 2, 3),
            amount=Decimal(450),
            to=[(invoice, Decimal(450))],
        )
    live_through(date(2027, 2, 4), date(2027, 6, 1), every=5)

    assert [kind for kind, name in sent() if name == 'Mo Main'] == ['renewal_offered']
    assert membership.standing(date(2027, 5, 1)).status == Status.ACTIVE


def test_a_payment_without_an_answer_stops_the_reminders_too(offered, membership):
    with time_machine.travel(moment(date(2027, 3, 2))):
        from members.money import billing

        invoice = billing.bill(offered.term, by=None)
        payments.record(
            membership,
            by=None,
            received_on=date(2027, 3, 2),
            amount=Decimal(450),
            to=[(invoice, Decimal(450))],
        )
    live_through(date(2027, 3, 3), date(2027, 6, 1), every=5)

    assert [kind for kind, name in sent() if name == 'Mo Main'] == ['renewal_offered']


def test_a_refusal_ends_the_membership_with_its_term_and_can_be_taken_back(offered, membership):
    with time_machine.travel(moment(date(2027, 2, 3))):
        page, client = page_of(offered), Client()
        unsure = client.post(page, {'do': 'refuse', 'refuse-why': 'Money.'})
        assert (unsure.status_code, 'Tick that the membership is to end' in unsure.text) == (422, True)

        client.post(page, {'do': 'refuse', 'refuse-why': 'Money.', 'refuse-sure': 'on'})

        membership.refresh_from_db()
        assert (membership.ended_on, offered.term.invoices.count()) == (ENDS, 0)
        refused = [name for kind, name in sent() if kind == 'not_renewed']
        assert sorted(refused) == ['Bo Billing', 'Mo Main', 'UK Implementation Society', 'Vi Voting']
        with pytest.raises(NotNow, match='Take that back first'):
            offering.renew(offered, by=None)

        client.post(page, {'do': 'reconsider'})

        membership.refresh_from_db()
        offered.term.refresh_from_db()
        assert (membership.ended_on, offered.term.payment) == (None, 'unpaid')
        client.post(page, {'do': 'refuse', 'refuse-sure': 'on'})
    with time_machine.travel(moment(date(2027, 4, 1))):
        late = client.post(page, {'do': 'reconsider'})
        assert (late.status_code, 'The membership has ended' in late.text) == (409, True)
        assert Membership.objects.with_status().get().status == Status.ENDED


def test_a_refusal_in_the_days_of_grace_ends_it_with_that_day_and_can_be_taken_back_on_it(
    offered, membership
):
    day = ENDS + timedelta(days=20)
    with time_machine.travel(moment(day)):
        page, client = page_of(offered), Client()
        before = client.get(page).text
        said = client.post(page, {'do': 'refuse', 'refuse-sure': 'on'}, follow=True).text
        membership.refresh_from_db()
        ends = membership.ended_on
        client.post(page, {'do': 'reconsider'})
        membership.refresh_from_db()
        back = membership.ended_on
        client.post(page, {'do': 'refuse', 'refuse-sure': 'on'})
    with time_machine.travel(moment(day + timedelta(days=1))):
        late = client.post(page, {'do': 'reconsider'})

    assert 'The membership then ends on 20 April 2027' in before
    assert 'We have it: the membership ends on 20 April 2027. Everybody who holds an office is told.' in said
    assert (ends, back, late.status_code) == (day, None, 409)
    assert 'It ends on 20 April 2027' in Letter.objects.filter(kind='not_renewed').first().body


def test_the_history_says_by_which_letter_each_answer_was_given_and_leads_there(
    offered, membership, secretary, signed_in
):
    said = []
    for day, verb in ((3, 'refuse'), (4, 'reconsider'), (5, 'renew')):
        with time_machine.travel(moment(date(2027, 2, day))):
            letter = Letter.objects.filter(kind='renewal_offered', to_name='Mo Main').first()
            Letter.objects.filter(pk=letter.pk).update(queued_at=moment(date(2027, 2, day - 1)))
            getattr(offering, verb)(offered, by=letter.to, letter=Letter.objects.get(pk=letter.pk))
            said += (
                LogEntry.objects.filter(object_id=membership.pk)
                .order_by('-pk')
                .values_list('change_message')[:4]
            )

    told = ' '.join(words for (words,) in said)
    span, number = offered.term.span, letter.pk
    assert f'Will not renew for {span}, by the letter of 2 February 2027 (number {number}).' in told
    assert f'Taken back that they will not renew for {span}, by the letter of 3 February 2027 (number' in told
    assert f'Renewed for {span}: Invoice 10001, by the letter of 4 February 2027 (number {number}).' in told
    page = signed_in(secretary).get(reverse('admin:members_membership_history', args=[membership.pk])).text
    its_page = reverse('admin:ukis_letter_change', args=[number])
    assert f'for {span}, by <a href="{its_page}">the letter of 2 February 2027</a>.' in page


def test_nobody_moves_the_end_that_staff_set(offered, membership):
    expelled, why = date(2027, 2, 4), 'Expelled'
    with time_machine.travel(moment(date(2027, 2, 3))):
        page, client = page_of(offered), Client()
        client.post(page, {'do': 'refuse', 'refuse-sure': 'on'})
        leaving.end(membership, by=None, on=expelled, why=why)

        offers = 'Take it back and stay' in client.get(page).text
        late = client.post(page, {'do': 'reconsider'})

        assert (late.status_code, offers) == (409, False)
        assert 'its end was set otherwise since' in late.text
        Renewal.objects.update(answer='', answered_at=None)
        Term.objects.filter(pk=offered.term_id).update(payment='unpaid')
        again = client.post(page, {'do': 'refuse', 'refuse-sure': 'on'})
    assert (again.status_code, 'this membership ends on 4 February 2027' in again.text) == (409, True)
    membership.refresh_from_db()
    assert (membership.ended_on, membership.ended_why) == (expelled, why)


def test_where_an_end_is_set_the_page_says_which_and_how_it_is_changed(offered, membership, stranger):
    with time_machine.travel(moment(date(2027, 2, 3))):
        leaving.end(membership, by=None, on=date(2027, 6, 30))
        page = Client().get(page_of(offered)).text
        own = Renewal.objects.get(pk=offered.pk)
        own.term.membership = Membership(person=stranger, ended_on=date(2027, 6, 30))
        gone = Renewal.objects.get(pk=offered.pk)
        gone.term.membership = Membership(person=stranger, ended_on=date(2027, 2, 2))

        said = [offering.why_no_refusal(one) for one in (own, gone)]

    set_already = 'The end is set already: this membership ends on 30 June 2027.'
    assert f'{set_already} Write to the office if it is to end sooner, or to go on.' in page
    assert said == [
        f'{set_already} To end it sooner, choose “End it” on My page. Write to the office if it is to go on.',
        'The membership ended on 2 February 2027. Write to the office if it is to go on.',
    ]


def test_a_wish_reaches_the_office_and_changes_nothing(offered):
    with time_machine.travel(moment(date(2027, 2, 3))):
        page, client = page_of(offered), Client()
        filled = {field.html_name: field.value() for field in client.get(page).context['forms']['wish']}
        words = {'do': 'wish', 'wish-words': 'We are called <b>Łódź & Sons</b> now.'}
        answer = client.post(page, filled | words)

    offered.refresh_from_db()
    assert answer.status_code == 302
    assert 'We are called <b>Łódź & Sons</b> now.' in offered.wishes.get().said
    assert [name for kind, name in sent() if kind == 'renewal_wish'] == ['UK Implementation Society']
    assert offered.answer == ''


def test_the_page_names_people_and_no_address(offered):
    with time_machine.travel(moment(date(2027, 2, 3))):
        shown = Client().get(page_of(offered))

    assert 'Mo Main' in shown.text
    assert '@' not in re.sub(r'office@society\.example|blogs@[^"<]*', '', shown.text)
    assert shown.headers['Referrer-Policy'] == 'no-referrer'


@pytest.mark.parametrize('token', ['x', 'a' * 32])
def test_a_wrong_link_leads_nowhere(offered, token):
    assert Client().get(reverse('renewal', args=[token])).status_code == 404
    assert Client().post(reverse('renewal', args=[token]), {'do': 'renew'}).status_code == 404


def test_where_nobody_can_be_reached_the_staff_hear(membership):
    for office in Office.objects.exclude(role='voting'):
        SuppressedAddress.objects.create(address=office.person.email, reason='It bounced.')

    live_through(ENDS - timedelta(days=58), ENDS - timedelta(days=58))
    assert sent() == [('renewal_offered', 'Vi Voting')]

    letter = Letter.objects.get()
    SuppressedAddress.objects.create(address=letter.to_address, reason='It bounced.')
    with time_machine.travel(moment(ENDS - timedelta(days=59))):
        reminders.given_up(letter)
    assert sent()[1:] == [('renewal_offered', 'UK Implementation Society')]


def test_an_ended_suspended_or_free_membership_is_not_chased(membership):
    Category.objects.update(fee=0)
    live_through(ENDS - timedelta(days=60), ENDS + timedelta(days=40), every=10)

    assert (Term.objects.count(), Renewal.objects.count(), sent()) == (2, 0, [])
    assert membership.standing(ENDS + timedelta(days=40)).status == Status.ACTIVE


def test_a_contact_who_is_signed_in_answers_without_the_letter(offered, signed_in):
    bo, vi = (Office.objects.get(role=role).person for role in ('billing', 'voting'))
    page = reverse('my_renewal', args=[offered.pk])
    with time_machine.travel(moment(date(2027, 2, 3))):
        assert page in signed_in(bo).get(reverse('account')).text
        assert signed_in(vi).get(page).status_code == 404
        client = signed_in(bo)
        assert 'csrfmiddlewaretoken' in client.get(page).text
        client.post(page, {'do': 'renew'})

    offered.refresh_from_db()
    assert (offered.answer, offered.by, offered.letter, offered.term.invoices.count()) == (
        'renewed',
        bo,
        None,
        1,
    )


def test_a_step_whose_letters_come_back_is_not_told_and_staff_see_whom_nobody_reached(membership, settings):
    settings.BOUNCES_TO = 'bounce@back.example'
    Office.objects.exclude(role='main').delete()
    live_through(ENDS - timedelta(days=58), ENDS - timedelta(days=58))
    [entry] = Reminded.objects.filter(step='-60')
    told = (entry.outcome, list(unheard.renewals()))
    with time_machine.travel(moment(ENDS - timedelta(days=58))):
        letters_leave()
    letter = Letter.objects.get(kind='renewal_offered')

    with time_machine.travel(moment(ENDS - timedelta(days=57)), tick=False):
        came_back(letter, Report(return_path(letter), Meaning.DEAD, '5.1.1 unknown'), moment(ENDS))
        line = next(one for one in waiting.all_of_it() if one.words == 'renewals that reached nobody')

    entry.refresh_from_db()
    assert told == ('sent', [])
    assert (entry.outcome, entry.why) == ('unheard', f'What was sent to {letter.to_address} did not arrive.')
    assert [row.words for row in line.first] == ['Institute of Łódź']
    assert [name for _, name in sent()] == ['Mo Main', 'UK Implementation Society']


def test_once_a_later_step_arrives_or_the_term_is_paid_nobody_need_ring(membership):
    Office.objects.exclude(role='main').delete()
    row = SuppressedAddress.objects.create(address=Office.objects.get().person.email, reason='It bounced.')
    live_through(ENDS - timedelta(days=58), ENDS - timedelta(days=58))
    before = [one.step for one in unheard.renewals()]
    live_through(ENDS - timedelta(days=30), ENDS - timedelta(days=28))
    latest = [one.step for one in unheard.renewals()]

    outbox.lift(row, by=make_person(), why='It works again.')
    live_through(ENDS - timedelta(days=7), ENDS - timedelta(days=5))

    assert (before, latest) == (['-60'], ['-30'])
    assert not unheard.renewals().exists()


def test_the_page_says_whose_places_came_by_the_domain(membership, offered):
    ada = make_person('Ada Byway')
    seats.give(membership, by=None, person=ada, since=date(2026, 5, 1))
    membership.seats.filter(person=ada).update(came='domain')

    with time_machine.travel(moment(ENDS - timedelta(days=50))):
        page = Client().get(page_of(offered))

    assert 'Ada Byway. Do they all still work with you?' in page.text


def test_nobody_lapses_whom_no_letter_reached_until_staff_say_that_they_know(
    membership, signed_in, secretary
):
    Office.objects.all().delete()
    days_on = [0, 14, 30, 50, 56, 58, 61, 66, 73, 80]
    statuses = {}
    for day in days_on:
        on = ENDS + timedelta(days=day)
        live_through(on - timedelta(days=1), on)
        with time_machine.travel(moment(on), tick=False):
            unheard.hold(moment(on))
        statuses[day] = membership.standing(on).status
    held = membership.standing(ENDS + timedelta(days=80))
    [entry] = unheard.renewals()

    client, address = signed_in(secretary), reverse('admin:ukis_reminded_change', args=[entry.pk])
    typed = {**form_of(client.get(address)), 'how': 'I rang their finance office.'}
    told = client.post(address, typed)
    late = client.post(address, typed)
    with time_machine.travel(moment(held.grace_until), tick=False):
        unheard.hold(moment(held.grace_until))

    entry.refresh_from_db()
    assert set(statuses.values()) == {Status.DUE, Status.GRACE}
    assert held.grace_until == ENDS + timedelta(days=94)
    assert (told.status_code, entry.outcome) == (302, 'sent')
    assert entry.why == 'Told by Sue Secretary: I rang their finance office.'
    assert 'This step counts as told already.' in late.text
    assert membership.standing(held.grace_until).status == Status.GRACE
    assert membership.standing(held.grace_until + timedelta(days=1)).status == Status.LAPSED
    assert membership.organisation in Organisation.objects.members(held.grace_until)
    assert membership.organisation not in Organisation.objects.members(held.grace_until + timedelta(days=1))


def held_on(on: date, membership: Membership) -> tuple[str, date | None]:
    with time_machine.travel(moment(on), tick=False):
        unheard.hold(moment(on))
    standing = membership.standing(on)
    return standing.status, standing.held_until


def test_without_days_of_grace_it_is_held_while_it_is_still_covered(membership):
    Category.objects.update(grace_days=0)
    Office.objects.all().delete()
    live_through(ENDS - timedelta(days=8), ENDS - timedelta(days=5))

    early = held_on(ENDS - timedelta(days=8), membership)
    covered = held_on(ENDS, membership)
    later = [held_on(ENDS + timedelta(days=day), membership) for day in (1, 6, 7, 21)]

    assert early == (Status.DUE, None)
    assert covered == (Status.DUE, ENDS + timedelta(days=14))
    assert later == [(Status.GRACE, ENDS + timedelta(days=days_on)) for days_on in (14, 14, 21, 35)]


def test_those_that_need_nothing_keep_none_waiting(membership, monkeypatch):
    monkeypatch.setattr(unheard, 'HELD_AT_ONCE', 1)
    Office.objects.all().delete()
    live_through(ENDS - timedelta(days=8), ENDS - timedelta(days=5))
    entry = unheard.renewals().get()
    # An older one, whose membership is over since years.
    old = make_membership(make_organisation(), status='none', joined_on=date(2019, 4, 1))
    paid, due = [
        renewing.add_term(old, by=None, start=date(year, 4, 1), end=date(year + 1, 3, 31), payment=payment)
        for year, payment in ((2019, Term.Payment.PAID), (2020, Term.Payment.UNPAID))
    ]
    Renewal.objects.create(term=due, prepared_at=moment(paid.end))
    Reminded.objects.create(
        plan=entry.plan, content_type=entry.content_type, object_id=due.pk, step='+50', outcome=entry.outcome,
        due_on=date(2020, 5, 20),
    )  # fmt: skip

    held = held_on(ENDS + timedelta(days=58), membership)

    assert unheard.renewals().first().object_id == due.pk
    assert held == (Status.GRACE, ENDS + timedelta(days=72))


def file_reaches(day: date, number: int) -> None:
    at, by = moment(day), Person.objects.get(name='Mo Main')
    BankImport.objects.create(
        number=number, file_name='a.csv', columns={}, oldest=day, newest=day, by=by, at=at,
        confirmed_by=by, confirmed_at=at,
    )  # fmt: skip


@pytest.mark.parametrize(
    ('file', 'held'),
    [(None, (Status.DUE, None)), (-1, (Status.DUE, ENDS + timedelta(days=14))), (0, (Status.DUE, None))],
)
def test_without_days_of_grace_it_is_held_on_its_last_day_for_the_banks_file(membership, file, held):
    Category.objects.update(grace_days=0)
    if file is not None:
        file_reaches(ENDS + timedelta(days=file), 1)
    live_through(ENDS - timedelta(days=61), ENDS - timedelta(days=1), every=3)

    assert held_on(ENDS - timedelta(days=1), membership) == (Status.DUE, None)
    assert held_on(ENDS, membership) == held
    if held[1]:
        file_reaches(ENDS, 2)
        live_through(ENDS + timedelta(days=2), ENDS + timedelta(days=2))
        assert sent()[-1] == ('renewal_ends_today', 'Mo Main')
        assert held_on(held[1], membership) == (Status.GRACE, held[1])
        assert membership.standing(held[1] + timedelta(days=1)).status == Status.LAPSED


def test_nobody_lapses_while_the_letters_wait_for_the_banks_file(membership):
    file_reaches(ENDS - timedelta(days=5), 1)
    live_through(ENDS - timedelta(days=8), ENDS + timedelta(days=1))
    held = [held_on(ENDS + timedelta(days=day), membership) for day in (50, 54, 61, 68, 78)]
    later = ENDS + timedelta(days=79)
    file_reaches(later, 2)
    live_through(later, later)
    after = held_on(ENDS + timedelta(days=86), membership)

    days_of = [(status, until and (until - ENDS).days) for status, until in held]
    assert days_of == [(Status.GRACE, days) for days in (None, 68, 75, 82, 92)]
    assert sent()[-1] == ('renewal_last', 'Mo Main')
    assert 'lapses on 1 July 2027' in Letter.objects.filter(kind='renewal_last').first().body
    assert after == (Status.GRACE, ENDS + timedelta(days=92))
    assert membership.standing(ENDS + timedelta(days=93)).status == Status.LAPSED


def test_the_order_of_a_second_contact_is_added_or_it_is_said_why_not(offered):
    with time_machine.travel(moment(date(2027, 2, 3))):
        mo, bo, client = page_of(offered, 'Mo Main'), page_of(offered), Client()
        client.post(mo, {'do': 'renew'})
        order = {'do': 'renew', 'renew-po_number': 'PO-77', 'renew-attention': 'AP desk'}
        answers = [client.post(bo, order).status_code for _ in range(2)]
        other = client.post(mo, order | {'renew-po_number': 'PO-78'})
        invoice = Invoice.objects.get()
        payments.record(
            invoice.membership, by=None, received_on=date(2027, 2, 3), amount=Decimal(450),
            to=[(invoice, Decimal(450))],
        )  # fmt: skip
        paid = client.post(mo, order | {'renew-po_number': 'PO-79'})

    assert (answers, invoice.po_number, invoice.attention) == ([302, 302], 'PO-77', 'AP desk')
    assert (other.status_code, paid.status_code) == (409, 409)
    assert '“PO-77” stands on ' in other.text
    assert '“PO-78” was not added' in other.text
    assert 'So “PO-79” was not added' in paid.text
    assert Invoice.objects.get().po_number == 'PO-77'
