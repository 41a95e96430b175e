"""Lines that stand inside sentences of ours: nothing in them turns what follows."""

import pytest

from blog import commissioning, workflow
from blog.models import State
from members.models import Organisation, Person
from tests.commissions import make_commission
from tests.conftest import make_submission
from ukis.lines import one_line

TURNED, STRAIGHT = 'Ivo\u202e \u2066Turned\u2069\u202c', 'Ivo Turned'


def test_what_turns_the_direction_goes_and_right_to_left_words_stay():
    assert one_line(f'  {TURNED}\n ') == STRAIGHT
    assert one_line('שלום \u200fעולם التغيير') == 'שלום \u200fעולם التغيير'


@pytest.mark.django_db
@pytest.mark.usefixtures('society')
def test_no_title_and_no_name_comes_in_with_it(author, editor):
    submission = make_submission(author, State.DRAFTING)
    asked = make_commission(editor, name=TURNED)
    person, organisation = Person(name=TURNED), Organisation(name=TURNED)

    saved = workflow.save_words(
        submission,
        by=author,
        base=submission.current.number,
        words=submission.current.words().but(title=TURNED, standfirst=TURNED),
    )
    person.clean()
    organisation.clean()

    assert (saved.title, saved.standfirst) == (STRAIGHT, STRAIGHT)
    assert workflow.start(by=author, working_title=TURNED).title == STRAIGHT
    commissioning.change(asked, by=editor, name=TURNED, working_title=TURNED)
    asked.refresh_from_db()
    assert (asked.name, asked.working_title) == (STRAIGHT, STRAIGHT)
    assert (person.name, organisation.name) == (STRAIGHT, STRAIGHT)
