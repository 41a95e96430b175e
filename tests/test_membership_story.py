"""One organisation's years with the Society, by the pages and letters that its people use, with the clock moved: it
applies, is asked for more, is approved, pays in two parts, gives its places, writes, renews without signing in, and the
books add up."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from blog import workflow
from members import applying, moving
from members.meeting import introducing
from members.models import Application, Invoice, Membership, Seat
from members.money import bank, books
from members.money.bank import Choice
from members.organisations import domains
from members.renewals import reminders
from members.status import Status
from tests.conftest import (
    APPLIED,
    letters_leave,
    make_category,
    make_membership,
    make_organisation,
    make_person,
)
from ukis.letters.models import Letter

pytestmark = pytest.mark.django_db
JOINS = date(2026, 4, 14)
YEAR_ENDS = date(2027, 3, 31)


def moment(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def on(day: date):
    return time_machine.travel(moment(day))


def link_in_letter(address: str, path: str) -> str:
    """The newest private link of this kind that left for somebody."""
    letters_leave()
    [*_, last] = [one for one in mail.outbox if address in one.to[0] and path in one.body]
    return re.search(rf'({path}\S+/)', last.body)[1]


def clock(first: date, last: date, *, besides=()) -> None:
    day = first
    while day <= last:
        if day not in besides:
            with on(day):
                reminders.remind(moment(day))
        day += timedelta(days=1)


def reminders_to(address: str) -> list[str]:
    letters = Letter.objects.filter(kind__startswith='renewal_', to_address=address).order_by('pk')
    return list(letters.values_list('kind', flat=True))


@pytest.fixture
def story(society, secretary, signed_in):
    society.office_address, society.pay_to = 'office@society.example', 'Sort code 00-00-00, account 12345678'
    society.save()
    category = make_category(
        'Organisation',
        fee=600,
        seats=4,
        year='fixed',
        year_begins_month=4,
        year_begins_day=1,
        promise_days=30,
    )
    return Story(category, secretary, signed_in)


class Story:
    ann = 'ann@quiet.example'

    def __init__(self, category, secretary, signed_in) -> None:
        self.category, self.secretary, self.signed_in = category, secretary, signed_in

    def joins(self) -> Membership:
        """A stranger applies; is asked for more; answers; is approved."""
        Client().post(
            reverse('join_category', args=[self.category.pk]),
            {**APPLIED, 'email': self.ann, 'agreed': 'on', 'do': 'send'},
        )
        page = link_in_letter(self.ann, '/join/application/')
        assert Client().get(page).status_code == 200
        assert Application.objects.get().state == 'draft'
        Client().post(page, {'do': 'submit'})
        application = Application.objects.get()
        applying.ask(application, by=self.secretary, note='How many people work there?')
        asked = Client().get(page)
        assert 'How many people work there?' in asked.text
        Client().post(page, {'do': 'send_again'})
        applying.approve(Application.objects.whole().get(), by=self.secretary)
        return Membership.objects.get()

    def pays_from_the_banks_file(self, *parts: tuple[date, str], invoice: Invoice) -> None:
        self._takes(*(f'{day:%d/%m/%Y},QUIET BOARD INV {invoice.number},{amount}\n' for day, amount in parts))

    def takes_a_banks_file(self, day: date) -> None:
        self._takes(f'{day:%d/%m/%Y},SALE OF A TABLE,20.00\n')

    def _takes(self, *lines: str) -> None:
        taken = bank.take(
            ('Date,Description,Amount\n' + ''.join(lines)).encode(), by=self.secretary, file_name='bank.csv'
        )
        choices = [
            Choice(one.line, [(put.to, put.amount) for put in one.puts], one.membership)
            for one in bank.propose(list(taken.lines.all()))
            if one.puts
        ]
        bank.confirm(taken, by=self.secretary, choices=choices)


def test_an_organisation_joins_belongs_and_renews(story):
    with on(JOINS):
        membership = story.joins()
        ann = membership.organisation.offices.get(role='main').person
        invoice = Invoice.objects.get()
        assert (invoice.total, invoice.owed, invoice.payer_name) == (600, 600, APPLIED['organisation_name'])
        assert (membership.number, membership.terms.get().end) == (1001, YEAR_ENDS)
        assert membership.standing().status == Status.DUE  # covered by a promise for thirty days
        assert ann.may_submit()
        welcome = Letter.objects.get(kind='application_approved')
        assert (welcome.to_address, str(invoice.number) in welcome.body) == (story.ann, True)

    with on(date(2026, 5, 20)):
        # The promise has run out; the first part alone brings no cover.
        assert membership.standing().status in (Status.GRACE, Status.AWAITING_PAYMENT)
        story.pays_from_the_banks_file((date(2026, 5, 11), '250.00'), invoice=invoice)
        invoice.refresh_from_db()
        assert (invoice.owed, membership.standing().status in (Status.ACTIVE, Status.DUE)) == (350, False)
        story.pays_from_the_banks_file(
            (date(2026, 5, 11), '250.00'), (date(2026, 5, 18), '350.00'), invoice=invoice
        )
        invoice.refresh_from_db()
        assert (invoice.owed, invoice.settled_on) == (0, date(2026, 5, 18))
        assert membership.standing().status == Status.ACTIVE

    with on(date(2026, 6, 1)):
        contact, page = story.signed_in(ann), reverse('seat_invite', args=[membership.organisation_id])
        for name in ('ben', 'cat'):
            assert contact.post(page, {'address': f'{name}@quiet.example'}).status_code == 302
        ben = make_person('Ben', email='ben@quiet.example')
        story.signed_in(ben).post(
            link_in_letter('ben@', '/account/invitation/'), {'answer': 'yes', 'works_there': 'on'}
        )
        Client().post(link_in_letter('cat@', '/account/invitation/'), {'answer': 'no'})
        claim = domains.claim(membership.organisation, by=ann, name='quiet.example', automatic=True)
        domains.confirm(claim, by=story.secretary, automatic=True)
        dai = make_person('Dai', email='dai@quiet.example')
        story.signed_in(dai).post(reverse('place_ask', args=[claim.pk]))
        states = dict(Seat.objects.values_list('address', 'state')) | dict(
            Seat.objects.exclude(person=None).values_list('person__email', 'state')
        )
        assert states == {
            '': states.get('', 'active'),
            story.ann: 'active',
            'ben@quiet.example': 'active',
            'cat@quiet.example': 'refused',
            'dai@quiet.example': 'active',
        }
        assert dai.may_submit()
        assert workflow.start(by=dai, working_title='Quiet work').authorships.get().person == dai

    with on(date(2026, 9, 1)):
        nia = make_person('Nia', nation='scotland')
        make_membership(nia)
        note = 'You wrote about quiet wards, and we are about to begin with ours: may I ask how you went about it?'
        asked = introducing.ask(dai, nia, by=dai, topic='coaching', note=note)
        assert nia.email not in Letter.objects.get(kind='introduction_asked').body
        introducing.accept(asked, by=nia)
        told = Letter.objects.filter(kind='introduction_accepted').values_list('to_address', 'body')
        assert [dai.email in body or nia.email in body for _, body in told] == [True, True]

    clock(date(2027, 1, 28), YEAR_ENDS, besides={date(2027, 3, 1), date(2027, 3, 2), date(2027, 3, 3)})
    before = ['renewal_offered', 'renewal_in_30_days', 'renewal_in_7_days']
    # From the last day on nobody is chased before the bank's file says that nothing came.
    assert reminders_to(story.ann) == before
    with on(date(2027, 4, 1)):
        story.takes_a_banks_file(date(2027, 4, 1))
    clock(date(2027, 4, 1), date(2027, 4, 1))
    assert reminders_to(story.ann) == [*before, 'renewal_ends_today']
    with on(date(2027, 4, 6)):
        letter = Letter.objects.filter(kind='renewal_ends_today').get()
        Letter.objects.exclude(pk=letter.pk).update(state=Letter.State.SENT)
        page = link_in_letter(story.ann, '/renew/')
        Client().post(page, {'do': 'renew', 'renew-po_number': 'PO-77'})
        again = Invoice.objects.get(po_number='PO-77')
        story.pays_from_the_banks_file((date(2027, 4, 6), '600.00'), invoice=again)
        assert membership.standing().status == Status.ACTIVE
        assert [(term.start, term.end, term.payment) for term in membership.terms.all()] == [
            (JOINS, YEAR_ENDS, 'paid'),
            (date(2027, 4, 1), date(2028, 3, 31), 'paid'),
        ]
    clock(date(2027, 4, 7), date(2027, 6, 1))
    assert reminders_to(story.ann)[4:] == []

    with on(date(2027, 6, 2)):
        elsewhere = make_organisation('Elsewhere')
        moving.move_on(ben, by=ben, to=elsewhere, job_title='Reader')
        assert ben.main_affiliation().organisation == elsewhere
        found = books.of(date(2026, 4, 1), date(2027, 6, 2))
        assert (found.within['invoiced'], found.within['paid']) == (1200, 1200)
        assert (found.owed_after, found.balance_after) == (0, 0)
