"""Two real processes at one submission: both wait for its lock, and whoever comes second reads what the first wrote."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from blog import workflow
from blog.models import Post, State, Submission, Version
from tests.conftest import DECLARED, PITCH, make_person, make_submission, named_on
from tests.processes import cookie_of
from ukis import days
from ukis.letters.models import Letter, PrivateLink

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 3
REFUSED = (200, 302, 403, 409)
RELEASED = {'when': 'now', 'tags': ['implementation', 'schools'], 'views': 'own'}


@pytest.fixture
def webs(site):
    return site.web(), site.web()


def at_once(submission, *asked):
    """Sends the requests while nobody can move, then lets them go; their status codes. None may be a 5xx."""
    with ThreadPoolExecutor(len(asked)) as pool:
        with transaction.atomic():
            # Held, so that whoever asks for it meanwhile waits in line.
            Submission.objects.select_for_update().get(pk=submission.pk)
            sent = []
            for web, path, cookie, form in asked:
                sent.append(pool.submit(web.ask, 'POST', path, cookie=cookie, form=form))
                time.sleep(0.4)
        codes = [one.result()[0] for one in sent]
    assert all(code in REFUSED for code in codes), codes
    return codes


def check(submission):
    """State and print agree, whoever came first."""
    row = Submission.objects.get(pk=submission.pk)
    post = Post.objects.filter(submission=row).first()
    public = post is not None and post.published_at is not None and post.published_at <= timezone.now()
    assert public == (row.state == State.RELEASED)
    return row.state


def moves(name, submission):
    return reverse('admin:desk_move', args=[submission.pk, name])


@pytest.mark.parametrize('other', ['withdraw', 'decline', 'leave'])
@pytest.mark.parametrize('first', ['release', 'other'])
def test_a_release_meets_a_withdrawal_a_refusal_and_a_name_taken_off(
    webs, society, author, chief, signed_in, other, first
):
    editor, coauthor = make_person('Rel Editor', group='Editor'), make_person('Lea Leaver')
    submission = make_submission(author, State.READY, editor=editor)
    if other == 'leave':
        submission.authorships.create(person=coauthor, name='Lea Leaver', order=1, agreed_at=timezone.now())
        submission = _approved_again(submission, author, editor)
    release = (webs[0], moves('release', submission), cookie_of(signed_in(editor)), RELEASED)
    second = {
        'withdraw': ('submission_withdraw', author, {'reason': 'I cannot stand by it.'}),
        'decline': (None, chief, {'note': 'It does not fit.'}),
        'leave': ('submission_leave', coauthor, {'sure': 'yes'}),
    }[other]
    path = reverse(second[0], args=[submission.pk]) if second[0] else moves('decline', submission)
    answer = (webs[1], path, cookie_of(signed_in(second[1])), second[2])

    at_once(submission, *((release, answer) if first == 'release' else (answer, release)))

    state = check(submission)
    if other == 'leave':
        names = submission.authorships.filter(person=coauthor).exists()
        assert names == (state == State.RELEASED)
    else:
        assert state in (State.RELEASED, State.WITHDRAWN, State.DECLINED)


def _approved_again(submission, author, editor):
    """The byline changed with the new name, so the final copy is asked for and approved once more."""
    workflow.send_back(submission, by=editor, note='A name more.')
    names = [{'pk': row.pk} for row in submission.authorships.order_by('order')]
    workflow.change_byline(submission, by=editor, names=names)
    workflow.send_for_approval(submission, by=editor)
    workflow.approve(submission, by=author, fingerprint=submission.current.hash)
    return submission


def test_two_saves_from_one_base_keep_both_texts(webs, society, author, signed_in):
    submission = make_submission(author)
    helper = make_person('Hel Helper')
    submission.authorships.create(
        person=helper, name='Hel Helper', order=1, can_edit=True, agreed_at=timezone.now()
    )
    cookies = [cookie_of(signed_in(person)) for person in (author, helper)]
    path = reverse('submission_edit', args=[submission.pk])
    for number in range(ROUNDS):
        submission.refresh_from_db()
        base = submission.current.number
        forms = [
            {'base': base, 'title': f'Round {number} by {who}', 'standfirst': 'S.', 'body': '<p>B.</p>'}
            for who in ('one', 'two')
        ]

        codes = at_once(submission, *zip(webs, (path, path), cookies, forms, strict=True))

        assert sorted(codes) == [302, 409]
        assert Version.objects.filter(submission=submission, number=base + 1).count() == 1


def test_a_save_meets_a_submission(webs, society, author, signed_in):
    submission = make_submission(author)
    helper = make_person('Hel Helper')
    submission.authorships.create(
        person=helper, name='Hel Helper', order=1, can_edit=True, agreed_at=timezone.now()
    )
    base = submission.current.number
    save = (
        webs[0],
        reverse('submission_edit', args=[submission.pk]),
        cookie_of(signed_in(helper)),
        {'base': base, 'title': 'Changed at the last moment', 'standfirst': 'S.', 'body': '<p>B.</p>'},
    )
    answers = {
        'version': base,
        'rights': 'on',
        'interests': DECLARED['interests'][1],
        'views': DECLARED['views'][1],
    }
    hand_in = (
        webs[1],
        reverse('submission_submit', args=[submission.pk]),
        cookie_of(signed_in(author)),
        answers,
    )

    at_once(submission, save, hand_in)

    submission.refresh_from_db()
    if submission.state == State.SUBMITTED:
        assert submission.handed_in_version_id == submission.current_id
        assert submission.current.number == base
    else:
        assert submission.current.title == 'Changed at the last moment'


def test_sending_for_approval_meets_a_change_of_editor(webs, society, author, editor, chief, signed_in):
    submission = make_submission(author, State.EDITING, editor=editor)
    other = make_person('Oth Editor', group='Editor')
    change = (
        webs[0],
        moves('change_editor', submission),
        cookie_of(signed_in(chief)),
        {'editor': other.pk},
    )
    send = (webs[1], moves('send_for_approval', submission), cookie_of(signed_in(editor)), {'note': ''})

    codes = at_once(submission, change, send)

    submission.refresh_from_db()
    assert submission.editor == other
    # Whoever is not the editor any more sends nothing.
    sent_first = codes == [302, 302]
    assert sent_first or codes == [302, 403]
    assert submission.state == (State.AUTHOR_APPROVAL if sent_first else State.EDITING)


@pytest.mark.parametrize('second', ['decline_pitch', 'withdraw'])
def test_a_pitch_that_is_taken_up_meets_another_answer(webs, society, author, editor, signed_in, second):
    submission = make_submission(author, State.PITCH)
    other = make_person('Oth Editor', group='Editor')
    day = (days.today() + timedelta(days=30)).isoformat()
    taken = (webs[0], moves('take_up', submission), cookie_of(signed_in(editor)), {'due_on': day})
    path, by, form = {
        'decline_pitch': (moves('decline_pitch', submission), other, {'note': 'Not for us.'}),
        'withdraw': (reverse('submission_withdraw', args=[submission.pk]), author, {'reason': 'Too busy.'}),
    }[second]

    codes = at_once(submission, taken, (webs[1], path, cookie_of(signed_in(by)), form))

    submission.refresh_from_db()
    told = set(Letter.objects.filter(state=Letter.State.WAITING, kind__in=['taken_up', 'declined']))
    if second == 'withdraw':
        assert (submission.state, told) == (State.WITHDRAWN, set())
    else:
        assert sorted(codes) == [302, 409]
        first = codes == [302, 409]
        assert submission.state == (State.DRAFTING if first else State.DECLINED)
        assert [letter.kind for letter in told] == ['taken_up' if first else 'declined']


def test_a_pitch_sent_twice_at_once_is_one(webs, society, author, chief, signed_in):
    held = make_submission(author)
    form = {'title': 'Small surgeries', 'note': PITCH}
    send = (reverse('write_pitch'), cookie_of(signed_in(author)), form)

    codes = at_once(held, (webs[0], *send), (webs[1], *send))

    assert codes == [302, 302]
    assert Submission.objects.filter(state=State.PITCH).count() == 1


def test_a_guest_takes_the_name_off_while_it_is_released(webs, society, author, editor, signed_in):
    submission = make_submission(author, State.READY, editor=editor)
    guest = submission.authorships.create(name='Gwen Guest', email='gwen@example.org', order=1)
    submission = _approved_again(submission, author, editor)
    token = PrivateLink.make(purpose='named', about=guest, days=9)
    release = (webs[0], moves('release', submission), cookie_of(signed_in(editor)), RELEASED)
    off = (webs[1], reverse('named', args=[token]), '', {'answer': 'no'})

    at_once(submission, release, off)

    state = check(submission)
    assert submission.authorships.filter(pk=guest.pk).exists() == (state == State.RELEASED)
    assert named_on(submission, author)
