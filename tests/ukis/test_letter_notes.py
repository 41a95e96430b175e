"""A letter of a frame and a note: one text, and what the letter is about hears what becomes of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.utils import timezone

from tests.conftest import make_person
from ukis import letters
from ukis.letters import sending
from ukis.letters.models import Letter
from ukis.society.models import Society

State = Letter.State
pytestmark = pytest.mark.django_db


class Ear:
    """Hears what becomes of letters about the Society; `deaf` raises instead."""

    def __init__(self):
        self.heard = []
        self.deaf = None

    def _hears(self, what):
        def hear(letter):
            if self.deaf:
                raise self.deaf
            self.heard.append((what, letter.key, letter.note))

        return hear

    def subject(self):
        return letters.Subject(
            kept_from=lambda person: None,
            page=lambda row: '',
            lock=lambda letter: Society.objects.select_for_update().get(pk=letter.object_id),
            changed=self._hears('changed'),
            left=self._hears('left'),
            recalled=self._hears('recalled'),
        )


@pytest.fixture
def ear(monkeypatch):
    ear = Ear()
    monkeypatch.setitem(letters.SUBJECTS, 'ukis.society', ear.subject())
    return ear


def queue(society, key='one', **fields):
    given = {
        'to_name': key.title(),
        'to_address': f'{key}@people.example',
        'subject': 'Changes, please',
        'body': f'Dear {key},\n\n{letters.NOTE}\n\nYours',
        'note': 'Shorter, please.',
        'note_key': 'step 1',
    }
    return letters.queue(kind='trial', key=key, about=society, **{**given, **fields})


def edit(letter, **words):
    given = {'subject': letter.subject, 'body': letter.body, 'note': letter.note}
    return letters.edit(letter, by=make_person(), **{**given, **words})


def test_the_note_goes_in_where_its_place_is_and_nothing_in_it_is_taken_for_a_place(society, ear):
    queue(society, note='Shorter. {{ link }} {{ note }} \\1')
    letters.send_due()
    assert mail.outbox[-1].body.startswith('Dear one,\n\nShorter. {{ link }} {{ note }} \\1\n\nYours')


@pytest.mark.parametrize(('note', 'body'), [('', f'{letters.NOTE}'), ('A note', 'no place')])
def test_a_letter_with_a_note_and_no_place_for_it_is_a_mistake_of_ours(society, note, body):
    with pytest.raises(ValueError, match='note'):
        queue(society, note=note, body=body)


def test_what_it_is_about_hears_that_it_left(society, ear):
    queue(society)
    letters.send_due()
    assert ear.heard == [('left', 'one', 'Shorter, please.')]


def test_a_deaf_ear_does_not_send_a_letter_twice_and_hears_later(society, ear):
    letter = queue(society)
    ear.deaf = RuntimeError('a mistake')
    letters.send_due()
    letters.send_due()
    letter.refresh_from_db()
    assert (letter.state, letter.unheard, ear.heard, len(mail.outbox)) == (State.SENT, True, [], 1)
    ear.deaf = None
    letters.send_due()
    letter.refresh_from_db()
    assert (letter.unheard, ear.heard) == (False, [('left', 'one', 'Shorter, please.')])


def test_what_the_letter_is_about_being_held_makes_no_second_letter(society, ear, monkeypatch):
    letter = queue(society)
    ear.deaf = OperationalError('lock timeout')
    monkeypatch.setattr(sending, 'TELLING', (0,))
    monkeypatch.setattr(sending.connections, 'close_all', lambda: None)
    letters.send_due()
    letter.refresh_from_db()
    assert (letter.state, letter.unheard, len(mail.outbox)) == (State.SENT, True, 1)
    ear.deaf = None
    letters.send_due()
    assert ear.heard == [('left', 'one', 'Shorter, please.')]


def test_a_change_of_the_note_is_a_change_in_every_letter_that_shares_it(society, ear):
    first = queue(society, 'a')
    queue(society, 'b')
    queue(society, 'c', note_key='step 2')
    edit(first, note='Much shorter.')
    notes = dict(Letter.objects.values_list('key', 'note'))
    assert notes == {'a': 'Much shorter.', 'b': 'Much shorter.', 'c': 'Shorter, please.'}
    assert ear.heard == [('changed', 'a', 'Much shorter.')]


@pytest.mark.parametrize('state', [State.SENT, State.SENDING])
def test_a_note_that_one_of_them_was_sent_stays_and_the_rest_can_still_change(society, ear, state):
    first, second = queue(society, 'a'), queue(society, 'b')
    Letter.objects.filter(pk=first.pk).update(state=state)
    with pytest.raises(letters.TooLate, match='A has been sent this note already'):
        edit(second, note='Much shorter.')
    edit(second, subject='Some changes, please')
    second.refresh_from_db()
    assert (second.subject, second.note) == ('Some changes, please', 'Shorter, please.')


def test_words_that_stay_the_same_are_no_change(society, ear):
    letter = queue(society)
    edit(letter, body=letter.body.replace('\n', '\r\n') + '\r\n', note='Shorter, please.\r\n')
    letter.refresh_from_db()
    assert ear.heard == []
    assert letter.body == f'Dear one,\n\n{letters.NOTE}\n\nYours'


def test_what_hangs_on_a_change_stands_or_falls_with_it(society, ear):
    letter = queue(society)
    ear.deaf = RuntimeError('no')
    with pytest.raises(RuntimeError), transaction.atomic():
        edit(letter, note='Other.')
    letter.refresh_from_db()
    assert letter.note == 'Shorter, please.'


@pytest.mark.parametrize(
    ('words', 'says'),
    [
        ({'note': ' '}, 'recall the letter'),
        ({'body': 'Without its place.'}, 'where the note belongs'),
    ],
)
def test_note_and_place_are_kept_together(society, words, says):
    with pytest.raises(ValidationError, match=says):
        edit(queue(society), **words)


def test_a_letter_without_a_note_is_given_no_place_for_one(society):
    letter = queue(society, note='', body='Plain.')
    with pytest.raises(ValidationError, match='has no note'):
        edit(letter, body=f'{letters.NOTE}')


def test_recalling_is_heard_for_one_or_for_all_that_share_the_note(society, ear):
    first, second, gone = queue(society, 'a'), queue(society, 'b'), queue(society, 'c')
    queue(society, 'd')
    Letter.objects.filter(pk=gone.pk).update(state=State.SENT)
    letters.recall(first, by=make_person())
    assert ear.heard == [('recalled', 'a', 'Shorter, please.')]
    recalled = letters.recall(second, by=make_person(), and_its_like=True)
    assert [letter.key for letter in recalled] == ['b', 'd']
    assert ear.heard[1:] == [('recalled', 'b', 'Shorter, please.'), ('recalled', 'd', 'Shorter, please.')]


def test_what_a_move_overtakes_is_heard_as_recalled(society, ear):
    queue(society)
    with transaction.atomic():
        letters.cancel(about=society, kinds=['trial'])
    assert ear.heard == [('recalled', 'one', 'Shorter, please.')]


def test_one_overtaken_in_a_dead_worker_s_hands_is_heard_as_recalled(society, ear):
    letter = queue(society)
    Letter.objects.filter(pk=letter.pk).update(
        state=State.SENDING, claimed_at=timezone.now() - timedelta(hours=1), no_more=True
    )
    letters.send_due()
    assert ear.heard == [('recalled', 'one', 'Shorter, please.')]
