"""Letters of introductions that waited, or that lie in the outbox: what leaves after an end, a report or an erasure."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from members import erasing
from members.meeting import introducing
from members.models import Payment, Person
from tests.conftest import letters_leave, make_person
from tests.members.test_introductions import (  # noqa: F401  # fixtures
    NOTE,
    OTHER_NOTES,
    ada,
    ask,
    bo,
    member,
)
from ukis import days, letters
from ukis.letters.models import Letter
from ukis.society.models import Society

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def erase(person):
    row = erasing.ask(person, by=person, bylines='keep')
    Letter.objects.filter(kind='erasure_asked').delete()
    erasing.carry_out_due(row.due_at)
    erasing.carry_out_due(timezone.now() + timedelta(days=10))


def words_of(letter):
    return f'{letter.subject} {letter.body} {letter.note}'


def test_whoever_asked_and_was_introduced_stands_in_no_letter_after_their_erasure(ada, bo):  # noqa: F811
    Person.objects.filter(pk=ada.pk).update(title='Dr')
    introducing.accept(ask(ada, bo), by=bo)
    letters_leave()
    to_bo = Letter.objects.get(kind='introduction_accepted', to=bo)
    before = words_of(to_bo)

    erase(Person.objects.get(pk=ada.pk))
    letters_leave()

    to_bo.refresh_from_db()
    assert 'Dr Ada Asker' in before
    assert 'ada@asking.example' in before
    assert to_bo.subject == 'You and Former member are introduced'
    found = [words_of(letter) for letter in Letter.objects.all()]
    assert [words for words in found if 'Ada' in words or 'ada@' in words] == []


def test_no_letter_about_anything_names_somebody_erased_and_a_namesake_stands(ada, secretary):  # noqa: F811
    payment = Payment.objects.create(
        membership=(own := ada.memberships.get()),
        category=own.category,
        received_on=days.today(),
        amount=30,
        method='transfer',
        at=timezone.now(),
    )
    for about, kind in ((payment, 'payment_taken_back_staff'), (Society.get(), 'weekly')):
        letters.queue(
            kind=kind, key=kind, about=about, to=secretary, subject='Ada Asker', body='Ada Asker, ada@asking.example'
        )  # fmt: skip
    bea = member('Bea Namesake')
    make_person('Bea Namesake')
    letters.queue(kind='x', key='x', about=Society.get(), to=secretary, subject='Bea Namesake', body='Hello')

    erase(ada)
    erase(bea)

    told = Letter.objects.filter(to=secretary).order_by('pk').values_list('subject', 'body')
    former = ('Former member', 'Former member, Former member')
    assert list(told) == [former, former, ('Bea Namesake', 'Hello')]


def test_addresses_that_wait_in_the_outbox_do_not_leave_after_the_end(ada, bo):  # noqa: F811
    row = introducing.accept(ask(ada, bo), by=bo)
    introducing.end(row, by=bo)

    letters_leave()

    states = dict(Letter.objects.order_by('pk').values_list('kind', 'state'))
    assert states == {
        'introduction_asked': 'recalled',
        'introduction_accepted': 'recalled',
        'introduction_ended': 'sent',
    }
    assert '@asked' not in ''.join(one.body for one in mail.outbox)
    assert '@asking' not in ''.join(one.body for one in mail.outbox)


@pytest.mark.parametrize('accepted', [False, True])
def test_neither_note_nor_address_of_somebody_who_was_erased_leaves(ada, bo, accepted):  # noqa: F811
    row = ask(ada, bo)
    if accepted:
        letters_leave()
        introducing.accept(row, by=bo)
        mail.outbox.clear()

    erase(ada)
    letters_leave()

    assert [one.to for one in mail.outbox] == [['Ada Asker <ada@asking.example>']]  # the receipt
    found = [words_of(letter) for letter in Letter.objects.all()]
    assert [words for words in found if 'Ada' in words or NOTE in words or 'ada@' in words] == []


def test_what_one_who_is_stopped_wrote_to_others_does_not_leave(ada, bo):  # noqa: F811
    other = ask(ada, member('Cy Other'), OTHER_NOTES[0])
    introducing.report(ask(ada, bo), by=bo, why='It sells.')

    letters_leave()

    waiting = Letter.objects.about(other).get()
    assert (waiting.state, waiting.overtaken_why) == ('recalled', 'Its sender is kept from asking.')
    assert [letter.kind for letter in Letter.objects.filter(state='sent')] == ['introduction_reported']


def test_a_note_whose_time_is_over_does_not_leave_and_one_that_waits_does(ada, bo):  # noqa: F811
    old, new = ask(ada, bo), ask(ada, member('Cy Other'), OTHER_NOTES[0])
    type(old).objects.filter(pk=old.pk).update(asked_at=timezone.now() - timedelta(days=43))

    letters_leave()

    assert [letter.state for letter in (Letter.objects.about(row).get() for row in (old, new))] == [
        'recalled',
        'sent',
    ]
