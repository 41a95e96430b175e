"""Applications: the matrix of moves, who is told, what approval makes, and what is not kept."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from members import applying, likeness, registers, waiting
from members.application_states import STATES, ApplicationState
from members.applying.disposing import CLOSED_DAYS, dispose
from members.applying.moves import MOVES
from members.forms.deciding import in_money
from members.models import Application, Category, Invoice, Membership, Numbers, Office, Organisation, Person
from tests.conftest import (
    APPLIED,
    make_application,
    make_category,
    make_draft,
    make_membership,
    make_organisation,
    make_person,
)
from ukis import days, personal
from ukis.letters.models import Letter, SuppressedAddress
from ukis.refusals import NotAllowed, NotNow
from ukis.society.models import Society

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]

S = ApplicationState
# Which move leads where, from each state, by whom: written out, not derived from the table. Nothing else is possible.
LEADS = {
    ('draft', 'submit', 'applicant'): 'submitted',
    ('draft', 'ask_seat', 'applicant'): 'referred',
    ('submitted', 'withdraw', 'applicant'): 'withdrawn',
    ('submitted', 'approve', 'staff'): 'approved',
    ('submitted', 'ask', 'staff'): 'asked',
    ('submitted', 'decline', 'staff'): 'declined',
    ('asked', 'send_again', 'applicant'): 'submitted',
    ('asked', 'ask_seat', 'applicant'): 'referred',
    ('asked', 'withdraw', 'applicant'): 'withdrawn',
    ('asked', 'approve', 'staff'): 'approved',
    ('asked', 'ask', 'staff'): 'asked',
    ('asked', 'decline', 'staff'): 'declined',
    ('declined', 'reopen', 'staff'): 'submitted',
    ('withdrawn', 'reopen', 'staff'): 'submitted',
}
NOTED = {'ask', 'decline', 'reopen'}


def make(name: str, row: Application, by: Person | None) -> Application:
    return getattr(applying, name)(row, by=by, **({'note': 'So.'} if name in NOTED else {}))


@pytest.mark.parametrize('state', S.values)
def test_each_move_of_each_party_in_each_state(state, secretary):
    applicant, other = make_person('Ann Applicant'), make_person('Oda Other')
    row = make_application(applicant, state, by=secretary)
    if state in ('draft', 'asked'):
        row.organisation = make_organisation('Known')
        make_membership(row.organisation)
        row.save(update_fields=['organisation'])
    pk, parties = row.pk, {'applicant': applicant, 'staff': secretary, 'other': other}

    for name in MOVES:
        for party, person in parties.items():
            point = transaction.savepoint_create()
            row = Application.objects.get(pk=pk)
            wanted = LEADS.get((state, name, party))
            refusal = NotNow if {'applicant', 'staff'} & {party} else NotAllowed
            if wanted is None:
                with pytest.raises((NotNow, NotAllowed) if refusal is NotNow else NotAllowed):
                    make(name, row, person)
                assert Application.objects.get(pk=pk).state == state, (name, party)
            else:
                make(name, row, person)
                assert (row.state, row.steps.last().move) == (wanted, name)
            transaction.savepoint_rollback(point)


def test_every_state_says_itself_to_both_sides(secretary):
    for state in S.values:
        row = Application.objects.whole().get(pk=make_application(make_person(), state, by=secretary).pk)
        assert '{' not in row.sentence + row.staff_sentence
        assert row.sentence.endswith('.') or row.sentence.endswith('now.')
        if row.row.waits_for_staff or row.row.editable:
            assert days.in_words(row.due_on) in row.sentence
    assert set(STATES) == set(S)


def test_who_was_asked_for_more_and_has_not_answered_waits_for_staff_and_no_past_day_is_promised(secretary):
    late, yesterday = {}, days.today() - timedelta(days=1)
    for state in ('asked', 'submitted'):
        row = make_application(make_person(), state, by=secretary)
        Application.objects.filter(pk=row.pk).update(due_on=yesterday)
        late[state] = Application.objects.whole().get(pk=row.pk)
    make_application(make_person(), 'asked', by=secretary)

    waiting = set(Application.objects.waiting())

    assert waiting == {late['asked'], late['submitted']}
    assert 'was to answer by' in late['asked'].staff_sentence
    assert 'hoped to have it by' in late['asked'].sentence
    assert 'is late: we are sorry' in late['submitted'].sentence
    assert {row.late for row in late.values()} == {'1 day late'}


def test_nobody_decides_on_their_own_application(secretary):
    row = make_application(secretary)

    with pytest.raises(NotAllowed):
        applying.approve(row, by=secretary)


def test_approval_makes_all_of_it_at_once(secretary):
    applicant = make_person('Ann Applicant')
    category = make_category('Small organisation', fee=Decimal('250.00'), seats=2, promise_days=30)
    row = make_application(
        applicant, category=category, numbers={'ccew': '1234567'}, organisation_name='Board of Quiet Practice'
    )

    applying.approve(row, by=secretary)

    membership = row.membership
    organisation, today = membership.organisation, days.today()
    term, invoice = membership.terms.get(), Invoice.objects.get()
    assert row.state == 'approved'
    assert (organisation.name, organisation.nations) == ('Board of Quiet Practice', ['wales'])
    assert organisation.billing_address == APPLIED['address']
    assert [str(one) for one in organisation.registrations.all()] == [
        'Charity Commission for England and Wales: 1234567'
    ]
    assert (term.start, term.payment, term.promised_until) == (today, 'promised', today + timedelta(days=30))
    assert (invoice.term, invoice.total, invoice.number) == (term, Decimal('250.00'), 10001)
    assert Office.objects.current().get(organisation=organisation).person == applicant
    assert membership.seats.get().person == applicant
    assert applicant.may_submit()
    [letter] = Letter.objects.filter(kind='application_approved')
    assert letter.to == applicant
    assert '£250.00' in letter.body
    assert 'invoice 10001' in letter.body
    assert letter.send_after > timezone.now() + timedelta(minutes=4)


def test_who_decides_reads_what_is_to_be_paid_with_its_vat(secretary):
    category = make_category('Individual', holders='people', fee=60, vat='standard', vat_why='Benefits')
    Society.objects.update(vat_number='GB 123 4567 89', vat_rate=20)
    row = make_application(category=category)

    said = in_money(row, category)
    applying.approve(row, by=secretary)

    assert said.startswith('From today: an invoice of £60 and £12 VAT: £72 in all, for ')
    assert Invoice.objects.get().total == 72


def test_a_free_category_has_a_free_term_and_no_invoice(secretary):
    honorary = make_category('Honorary', holders='people', fee=0, seats=1)
    applicant = make_person('Hon Member')
    row = make_application(applicant, category=honorary, address='', organisation_name='')

    applying.approve(row, by=secretary)

    assert row.membership.person == applicant
    assert row.membership.terms.get().payment == 'free'
    assert not Invoice.objects.exists()
    assert 'nothing to pay' in Letter.objects.get(kind='application_approved').body


def test_a_person_who_is_approved_has_their_address_on_the_invoice(secretary):
    individual = make_category('Individual', holders='people', fee=60)
    row = make_application(category=individual, nation='wales')

    applying.approve(row, by=secretary)

    person = Person.objects.get(pk=row.person_id)
    assert (person.postal_address, person.nation) == (APPLIED['address'], 'wales')
    assert Invoice.objects.get().payer_address == APPLIED['address']


def test_an_approval_that_fails_leaves_nothing_and_takes_no_number(secretary):
    row = make_application(address='')  # without an address there is no invoice

    with pytest.raises(NotNow, match='has no address for invoices'):
        applying.approve(row, by=secretary)

    row.refresh_from_db()
    assert row.state == 'submitted'
    assert not Membership.objects.exists()
    assert not Numbers.objects.exists()
    assert not Organisation.objects.filter(name=APPLIED['organisation_name']).exists()
    assert not Letter.objects.filter(kind='application_approved').exists()


def changed(row: Application, **said) -> None:
    """The applicant saves it half filled in, and does not send it."""
    applying.save(row, by=row.person, said=applying.Said(facts=said))
    row.refresh_from_db()


@pytest.mark.parametrize('again', [None, 'reopened'])
def test_what_an_applicant_only_saved_is_not_approved_and_after_it_was_sent_again_it_is(secretary, again):
    row = make_application(state='asked', by=secretary)
    changed(row, organisation_name='')
    if again:
        applying.withdraw(row, by=row.person)
        applying.reopen(row, by=secretary, note='So.')

    with pytest.raises(NotNow, match='the applicant changed it and has not sent it again'):
        applying.approve(row, by=secretary)
    assert 'approve' not in [move.name for move in applying.moves_for(row, secretary)]
    assert not Membership.objects.exists()

    if again:
        applying.ask(row, by=secretary, note='Send it again.')
    whole = applying.Said(facts=APPLIED, agreed=True, complete=True)
    applying.send_again(applying.save(row, by=row.person, said=whole), by=row.person)
    applying.approve(row, by=secretary)
    assert row.state == 'approved'


def test_a_new_organisation_that_cannot_be_is_refused_in_a_sentence(secretary):
    row = make_application(organisation_name='')

    with pytest.raises(NotNow, match=r'^name: This field cannot be blank'):
        applying.approve(row, by=secretary)


def test_the_same_organisation_is_linked_and_what_it_says_stays(secretary):
    known = make_organisation('Quiet Practice', billing_address='Their own address')
    row = make_application()

    applying.approve(row, by=secretary, same_as=known)

    known.refresh_from_db()
    assert row.membership.organisation == known
    assert known.billing_address == 'Their own address'


def test_an_organisation_that_is_a_member_is_not_admitted_twice(secretary):
    known = make_organisation('Quiet Practice', billing_address='Somewhere')
    make_membership(known)
    row = make_application()

    with pytest.raises(NotNow, match='End that one first'):
        applying.approve(row, by=secretary, same_as=known)

    assert Application.objects.get(pk=row.pk).state == 'submitted'


def test_letters_go_to_the_applicant_alone_and_a_place_is_asked_of_the_main_contacts(secretary):
    applicant = make_person('Ann Applicant')
    row = make_application(applicant, 'asked', by=secretary)
    applying.send_again(row, by=applicant)
    applying.decline(row, by=secretary, note='Not ours.')
    applying.reopen(row, by=secretary, note='We were wrong.')

    to_staff = Letter.objects.about(row).filter(kind='application_arrived').order_by('pk')
    assert (
        list(to_staff.values_list('to_address', 'state')) == [(Society.get().office_address, 'recalled')] * 2
    )
    letters = Letter.objects.about(row).exclude(kind='application_arrived')
    kinds = list(letters.order_by('pk').values_list('kind', 'to', 'state'))
    assert [(kind, to) for kind, to, _ in kinds] == [
        (kind, applicant.pk)
        for kind in (
            'application_received',
            'application_asked',
            'application_received',
            'application_declined',
            'application_reopened',
        )
    ]
    assert [state for *_, state in kinds] == ['recalled'] * 4 + ['waiting']

    contact = make_person('Mia Main')
    seat_row = make_draft(make_person('Sid Seat'), complete=True)
    seat_row.organisation = make_organisation('Has a contact')
    membership = make_membership(seat_row.organisation)
    Office.objects.create(organisation=seat_row.organisation, person=contact, role='main')
    seat_row.save(update_fields=['organisation'])
    applying.ask_seat(seat_row, by=seat_row.person)

    [letter] = Letter.objects.filter(kind='seat_asked')
    assert (letter.to, letter.about) == (contact, membership)
    assert seat_row.person.email in letter.body
    assert (
        membership.seats.asked_for().get().person == seat_row.person
    )  # on the organisation's page, to be answered


def test_where_two_memberships_run_a_place_is_asked_for_in_the_one_that_goes_on(secretary):
    row = make_draft(make_person(), complete=True)
    row.organisation = make_organisation('Twice here')
    row.save(update_fields=['organisation'])
    ends = make_membership(row.organisation, number=1)
    Membership.objects.filter(pk=ends.pk).update(ended_on=days.today(), beside=True)
    goes_on = make_membership(row.organisation, number=2)

    applying.ask_seat(row, by=row.person)

    assert (list(ends.seats.all()), goes_on.seats.get().person) == ([], row.person)


def test_the_link_makes_the_account_once_and_attaches_to_the_one_that_there_is():
    new = make_draft(None, complete=True, email='New@Quiet.example')
    assert (new.person, new.email) == (None, 'new@quiet.example')

    applying.submit(new, by=None)
    again = applying.submit(make_draft(None, complete=True, email='new@quiet.example'), by=None)

    person = Person.objects.get(email='new@quiet.example')
    assert (new.person, again.person) == (person, person)
    assert not person.has_usable_password()
    assert person.emailaddress_set.get().verified

    known = make_person('Known Already', email='known@quiet.example')
    known.emailaddress_set.create(email='second@quiet.example', verified=True, primary=False)
    assert (
        applying.submit(make_draft(None, complete=True, email='second@quiet.example'), by=None).person
        == known
    )


def test_a_password_that_a_stranger_set_for_an_address_is_worth_nothing_once_it_is_proved():
    squatter = make_person('Not Ann', email='ann@quiet.example')
    squatter.emailaddress_set.update(verified=False)

    row = applying.submit(make_draft(None, complete=True), by=None)

    assert row.person == squatter
    assert not Person.objects.get(pk=squatter.pk).has_usable_password()


def test_what_nobody_came_back_to_goes_after_notice_and_what_led_to_nothing_after_a_year(secretary):
    draft, kept = make_draft(None), make_draft(None, email='kept@quiet.example')
    declined = make_application(make_person(), 'declined', by=secretary)
    approved = make_application(make_person(), 'approved', by=secretary)
    now, due = timezone.now(), draft.due_on
    assert due == days.today() + timedelta(days=60)

    soon = now + timedelta(days=46)
    assert dispose(soon) == 0
    told = Letter.objects.filter(kind='application_goes')
    assert {letter.to_address for letter in told} == {draft.email, kept.email}
    applying.save(kept, by=None, said=applying.Said(facts={'name': 'Ann A.'}))
    Application.objects.filter(pk=kept.pk).update(
        due_on=soon.date() + timedelta(days=60)
    )  # as if it were that day
    assert dispose(soon) == 0
    assert told.count() == 2
    assert dispose(soon + timedelta(days=15)) == 1
    assert set(Application.objects.values_list('pk', flat=True)) == {kept.pk, declined.pk, approved.pk}
    Application.objects.filter(pk=kept.pk).update(due_on=date(2990, 1, 1))

    assert dispose(now + timedelta(days=CLOSED_DAYS - 1)) == 0
    assert dispose(now + timedelta(days=CLOSED_DAYS + 1)) == 1
    assert set(Application.objects.values_list('pk', flat=True)) == {kept.pk, approved.pk}
    assert not Letter.objects.about(draft).filter(state='waiting').exists()


def test_a_late_clock_gives_its_notice_first():
    draft = make_draft(None)
    late = timezone.now() + timedelta(days=200)

    assert dispose(late) == 0
    draft.refresh_from_db()
    assert draft.due_on == days.london_day(late) + timedelta(days=14)
    assert dispose(late + timedelta(days=14)) == 0
    assert dispose(late + timedelta(days=15)) == 1


@pytest.mark.parametrize(
    ('register', 'typed', 'number'),
    [
        ('ccew', ' 1 234 567 ', '1234567'),
        ('ccew', '0207076', '207076'),
        ('ccew', '207076-3', '207076'),
        ('oscr', 'sc 12345', 'SC012345'),
        ('oscr', 'SCO12345', 'SC012345'),
        ('oscr', '012345', 'SC012345'),
        ('ccni', '100123', 'NIC100123'),
        ('ccni', 'NIC 100123', 'NIC100123'),
        ('companies', '123456', '00123456'),
        ('companies', 'sc1234', 'SC001234'),
        ('ccew', 'none', None),
        ('oscr', '0', None),
        ('companies', 'SC1234567', None),
        ('ccew', '١٢٣٤٥٦٧', None),
    ],
)
def test_a_number_is_the_same_however_it_is_padded(register, typed, number):
    if number is None:
        with pytest.raises(ValueError, match='One looks like'):
            registers.normalised(register, typed)
    else:
        assert registers.normalised(register, typed) == number


def test_likeness_is_found_by_name_web_number_mail_and_postcode():
    known = make_organisation(
        'The Institute for Children’s Care Ltd',
        website='https://www.care.example/about',
        billing_address='1 Road, cf101aa',
    )
    known.earlier_names.create(name='Care & Co')
    known.registrations.create(register='oscr', number='SC012345')
    branch = make_organisation('Another branch')
    branch.registrations.create(register='oscr', number='SC012345')
    make_organisation('Digits').registrations.create(register='ccew', number='012345')

    def found(**said):
        alike = likeness.organisations_like(Organisation.objects.all(), **{'name': 'Nothing alike', **said})
        return {one.organisation.name: one.reasons for one in alike}

    name = known.name
    assert found(name='Institute of Childrens Care Limited') == {name: ('the same name',)}
    assert found(name='Care and Co') == {name: ('an earlier name, Care & Co',)}
    assert found(website='http://care.example') == {name: ('the same web address, care.example',)}
    assert found(email='ann@care.example') == {name: ('mail from its web address, care.example',)}
    assert found(address='2 Street\nCF10 1AA') == {name: ('the same postcode, CF10 1AA',)}
    assert set(found(numbers={'oscr': 'SC012345'})) == {name, 'Another branch'}
    assert found(numbers={'ccew': 'SC012345'}) == {}
    assert found(email='ann@gmail.com') == {}
    like_in_most = found(name='Institute for Children’s Care', numbers={'oscr': 'SC012345'})
    assert list(like_in_most) == [name, 'Another branch']


def test_whoever_has_the_same_number_is_found_among_two_thousand_nearly_of_one_name(
    django_assert_num_queries,
):
    many = Organisation.objects.bulk_create(
        Organisation(name=f'University of N{n}', slug=f'university-of-n{n}', website='https://ac.example')
        for n in range(2000)
    )
    Organisation.objects.filter(pk__in=[one.pk for one in many]).update(web_host='ac.example')
    same = make_organisation('Leeds, University of')
    same.registrations.create(register='ccew', number='1234567')
    named = make_organisation('The University of Leeds')
    renamed = make_organisation('Northern College')
    renamed.earlier_names.create(name='University of Leeds')

    with django_assert_num_queries(8):
        alike = likeness.organisations_like(
            Organisation.objects.all(),
            name='University of Leeds',
            website='https://ac.example',
            numbers={'ccew': '1234567'},
        )

    assert [one.organisation for one in alike[:3]] == [same, named, renamed]
    assert len(alike) == likeness.MOST_LIKE


def test_what_waits_is_counted_and_the_oldest_named(secretary):
    rows = [make_application(make_person()) for _ in range(7)]
    make_application(make_person(), 'asked', by=secretary)
    Application.objects.filter(pk=rows[3].pk).update(due_on=days.today() - timedelta(days=3))

    [applications] = [one for one in waiting.all_of_it() if one.words == 'applications']

    assert (applications.count, len(applications.first), applications.more) == (7, 5, True)
    assert (applications.first[0].words, applications.first[0].says) == (str(rows[3]), '3 days late')


def test_an_applicant_whose_address_refuses_letters_is_no_fault(secretary):
    row = make_application()
    SuppressedAddress.objects.create(address=row.email, reason='It bounced.')

    applying.ask(row, by=secretary, note='More, please.')

    kind = ContentType.objects.get_for_model(row)
    assert Letter.objects.get(content_type=kind, kind='application_asked').state == 'suppressed'


def test_a_category_that_is_asked_for_cannot_be_deleted_under_it():
    row = make_application()

    with pytest.raises(Exception, match='protected'):
        Category.objects.get(pk=row.category_id).delete()


def test_what_an_applicant_said_is_given_out_to_them_and_nobody_elses_with_it(secretary):
    mine, other = make_application(make_person()), make_application(make_person(), 'declined', by=secretary)

    held = {one.words: list(one.of(mine.person)) for one in personal.holdings() if one.columns}

    assert held['Applications'] == [mine]
    assert held['Answers in applications'] == list(mine.said.all())
    assert other not in held['Applications']


def test_the_address_that_an_applicant_gave_now_stands_on_their_invoice(secretary):
    applicant = make_person('Ann Applicant', postal_address='1 Old Road', nation='england')
    individual = make_category('Individual', holders='people', fee=60)
    row = make_application(applicant, category=individual, nation='wales')

    applying.approve(row, by=secretary)

    applicant.refresh_from_db()
    assert (applicant.postal_address, applicant.nation) == (APPLIED['address'], 'wales')
    assert Invoice.objects.get().payer_address == APPLIED['address']


def test_staff_read_to_which_address_an_invoice_goes_where_another_is_held(secretary, signed_in):
    make_organisation('Board of Quiet Practice', billing_address='1 Old Road\nLeeds')
    row = make_application()

    page = signed_in(secretary).get(reverse('admin:application_move', args=[row.pk, 'approve']))

    said = (
        'The same as Board of Quiet Practice. Its invoices go to the address that we hold: 1 Old Road, Leeds'
    )
    assert said in page.text


def test_who_is_former_applies_again_and_the_old_membership_ends_before_the_new_one(secretary):
    applicant = make_person('Ann Applicant')
    old = make_membership(applicant, status='former')
    row = make_application(applicant, category=make_category('Anew', holders='people', fee=60))

    applying.approve(row, by=secretary)

    old.refresh_from_db()
    assert (old.ended_on, old.ended_why) == (days.day_before(days.today()), 'Joined again, after a gap')
    assert row.membership != old
    assert (row.membership.person, row.membership.joined_on) == (applicant, days.today())
