"""Two real processes at one second reading: whoever comes second answers what the first made of it."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction
from django.urls import reverse

from blog.models import Reading, State, Submission
from blog.states.reading_states import ReadingState as S
from tests.blog.test_reading_pages import ADVICE, asked, link_of
from tests.conftest import make_submission
from tests.processes import cookie_of
from tests.readings import brought_to
from ukis.letters.models import Letter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures('society')]

RHEA = 'rhea@far.example'


@pytest.fixture
def submission(author, editor):
    return make_submission(author, State.IN_REVIEW, editor=editor)


def at_once(submission, *asked):
    """Sends the requests in this order while nobody can move, then lets them go; their status codes."""
    with ThreadPoolExecutor(len(asked)) as pool:
        with transaction.atomic():
            Submission.objects.select_for_update().get(pk=submission.pk)
            sent = []
            for web, path, cookie, form in asked:
                sent.append(pool.submit(web.ask, 'POST', path, cookie=cookie, form=form))
                time.sleep(0.4)
        return [one.result()[0] for one in sent]


def waiting_for(address: str) -> set[str]:
    waiting = Letter.objects.filter(state=Letter.State.WAITING, to_address=address)
    return set(waiting.values_list('kind', flat=True))


@pytest.mark.parametrize('answer', [{'answer': 'agree'}, ADVICE])
@pytest.mark.parametrize('first', ['the reader', 'the taking back'])
def test_an_answer_meets_a_taking_back(site, submission, editor, signed_in, first, answer):
    row = brought_to(S.ASKED, submission, editor)
    Letter.objects.update(state=Letter.State.SENT)
    back = reverse('admin:desk_reading_move', args=[submission.pk, row.pk, 'take_back'])
    answering = (site.web(), link_of(row), '', answer)
    taking = (site.web(), back, cookie_of(signed_in(editor)), {'reason': 'Not needed.'})

    codes = at_once(submission, *((answering, taking) if first == 'the reader' else (taking, answering)))

    row.refresh_from_db()
    advised = row.state == S.RETURNED
    assert set(codes) <= {302, 409}
    assert row.state in ({S.TAKEN_BACK} if answer != ADVICE else {S.TAKEN_BACK, S.RETURNED})
    assert waiting_for(RHEA) == ({'reading_thanks'} if advised else {'reading_taken_back'})


def test_advice_that_meets_the_decision_is_kept_and_nobody_is_told_twice(site, submission, editor, signed_in):
    row = brought_to(S.AGREED, submission, editor)
    Letter.objects.update(state=Letter.State.SENT)
    decide = reverse('admin:desk_move', args=[submission.pk, 'accept'])

    codes = at_once(
        submission,
        (site.web(), decide, cookie_of(signed_in(editor)), {}),
        (site.web(), link_of(row), '', ADVICE),
    )

    row.refresh_from_db()
    submission.refresh_from_db()
    assert codes == [302, 302]
    assert (row.state, row.for_author, submission.state) == (S.RETURNED, 'Say more.', State.EDITING)
    assert waiting_for(RHEA) == {'reading_thanks'}


def test_two_who_ask_the_same_address_ask_it_once(site, submission, editor, chief, signed_in):
    ask = reverse('admin:desk_reading_ask', args=[submission.pk])

    codes = at_once(
        submission,
        *((site.web(), ask, cookie_of(signed_in(one)), asked()) for one in (editor, chief)),
    )

    assert sorted(codes) in ([302, 409], [302, 422])  # as it is sent, or already as it is read
    assert Reading.objects.count() == 1


def test_it_is_shared_once_though_it_is_pressed_twice(site, submission, editor, signed_in):
    row = brought_to(S.RETURNED, submission, editor)
    share = reverse('admin:desk_reading_move', args=[submission.pk, row.pk, 'share'])
    cookie = cookie_of(signed_in(editor))

    codes = at_once(submission, *((site.web(), share, cookie, {'for_author': 'Say more.'}) for _ in range(2)))

    assert sorted(codes) == [302, 409]
    assert submission.messages.count() == 1
