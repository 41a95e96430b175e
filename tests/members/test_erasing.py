"""Somebody asks to be forgotten: what they are shown, the week, the way back, and what is left afterwards."""

import io
import zipfile
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from members import contacts, erasing
from members.erasing import replaying
from members.meeting import courtesy, introducing
from members.models import (
    Category,
    CreditNote,
    Erasure,
    Introduction,
    Invoice,
    Membership,
    Office,
    Payment,
    Person,
    Renewal,
    Seat,
    Term,
)
from members.money import billing, renewing
from members.organisations import offices
from members.renewals import offering
from members.roles import ADMINISTRATOR
from tests.conftest import letters_leave, make_membership, make_organisation, make_person, make_seat
from tests.members.test_merging import merged
from ukis import addresses, days, letters, personal, pictures
from ukis import erasing as rows_of
from ukis.clock.models import Reminded
from ukis.demonstration.pictures import draw
from ukis.letters import bouncing
from ukis.letters.models import Letter, SuppressedAddress
from ukis.letters.reports import Meaning, Report
from ukis.pictures.models import Picture
from ukis.refusals import NotAllowed, NotNow
from ukis.society.models import Society

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]

PASSWORD = 'a long enough password'


def link_in(kind: str) -> str:
    letters_leave()
    body = next(one.body for one in reversed(mail.outbox) if 'erased' in one.subject)
    return (
        next(word for word in body.split() if '/account/erasure/' in word)
        .partition('//')[2]
        .partition('/')[2]
    )


def test_every_kind_of_row_says_what_erasure_does_with_it():
    assert personal.not_erased() == set()
    assert [one.words for one in personal.holdings() if not one.erasure.why] == []


def test_the_page_shows_each_kind_of_row_with_what_becomes_of_it(author, signed_in):
    make_membership(author)

    page = signed_in(author).get(reverse('my_erasure'))

    rows = {row.words: (row.fate, row.count) for row in page.context['rows']}
    assert rows['Your account and profile'] == ('anonymised', 1)
    assert rows['Where you work'] == ('deleted', 1)
    assert rows['Memberships'] == ('anonymised', 1)
    assert 'Erase my data in 7 days' in page.content.decode()


def test_it_is_asked_for_with_the_password_and_can_be_taken_back_on_the_same_page(author, signed_in):
    client = signed_in(author)
    early = client.post(reverse('my_erasure'))
    client.post(reverse('account_reauthenticate'), {'password': PASSWORD})

    asked = client.post(reverse('my_erasure'), follow=True)
    again = client.post(reverse('my_erasure'))
    row = Erasure.objects.get()
    kept = client.post(reverse('my_erasure_back'), follow=True)

    assert early.status_code == 302
    assert asked.redirect_chain == [(reverse('my_data'), 302)]
    assert 'You have asked to be forgotten' in asked.content.decode()
    assert again.status_code == 200
    assert row.due_at - row.asked_at == timedelta(days=7)
    assert 'You have taken it back' in kept.content.decode()
    assert Erasure.objects.get().taken_back_at is not None
    kinds = ['erasure_asked', 'erasure_taken_back']
    assert list(Letter.objects.order_by('pk').values_list('kind', flat=True)) == kinds


def test_the_last_main_contact_says_who_is_it_after_them_or_nobody(author, organisation, signed_in):
    other, heir = make_organisation('Second Place'), make_person('Hei Heir')
    make_seat(heir, organisation)
    first, second = (
        offices.appoint(one, by=None, person=author, role=Office.Role.MAIN) for one in (organisation, other)
    )
    client, path = signed_in(author), reverse('my_erasure')
    client.post(reverse('account_reauthenticate'), {'password': PASSWORD})
    chosen = {f'successor_{first.pk}': heir.pk, f'successor_{second.pk}': 'nobody'}

    page = client.get(path).text
    unsaid = client.post(path, {})
    asked = client.post(path, chosen)
    erasing.carry_out(Erasure.objects.get(), at=timezone.now() + timedelta(days=8))

    assert 'Who is main contact of Second Place after you?' in page
    assert (unsaid.status_code, asked.status_code) == (422, 302)
    assert [one.person for one in contacts.main_offices(days.today() + timedelta(days=1))] == [heir]
    told = Letter.objects.filter(kind='office_vacant')
    assert [letter.subject for letter in told] == ['Second Place has no main contact']


def test_the_link_of_the_letter_takes_it_back_by_its_button_alone(author, client):
    row = erasing.ask(author, by=author, bylines='keep')
    link = '/' + link_in('erasure_asked')

    read = client.get(link)
    still = Erasure.objects.get().taken_back_at
    posted = client.post(link)

    assert 'Keep your data?' in read.content.decode()
    assert still is None
    assert 'Nothing is erased' in posted.content.decode()
    assert erasing.of(author) is None
    assert not erasing.carry_out(row, at=row.due_at)


def test_staff_start_it_for_a_letter_but_not_for_colleagues(secretary, administrator, author, signed_in):
    address = reverse('admin:erasure_of', args=[author.pk])
    client = signed_in(secretary)
    page = client.get(address)
    wrong = client.post(address, {'arrived_on': '1 January 2999'})
    arrived = days.today() - timedelta(days=3)

    done = client.post(address, {'arrived_on': arrived.isoformat()}, follow=True)

    row = Erasure.objects.get()
    assert 'Be sure that it comes from them' in page.content.decode()
    assert wrong.status_code == 422
    assert (row.asked_by, row.arrived_on) == (secretary, arrived)
    assert author.printed_name in done.content.decode()
    with pytest.raises(NotAllowed):
        erasing.ask(administrator, by=secretary, bylines='keep')
    with pytest.raises(NotAllowed):
        erasing.take_back(row, by=secretary)


def test_the_answer_is_due_a_month_after_it_arrived(author):
    row = Erasure(person=author, arrived_on=days.today().replace(year=2027, month=1, day=31))

    assert row.answer_by.isoformat() == '2027-02-28'


def erase(person: Person, bylines: str = 'contributor') -> Erasure:
    row = erasing.ask(person, by=person, bylines=bylines)
    erasing.carry_out_due(row.due_at)
    row.refresh_from_db()
    assert row.done_at is not None
    return row


def test_nothing_happens_before_the_week_is_over(author):
    row = erasing.ask(author, by=author, bylines='keep')

    erasing.carry_out_due(row.due_at - timedelta(seconds=1))

    author.refresh_from_db()
    row.refresh_from_db()
    assert (author.name, author.is_active, row.closed_at) == ('Ada Author', True, None)


def test_the_row_is_emptied_in_place_and_what_points_at_it_stays(author, organisation, signed_in):
    client, name, address = signed_in(author), author.printed_name, author.email
    page, old = reverse('person', args=[author.slug]), reverse('person', args=['ada-before'])
    addresses.change(author, 'ada-now', remember=True)
    offices.appoint(
        organisation, by=None, person=author, role='main', since=days.today() - timedelta(days=30)
    )
    signed = client.get(reverse('account')).status_code

    row = erase(author)

    person = Person.objects.get(pk=author.pk)
    emptied = (person.name, person.email, person.biography, person.photo, person.is_active, person.slug)
    assert emptied == ('Former member', None, '', None, False, f'former-member-{person.pk}')
    assert person.found_by == 'former member former member'
    assert (signed, client.get(reverse('account')).status_code) == (200, 302)
    gone = [client.get(path).status_code for path in (page, reverse('person', args=['ada-now']), old)]
    assert gone == [410, 410, 404]
    [seat] = Seat.objects.filter(person=person)
    assert (seat.state, person.may_submit()) == ('ended', False)
    assert not Office.objects.current().filter(person=person).exists()
    assert Letter.objects.filter(kind='office_vacant').count() == 1
    assert make_person(name).slug == 'ada-author-2'
    assert name not in str(row.receipt)
    assert address not in str(list(Letter.objects.exclude(kind='erasure_done').values()))


def test_the_receipt_is_the_last_letter_and_the_outbox_forgets_where_it_went(author):
    address = author.email
    row = erase(author)
    waiting = Letter.objects.get(kind='erasure_done')
    held = (waiting.to_address, waiting.state)

    letters_leave()

    waiting.refresh_from_db()
    assert held == (address, 'waiting')
    assert [message.to for message in mail.outbox][-1] == [f'Ada Author <{address}>']
    assert (waiting.state, waiting.to_address, waiting.body) == ('sent', '', '')
    assert not Letter.objects.filter(to_address=address).exists()
    assert [words for words, fate, count in row.receipt if fate == 'kept'] != []


def test_a_receipt_that_comes_back_or_cannot_be_sent_brings_no_address_back(author):
    erase(author)
    letters_leave()
    letter = Letter.objects.get(kind='erasure_done')
    says = f'550 {author.email} unknown'

    came = bouncing.came_back(letter, Report(to='', verdict=Meaning.DEAD, says=says), timezone.now())

    letter.refresh_from_db()
    assert (came, letter.state) == (None, 'sent')
    assert not SuppressedAddress.objects.exists()


def test_where_letters_are_refused_the_receipt_is_forgotten_at_once(author):
    SuppressedAddress.objects.create(address=author.email, reason='It bounced.')

    erase(author)

    letter = Letter.objects.get(kind='erasure_done')
    assert (letter.state, letter.to_address) == ('recalled', '')


def test_what_the_society_wrote_by_their_hand_stays_without_their_name(secretary, author):
    row = letters.queue(
        kind='trial', key='by', about=author, to=author, by=secretary,
        subject='Yours', body=f'{secretary.printed_name} writes: you are welcome.\n',
    )  # fmt: skip
    letters_leave()

    done = erase(secretary)
    erasing.carry_out_due(done.done_at + timedelta(days=2))

    row.refresh_from_db()
    assert (row.subject, row.body) == ('Yours', 'Former member writes: you are welcome.\n')
    assert list(secretary.groups.all()) == []


def test_own_membership_ends_and_its_invoices_stay(stranger):
    membership = make_membership(stranger)
    last = membership.terms.order_by('-end').first().end
    term = renewing.add_term(
        membership, by=None, fee=Decimal(30), start=last + timedelta(days=1), end=last + timedelta(days=365)
    )
    Person.objects.filter(pk=stranger.pk).update(postal_address='1 High Street')
    invoice = billing.bill(term, by=None)

    erase(stranger)

    membership.refresh_from_db()
    assert (membership.ended_on, membership.ended_why) == (days.today(), 'Ended')
    assert Invoice.objects.get(pk=invoice.pk).payer_name == invoice.payer_name


def test_what_was_drawn_up_front_is_credited_at_once_and_nobody_is_written_to(stranger):
    Society.objects.update(office_address='office@society.example')
    membership = make_membership(stranger, status='due')
    Person.objects.filter(pk=stranger.pk).update(postal_address='1 High Street')
    last = membership.terms.order_by('-end').first().end
    begins = max(last, days.today() + timedelta(days=20)) + timedelta(days=1)
    asked, agreed = (
        billing.bill(
            renewing.add_term(
                membership, by=None, fee=Decimal(30), start=start, end=start + timedelta(days=99)
            ),
            by=None,
            up_front=drawn,
        )
        for start, drawn in ((begins, True), (begins + timedelta(days=100), False))
    )
    Letter.objects.all().delete()

    erase(stranger)

    note = CreditNote.objects.get()
    assert (note.invoice, note.total, note.reason) == (
        asked,
        30,
        'The membership ends before this term begins',
    )
    assert Invoice.objects.get(pk=agreed.pk).owed == 30
    assert not Letter.objects.filter(kind='credit_note_issued').exists()


def test_what_others_were_told_of_them_names_them_no_more(author, organisation, secretary):
    place = organisation.memberships.get()
    name, address = author.printed_name, author.email
    told = letters.queue(
        kind='seat_taken', key='one', about=place, to=secretary,
        subject=f'{name} has come', body=f'{name} took the place under {address}.\n',
    )  # fmt: skip

    erase(author)

    told.refresh_from_db()
    assert told.subject == 'Former member has come'
    assert address not in told.body
    assert name not in told.body


def test_introductions_end_and_their_notes_go(author, stranger):
    make_membership(stranger)
    asked = Introduction.objects.create(asker=author, asked=stranger, topic='Change', note='My own words')
    accepted = Introduction.objects.create(
        asker=stranger, asked=author, topic='Change', note='To them', state='ended'
    )

    erase(author)

    for row, state in ((asked, 'expired'), (accepted, 'ended')):
        row.refresh_from_db()
        assert (row.state, row.topic, row.note) == (state, '', '')


def test_a_note_that_they_showed_to_the_office_stays_until_staff_have_looked_at_it(
    author, stranger, secretary, signed_in
):
    make_membership(stranger)
    other = make_person('Cy Other')
    make_membership(other)
    row = Introduction.objects.create(
        asker=stranger, asked=author, topic='Change', note='Ada Author, buy my book', state='declined',
        reported_at=timezone.now(), report='I was sold a book',
    )  # fmt: skip

    erase(author)

    row.refresh_from_db()
    waiting = signed_in(secretary).get(reverse('admin:introductions')).text
    stopped = courtesy.why_not_ask(stranger, other)
    introducing.settle(row, by=secretary, upheld=True)
    row.refresh_from_db()
    assert 'Former member, buy my book' in waiting
    assert 'I was sold a book' not in waiting
    assert 'looks at a note' in stopped
    assert (row.topic, row.note, row.upheld) == ('', '', True)


def test_a_note_of_theirs_that_was_shown_to_the_office_goes_at_once(author, stranger):
    row = Introduction.objects.create(
        asker=author, asked=stranger, topic='Change', note='Buy my book', state='declined',
        reported_at=timezone.now(), report='I was sold a book',
    )  # fmt: skip

    erase(author)

    row.refresh_from_db()
    assert (row.note, row.report) == ('', '')
    assert row.settled_at is not None


def test_it_is_done_once_and_swept_a_day_later(author):
    row = erase(author)
    done_at = row.done_at
    Letter.objects.create(
        key='late', kind='late', to=author, to_address='late@people.example', subject='x', body='x', about=row,
        message_id='late',
    )  # fmt: skip

    erasing.carry_out_due(row.due_at)
    erasing.carry_out_due(timezone.now() + timedelta(days=9))

    row.refresh_from_db()
    assert row.done_at == done_at
    assert row.swept_at is not None
    assert Letter.objects.get(key='late').to_address == ''
    assert Letter.objects.filter(kind='erasure_done').count() == 1


def test_a_worker_that_dies_half_way_goes_on_the_next_time(author, monkeypatch):
    row = erasing.ask(author, by=author, bylines='keep')
    monkeypatch.setattr(rows_of, 'erase', _dies)
    with pytest.raises(ZeroDivisionError):
        erasing.carry_out_due(row.due_at)
    author.refresh_from_db()
    half = (author.name, author.is_active)
    monkeypatch.undo()
    with pytest.raises(NotNow, match='has begun already'):
        erasing.take_back(row, by=None)

    erasing.carry_out_due(row.due_at)

    author.refresh_from_db()
    assert half == ('Ada Author', False)
    assert author.name == 'Former member'


def test_the_last_administrator_is_told_to_make_somebody_else_one_first(administrator, secretary, signed_in):
    client = signed_in(administrator)
    client.post(reverse('account_reauthenticate'), {'password': PASSWORD})

    page = client.get(reverse('my_erasure')).content.decode()
    posted = client.post(reverse('my_erasure'))
    of_them = signed_in(administrator).post(
        reverse('admin:erasure_of', args=[administrator.pk]), {'arrived_on': days.today().isoformat()}
    )

    why = 'Amir Administrator is the last active Administrator. Make somebody else Administrator first'
    assert f'This cannot be asked for yet. {why}' in page
    assert 'Erase my data' not in page.partition('</h1>')[2]
    assert (posted.status_code, why in posted.content.decode()) == (422, True)
    assert (of_them.status_code, why in of_them.content.decode()) == (422, True)
    assert not Erasure.objects.exists()


def test_who_has_become_the_last_administrator_meanwhile_waits_and_is_told_once(
    administrator, society, signed_in
):
    society.office_address = 'office@society.example'
    society.save()
    other = make_person('Olga Other', group=ADMINISTRATOR)
    row = erasing.ask(administrator, by=administrator, bylines='keep')
    Person.objects.filter(pk=other.pk).update(is_active=False)

    for _ in range(2):
        erasing.carry_out_due(row.due_at)

    administrator.refresh_from_db()
    told = Letter.objects.filter(kind='erasure_waits')
    page = signed_in(administrator).get(reverse('admin:erasures')).content.decode()
    assert (administrator.name, administrator.is_active) == ('Amir Administrator', True)
    assert sorted(told.values_list('to_address', flat=True)) == sorted(
        [administrator.email, 'office@society.example']
    )
    assert 'Make somebody else Administrator first' in told.first().body
    assert 'but not before this: Amir Administrator is the last active Administrator' in page
    Person.objects.filter(pk=other.pk).update(is_active=True)
    erasing.carry_out_due(row.due_at)
    administrator.refresh_from_db()
    assert administrator.name == 'Former member'


def _dies(leaving) -> None:
    raise ZeroDivisionError


def test_a_picture_of_theirs_goes_with_its_files_unless_something_shows_it(author, stranger):
    mine, shown = (
        pictures.accept(SimpleUploadedFile('a.jpg', draw(seed, 40, 30)), author) for seed in ('one', 'two')
    )
    Person.objects.filter(pk=author.pk).update(photo=mine)
    Person.objects.filter(pk=stranger.pk).update(photo=shown)

    row = erase(author)

    assert list(Picture.objects.values_list('pk', flat=True)) == [shown.pk]
    assert row.files == []
    assert not default_storage.exists(mine.file.name)
    assert default_storage.exists(shown.file.name)


def test_who_came_back_with_a_backup_is_erased_again_and_nobody_else(author, stranger, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    before = Person.objects.get(pk=author.pk)
    erase(author)
    replaying.write_down(timezone.now())
    replaying.write_down(timezone.now())
    lines = replaying.path().read_text()
    Erasure.objects.all().delete()
    before.save()
    letters_before = Letter.objects.count()
    # Torn, and a key that another person has by now.
    with replaying.path().open('a') as file:
        file.write(f'{{"person": {stranger.pk}, "mark": "x", "bylines": "keep"}}\n{{"person": 1')

    call_command('replay_erasures', stdout=io.StringIO())
    again = replaying.replay()

    author.refresh_from_db()
    stranger.refresh_from_db()
    assert lines.count('\n') == 1
    assert 'Ada' not in lines
    assert (author.name, stranger.name, again) == ('Former member', 'Sam Stranger', [])
    assert Letter.objects.count() == letters_before


def test_a_place_that_was_over_long_ago_ended_when_it_did(stranger, organisation):
    began, ended = (days.today() - timedelta(days=ago) for ago in (900, 500))
    place = make_membership(organisation)
    over = Seat.objects.create(membership=place, person=stranger, since=began, until=ended)
    later = Seat.objects.create(membership=place, person=stranger, since=ended + timedelta(days=1))

    erase(stranger)

    over.refresh_from_db()
    later.refresh_from_db()
    assert (over.state, over.until) == ('active', ended)
    assert (later.state, later.until) == ('ended', days.today() - timedelta(days=1))


def test_what_hangs_on_ones_own_membership_and_the_topics_one_offers_are_given_out_and_forgotten(stranger):
    membership = make_membership(stranger)
    Person.objects.filter(pk=stranger.pk).update(postal_address='1 High Street')
    stranger.topics.set(['Coaching'])
    term = membership.terms.order_by('-end').first()
    invoice = billing.bill(
        renewing.add_term(
            membership,
            by=None,
            fee=Decimal(30),
            start=term.end + timedelta(days=1),
            end=term.end + timedelta(days=365),
        ),
        by=None,
    )
    day, now = days.today(), timezone.now()
    membership.terms.filter(pk=term.pk).update(payment='waived', waived_why='They are ill')
    membership.overrides.create(reason='They shouted', start=day, until=day)
    invoice.write_offs.create(amount=1, written_off_on=day, reason='Their bank took it', at=now)
    invoice.credit_notes.create(number=9, issued_on=day, total=1, reason='They paid twice', at=now)
    for row in (term, invoice):
        Reminded.objects.create(about=row, whom='Sam Stranger', step='0', due_on=day, outcome='sent')

    before = zipfile.ZipFile(personal.archive(stranger)).read('data.json').decode()
    erase(stranger)

    said = ['Coaching', 'They are ill', 'They shouted', 'Their bank took it', 'They paid twice']
    assert [words for words in said if words not in before] == []
    assert membership.overrides.get().reason == '(erased)'
    assert [one.waived_why for one in membership.terms.order_by('start')] == ['(erased)', '']
    assert {one.whom for one in Reminded.objects.all()} == {'Former member'}
    assert list(stranger.topics.all()) == []


def test_all_that_hangs_on_a_membership_of_ones_own_is_given_out_or_holds_no_words():
    # They repeat what the papers say, or hold sums and days alone.
    without_words = {
        'allocation',
        'bankline',
        'extraseats',
        'giftaidline',
        'invoicecopy',
        'invoiceline',
        'release',
    }
    given = {one.model for one in personal.holdings() if one.columns}
    hang = {
        relation.related_model._meta.label_lower
        for model in (Membership, Term, Invoice, Payment)
        for relation in model._meta.related_objects
    }

    assert hang - given == {f'members.{name}' for name in without_words}


def test_what_somebody_wished_before_a_renewal_of_their_own_is_given_out_and_goes(author):
    term = renewing.add_term(
        make_membership(author, status='lapsed'),
        by=None,
        start=days.today(),
        end=days.today() + timedelta(days=364),
    )
    renewal = Renewal.objects.create(term=term, prepared_at=timezone.now())
    wish = renewal.wishes.create(at=timezone.now(), words='I live in Harbour Row now.')
    held = next(one for one in personal.holdings() if one.model == 'members.renewalwish')
    given = list(held.given_out(author))

    erase(author)

    wish.refresh_from_db()
    assert (given, wish.words) == ([wish], '')


def test_what_one_wished_for_an_organisation_goes_with_them_whoever_answered_and_nobody_elses(
    author, coauthor, stranger, secretary
):
    organisation = make_organisation('Wishing Institute')
    membership = make_membership(organisation, status='due')
    Category.objects.update(fee=10)
    for person, role in ((author, Office.Role.BILLING), (coauthor, Office.Role.MAIN)):
        offices.appoint(organisation, by=secretary, person=person, role=role)
    renewal = offering.prepare(membership)
    offering.wish(renewal, by=author, words='Ask for me, Ada, at Harbour Row.')
    offering.wish(renewal, by=coauthor, words='Twelve places, please.')
    offering.renew(renewal, by=coauthor, address='1 Harbour Row, Cardiff')
    held = next(one for one in personal.holdings() if one.model == 'members.renewalwish')
    given = [one.words for one in held.given_out(author)]

    merged(stranger, coauthor, secretary)
    erase(author)

    assert given == ['Ask for me, Ada, at Harbour Row.']
    assert list(renewal.wishes.values_list('by__name', 'words')) == [
        ('Former member', ''),
        ('Sam Stranger', 'Twelve places, please.'),
    ]
    assert not Letter.objects.filter(note__contains='Ask for me').exists()


def test_of_whom_no_letter_reaches_staff_are_not_told_that_they_have_one(secretary, signed_in):
    person = make_person('Nell Nowhere', email=None)

    done = signed_in(secretary).post(
        reverse('admin:erasure_of', args=[person.pk]), {'arrived_on': days.today().isoformat()}, follow=True
    )

    assert 'Nell Nowhere will be erased in a week, and no letter reaches them.' in done.text
