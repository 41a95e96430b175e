"""A backup is brought back: whoever was erased since is erased again, under each key they had."""

import pytest
from django.forms.models import model_to_dict
from django.utils import timezone

from members import erasing, merging
from members.erasing import replaying
from members.models import Erasure, Person
from tests.conftest import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


@pytest.fixture(autouse=True)
def outside(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def merge(kept: Person, gone: Person, by: Person) -> None:
    looked = merging.look_at_people(kept, gone, by=by)
    answers = {choice.name: choice.initial for choice in looked.choices}
    merging.merge_people(kept, gone, by=by, state=looked.state, answers=answers)


def erase_and_write_down(person: Person) -> None:
    person.refresh_from_db()
    row = erasing.ask(person, by=person, bylines='keep')
    erasing.carry_out_due(row.due_at)
    replaying.write_down(timezone.now())
    Erasure.objects.all().delete()


def test_from_before_a_merger_both_entries_are_erased_again(secretary):
    gone, kept = make_person('Ann M. Lee'), make_person('Ann Lee')  # the kept one is the younger row
    backup = [Person.objects.get(pk=row.pk) for row in (kept, gone)]
    merge(kept, gone, secretary)
    erase_and_write_down(kept)
    for row in backup:
        row.save()

    again = replaying.replay()

    assert sorted(again) == [gone.pk, kept.pk]
    assert [Person.objects.get(pk=row.pk).name for row in backup] == ['Former member'] * 2


def test_from_after_a_merger_the_kept_one_alone_is_erased_again(secretary):
    gone, kept = make_person('Ann M. Lee'), make_person('Ann Lee')
    merge(kept, gone, secretary)
    backup = Person.objects.get(pk=kept.pk)
    emptied = model_to_dict(Person.objects.get(pk=gone.pk))
    erase_and_write_down(kept)
    backup.save()

    again = replaying.replay()

    assert again == [kept.pk]
    assert model_to_dict(Person.objects.get(pk=gone.pk)) == emptied
