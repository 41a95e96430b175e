"""One organisation with the Society, as its people and the secretary see it on the screen, with the clock moved: it
applies and pays, belongs and meets, renews from a letter, lets people go and becomes part of another; and the books
add up."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page, expect

from blog import workflow
from blog.models import Post, Submission, Words
from blog.workflow.author import printed_as
from members import erasing, merging
from members.models import Application, Invoice, Membership, Organisation, Person
from members.money import bank
from members.places import inviting
from members.renewals import reminders
from members.roles import EDITOR
from members.status import Status
from tests.conftest import (
    DECLARED,
    PASSWORD,
    WORDS,
    letters_leave,
    make_category,
    make_membership,
    make_organisation,
    make_person,
)
from ukis.letters.models import Letter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Later than any real clock, so that no browser takes a cookie of these days for an old one.
YEAR = 2035
ANN, BEN, CAT, DAI = (f'{name}@quiet.example' for name in ('ann', 'ben', 'cat', 'dai'))
NOTE = 'You wrote about quiet wards, and we begin with ours in spring: may I ask how you went about it?'


def moment(month: int, day: int, year: int = YEAR) -> datetime:
    return datetime(year, month, day, 10, tzinfo=UTC)


def link_in_letter(address: str, path: str) -> str:
    """The newest private link of this kind that left for somebody."""
    letters_leave()
    [*_, last] = [one for one in mail.outbox if address in one.to[0] and path in one.body]
    return re.search(rf'({path}\S+/)', last.body)[1]


@pytest.fixture
def clock():
    with time_machine.travel(moment(4, 14)) as traveller:
        yield traveller


@pytest.fixture
def story(clock, society, administrator, opened):
    society.office_address, society.pay_to = 'office@society.example', 'Sort code 00-00-00, account 12345678'
    society.save()
    make_category(
        'Organisation',
        fee=600,
        seats=4,
        year='fixed',
        year_begins_month=4,
        year_begins_day=1,
        promise_days=30,
    )
    return MembershipStory(clock, administrator, opened)


class MembershipStory:
    def __init__(self, clock, staff: Person, opened: Callable[..., Page]) -> None:
        self.clock, self.staff, self.opened = clock, staff, opened

    def on(self, at: datetime) -> None:
        self.clock.move_to(at)

    def of_staff(self, path: str) -> Page:
        page = self.opened(self.staff)
        page.goto(path)
        return page

    def of(self, address: str, path: str) -> Page:
        page = self.opened(Person.objects.get(email=address))
        page.goto(path)
        return page

    def visitor(self, path: str) -> Page:
        page = self.opened()
        page.goto(path)
        return page

    def bank_brings(self, *lines: str) -> None:
        page = self.of_staff(reverse('admin:bank'))
        content = ('Date,Description,Amount\n' + ''.join(f'{line}\n' for line in lines)).encode()
        page.set_input_files(
            'input[type=file]', {'name': 'bank.csv', 'mimeType': 'text/csv', 'buffer': content}
        )
        page.get_by_role('button', name='Look at the file').click()
        for tick in page.locator('#look ~ .bank-lines input[type=checkbox]').all():
            tick.check()
        page.get_by_role('button', name='Record what is ticked').click()
        expect(page.locator('h1')).to_be_visible()

    def reminded(self, first: datetime, last: datetime, *, besides: tuple[datetime, ...] = ()) -> None:
        """The clock, day by day; away on some."""
        for count in range((last - first).days + 1):
            at = first + timedelta(days=count)
            if at not in besides:
                self.on(at)
                reminders.remind(at)
                letters_leave()

    def printed(self) -> str:
        """The byline under the one post, as everybody reads it."""
        byline = self.visitor(Post.objects.get().get_absolute_url()).locator('p.by').first.inner_text()
        assert 'Ben Bright' in byline
        assert byline.count('Board of Quiet Practice') == 2
        return byline


def renewals_to(address: str, column: str = 'kind') -> list:
    letters = Letter.objects.filter(kind__startswith='renewal_', to_address=address).order_by('pk')
    return list(letters.values_list(column, flat=True))


def press(page: Page, name: str) -> None:
    page.get_by_role('button', name=name, exact=True).click()


def test_an_organisation_joins_belongs_renews_and_lets_people_go(story):
    applies(story)
    pays_in_two_parts(story)
    gives_its_places(story)
    writes_a_blog(story)
    printed = story.printed()
    meets_somebody(story)
    turns_out_to_be_one(story)
    renews_from_the_letter(story)
    lets_people_go(story)
    becomes_part_of_another(story)
    runs_out_with_its_last_day(story)
    assert story.printed() == printed
    page = story.of_staff(reverse('admin:books') + f'?first={YEAR}-04-01&last={YEAR + 2}-04-30')
    assert page.locator('tr', has_text='Owed at the end').locator('td').inner_text() == '0.00'
    assert page.locator('tr', has_text='and invoiced').first.locator('td').inner_text() == '1,200.00'


def applies(story: MembershipStory) -> None:
    page = story.visitor('/')
    page.get_by_role('link', name='Join', exact=False).first.click()
    page.get_by_role('link', name='Organisation', exact=True).click()
    for name, value in {
        'name': 'Ann Applicant',
        'email': ANN,
        'job_title': 'Head of Practice',
        'organisation_name': 'Board of Quiet Practice',
        'address': '1 Quiet Street\nCardiff\nCF10 1AA',
        'po_number': 'PO-1',
    }.items():
        page.fill(f'[name={name}]', value)
    page.select_option('[name=organisation_kind]', 'health')
    page.check('[name=nations][value=wales]')
    page.check('[name=agreed]')
    press(page, 'Send the application')
    page.goto(link_in_letter(ANN, '/join/application/'))
    press(page, 'Confirm my address and send the application')

    staff = story.of_staff(reverse('admin:index'))
    staff.get_by_role('link', name='Board of Quiet Practice').first.click()
    staff.get_by_role('link', name='Ask for more').click()
    staff.fill('[name=note]', 'How many people work there?')
    press(staff, 'Ask for more')
    page.reload()
    expect(page.get_by_text('How many people work there?')).to_be_visible()
    press(page, 'Send it again as it is')
    staff.goto(reverse('admin:members_application_change', args=[Application.objects.get().pk]))
    staff.get_by_role('link', name='Approve').click()
    press(staff, 'Approve')

    membership = Membership.objects.get()
    assert (membership.number, membership.invoices.get().po_number) == (1001, 'PO-1')
    assert membership.organisation.offices.get().person.email == ANN


def pays_in_two_parts(story: MembershipStory) -> None:
    invoice = Invoice.objects.get()
    story.on(moment(5, 20))
    story.bank_brings(f'11/05/{YEAR},QUIET BOARD INV {invoice.number},250.00')
    invoice.refresh_from_db()
    assert invoice.owed == 350
    story.bank_brings(
        f'11/05/{YEAR},QUIET BOARD INV {invoice.number},250.00',
        f'18/05/{YEAR},QUIET BOARD INV {invoice.number},350.00',
    )
    invoice.refresh_from_db()
    assert invoice.owed == 0


def gives_its_places(story: MembershipStory) -> None:
    organisation = Organisation.objects.get(name='Board of Quiet Practice')
    story.on(moment(6, 1))
    page = story.of(ANN, reverse('contacts', args=[organisation.pk]))
    for address in (BEN, CAT, DAI):
        page.fill('[name=address]', address)
        press(page, 'Send the invitation')
    ben = story.visitor(link_in_letter(BEN, '/account/invitation/'))
    ben.fill('[name=name]', 'Ben Bright')
    ben.check('[name=answer][value=yes]')
    ben.check('[name=works_there]')
    press(ben, 'Send my answer')
    cat = story.visitor(link_in_letter(CAT, '/account/invitation/'))
    cat.check('[name=answer][value=no]')
    press(cat, 'Send my answer')

    page.goto(reverse('domain_claim', args=[organisation.pk]))
    page.fill('[name=name]', 'quiet.example')
    page.check('[name=way][value=automatic]')
    press(page, 'Claim the domain')
    claim = organisation.domains.get()
    staff = story.of_staff(reverse('admin:members_domain_change', args=[claim.pk]))
    staff.check('[name=decide][value=confirm]')
    staff.check('[name=automatic]')
    staff.click('input[name=_save]')
    make_person('Dai Davies', email=DAI)
    dai = story.of(DAI, reverse('account'))
    dai.get_by_role('button', name='Take a place').click()
    dai.goto(reverse('affiliation_add'))
    dai.select_option('[name=organisation]', str(organisation.pk))
    dai.fill('[name=job_title]', 'Nurse')
    dai.locator('form.form button[type=submit]').first.click()
    expect(dai.get_by_text('Nurse').first).to_be_visible()

    page.goto(reverse('contacts', args=[organisation.pk]))
    expect(page.locator('#people')).to_contain_text('3 of 4 places used')
    expect(page.locator('#invitations')).to_contain_text('Refused')


def writes_a_blog(story: MembershipStory) -> None:
    """From the member's own page; how it is edited is told elsewhere (`test_story`)."""
    dai = story.of(DAI, reverse('write'))
    dai.get_by_role('button', name='Write a blog').first.click()
    dai.wait_for_url('**/edit/')
    submission, editor = Submission.objects.get(), make_person('Ed Editor', group=EDITOR)
    author, ben = (Person.objects.get(email=address) for address in (DAI, BEN))
    workflow.save_words(submission, by=author, base=submission.current.number, words=Words(**WORDS))
    names = [{'pk': submission.authorships.get().pk}, printed_as(ben).columns()]
    workflow.change_byline(submission, by=author, names=names)
    submission.authorships.update(agreed_at=moment(6, 1))
    workflow.submit(submission, by=author, version=submission.current.number, declarations=DECLARED)
    workflow.take(submission, by=editor)
    workflow.accept(submission, by=editor)
    workflow.send_for_approval(submission, by=editor)
    workflow.approve(submission, by=author, fingerprint=submission.current.hash)
    workflow.release(submission, by=editor, at=None)


def turns_out_to_be_one(story: MembershipStory) -> None:
    """Somebody had signed up twice, and the board too had an entry of before."""
    organisation = Organisation.objects.get(name='Board of Quiet Practice')
    pairs = [
        ('person', Person.objects.get(email=BEN), make_person('B. Bright', email='ben@home.example')),
        ('organisation', organisation, make_organisation('Quiet Practice Board')),
    ]
    for kind, kept, gone in pairs:
        before = gone.get_absolute_url()
        staff = story.opened(story.staff, scripts=False)
        staff.goto(reverse('admin:same_as', args=[kind, kept.pk]))
        staff.fill('input[name=other-typed]', f'#{gone.pk}')
        press(staff, 'Show what would move')
        press(staff, 'Merge the two')
        expect(staff.get_by_text('The two are one now')).to_be_visible()
        gone.refresh_from_db()
        assert gone.merged_into == kept
    assert story.visitor(before).url.endswith(organisation.get_absolute_url())


def meets_somebody(story: MembershipStory) -> None:
    story.on(moment(9, 1))
    nia = make_person('Nia North', email='nia@people.example', nation='scotland', page_for='members')
    make_membership(nia)
    dai = story.of(DAI, nia.get_absolute_url())
    dai.get_by_role('link', name='Ask to be introduced').click()
    dai.fill('[name=topic]', 'coaching')
    dai.fill('[name=note]', NOTE)
    press(dai, 'Send my note')
    assert nia.email not in dai.content()
    answer = story.of(nia.email, link_in_letter(nia.email, '/introductions/'))
    answer.check('[name=answer][value=yes]')
    press(answer, 'Send my answer')
    dai.goto(reverse('introductions'))
    dai.get_by_role('link', name='Nia North').first.click()
    expect(dai.get_by_role('link', name=nia.email)).to_be_visible()


def renews_from_the_letter(story: MembershipStory) -> None:
    following = YEAR + 1
    away = tuple(moment(3, day, following) for day in (1, 2, 3))  # a reminder is due on the first of them
    story.reminded(moment(1, 28, following), moment(3, 31, following), besides=away)
    story.on(moment(4, 1, following))
    nothing = f'Date,Description,Amount\n01/04/{following},SALE OF A TABLE,20.00\n'.encode()
    bank.confirm(
        bank.take(nothing, by=story.staff, file_name='bank.csv'), by=story.staff, choices=[]
    )  # so that they are chased from the last day on
    story.reminded(moment(4, 1, following), moment(4, 2, following))
    assert list(renewals_to(ANN)) == [
        *('renewal_offered', 'renewal_in_30_days', 'renewal_in_7_days', 'renewal_ends_today')
    ]
    assert str(renewals_to(ANN, 'queued_at')[1].date()) == f'{following}-03-04'
    page = story.visitor(link_in_letter(ANN, '/renew/'))
    page.fill('[name=renew-po_number]', 'PO-77')
    press(page, 'Renew for £600.00')
    expect(page.get_by_role('heading', name='Renewed')).to_be_visible()
    invoice = Invoice.objects.get(po_number='PO-77')
    story.on(moment(4, 7, following))
    story.bank_brings(f'06/04/{following},QUIET BOARD INV {invoice.number},600.00')
    story.reminded(moment(4, 8, following), moment(6, 1, following))
    assert len(renewals_to(ANN)) == 4


def lets_people_go(story: MembershipStory) -> None:
    at = moment(6, 2, YEAR + 1)
    story.on(at)
    inviting.invite(make_membership(make_organisation('Elsewhere')), by=None, address=BEN)
    ben = story.of(BEN, link_in_letter(BEN, '/account/invitation/'))
    ben.check('[name=answer][value=yes]')
    ben.check('[name=works_there]')
    press(ben, 'Send my answer')
    assert str(Person.objects.get(email=BEN).main_affiliation().organisation) == 'Elsewhere'

    dai = Person.objects.get(email=DAI)
    page = story.of(DAI, reverse('my_erasure'))
    page.check('[name=bylines][value=keep]')
    page.get_by_role('button', name='Erase my data').click()
    page.fill('[name=password]', PASSWORD)
    page.press('[name=password]', 'Enter')
    expect(page.get_by_text('You have asked to be forgotten')).to_be_visible()
    later = at + timedelta(days=8)
    story.on(later)
    erasing.carry_out_due(later)
    address = dai.get_absolute_url()
    dai.refresh_from_db()
    assert (dai.name, dai.email) == ('Former member', None)
    gone = story.opened().request.get(address)
    assert gone.status == 410


def becomes_part_of_another(story: MembershipStory) -> None:
    university = make_organisation('New University')
    make_membership(university)
    organisation = Organisation.objects.get(name='Board of Quiet Practice')
    staff = story.opened(story.staff, scripts=False)
    staff.goto(reverse('admin:followed', args=[organisation.pk]))
    staff.fill('input[name=successor0-typed]', 'New University')
    staff.fill('[name=since]', f'1 July {YEAR + 1}')
    staff.get_by_role('button', name='Write down what followed').click()
    expect(staff.get_by_text('It is written down.')).to_be_visible()

    page = story.visitor(organisation.get_absolute_url())
    expect(page.get_by_role('link', name='New University').first).to_be_visible()
    # What it has paid for runs to its end.
    assert str(Membership.objects.get(organisation=organisation).ended_on) == f'{YEAR + 2}-03-31'


def runs_out_with_its_last_day(story: MembershipStory) -> None:
    organisation = Organisation.objects.get(name='Board of Quiet Practice')
    membership = Membership.objects.get(organisation=organisation)
    story.reminded(moment(1, 30, YEAR + 2), moment(2, 1, YEAR + 2))
    story.on(moment(3, 31, YEAR + 2))
    merging.look_after_people(moment(3, 31, YEAR + 2))
    expect(story.visitor('/organisations/').get_by_role('link', name=organisation.name)).to_be_visible()
    assert [membership.seats.active().count(), len(renewals_to(ANN))] == [2, 4]

    after = moment(4, 1, YEAR + 2)
    story.reminded(after, after)
    merging.look_after_people(after)

    assert [membership.standing().status, membership.seats.active().count()] == [Status.ENDED, 0]
    expect(story.visitor('/organisations/').get_by_role('link', name=organisation.name)).to_have_count(0)
    page = story.visitor(organisation.get_absolute_url())
    expect(page.get_by_role('link', name='New University').first).to_be_visible()
    ann = story.of(ANN, link_in_letter(ANN, '/account/invitation/'))
    ann.check('[name=answer][value=yes]')
    press(ann, 'Send my answer')
    ann.goto(reverse('account'))
    expect(ann.locator('main')).to_contain_text('Your place comes from New University')
