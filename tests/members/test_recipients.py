"""Every letter of the membership: what is done, and exactly who is written to with what. One scene, the real verbs."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from blog.chasers import digest
from blog.letters import guest_letters, list_letters
from members import applying, data_requests, erasing, leaving, mail_choices, merging, statement_review, weekly
from members.letters import mailings
from members.meeting import introducing
from members.models import Category, Erasure, Mailing, Membership, Office, Seat, Term
from members.money import billing, crediting, extra_seats, payments, renewing
from members.organisations import domains, offices, proposals
from members.places import asking, inviting, seats, staying
from members.renewals import offering, reminders  # fmt: skip
from members.roles import ADMINISTRATOR, SECRETARY
from members.signing_in.adapter import Adapter
from tests.conftest import make_draft, make_membership, make_organisation, make_person, make_post
from tests.members.test_introductions import NOTE
from tests.members.test_renewal import moment
from ukis import days
from ukis.clock import ledger
from ukis.letters import choosing
from ukis.letters.bouncing import came_back
from ukis.letters.models import Letter, SuppressedAddress
from ukis.letters.reports import Meaning, Report
from ukis.letters.return_path import return_path
from ukis.letters.subjects import SUBJECTS
from ukis.society.accessibility import AccessibilityStatement

pytestmark = pytest.mark.django_db
NOW, BEGAN, ENDS = date(2027, 2, 1), date(2026, 4, 1), date(2027, 3, 31)
# Who is there. `gone` is a second billing contact and `mute` the only main one of another organisation: letters to
# them come back. `vera` votes for a third, of which nobody holds another office. `own` has a membership of their own.
ROLES = (
    'main', 'billing', 'gone', 'voting', 'press', 'vera', 'mute', 'own', 'sam', 'tess', 'asker', 'guest', 'twin',
)  # fmt: skip
type Doing = Callable[[SimpleNamespace], Iterator[None]]


def person(role: str, **fields):
    return make_person(f'{role.title()} Person', email=f'{role}@people.example', nation='scotland', **fields)


def member(holder, **fields):
    row = make_membership(holder, status='none', joined_on=BEGAN)
    renewing.add_term(row, by=None, start=BEGAN, end=ENDS, payment=Term.Payment.PAID)
    return row


@pytest.fixture
def scene(society):
    with time_machine.travel(moment(NOW), tick=False):
        for name, holders in (('Organisation', 'organisations'), ('Individual', 'people')):
            extra = {'extra_seat_fee': 20} if holders == 'organisations' else {}
            Category.objects.create(
                name=name, holders=holders, fee=450, seats=10, year='fixed', grace_days=60, **extra
            )
        cast = {role: person(role, postal_address='3 Low Street') for role in ROLES}
        cast |= {
            'secretary': person('secretary', group=SECRETARY),
            'admin': person('admin', group=ADMINISTRATOR),
        }
        bodies = [
            make_organisation(name, billing_address='1 High Street', nations=['scotland'])
            for name in ('Institute of Care', 'Vacant', 'Silent')
        ]
        rows = [member(one) for one in (*bodies, cast['own'])]
        for body, role, office in (
            (0, 'main', 'main'), (0, 'billing', 'billing'), (0, 'gone', 'billing'), (0, 'voting', 'voting'),
            (0, 'press', 'communications'), (1, 'vera', 'voting'), (2, 'mute', 'main'),
        ):  # fmt: skip
            offices.appoint(bodies[body], by=None, person=cast[role], role=office, since=BEGAN)
        for role in ('sam', 'tess'):
            seats.give(rows[0], by=None, person=cast[role], since=BEGAN)
        for role in ('gone', 'mute'):
            SuppressedAddress.objects.create(address=f'{role}@people.example', reason='550')
        yield SimpleNamespace(**cast, bodies=bodies, rows=rows, institute=rows[0], letters=Letter.objects)


def told(scene, do: Doing) -> dict[str, str]:
    """Of what is done after its `yield`: by kind, who is written to, in the order of their names."""
    doing = do(scene)
    next(doing)
    before = list(Letter.objects.values_list('pk', flat=True))
    assert next(doing, 'done') == 'done'
    found: dict[str, set[str]] = {}
    for letter in Letter.objects.exclude(pk__in=before):
        found.setdefault(letter.kind, set()).add(letter.to_address.partition('@')[0])
    return {kind: ' '.join(sorted(names)) for kind, names in sorted(found.items())}


def on(day: date):
    return time_machine.travel(moment(day), tick=False)


def offered(scene) -> list:
    return [offering.prepare(row) for row in scene.rows]


def billed(scene) -> list:
    return [billing.bill(renewal.term, by=None) for renewal in offered(scene)]


# --- Joining


def draft(scene):
    return make_draft(scene.guest, complete=True)


def sent(scene):
    return applying.submit(draft(scene), by=scene.guest)


def begins_to_apply(scene):
    yield
    make_draft(None, email='guest@people.example')


def leaves_the_draft(scene):
    row = draft(scene)
    type(row).objects.update(due_on=NOW)
    yield
    applying.dispose(moment(NOW))


def applies(scene):
    row = draft(scene)
    yield
    applying.submit(row, by=scene.guest)


def asks_for_a_place_instead(scene):
    row = draft(scene)
    row.organisation = scene.bodies[0]
    row.save()
    yield
    applying.ask_seat(row, by=scene.guest)


def is_asked_for_more(scene):
    row = sent(scene)
    yield
    applying.ask(row, by=scene.secretary, note='Which size?')


def is_declined(scene):
    row = sent(scene)
    yield
    applying.decline(row, by=scene.secretary, note='Not for us.')


def is_reopened(scene):
    row = applying.decline(sent(scene), by=scene.secretary, note='Not for us.')
    yield
    applying.reopen(row, by=scene.secretary, note='We were wrong.')


def is_approved(scene):
    row = sent(scene)
    yield
    applying.approve(row, by=scene.secretary)


# --- Money


def draws_invoices(scene):
    renewals = offered(scene)
    yield
    for renewal in renewals:
        billing.bill(renewal.term, by=scene.secretary)


def pays(amount: int) -> Doing:
    def do(scene):
        rows = billed(scene)
        yield
        for row in rows:
            payments.record_for(row, by=scene.secretary, amount=Decimal(amount), received_on=NOW)

    return do


def takes_payments_back(scene):
    made = [
        payments.record_for(row, by=None, amount=Decimal(450), received_on=NOW)[0] for row in billed(scene)
    ]
    yield
    for payment in made:
        payments.take_back(payment, by=scene.secretary, why='Recalled.')


def is_credited(scene):
    rows = billed(scene)
    yield
    for row in rows:
        crediting.credit(row, by=scene.secretary, reason='Wrong band.')


def takes_more_places(scene):
    yield
    extra_seats.take(scene.institute, by=scene.main, number=1, taken=0)


def is_chased(after: int) -> Doing:
    def do(scene):
        invoice = extra_seats.take(scene.institute, by=None, number=1, taken=0).invoice
        yield
        day = invoice.due_on + timedelta(days=after)
        with on(day):
            ledger.run(reminders.OfFirstInvoices(), moment(day))

    return do


# --- Renewing


def goes_by_the_clock(scene):
    yield
    for day in (
        NOW,
        date(2027, 3, 1),
        date(2027, 3, 24),
        ENDS,
        date(2027, 4, 14),
        date(2027, 4, 30),
        date(2027, 5, 20),
    ):
        with on(day):
            reminders.remind(moment(day))


def has_a_letter_come_back(role: str) -> Doing:
    def do(scene):
        reminders.remind(moment(NOW))
        letter = Letter.objects.get(kind='renewal_offered', to=getattr(scene, role))
        Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SENT)
        yield
        came_back(letter, Report(return_path(letter), Meaning.DEAD, '5.1.1 unknown'), moment(NOW))

    return do


def renews(scene):
    renewals = offered(scene)
    yield
    for renewal in renewals:
        offering.renew(renewal, by=None)


def does_not_renew(scene):
    renewals = offered(scene)
    yield
    for renewal in renewals:
        offering.refuse(renewal, by=None)


def takes_that_back(scene):
    refused = [offering.refuse(renewal, by=None) for renewal in offered(scene)]
    yield
    for renewal in refused:
        offering.reconsider(renewal, by=None)


def wishes_for_something(scene):
    renewal = offered(scene)[0]
    yield
    offering.wish(renewal, by=scene.billing, words='Twelve places, please.')


# --- Places


def invites(scene):
    yield
    inviting.invite(scene.institute, by=scene.main, address='guest@people.example')


def accepts(scene):
    seat = inviting.invite(scene.institute, by=scene.main, address='guest@people.example')
    yield
    inviting.accept(seat, by=scene.guest)


def refuses_what_one_invited_who_is_gone(scene):
    seat = inviting.invite(scene.institute, by=scene.main, address='guest@people.example')
    SuppressedAddress.objects.create(address=scene.main.email, reason='550')
    yield
    inviting.refuse(seat)


def joins(*, automatic: bool) -> Doing:
    def do(scene):
        yield
        for row in scene.rows[:3]:
            asking.join(row, by=scene.guest, automatic=automatic)

    return do


def is_given_the_place(scene):
    seat = asking.join(scene.institute, by=scene.asker, automatic=False)
    yield
    asking.approve(seat, by=scene.main)


def is_not_given_the_place(scene):
    seat = asking.join(scene.institute, by=scene.asker, automatic=False)
    yield
    asking.decline(seat, by=scene.main)


def asks_where_the_membership_ends_before_an_answer(scene):
    asking.join(scene.institute, by=scene.asker, automatic=False)
    leaving.end(scene.institute, by=scene.secretary, on=NOW - timedelta(days=1))
    yield
    for _ in range(2):
        asking.end_unanswered(moment(NOW))


def is_given_a_place_by_staff(scene):
    rows = [Seat(person=scene.guest), *scene.institute.seats.all()]
    yield
    seats.keep_seats(scene.institute, by=scene.secretary, seats=rows, tells=seats.tell_whose_it_is)


def loses_a_place(scene):
    yield
    seats.end(scene.institute.seats.get(person=scene.sam), by=scene.main)


def has_no_place_after_a_split(scene):
    merging.succeed(scene.bodies[0], by=scene.secretary, successors=scene.bodies[1:3], since=NOW)
    Membership.objects.filter(pk=scene.institute.pk).update(ended_on=NOW - timedelta(days=1))
    yield
    for _ in range(2):
        merging.look_after_people(moment(NOW))


def has_fewer_places(scene):
    term = offered(scene)[0].term
    Term.objects.filter(pk=term.pk).update(seats=1)
    yield
    staying.see_to(moment(NOW))


def chooses_who_stays(scene):
    term = offered(scene)[0].term
    Term.objects.filter(pk=term.pk).update(seats=1)
    yield
    for role in ('tess', 'sam'):
        seat = scene.institute.seats.get(person=getattr(scene, role))
        staying.choose(scene.institute, by=scene.main, stay=[seat.pk])


def resigns(scene):
    yield
    leaving.resign(scene.rows[3], by=scene.own, at_the_end=False)


# --- Offices, domains, listing


def gives_an_office(scene):
    yield
    offices.appoint(scene.bodies[0], by=scene.main, person=scene.sam, role='billing')


def ends_an_office(scene):
    yield
    offices.step_down(scene.bodies[0].offices.get(person=scene.billing), by=scene.main)


def lays_down_the_last_office(scene):
    yield
    offices.step_down(scene.bodies[0].offices.get(person=scene.main), by=scene.main)


def looks_for_who_is_silent(scene):
    yield
    offices.look_for_silent(moment(NOW))


def claimed(scene):
    scene.main.emailaddress_set.create(email='main@care.example', verified=True)
    return domains.claim(scene.bodies[0], by=scene.main, name='care.example', automatic=False)


def has_a_domain_confirmed(scene):
    domain = claimed(scene)
    yield
    domains.confirm(domain, by=scene.secretary, automatic=False)


def has_a_domain_refused(scene):
    domain = claimed(scene)
    yield
    domains.give_up(domain, by=scene.secretary, why='It is another body’s.')


def proposed(scene):
    return proposals.propose(scene.bodies[0], by=scene.press, wanted={'short_name': 'IoC'})[0]


def has_a_change_accepted(scene):
    change = proposed(scene)
    yield
    proposals.accept(change, by=scene.secretary, seen='')


def has_a_change_declined(scene):
    change = proposed(scene)
    yield
    proposals.decline(change, by=scene.secretary, why='Too short.')


def once_it_was_laid_down(role: str, do: Doing) -> Doing:
    """The same, where whoever began it holds no office any more when it is decided."""

    def doing(scene):
        steps = do(scene)
        next(steps)
        for office in Office.objects.current().filter(person=getattr(scene, role)):
            offices.step_down(office, by=office.person)
        yield
        next(steps, None)

    return doing


# --- Meeting


def asked(scene):
    return introducing.ask(scene.own, scene.sam, by=scene.own, topic='Readiness', note=NOTE)


def asks_to_be_introduced(scene):
    yield
    asked(scene)


def is_introduced(scene):
    row = asked(scene)
    yield
    introducing.accept(row, by=scene.sam)


def says_no(scene):
    row = asked(scene)
    yield
    introducing.decline(row, by=scene.sam)


def ends_an_introduction(scene):
    row = introducing.accept(asked(scene), by=scene.sam)
    yield
    introducing.end(row, by=scene.own)


def reports_a_note(scene):
    row = asked(scene)
    yield
    introducing.report(row, by=scene.sam, why='It went to all of us.')


# --- Accounts and data


def changes_an_account(scene):
    yield
    adapter = Adapter()
    for place, kinds in (
        ('account', ('email_changed', 'email_deleted', 'password_changed', 'password_reset', 'password_set')),
        (
            'mfa',
            (
                'recovery_codes_generated',
                'totp_activated',
                'totp_deactivated',
                'webauthn_added',
                'webauthn_removed',
            ),
        ),
    ):
        for kind in kinds:
            adapter.send_notification_mail(f'{place}/email/{kind}', scene.own)


def are_one_person(scene):
    looked = merging.look_at_people(scene.own, scene.twin, by=scene.admin)
    answers = {choice.name: choice.initial for choice in looked.choices}
    yield
    merging.merge_people(scene.own, scene.twin, by=scene.admin, state=looked.state, answers=answers)


def asks_about_data(scene):
    yield
    data_requests.ask(kind='complaint', words='Why?', name='Own', email=scene.own.email, by=scene.own)


def is_answered_about_data(scene):
    row = data_requests.ask(kind='complaint', words='Why?', name='Own', email=scene.own.email, by=scene.own)
    yield
    data_requests.answer(row, by=scene.secretary, words='Because.')


def asks_to_be_forgotten(scene):
    yield
    erasing.ask(scene.own, by=scene.own, bylines='keep')


def wants_to_be_known_after_all(scene):
    row = erasing.ask(scene.own, by=scene.own, bylines='keep')
    yield
    erasing.take_back(row, by=scene.own)


def is_forgotten(scene):
    make_post(people=(scene.own,))
    row = erasing.ask(scene.own, by=scene.own, bylines=Erasure.Bylines.REMOVAL)
    yield
    erasing.carry_out(row, at=moment(NOW + timedelta(days=8)))


def is_the_last_administrator_and_asked_to_be_forgotten(scene):
    other = person('second', group=ADMINISTRATOR)
    row = erasing.ask(scene.admin, by=other, bylines='keep')
    other.groups.clear()
    yield
    erasing.carry_out(row, at=moment(NOW + timedelta(days=8)))


# --- To many, and to staff


def writes_to_many(kind: str) -> Doing:
    def do(scene):
        choosing.choose(scene.own.email, {mail_choices.NEWS.name: True}, form='signed in', person=scene.own)
        row = mailings.begin('membership', [one.pk for one in scene.rows], by=scene.secretary)
        given = {
            'subject': 'Cardiff',
            'words': 'Come.',
            'kind': kind,
            'offices': ['main', 'billing', 'voting'],
        }
        Mailing.objects.filter(pk=row.pk).update(**given)
        row.refresh_from_db()
        yield
        mailings.send(row, by=scene.secretary, seen=mailings.audience(row).mark)
        mailings.send_test(row, by=scene.secretary)

    return do


def comes_the_review_of_the_accessibility_statement(scene):
    statement = AccessibilityStatement(prepared_on=date(2020, 1, 1), reviewed_on=days.years_after(NOW, -1))
    statement.save()
    statement.reviews.create(reviewed_on=statement.reviewed_on)
    yield
    statement_review.remind(moment(NOW))


def comes_monday(scene):
    yield
    weekly.write(moment(NOW))


def comes_monday_and_the_secretarys_letters_come_back(scene):
    SuppressedAddress.objects.create(address=scene.secretary.email, reason='550')
    yield
    weekly.write(moment(NOW))


MONEY, OFFICES = 'billing office own vera', 'billing main office own press vera voting'
RENEWAL = 'billing main office own vera'
WHO_IS_WRITTEN_TO: list[tuple[Doing, dict[str, str]]] = [
    (begins_to_apply, {'application_link': 'guest'}),
    (leaves_the_draft, {'application_goes': 'guest'}),
    (applies, {'application_arrived': 'office', 'application_received': 'guest'}),
    (asks_for_a_place_instead, {'seat_asked': 'main'}),
    (is_asked_for_more, {'application_asked': 'guest'}),
    (is_declined, {'application_declined': 'guest'}),
    (is_reopened, {'application_reopened': 'guest'}),
    (is_approved, {'application_approved': 'guest', 'invoice_issued': 'guest'}),
    (draws_invoices, {'invoice_issued': MONEY}),
    (pays(100), {'payment_in_part': MONEY}),
    (pays(450), {'payment_in_full': MONEY}),
    (takes_payments_back, {'payment_taken_back': MONEY, 'payment_taken_back_staff': 'office'}),
    (is_credited, {'credit_note_issued': MONEY}),
    (takes_more_places, {'invoice_issued': 'billing'}),
    (is_chased(0), {'invoice_reminder': 'billing'}),
    (is_chased(50), {'invoice_unpaid_for_long': 'office'}),
    (
        goes_by_the_clock,
        {
            'renewal_after_14_days': RENEWAL,
            'renewal_after_30_days': RENEWAL,
            'renewal_ends_today': RENEWAL,
            'renewal_in_30_days': RENEWAL,
            'renewal_in_7_days': RENEWAL,
            'renewal_last': RENEWAL,
            'renewal_offered': RENEWAL,
        },
    ),
    (has_a_letter_come_back('vera'), {'renewal_offered': 'office'}),
    (has_a_letter_come_back('main'), {'unreachable': 'office'}),
    (renews, {'invoice_issued': MONEY, 'renewed': MONEY}),
    (does_not_renew, {'not_renewed': OFFICES}),
    (takes_that_back, {'reconsidered': OFFICES}),
    (wishes_for_something, {'renewal_wish': 'office'}),
    (invites, {'seat_invitation': 'guest'}),
    (accepts, {'seat_taken': 'main'}),
    (refuses_what_one_invited_who_is_gone, {'seat_refused': 'billing'}),
    (joins(automatic=True), {'seat_joined': 'main office vera'}),
    (joins(automatic=False), {'seat_wanted': 'main office'}),
    (is_given_the_place, {'seat_approved': 'asker'}),
    (is_not_given_the_place, {'seat_declined': 'asker'}),
    (asks_where_the_membership_ends_before_an_answer, {'seat_unanswered': 'asker'}),
    (is_given_a_place_by_staff, {'seat_given': 'guest'}),
    (loses_a_place, {'seat_ended': 'sam'}),
    (has_no_place_after_a_split, {'seat_left_over': 'sam tess'}),
    (has_fewer_places, {'seats_too_many': 'main'}),
    (chooses_who_stays, {'seat_goes': 'sam tess', 'seat_stays': 'sam'}),
    (resigns, {'resigned': 'office own'}),
    (gives_an_office, {'office_given': 'sam'}),
    (ends_an_office, {'office_ended': 'billing'}),
    (lays_down_the_last_office, {'office_vacant': 'office'}),
    (looks_for_who_is_silent, {'office_vacant': 'office'}),
    (has_a_domain_confirmed, {'domain_confirmed': 'main'}),
    (has_a_domain_refused, {'domain_refused': 'main'}),
    (has_a_change_accepted, {'listing_accepted': 'press'}),
    (has_a_change_declined, {'listing_declined': 'press'}),
    (once_it_was_laid_down('main', has_a_domain_confirmed), {'domain_confirmed': 'billing'}),
    (once_it_was_laid_down('press', has_a_change_accepted), {'listing_accepted': 'main'}),
    (asks_to_be_introduced, {'introduction_asked': 'sam'}),
    (is_introduced, {'introduction_accepted': 'own sam'}),
    (says_no, {}),
    (ends_an_introduction, {'introduction_ended': 'sam'}),
    (reports_a_note, {'introduction_reported': 'office'}),
    (
        changes_an_account,
        {
            'email_changed': 'own',
            'email_deleted': 'own',
            'password_changed': 'own',
            'password_reset': 'own',
            'password_set': 'own',
            'recovery_codes_generated': 'own',
            'totp_activated': 'own',
            'totp_deactivated': 'own',
            'webauthn_added': 'own',
            'webauthn_removed': 'own',
        },
    ),
    (are_one_person, {'accounts_merged': 'own twin'}),
    (asks_about_data, {'data_request_received': 'own'}),
    (is_answered_about_data, {'data_request_answered': 'own'}),
    (asks_to_be_forgotten, {'erasure_asked': 'own'}),
    (wants_to_be_known_after_all, {'erasure_taken_back': 'own'}),
    (is_forgotten, {'erasure_done': 'own', 'erasure_posts': 'office'}),
    (is_the_last_administrator_and_asked_to_be_forgotten, {'erasure_waits': 'admin office'}),
    (writes_to_many('mailing'), {'mailing': 'own', 'mailing_test': 'secretary'}),
    (writes_to_many('mailing_service'), {'mailing_service': 'billing main own vera voting', 'mailing_test': 'secretary'}),
    (comes_the_review_of_the_accessibility_statement, {'accessibility_review': 'admin'}),
    (comes_monday, {'weekly': 'secretary'}),
    (comes_monday_and_the_secretarys_letters_come_back, {'weekly': 'office'}),
]  # fmt: skip


def test_exactly_who_is_written_to(scene):
    others = []
    for do, wanted in WHO_IS_WRITTEN_TO:
        with transaction.atomic():
            found = told(scene, do)
            transaction.set_rollback(True)
        if found != wanted:
            others.append((do.__qualname__, found, wanted))

    assert others == []


def test_the_table_above_has_every_kind_of_letter():
    registered = {
        kind for model, subject in SUBJECTS.items() if not model.startswith('blog.') for kind in subject.kinds
    }

    # About the Society, and the editors' own: tests/blog/test_desk_digest.py, tests/blog/test_assigning.py,
    # tests/blog/test_series_guests.py.
    of_the_desk = {*digest.KINDS, *list_letters.KINDS, *guest_letters.KINDS}
    assert registered - of_the_desk == {kind for _, kinds in WHO_IS_WRITTEN_TO for kind in kinds}


def test_the_letter_of_the_week_is_kept_from_the_editors(scene, editor, signed_in):
    weekly.write(moment(NOW))
    page, words = reverse('admin:ukis_letter_changelist'), Letter.objects.get(kind='weekly').subject

    assert words in signed_in(scene.secretary).get(page).text
    assert words not in signed_in(editor).get(page).text
