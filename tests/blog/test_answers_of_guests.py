"""Answers by email from people without an account, and what a writer hears of what was not kept."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from blog import workflow
from blog.conversation import incoming
from blog.models import IncomingLetter, Message, State
from blog.states.commission_states import CommissionState as S
from tests.blog.test_incoming import came, reply, sent_to
from tests.commissions import brought_to
from tests.conftest import letters_leave, make_person, make_submission
from tests.readings import ask as ask_reader
from ukis import days
from ukis.letters.models import Letter
from ukis.refusals import NotAllowed, NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society', 'answered')]


@pytest.fixture
def answered(settings):
    settings.ANSWERS_TO = 'answers@society.example'


def letter_to(address: str):
    """The last that left for there, as its reader has it."""
    Letter.objects.filter(state=Letter.State.WAITING).update(send_after=timezone.now())
    mail.outbox.clear()
    letters_leave()
    return next(one for one in reversed(mail.outbox) if address in one.to[0])


def anew(made):
    """Another letter than the first."""
    del made['Message-ID']
    made['Message-ID'] = '<another@people.example>'
    return made


@pytest.fixture
def commission(editor):
    return brought_to(S.SENT, editor)


@pytest.fixture
def invited(commission):
    return letter_to(commission.email)


def test_whoever_is_asked_to_write_answers_by_email_and_the_editor_has_it_at_once(
    invited, commission, editor, signed_in
):
    assert 'the editors alone read it' in invited.body

    row = came(reply(invited, 'With pleasure, but in May.', sender=commission.email.upper()))

    assert (row.state, row.commission, row.guest, row.person) == ('held', commission, 'Ivo Invitee', None)
    letter = Letter.objects.get(kind='commission_answer_by_email')
    assert (letter.to, 'With pleasure, but in May.' in letter.text()) == (editor, True)
    commission.refresh_from_db()
    assert commission.state == S.SENT
    page = signed_in(editor).get(reverse('admin:desk_incoming')).content.decode()
    assert 'Write it down with the commission' in page
    signed_in(editor).post(reverse('admin:desk_incoming_take_in', args=[row.pk]))
    step = commission.steps.get(move='by_email')
    assert (step.by, step.note) == (editor, 'Ivo Invitee: With pleasure, but in May.')
    with pytest.raises(NotNow, match='written down with the commission'):
        incoming.take_in(row, by=editor, as_note=True)


def test_a_reader_s_answer_is_taken_in_among_the_editors_and_no_author_sees_it(author, editor, signed_in):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    reading = ask_reader(submission, editor)
    row = came(reply(letter_to(reading.email), 'It is thin.', sender=reading.email))
    assert (row.submission, row.reading, row.audience) == (submission, reading, 'editors')
    assert Letter.objects.get(kind='reading_answer_by_email').to == editor
    with pytest.raises(NotAllowed):
        incoming.take_in(row, by=author, as_note=True)

    incoming.take_in(row, by=editor, as_note=True)

    said = Message.objects.get(by_email=row)
    assert (said.audience, said.text) == ('editors', 'Rhea Reader writes by email:\n\nIt is thin.')
    assert 'It is thin' not in signed_in(author).get(submission.get_absolute_url()).text


def test_so_is_that_of_somebody_named_without_an_account(author, editor):
    guest = ('Guest Writer', 'guest@people.example')
    submission = make_submission(author, State.IN_REVIEW, editor=editor, coauthors=(guest,))
    Letter.objects.update(state=Letter.State.SENT)
    workflow.say(submission, by=editor, text='Who wrote the second part?')

    row = came(reply(letter_to(guest[1]), 'I did.', sender=guest[1]))

    assert (row.state, row.submission, row.guest) == ('held', submission, 'Guest Writer')
    assert Letter.objects.get(kind='answer_by_email').to == editor


@pytest.mark.parametrize('has_account', [True, False])
def test_whoever_is_asked_whether_they_agree_to_be_named_answers_by_email_and_is_not_silent_any_more(
    has_account, author, editor, signed_in
):
    address = 'gwen@people.example'
    named = make_person('Gwen Guest', email=address) if has_account else ('Gwen Guest', address)
    submission = make_submission(author, State.IN_REVIEW, editor=editor, coauthors=(named,))
    submission.authorships.filter(corresponding=False).update(agreed_at=None)
    theirs = submission.authorships.get(corresponding=False)
    asked = letter_to(address)
    assert 'the editors alone read it' in asked.body

    row = came(reply(asked, 'Yes, do print my name.', sender=address))

    assert (row.state, row.why, row.guest, row.person) == ('held', incoming.NO_PART, 'Gwen Guest', None)
    assert Letter.objects.get(kind='answer_by_email').to == editor
    page = signed_in(editor).get(reverse('admin:desk_incoming')).text
    assert f'{reverse("admin:desk_submission", args=[submission.pk])}#byline' in page
    theirs.comes_off_on = days.today() - timedelta(days=1)
    assert 'answered by email' in workflow.why_it_stays(submission, theirs, on=days.today())
    incoming.take_in(row, by=editor, as_note=True)
    assert Message.objects.get(by_email=row).audience == 'editors'
    assert workflow.why_it_stays(submission, theirs, on=days.today()) == ''


def test_from_another_address_or_a_machine_nobody_is_written_to(invited, commission):
    stranger = came(reply(invited, sender='somebody@else.example'))
    machine = came(anew(reply(invited, sender=commission.email, Auto_Submitted='auto-replied')))

    assert (stranger.why, machine.state) == (incoming.STRANGER, 'machine')
    assert not Letter.objects.filter(kind__contains='answer_by_email').exists()
    assert not Letter.objects.filter(kind__contains='in_part').exists()


def test_of_one_s_own_commission_an_editor_reads_no_answer(invited, commission, other_editor):
    row = came(reply(invited, sender=commission.email))
    commission.invitee = other_editor
    commission.save(update_fields=['invitee'])

    assert not IncomingLetter.objects.on_the_desk_of(other_editor).filter(pk=row.pk).exists()


# --- What was not kept ------------------------------------------------------------------------------


@pytest.fixture
def asked(author, editor):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    Letter.objects.update(state=Letter.State.SENT)
    workflow.say(submission, by=editor, text='Could you say more of the second year?')
    return sent_to(author)


def with_file(made, name: str = 'The figures.pdf', **headers: str):
    made.add_attachment(b'%PDF', maintype='application', subtype='pdf', filename=name)
    for header, value in headers.items():
        del made[header.replace('_', '-')]
        made[header.replace('_', '-')] = value
    return made


def in_part() -> list[Letter]:
    return list(Letter.objects.filter(kind__endswith='answer_in_part').exclude(state=Letter.State.RECALLED))


def test_its_writer_is_told_once_what_was_left_out_and_why(asked, author, time_machine):
    start = timezone.now()
    came(with_file(reply(asked, sender=author.email)))
    came(with_file(reply(asked, 'And this.', sender=author.email), 'More.zip', Message_ID='<two@x.example>'))

    [letter] = in_part()
    assert (letter.to, 'The figures.pdf, More.zip' in letter.text()) == (author, True)
    assert 'nobody can be sure who sent them' in letter.text()
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SENT)
    time_machine.move_to(start + timedelta(minutes=30))
    came(with_file(reply(asked, 'Again.', sender=author.email), Message_ID='<three@x.example>'))
    assert in_part() == [letter]
    time_machine.move_to(start + timedelta(hours=2))
    came(with_file(reply(asked, 'Once more.', sender=author.email), Message_ID='<four@x.example>'))
    assert len(in_part()) == 2


def test_a_company_s_sign_and_a_signature_are_no_files_that_anybody_misses(asked, author):
    made = reply(asked, sender=author.email)
    made.add_attachment(
        b'GIF89a', maintype='image', subtype='gif', filename='image001.gif', disposition='inline', cid='<a@b>'
    )
    made.add_attachment(b'0', maintype='application', subtype='pkcs7-signature', filename='smime.p7s')

    assert came(made).attachments == ['image001.gif']
    assert in_part() == []


def test_a_picture_without_a_name_is_told_too(asked, author):
    made = reply(asked, sender=author.email)
    made.add_attachment(b'\x89PNG' + b'x' * 90_000, maintype='image', subtype='png', disposition='inline')

    assert came(made).attachments == ['without a name']
    assert 'without a name' in in_part()[0].text()


def test_an_invitee_is_told_with_their_own_link(invited, commission):
    came(with_file(reply(invited, sender=commission.email)))

    [letter] = in_part()
    assert (letter.kind, letter.to_address) == ('commission_answer_in_part', commission.email)
    assert letter.link['view'] == 'commission'


def test_strangers_and_machines_are_told_nothing(asked, author):
    came(with_file(reply(asked, sender='somebody@else.example')))
    came(with_file(anew(reply(asked, sender=author.email, Precedence='bulk'))))

    assert in_part() == []
