"""The secretary's front page: what is due, in grace, awaiting, and which letters failed."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blog.models import State, Submission
from members import erasing, leaving, waiting, weekly
from members.models import BankImport, Category, DataRequest, Erasure, Invoice, Membership
from members.money import billing, renewing
from members.renewals import offering
from tests.conftest import make_application, make_membership, make_organisation, make_person, make_submission
from ukis import days, letters
from ukis.letters.models import Letter, SuppressedAddress
from ukis.society.models import Society

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def block_of(client) -> dict:
    return next(b for b in client.get(reverse('admin:index')).context['blocks'] if 'waiting' in b)


def test_it_says_what_is_due_in_grace_and_awaiting(secretary, signed_in):
    for status in ('due', 'due', 'grace', 'none', 'active', 'lapsed', 'former', 'starting'):
        make_membership(make_organisation(f'Member in {status}'), status=status)

    client = signed_in(secretary)
    block = block_of(client)

    assert [(line.words, line.count) for line in block['waiting']] == [
        ('due', 2),
        ('in grace', 1),
        ('awaiting payment', 1),
        ('organisations without a main contact', 4),
    ]
    assert block['quiet'] == [
        'applications',
        'leave the public page within a week',
        'invoices overdue',
        'payments for a term that is over',
        'changes that contacts propose',
        'domains to confirm',
        'requests about data',
        'requests to be forgotten',
        'wishes before a renewal',
        'renewals that reached nobody',
        'letters to many that cannot be written',
        'promises overdue',
        'people for whom no place followed',
        'letters that failed',
    ]
    text = client.get(reverse('admin:index')).text
    assert 'Member in grace</a> <span>In grace until' in text
    for line in block['waiting'][:2]:
        assert client.get(line.all_at).context['cl'].result_count == line.count


def test_where_nothing_waits_it_says_so(secretary, signed_in):
    client = signed_in(secretary)

    assert block_of(client)['waiting'] == []
    assert '<p>Nothing waits for you.</p>' in client.get(reverse('admin:index')).text


def test_letters_that_failed_are_counted(secretary, signed_in):
    queued = letters.queue(
        kind='trial',
        key='one',
        about=Society.objects.get(),
        to_address='a@people.example',
        subject='One',
        body='One',
    )
    client = signed_in(secretary)
    before = block_of(client)['failed']
    Letter.objects.filter(pk=queued.pk).update(state=Letter.State.FAILED)

    page = client.get(reverse('admin:index'))

    assert (before, block_of(client)['failed']) == (0, 1)
    assert f'{reverse("admin:ukis_letter_changelist")}?state__exact=failed">letter failed</a>' in page.text


def test_it_asks_as_much_for_twenty_as_for_six_and_names_five(
    secretary, signed_in, django_assert_num_queries
):
    client = signed_in(secretary)
    for _ in range(6):
        make_membership(make_organisation(), status='due')
    client.get(reverse('admin:index'))
    with django_assert_num_queries(15):
        client.get(reverse('admin:index'))
    for _ in range(14):
        make_membership(make_organisation(), status='due')

    with django_assert_num_queries(15):
        page = client.get(reverse('admin:index'))
    assert '>All 20</a>' in page.text
    assert len(block_of(client)['waiting'][1].first) == 5


def test_each_kind_counts_its_rows_and_names_the_first_of_them_in_its_own_order(author, society):
    """Several kinds are one question: none takes the place of another."""
    body = author.affiliations.get().organisation
    today = days.today()
    for number in range(7):
        DataRequest.objects.create(
            kind='complaint', name=f'Dora {number}', email='d@people.example', words='Why?',
            due_on=today + timedelta(days=9 - number),
        )  # fmt: skip
    body.domains.create(name='icc.example', claimed_by=author)
    body.proposals.create(field='short_name', was='', wanted='ICC', by=author)
    for holder in (make_organisation('Wishing Institute'), make_person('Wim Wisher', title='Dr')):
        membership = make_membership(holder, status='due')
        Category.objects.update(fee=10)
        renewal = offering.prepare(membership)
        renewal.wishes.create(at=timezone.now(), words='More places, please\nAs soon as can be')

    found = {line.words: line for line in waiting.all_of_it()}

    requests, wishes = found['requests about data'], found['wishes before a renewal']
    assert (requests.count, [row.words for row in requests.first]) == (
        7,
        [f'A complaint about how my data is handled: Dora {number}' for number in (6, 5, 4, 3, 2)],
    )
    assert requests.first[0].says == f'to be answered by {days.in_words(today + timedelta(days=3))}'
    assert [(row.words, row.says) for row in wishes.first] == [
        ('Wishing Institute', 'More places, please'),
        ('Dr Wim Wisher', 'More places, please'),
    ]
    for words, says in (
        ('domains to confirm', 'icc.example'),
        ('changes that contacts propose', 'short name'),
    ):
        assert [(row.words, row.says) for row in found[words].first] == [(body.name, says)]
    assert found['organisations without a main contact'].count == 2


def test_editors_have_another_front_page(editor, administrator, signed_in):
    make_person()

    assert 'members-front' not in signed_in(editor).get(reverse('admin:index')).text
    assert 'members-front' in signed_in(administrator).get(reverse('admin:index')).text


def test_mondays_letter_says_what_waits_once_a_week(secretary):
    for status in ('due', 'grace'):
        make_membership(make_organisation(f'Member in {status}'), status=status)
    today = days.today()
    monday = datetime.combine(today + timedelta(days=-today.weekday() % 7), time(9), UTC)

    for hours in (0, 1, 24, 6 * 24):
        weekly.write(monday + timedelta(hours=hours))
    [letter] = Letter.objects.filter(kind='weekly')
    weekly.write(monday + timedelta(days=7))

    assert letter.to == secretary
    assert '1 due\n- Member in due: Due: cover stops' in letter.body
    assert Letter.objects.filter(kind='weekly').count() == 2


def test_without_a_secretary_the_office_hears():
    Society.objects.update(office_address='office@society.example')

    weekly.write(datetime(2026, 12, 2, 9, tzinfo=UTC))

    letter = Letter.objects.get(kind='weekly')
    assert (letter.to_address, 'Nothing waits this week.' in letter.body) == ('office@society.example', True)


def test_where_the_banks_file_is_old_what_is_unpaid_says_so(secretary, signed_in):
    today = days.today()
    for status in ('due', 'grace'):
        make_membership(make_organisation(f'Member in {status}'), status=status)
    told = {}
    for number, ago in enumerate((4, 3), start=1):
        newest = today - timedelta(days=ago)
        BankImport.objects.create(
            number=number, file_name='a.csv', columns={}, oldest=newest, newest=newest, by=secretary,
            at=timezone.now(), confirmed_by=secretary, confirmed_at=timezone.now(),
        )  # fmt: skip
        shown = block_of(signed_in(secretary))['waiting']
        told[ago] = {line.words: line.beside for line in shown if line.beside}
        if ago == 4:
            page = signed_in(secretary).get(reverse('admin:index')).text
            weekly.write(timezone.now())

    until = days.in_words(today - timedelta(days=4))
    words = f'The bank’s file reaches to {until} only: look at the account first.'
    warning = words.replace(
        ': look at the account first.',
        '. No reminder that fell due after that day leaves until a newer file is imported.',
    )
    said = [
        text.count(one) for text in (page, Letter.objects.get(kind='weekly').body) for one in (words, warning)
    ]
    assert told == {4: {'in grace': words}, 3: {}}
    assert said == [1, 1, 1, 1]


def test_whose_grace_runs_out_within_a_week_stands_on_the_front_page_and_in_the_letter_alike(
    secretary, signed_in
):
    today = days.today()
    for name, ago in (('Sooner', 60), ('Soon', 54), ('Later', 53)):
        membership = make_membership(make_organisation(name), status='grace')
        membership.terms.update(start=today - timedelta(days=ago + 364), end=today - timedelta(days=ago))

    block = block_of(signed_in(secretary))
    weekly.write(timezone.now())

    line = next(line for line in block['waiting'] if line.words.startswith('leave'))
    assert [row.words for row in line.first] == ['Sooner', 'Soon']
    body = Letter.objects.get(kind='weekly').body
    assert '2 leave the public page within a week\n- Sooner: In grace until' in body


def test_whoever_leaves_the_public_page_within_a_week_stands_there_whatever_the_reason(secretary, signed_in):
    today = days.today()
    for name, ends_in, changed in (
        ('Ends later', 40, {'ended_on': today + timedelta(days=7)}),
        ('Resigned', 40, {'ended_on': today + timedelta(days=6)}),
        ('Refused', 3, {'ended_on': today + timedelta(days=3)}),
        ('No grace', 1, {'category': Category.objects.create(name='Strict', grace_days=0)}),
        ('Due', 1, {}),
    ):
        membership = make_membership(make_organisation(name), status='due')
        membership.terms.update(end=today + timedelta(days=ends_in))
        membership.terms.update(cover_end=today + timedelta(days=ends_in))
        Membership.objects.filter(pk=membership.pk).update(**changed)

    client = signed_in(secretary)
    line = next(line for line in block_of(client)['waiting'] if line.words.startswith('leave'))
    listed = client.get(line.all_at).context['cl'].result_list

    assert [row.words for row in line.first] == ['No grace', 'Refused', 'Resigned']
    assert {str(row.holder) for row in listed} == {'No grace', 'Refused', 'Resigned'}


def test_whoever_is_suspended_within_a_week_stands_among_those_who_leave_the_public_page(
    secretary, signed_in
):
    """A suspension that was entered ahead: of one that is active, due, or in grace. On its first day it is not listed."""
    today = days.today()
    for name, status, starts_in in (
        ('In eight days', 'active', 8), ('In seven days', 'active', 7), ('In grace', 'grace', 6),
        ('Tomorrow', 'due', 1), ('Today', 'active', 0), ('Lapsed already', 'lapsed', 2),
    ):  # fmt: skip
        membership = make_membership(make_organisation(name), status=status)
        leaving.suspend(membership, by=None, reason='Review', start=today + timedelta(days=starts_in))

    client = signed_in(secretary)
    lines = {line.words: line for line in block_of(client)['waiting']}
    leave = lines['leave the public page within a week']
    listed = client.get(leave.all_at).context['cl'].result_list
    weekly.write(timezone.now())

    assert [row.words for row in leave.first] == ['Tomorrow', 'In grace', 'In seven days']
    assert (leave.count, lines['due'].count, lines['in grace'].count) == (3, 1, 1)
    assert {str(row.holder) for row in listed} == {'Tomorrow', 'In grace', 'In seven days'}
    first = f'- Tomorrow: Suspended from {days.in_words(today + timedelta(days=1))}. Due: cover stops'
    body = Letter.objects.get(kind='weekly').body
    assert f'3 leave the public page within a week\n{first}' in body


@pytest.fixture
def much_waits(author, editor):
    """Something of each kind that a front page names, and of each line of the desk."""
    today = days.today()
    holder = make_organisation('Late Institute', billing_address='1 Late Street\nCardiff')
    for status in ('due', 'grace', 'none'):
        make_membership(make_organisation(f'Member in {status}'), status=status)
    membership = make_membership(holder, status='none')
    start, end = today.replace(month=1, day=1), today.replace(month=12, day=31)
    term = renewing.add_term(membership, by=None, start=start, end=end, fee=450)
    Invoice.objects.filter(pk=billing.bill(term, by=None).pk).update(due_on=today - timedelta(days=31))
    make_application(state='submitted')
    erasing.ask(make_person('Gone Soon'), by=None, bylines=Erasure.Bylines.KEEP)
    done = erasing.ask(make_person('Gone By'), by=None, bylines=Erasure.Bylines.REMOVAL)
    Erasure.objects.filter(pk=done.pk).update(done_at=timezone.now(), closed_at=timezone.now(), posts=['/a/'])
    SuppressedAddress.objects.create(address='full@people.example', reason='552 is full')
    make_submission(author, 'scheduled', editor=editor)
    late = make_submission(author, State.IN_REVIEW, editor=editor)
    Submission.objects.filter(pk=late.pk).update(due_on=today - timedelta(days=3))


def test_what_is_told_by_a_few_columns_says_what_the_rows_own_pages_say(much_waits):
    found = {line.words: line for line in waiting.of_the_week(days.today(), 5, unpaid_for=[30])}

    invoice, [soon, _] = Invoice.objects.get(), Erasure.objects.order_by('pk')
    by_when = (
        f'on {days.in_words(days.london_day(soon.due_at))}, by {days.in_words(soon.answer_by)} at the latest'
    )
    said = {words: [(row.words, row.says) for row in line.first] for words, line in found.items()}
    unpaid = [(f'Invoice {invoice.number}, Late Institute', '£450.00 owed, 31 days late')]
    assert said['invoices overdue'] == said['invoices unpaid for more than 30 days'] == unpaid
    assert said['applications'] == [('Board of Quiet Practice (Applied for)', '')]
    assert said['requests to be forgotten'] == [('Gone Soon', by_when), ('Gone By', 'posts to be decided of')]
    assert said['addresses that refuse letters'] == [('full@people.example', '552 is full')]


def test_no_front_page_asks_twenty_questions_whatever_waits(much_waits, secretary, administrator, signed_in):
    Submission.objects.filter(state=State.IN_REVIEW).update(editor=administrator)
    asked = {}
    for person in (secretary, administrator):
        client = signed_in(person)
        client.get(reverse('admin:index'))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse('admin:index'))
        asked[person.name] = len(queries)

    assert 'longest:' in page.text
    assert asked == {secretary.name: 15, administrator.name: 18}
