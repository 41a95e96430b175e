"""Who is named by an address is asked, sees nothing before a yes, and an address tells nothing of whose it is."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog import letters, workflow
from blog.models import Authorship, Message, State, Step, Submission
from members.models import Person
from tests.blog.test_byline import names
from tests.conftest import DECLARED, letters_leave, make_person, make_submission, named_on
from ukis.letters.models import Letter, PrivateLink
from ukis.limits import DAY, Limit
from ukis.refusals import NotNow

pytestmark = pytest.mark.usefixtures('society')

WORDS = 'The second year is for doing.'


@pytest.fixture
def submission(author) -> Submission:
    return make_submission(author)


def adds(client: Client, submission: Submission, address: str, name: str = 'Col Coauthor', do: str = 'add'):
    page = reverse('submission_byline', args=[submission.pk])
    return client.post(page, names(submission, do=do, **{'new-email': address, 'new-name': name}))


def named(submission: Submission) -> Authorship:
    return submission.authorships.get(corresponding=False)


def link_of(authorship: Authorship) -> str:
    return reverse('named', args=[PrivateLink.make(purpose='named', about=authorship, days=90)])


def submits(submission: Submission, author: Person) -> None:
    submission.refresh_from_db()
    workflow.submit(submission, by=author, version=submission.current.number, declarations=DECLARED)


# --- Typing an address reveals nothing


def test_an_address_with_an_account_and_one_without_look_the_same(submission, author, signed_in):
    known = make_person(
        'Priya Private', title='Dame', biography='A life in the open.', biography_for='public'
    )
    client = signed_in(author)
    adds(client, submission, known.email.upper(), 'P. One')
    adds(client, submission, 'nobody@people.example', 'P. Two')

    rows = submission.authorships.filter(corresponding=False).values(
        *(
            'person',
            'can_edit',
            'role',
            'organisation',
            'affiliation',
            'biography',
            'picture',
            'citation_name',
        )
    )
    assert rows[0] == rows[1]
    assert rows[0]['person'] is None
    page = client.get(reverse('submission_byline', args=[submission.pk])).text
    assert 'A life in the open' not in page
    assert 'Dame' not in page
    assert page.count('Not asked yet.') == 2


def test_the_letters_to_both_are_the_same(submission, author, signed_in):
    known = make_person('Priya Private')
    client = signed_in(author)
    adds(client, submission, known.email, 'Same Name')
    adds(client, submission, 'nobody@people.example', 'Same Name')
    submits(submission, author)

    one, two = Letter.objects.filter(kind='named').order_by('pk')
    assert (one.subject, one.body, one.to) == (two.subject, two.body, None)
    assert one.link['view'] == two.link['view'] == 'named'


def test_a_link_that_has_run_out_sends_a_fresh_one_to_the_address_we_have_and_shows_nothing(
    submission, author, signed_in
):
    adds(signed_in(author), submission, 'col@people.example')
    token = PrivateLink.make(purpose='named', about=named(submission), days=-1)
    address, objecting = (reverse(name, args=[token]) for name in ('named', 'named_object'))

    shown, typed = Client().get(address), Client().post(objecting, {'words': 'It is not so.'})
    pressed = Client().post(address, {'fresh': '1'})

    assert (shown.status_code, typed.status_code, pressed.status_code) == (404, 404, 200)
    assert 'It is not so.' in typed.text
    assert [
        one
        for page in (shown, pressed)
        for one in ('Col Coauthor', 'col@people', submission.title)
        if one in page.text
    ] == []
    letter = Letter.objects.get(kind='named_link')
    assert (letter.to_address, letter.link['view']) == ('col@people.example', 'named')


def test_an_address_that_was_typed_twice_or_is_ones_own_is_refused(submission, author, signed_in):
    client = signed_in(author)
    adds(client, submission, 'nobody@people.example')

    again = adds(client, submission, 'NOBODY@people.example')
    own = adds(client, submission, author.email)

    assert (again.status_code, own.status_code, submission.authorships.count()) == (422, 422, 2)


# --- Nothing before a yes


def test_nobody_who_is_named_sees_or_hears_anything_before_they_said_yes(
    submission, author, coauthor, editor, signed_in
):
    adds(signed_in(author), submission, coauthor.email)
    submits(submission, author)
    workflow.take(submission, by=editor)
    workflow.say(submission, by=author, text='Between us and the editor.')
    theirs = signed_in(coauthor)

    for name in ('submission', 'submission_preview', 'submission_differences', 'submission_byline'):
        assert theirs.get(reverse(name, args=[submission.pk])).status_code == 404
    assert WORDS not in theirs.get(reverse('write')).text
    assert not Submission.objects.visible_to(coauthor).exists()
    assert set(Letter.objects.filter(to_address=coauthor.email).values_list('kind', flat=True)) == {'named'}
    assert WORDS not in Client().get(link_of(named(submission))).text


def test_somebody_linked_by_a_verb_who_said_nothing_sees_nothing_either(submission, author, coauthor):
    mine = {'pk': submission.authorships.get().pk}
    workflow.change_byline(submission, by=author, names=[mine, {'person': coauthor, 'name': 'Col'}])

    assert not Submission.objects.visible_to(coauthor).exists()
    assert not Submission.objects.written_by(coauthor).exists()
    workflow.agree(submission, by=coauthor, authorship=named_on(submission, coauthor))
    assert Submission.objects.visible_to(coauthor).get() == submission


def test_an_editor_whom_an_author_names_keeps_their_desk_until_they_say_yes(
    submission, author, editor, signed_in
):
    adds(signed_in(author), submission, editor.email)
    submits(submission, author)

    assert signed_in(editor).get(reverse('admin:desk_submission', args=[submission.pk])).status_code == 200
    workflow.agree(submission, by=editor, authorship=named(submission))
    assert signed_in(editor).get(reverse('admin:desk_submission', args=[submission.pk])).status_code == 403


# --- The answer


def test_reading_the_link_answers_nothing_and_no_answer_is_chosen(submission, author, signed_in):
    adds(signed_in(author), submission, 'col@people.example')
    client, link = Client(), link_of(named(submission))

    page = client.get(link).text

    assert named(submission).agreed_at is None
    assert page.count('type="radio"') == 2
    assert ' checked' not in page
    answer = client.post(link)
    assert (answer.status_code, 'Choose yes or no.' in answer.text) == (200, True)


def test_a_yes_opens_it_to_whoever_has_the_address(submission, author, coauthor, signed_in):
    adds(signed_in(author), submission, coauthor.email)

    answer = Client(enforce_csrf_checks=True).post(link_of(named(submission)), {'answer': 'yes'})

    assert answer.status_code == 302
    theirs = named_on(submission, coauthor)
    assert theirs.agreed_at is not None
    assert WORDS in signed_in(coauthor).get(reverse('submission_preview', args=[submission.pk])).text
    step = Step.objects.filter(submission=submission).last()
    assert (step.move, step.by) == ('agree', coauthor)
    letter = Letter.objects.get(kind='agreed')
    assert (letter.to, letter.subject) == (
        author,
        'Col Coauthor agrees to be named on “Careful change takes time”',
    )


def test_a_yes_of_somebody_signed_in_is_that_persons(submission, author, coauthor, signed_in):
    adds(signed_in(author), submission, 'work@elsewhere.example')
    link = link_of(named(submission))
    client = signed_in(coauthor)

    assert f'signed in as {coauthor.printed_name}' in client.get(link).text
    answer = client.post(link, {'answer': 'yes'}, follow=True)

    assert answer.redirect_chain[-1][0] == reverse('submission', args=[submission.pk])
    assert named_on(submission, coauthor).email == 'work@elsewhere.example'


def test_a_guest_says_yes_makes_an_account_later_and_reads_it_then(submission, author, signed_in):
    adds(signed_in(author), submission, 'gil@people.example', 'Gil Guest')
    link = link_of(named(submission))
    Client().post(link, {'answer': 'yes'})

    page = Client().get(link).text
    assert 'You said yes on' in page
    assert f'{reverse("account_signup")}?next=' in page
    gil = make_person('Gil Guest', email='gil@people.example')
    client = signed_in(gil)
    assert 'Read it with this account' in client.get(link).text
    client.post(link, {'answer': 'yes'})

    assert client.get(reverse('submission', args=[submission.pk])).status_code == 200
    assert Letter.objects.filter(kind='agreed').count() == 1
    assert client.get(link).url == reverse('submission', args=[submission.pk])


def test_a_no_takes_the_name_off(submission, author, coauthor, signed_in):
    adds(signed_in(author), submission, coauthor.email)

    answer = Client().post(link_of(named(submission)), {'answer': 'no'})

    assert 'Your name is off' in answer.text
    assert submission.authorships.count() == 1
    assert Letter.objects.get(kind='name_taken_off').to == author


def test_a_yes_fills_what_nobody_has_written_from_what_the_profile_shows_everybody(
    submission, author, coauthor, organisation, signed_in
):
    from tests.conftest import make_seat

    make_seat(coauthor, organisation, 'Reader')
    Person.objects.filter(pk=coauthor.pk).update(biography='Open.', biography_for='public')
    shy = make_person('Shy Person', biography='A secret.', biography_for='members')
    client = signed_in(author)
    for one in (coauthor, shy):
        adds(client, submission, one.email, one.name)
    for row in submission.authorships.filter(corresponding=False):
        workflow.agree(submission, by=None, authorship=row)

    rows = [named_on(submission, one) for one in (coauthor, shy)]
    assert [(row.role, row.organisation, row.biography) for row in rows] == [
        ('Reader', organisation, 'Open.'),
        ('', None, ''),
    ]
    submission.refresh_from_db()
    assert [line['person'] for line in submission.current.byline] == [author.pk, coauthor.pk, shy.pk]


def test_a_page_that_was_open_while_somebody_said_yes_takes_nothing_back(
    submission, author, coauthor, organisation, signed_in
):
    from tests.conftest import make_seat

    make_seat(coauthor, organisation, 'Reader')
    client = signed_in(author)
    adds(client, submission, coauthor.email)
    sent = names(submission, do='save')
    workflow.agree(submission, by=None, authorship=named(submission))

    client.post(reverse('submission_byline', args=[submission.pk]), sent)

    assert (named(submission).role, named(submission).person) == ('Reader', coauthor)


def test_a_late_yes_changes_no_letter_that_the_editor_or_the_author_has_read(
    author, coauthor, editor, signed_in
):
    submission = make_submission(author)
    adds(signed_in(author), submission, coauthor.email)
    submits(submission, author)
    workflow.take(submission, by=editor)

    workflow.agree(submission, by=None, authorship=named(submission))

    submission.refresh_from_db()
    assert submission.handed_in_version == submission.current
    workflow.accept_as_it_stands(submission, by=editor)
    assert submission.state == State.AUTHOR_APPROVAL


@pytest.mark.parametrize('state', [State.AUTHOR_APPROVAL, State.READY, 'scheduled'])
def test_a_yes_after_approval_was_asked_for_lapses_nothing(author, coauthor, editor, state):
    guest = (('Col Coauthor', coauthor.email),)
    submission = make_submission(author, state, editor=editor, coauthors=guest)
    submission.authorships.filter(corresponding=False).update(agreed_at=None)
    words = submission.current

    workflow.agree(submission, by=None, authorship=named(submission))

    submission.refresh_from_db()
    assert (submission.current, submission.state) == (
        words,
        State.RELEASED if state == 'scheduled' else state,
    )
    assert Submission.objects.visible_to(coauthor).get() == submission


def test_a_revision_that_is_dropped_keeps_who_said_yes_meanwhile(author, coauthor, editor):
    guest = (('Col Coauthor', coauthor.email),)
    submission = make_submission(author, 'live', editor=editor, coauthors=guest)
    submission.authorships.filter(corresponding=False).update(agreed_at=None)
    workflow.revise(submission, by=editor, note='A year on.')
    workflow.agree(submission, by=None, authorship=named(submission))
    submission.authorships.filter(person=coauthor).update(can_edit=True)

    workflow.drop_revision(submission, by=editor)

    assert named(submission).person == coauthor


def test_the_submissions_editor_and_somebody_named_already_are_told_so(author, coauthor, editor, signed_in):
    submission = make_submission(author, State.CHANGES_REQUESTED, editor=editor, coauthors=(coauthor,))
    client = signed_in(author)
    adds(client, submission, editor.email, 'Ed')
    adds(client, submission, 'col@elsewhere.example', 'Col again')
    links = [link_of(row) for row in submission.authorships.filter(person=None)]

    answers = [
        signed_in(editor).post(links[0], {'answer': 'yes'}),
        signed_in(coauthor).post(links[1], {'answer': 'yes'}),
    ]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert 'You are the editor of this submission' in answers[0].text
    assert 'You are named on this submission already' in answers[1].text


# --- Asking


def test_who_is_named_is_asked_when_it_is_submitted_and_may_be_asked_before(submission, author, signed_in):
    client = signed_in(author)
    adds(client, submission, 'col@people.example')
    assert not Letter.objects.exists()
    page = reverse('submission_byline', args=[submission.pk])
    assert 'Not asked yet' in client.get(page).text

    client.post(page, names(submission, do=f'ask-{named(submission).pk}'))

    letter = Letter.objects.get()
    assert (letter.kind, letter.to_address) == ('named', 'col@people.example')
    assert letter.send_after - letter.queued_at == letters.DECISION_HOLD
    assert 'Asked at col@people.example' in client.get(page).text
    submits(submission, author)
    assert Letter.objects.filter(kind='named').count() == 1


def test_a_name_taken_off_before_the_letter_left_is_not_written_to(submission, author, signed_in):
    client = signed_in(author)
    adds(client, submission, 'slip@people.example')
    adds(client, submission, 'col@people.example', 'Col')
    page = reverse('submission_byline', args=[submission.pk])
    for row in submission.authorships.filter(corresponding=False):
        client.post(page, names(submission, do=f'ask-{row.pk}'))

    slip = submission.authorships.get(email='slip@people.example')
    client.post(page, names(submission, do=f'remove-{slip.pk}'))

    assert dict(Letter.objects.values_list('to_address', 'state')) == {
        'slip@people.example': Letter.State.RECALLED,
        'col@people.example': Letter.State.WAITING,
    }


def test_nobody_is_asked_twice_in_a_day_by_one_and_more_than_three_times_by_all(
    submission, author, signed_in, monkeypatch, time_machine
):
    monkeypatch.setattr(letters, 'ASKED', Limit('trial', 1, DAY))
    adds(signed_in(author), submission, 'col@people.example')
    workflow.ask(submission, by=author, authorship=named(submission))
    with pytest.raises(NotNow, match='less than a day ago'):
        workflow.ask(submission, by=author, authorship=named(submission))
    other = make_submission(author)
    adds(signed_in(author), other, 'COL@people.example')

    workflow.ask(other, by=author, authorship=named(other))

    waits = [letter.send_after - letter.queued_at for letter in Letter.objects.order_by('pk')]
    assert waits == [letters.DECISION_HOLD, timedelta(days=1)]


def test_a_message_too_many_is_refused_and_given_back(author, editor, signed_in, monkeypatch):
    from ukis.letters import queueing

    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    monkeypatch.setattr(queueing, 'TO_ONE', Limit('trial', 2, DAY))
    client = signed_in(author)
    page = reverse('submission_message', args=[submission.pk])

    answers = [client.post(page, {'text': f'Word {number}'}) for number in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 409]
    assert 'more letters than one person may cause' in answers[-1].text
    assert 'Word 2</textarea>' in answers[-1].text
    assert Message.objects.count() == 2


def test_a_move_too_many_is_refused_and_changes_nothing(author, chief, signed_in, monkeypatch):
    from ukis.letters import queueing

    monkeypatch.setattr(queueing, 'BY_ONE', Limit('trial', 1, DAY))
    submission = make_submission(author)
    version = submission.current.number

    with pytest.raises(NotNow, match='more letters'):
        workflow.submit(submission, by=author, version=version, declarations=DECLARED)

    submission.refresh_from_db()
    assert (submission.state, Letter.objects.count()) == (State.DRAFTING, 0)


def test_staff_and_the_clock_are_not_counted(author, editor, chief, monkeypatch):
    from ukis.letters import queueing

    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    monkeypatch.setattr(queueing, 'BY_ONE', Limit('trial', 0, DAY))

    workflow.request_changes(submission, by=editor, note='Shorter, please.')

    assert Letter.objects.filter(kind='changes_requested').exists()
    assert timezone.now() > submission.started_at


def test_the_link_of_the_letter_answers_as_long_as_the_submission_is_open(
    submission, author, signed_in, time_machine
):
    adds(signed_in(author), submission, 'slow@people.example')
    submits(submission, author)
    letters_leave()
    [letter] = [one for one in mail.outbox if one.to[0].endswith('<slow@people.example>')]
    link = re.search(r'/write/named/[^/]+/', letter.body)[0]

    time_machine.move_to(timezone.now() + timedelta(days=300))

    assert Client().get(link).status_code == 200
    assert Client().post(link, {'answer': 'yes'}).status_code == 302
    assert named(submission).has_agreed
