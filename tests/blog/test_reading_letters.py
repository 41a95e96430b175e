"""What becomes of a second reading's letters that do not arrive."""

import pytest
from django.utils import timezone

from blog import readings
from blog.models import State
from tests.conftest import make_submission
from tests.readings import ask
from ukis import letters
from ukis.letters.bouncing import came_back
from ukis.letters.models import Letter
from ukis.letters.refusing import Cause
from ukis.letters.reports import Meaning, Report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def comes_back(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SENT)
    came_back(letter, Report(letter.to_address, Meaning.DEAD, 'No such user here.'), timezone.now())


def test_an_editor_hears_that_a_reader_was_not_reached_and_an_author_does_not(author, editor):
    row = ask(make_submission(author, State.IN_REVIEW, editor=editor), editor)

    comes_back(Letter.objects.get(kind='reading_asked'))

    told = Letter.objects.get(kind='reading_not_reached')
    assert (told.to, told.subject) == (editor, 'Our letter to Rhea Reader did not arrive')
    assert 'No such user here.' in told.text()
    letters.suppress('rhea@near.example', Cause.BOUNCED, 'Asked for none.')
    readings.correct_address(row, by=editor, name='Rhea Reader', email='rhea@near.example')
    assert Letter.objects.filter(kind='reading_not_reached', to=editor).count() == 2
    assert not Letter.objects.filter(kind='reading_not_reached').exclude(to=editor).exists()


def test_of_one_that_is_taken_back_nobody_hears(author, editor):
    row = ask(make_submission(author, State.IN_REVIEW, editor=editor), editor)
    asked = Letter.objects.get(kind='reading_asked')
    Letter.objects.filter(pk=asked.pk).update(state=Letter.State.SENT)
    readings.take_back(row, by=editor, reason='It is not needed.')

    comes_back(asked)

    assert not Letter.objects.filter(kind='reading_not_reached').exists()
