"""Introductions: a note without addresses, shared only by a yes; a no is nobody's business; limits; the office."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from members.meeting import introducing
from members.models import Introduction, Person, Seat
from tests.conftest import letters_leave, make_membership, make_organisation, make_person, make_seat
from ukis.letters.models import Letter, SuppressedAddress
from ukis.refusals import NotAllowed, NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]
State = Introduction.State
NOTE = 'Your post on readiness met us in the middle of a change that three wards of four did not want.'
OTHER_NOTES = [
    'We are about to begin with a coaching scheme in two counties and lack somebody who has closed one.',
    'May I learn how your board chose what to stop? Ours has a list of forty things and no order in it.',
    'I am writing about distances: rural teams that meet twice a year. You seem to run one of them well.',
    'Our evaluation ends in March, and nobody here has ever written one for people who did not ask for it.',
    'Do you know of anybody who measures sustainment after five years? We kept all the records there are.',
    'You said at the spring meeting that fidelity is a conversation. I would like to hear how it goes on.',
]


def member(name: str, **fields) -> Person:
    person = make_person(name, **fields)
    make_membership(person)
    return person


@pytest.fixture
def ada():
    return member('Ada Asker', email='ada@asking.example')


@pytest.fixture
def bo():
    return member('Bo Asked', email='bo@asked.example')


def ask(asker, asked, note=NOTE, topic='Readiness'):
    return introducing.ask(asker, asked, by=asker, topic=topic, note=note)


def aged(row, days):
    Introduction.objects.filter(pk=row.pk).update(asked_at=timezone.now() - timedelta(days=days))
    row.refresh_from_db()
    return row


def token_in(text):
    return re.search(r'/introductions/([\w-]{20,})/', text)[1]


def test_a_note_goes_without_addresses_and_a_yes_by_the_letter_shares_both(ada, bo, client, signed_in):
    page = signed_in(ada).get(reverse('introduction_ask', args=[bo.slug]))
    assert 'bo@asked.example' not in page.text
    answer = signed_in(ada).post(page.request['PATH_INFO'], {'topic': 'Readiness', 'note': NOTE})
    row = Introduction.objects.get()
    assert answer.url == reverse('introduction', args=[row.pk])
    letters_leave()
    [letter] = mail.outbox
    assert letter.to == ['Bo Asked <bo@asked.example>'] or letter.to == ['bo@asked.example']
    assert NOTE in letter.body
    assert 'ada@' not in letter.body + str(letter.extra_headers) + str(letter.reply_to)

    # Reading answers nothing, and the link opens that page alone.
    address = reverse('introduction_answer', args=[token_in(letter.body)])
    page = client.get(address)
    assert NOTE in page.text
    assert 'ada@' not in page.text
    assert page.headers['Referrer-Policy'] == 'no-referrer'
    assert client.post(address, {}).status_code == 422
    answer = client.post(address, {'answer': 'yes'}, follow=True)
    assert 'both addresses' in answer.text
    assert 'ada@' not in answer.text

    row.refresh_from_db()
    assert row.state == State.ACCEPTED
    letters_leave()
    told = {one.to[0]: one.body for one in mail.outbox[1:]}
    assert len(told) == 2
    assert any('bo@asked' in body for to, body in told.items() if 'ada@' in to)
    assert any('ada@asking' in body for to, body in told.items() if 'bo@' in to)
    for person, other in ((ada, bo), (bo, ada)):
        assert other.email in signed_in(person).get(reverse('introduction', args=[row.pk])).text
    # Once more, by another tab.
    assert client.post(address, {'answer': 'no'}).status_code == 409
    row.refresh_from_db()
    assert row.state == State.ACCEPTED


def test_either_ends_it_and_the_other_is_told(ada, bo, signed_in):
    row = introducing.accept(ask(ada, bo), by=bo)
    signed_in(ada).post(reverse('introduction_end', args=[row.pk]))

    row.refresh_from_db()
    assert row.state == State.ENDED
    assert [one.to for one in Letter.objects.filter(kind='introduction_ended')] == [bo]
    assert 'bo@asked' not in signed_in(ada).get(reverse('introduction', args=[row.pk])).text
    with pytest.raises(NotNow, match='has ended'):
        introducing.end(row, by=bo)
    with pytest.raises(NotNow, match='six months'):
        ask(ada, bo, OTHER_NOTES[0])


def seen_by_asker(signed_in, asker, row):
    """Every page and answer in which a no could be told from silence, with what differs by itself left out."""
    client, asked = signed_in(asker), row.asked
    pages = [
        client.get(reverse('introduction', args=[row.pk])),
        client.get(reverse('introductions')),
        client.get(reverse('introduction_ask', args=[asked.slug])),
        client.post(
            reverse('introduction_ask', args=[asked.slug]), {'topic': 'Else', 'note': OTHER_NOTES[0]}
        ),
        client.post(reverse('introduction_end', args=[row.pk]), follow=True),
        client.get(asked.get_absolute_url()),
        client.get(reverse('people')),
    ]
    # Signed values and nonces differ from one request to the next, whoever asks.
    own = re.compile(r'<input type="hidden"[^>]*>|nonce="[^"]*"|data-[\w-]+="[^"]*"')
    return [(page.status_code, own.sub('', page.text)) for page in pages]


@pytest.mark.parametrize('age', [5, 41, 43, 200, 225, 227])
def test_to_the_asker_a_no_silence_expiry_and_a_report_look_alike_then_and_later(age, ada, bo, signed_in):
    row, found = ask(ada, bo), {}
    for outcome in ('silence', 'no', 'expiry', 'report'):
        point = transaction.savepoint_create()
        if outcome == 'no':
            introducing.decline(row, by=bo)
        if outcome == 'report':
            introducing.report(row, by=bo, why='Spam.')
            introducing.settle(row, by=bo, upheld=False)
        aged(row, age)
        if outcome == 'expiry':
            Introduction.objects.filter(pk=row.pk).update(state=State.EXPIRED)
        found[outcome] = seen_by_asker(signed_in, ada, row)
        assert [letter.kind for letter in Letter.objects.filter(to=ada)] == []
        transaction.savepoint_rollback(point)
        row.refresh_from_db()

    silence = found.pop('silence')
    for outcome, pages in found.items():
        for one, other in zip(silence, pages, strict=True):
            assert one == other, outcome


def test_a_no_is_final_for_six_months_on_any_topic_and_who_said_it_may_ask(ada, bo):
    row = introducing.decline(aged(ask(ada, bo), 41), by=bo)
    for age in (42, 100, 225):
        aged(row, age)
        with pytest.raises(NotNow, match='One note in six months'):
            ask(ada, bo, OTHER_NOTES[0], topic='Something else')
    theirs = ask(bo, ada, OTHER_NOTES[1])
    assert introducing.accept(theirs, by=ada).state == State.ACCEPTED

    introducing.end(theirs, by=ada)
    aged(row, 227)
    with pytest.raises(NotNow, match=r'asked|six months|introduced') as refusal:
        ask(bo, ada, OTHER_NOTES[2])
    assert 'Ada Asker' in str(refusal.value)
    assert ask(ada, bo, OTHER_NOTES[3]).state == State.ASKED


def test_two_who_ask_each_other_are_one_introduction_and_a_second_press_is_no_second_note(ada, bo):
    first = ask(ada, bo)
    assert ask(ada, bo) == first
    with pytest.raises(NotNow, match='has asked you'):
        ask(bo, ada, OTHER_NOTES[0])
    assert Introduction.objects.count() == Letter.objects.count() == 1


@pytest.mark.parametrize(
    ('note', 'why'),
    [
        ('Hello.', 'at least 40'),
        ('x' * 1201, '1200 characters'),
        (f'{NOTE} Write to me at ada@asking.example.', 'Leave out addresses'),
        (f'{NOTE} See https://asking.example/me', 'Leave out addresses'),
        (f'{NOTE} Or ring 0141 444 8500.', 'Leave out addresses'),
        (f'Dear Bo, {OTHER_NOTES[0]}', 'nearly the same note'),
        ('   ', 'at least 40'),
    ],
)
def test_words_that_are_no_note_to_one_person_are_refused_with_a_sentence(note, why, ada, bo, signed_in):
    ask(ada, member('Cy Other'), f'Dear Cy, {OTHER_NOTES[0]}')

    with pytest.raises(NotNow, match=why):
        ask(ada, bo, note)
    answer = signed_in(ada).post(reverse('introduction_ask', args=[bo.slug]), {'topic': 'A', 'note': note})
    assert answer.status_code in (409, 422)
    assert note.strip()[:30] in answer.text.replace('&#x27;', "'")
    assert not Introduction.objects.filter(asked=bo).exists()


@pytest.mark.parametrize(
    'topic', ['write to me at asker@example.org', 'ring 020 7946 0000', 'www.asking.example']
)
def test_a_topic_without_addresses_goes_with_a_note_and_no_other(topic, ada, bo, signed_in):
    answer = signed_in(ada).post(reverse('introduction_ask', args=[bo.slug]), {'topic': topic, 'note': NOTE})

    assert answer.status_code == 409
    assert answer.context['refusal'] == (
        'Leave out addresses, links and telephone numbers, of the topic as well: a note goes without them. A yes '
        'shares both your email addresses.'
    )
    assert (Introduction.objects.count(), Letter.objects.count()) == (0, 0)


def test_where_somebody_works_is_told_as_far_as_members_see_it(ada, bo, client, signed_in):
    make_seat(ada, make_organisation('Dyffryn Arian'), 'Implementation Lead')
    Person.objects.filter(pk=ada.pk).update(work_for='nobody')
    path = reverse('introduction_ask', args=[bo.slug])
    hidden = signed_in(ada).get(path).text
    ask(Person.objects.get(pk=ada.pk), bo)
    letters_leave()
    answer = client.get(reverse('introduction_answer', args=[token_in(mail.outbox[0].body)])).text
    Person.objects.filter(pk=ada.pk).update(work_for='members')
    shown = signed_in(ada).get(reverse('introduction_ask', args=[member('Cy Other').slug])).text

    assert 'Dyffryn' not in mail.outbox[0].body + answer
    assert 'They read your name, the topic and your note' in hidden
    assert 'They read your name, where you work, the topic and your note' in shown


def test_older_introductions_are_leafed_to_and_what_waits_stands_on_every_page(ada, bo, signed_in):
    others = [make_person(f'Di Number {number}') for number in range(55)]
    waits = aged(ask(ada, bo), 40)
    Introduction.objects.bulk_create(
        Introduction(asker=other, asked=bo, topic='Change', note=NOTE, state=State.DECLINED)
        for other in others
    )
    client, path = signed_in(bo), reverse('introductions')

    pages = [client.get(path, {'page': number}) for number in (1, 2)]

    found = [[row.asker for row in page.context['received']] for page in pages]
    assert [len(rows) for rows in found] == [51, 6]
    assert [rows[0] for rows in found] == [waits.asker, waits.asker]
    assert {*found[0], *found[1]} == {*others, ada}
    assert 'rel="next"' in pages[0].text
    assert 'None on this page.' in pages[1].text


def test_a_note_may_be_foreign(ada, bo):
    welsh = 'Byddai’n dda gen i gael sgwrs am waith tîm yng Ngwynedd. Ποιοι άλλοι; Кто ещё? 誰がいますか。'
    assert ask(ada, bo, welsh).note == welsh


def test_there_are_limits_by_sender_by_week_and_open_and_by_recipient(ada, bo):
    rows = [ask(ada, member(f'To {n}'), note) for n, note in enumerate(OTHER_NOTES[:3])]
    with pytest.raises(NotNow, match='3 notes in a week'):
        ask(ada, bo)
    for row in rows:
        aged(row, 20)
    later = [ask(ada, member(f'More {n}'), note) for n, note in enumerate(OTHER_NOTES[3:5])]
    # A no, of which the sender hears nothing, makes no room; a yes does.
    introducing.decline(rows[0], by=rows[0].asked)
    with pytest.raises(NotNow, match='wait for an answer'):
        ask(ada, bo)
    introducing.accept(rows[1], by=rows[1].asked)
    assert ask(ada, bo).pk
    assert len(later) == 2

    for number, note in enumerate(OTHER_NOTES[:5]):
        ask(member(f'From {number}'), bo, note)
    with pytest.raises(NotNow, match='asked often this month'):
        ask(member('One more'), bo, OTHER_NOTES[5])


def test_new_members_wait_and_strangers_lapsed_and_suspended_ones_are_no_members(
    ada, bo, stranger, organisation
):
    new = make_person('Nia New')
    membership = make_membership(organisation)
    seat = Seat.objects.create(membership=membership, person=new)
    with pytest.raises(NotNow, match='after a week'):
        ask(new, bo)
    Seat.objects.filter(pk=seat.pk).update(since=timezone.localdate() - timedelta(days=7))
    row = ask(new, bo)
    with pytest.raises(NotNow, match='you are none at present'):
        ask(stranger, bo)
    with pytest.raises(NotNow, match='not there to be asked'):
        ask(ada, stranger)
    with pytest.raises(NotAllowed):
        introducing.accept(row, by=new)
    # Suspended since: nobody's address goes to them, and theirs to nobody.
    membership.overrides.create(status='suspended', reason='Not paid.', start=timezone.localdate())
    with pytest.raises(NotNow, match='one of you is none at present'):
        introducing.accept(row, by=bo)
    assert introducing.decline(row, by=bo).state == State.DECLINED


def test_a_yes_that_comes_while_one_is_no_member_can_be_said_again(ada, bo, signed_in):
    row = ask(ada, bo)
    over = ada.memberships.get().overrides.create(
        status='suspended', reason='Not paid.', start=timezone.localdate()
    )

    answer = signed_in(bo).post(reverse('introduction', args=[row.pk]), {'answer': 'yes'})
    over.delete()

    assert answer.status_code == 409
    assert answer.context['refusal'] == (
        'Only members are introduced, and one of you is none at present. Your yes was not kept, and nobody’s address '
        'was shown to anybody. You can say yes later, while the note waits.'
    )
    assert introducing.accept(row, by=bo).state == State.ACCEPTED


def test_whom_no_letter_reaches_looks_like_silence_and_may_still_be_switched_off(ada, bo, signed_in):
    SuppressedAddress.objects.create(address=bo.email, reason='Bounced.')
    answer = signed_in(ada).post(
        reverse('introduction_ask', args=[bo.slug]), {'topic': 'A', 'note': NOTE}, follow=True
    )
    assert 'on its way to Bo Asked' in answer.text
    cy = member('Cy Closed', may_be_asked=False)
    assert 'Ask to be introduced' not in signed_in(ada).get(cy.get_absolute_url()).text
    with pytest.raises(NotNow, match='not there to be asked'):
        ask(ada, cy, OTHER_NOTES[0])


def test_a_reported_note_is_the_only_one_that_staff_read_and_stops_its_sender(
    ada, bo, secretary, administrator, editor, signed_in
):
    secret = OTHER_NOTES[0]
    ask(ada, member('Cy Other'), secret)
    row = ask(ada, bo)
    introducing.accept(ask(bo, member('Di Third'), OTHER_NOTES[1]), by=Person.objects.get(name='Di Third'))
    page = signed_in(secretary).get(reverse('admin:introductions')).text
    assert NOTE not in page
    assert 'Nothing waits.' in page
    assert re.search(r'\D3</td>\D+1</td>\D+0</td>', page)

    signed_in(bo).post(reverse('introduction', args=[row.pk]), {'answer': 'report', 'why': 'It sells.'})

    [told] = Letter.objects.filter(kind='introduction_reported')
    assert told.to_address == 'office@society.example'
    assert 'met us in the middle' not in told.text() + told.subject
    page = signed_in(secretary).get(reverse('admin:introductions')).text
    assert NOTE in page
    assert 'It sells.' in page
    assert secret not in page
    with pytest.raises(NotNow, match='the office looks at a note'):
        ask(ada, member('Ed Fourth'), OTHER_NOTES[2])
    # Whoever looks into the outbox finds no words of members there, whatever their role.
    for staff in (secretary, administrator, editor):
        client = signed_in(staff)
        listed = client.get(reverse('admin:ukis_letter_changelist')).text
        assert 'asks to be introduced' not in listed
        assert 'A member has shown' not in listed
        for letter in Letter.objects.all():
            answer = client.get(reverse('admin:ukis_letter_change', args=[letter.pk]), follow=True)
            assert NOTE not in answer.text
            assert 'bo@asked' not in answer.text

    client = signed_in(secretary)
    client.post(reverse('admin:introductions'), {'note': row.pk, 'do': 'stop'})
    with pytest.raises(NotNow, match='the office'):
        ask(ada, member('Fi Fifth'), OTHER_NOTES[2])
    assert 'Kept from asking' in client.get(reverse('admin:introductions')).text
    client.post(reverse('admin:introductions'), {'note': row.pk, 'do': 'clear'})
    assert ask(ada, member('Gil Sixth'), OTHER_NOTES[2]).pk
    hidden = Introduction.objects.filter(reported_at=None)[0]
    for key in (hidden.pk, 'x', '', '9' * 30, '٣'):
        assert client.post(reverse('admin:introductions'), {'note': key}).status_code == 404


def test_who_is_stopped_reads_what_the_office_does_and_is_promised_no_letter(ada, bo, secretary, signed_in):
    row = introducing.report(ask(ada, bo), by=bo, why='It sells.')
    client, path = signed_in(ada), reverse('introduction_ask', args=[member('Cy Other').slug])

    looked_at = client.get(path).context['refusal']
    introducing.settle(row, by=secretary, upheld=True)
    decided = client.get(path).context['refusal']

    assert looked_at == (
        'You cannot ask to be introduced at present: the office looks at a note of yours. If it finds nothing wrong, '
        'you can ask again. What you typed is still here, to be copied.'
    )
    assert decided == (
        'You cannot ask to be introduced: the office has decided so. Write to the office if you think that it should '
        'not be. What you typed is still here, to be copied.'
    )
    assert not Letter.objects.filter(to=ada).exists()


def test_the_clock_lets_notes_expire_tells_nobody_and_forgets_the_words_in_time(ada, bo):
    row = aged(ask(ada, bo), 41)
    introducing.expire(timezone.now())
    assert Introduction.objects.get().state == State.ASKED
    aged(row, 43)
    introducing.expire(timezone.now())
    introducing.expire(timezone.now())

    row.refresh_from_db()
    assert row.state == State.EXPIRED
    assert Letter.objects.count() == 1
    with pytest.raises(NotNow, match='no longer open'):
        introducing.accept(row, by=bo)
    aged(row, 241)
    introducing.forget_words(timezone.now())
    row.refresh_from_db()
    letter = Letter.objects.get().text()
    assert (row.note, row.topic) == ('', '')
    assert 'met us in the middle' not in letter
    assert 'Readiness' not in letter
    assert not introducing.with_old_words(timezone.now()).exists()


def test_an_introduction_is_there_for_its_two_people_alone(ada, bo, coauthor, client, signed_in):
    row = ask(ada, bo)
    for name in ('introduction', 'introduction_end'):
        address = reverse(name, args=[row.pk])
        assert signed_in(coauthor).post(address, {'answer': 'yes'}).status_code == 404
        assert client.post(address).status_code == 302
    assert signed_in(ada).post(reverse('introduction', args=[row.pk]), {'answer': 'yes'}).status_code == 404
    assert client.get(reverse('introduction_answer', args=['x' * 32])).status_code == 404
    row.refresh_from_db()
    assert row.state == State.ASKED


def test_who_has_moved_to_another_place_is_no_new_member(bo, organisation):
    moved, today = make_person('Moa Moved'), timezone.localdate()
    before, now = make_membership(make_organisation('Before')), make_membership(organisation)
    Seat.objects.create(
        membership=before, person=moved, state='ended', since=today - timedelta(days=900), until=today
    )
    Seat.objects.create(membership=now, person=moved, since=today)

    row = ask(moved, bo)

    assert row.state == State.ASKED
