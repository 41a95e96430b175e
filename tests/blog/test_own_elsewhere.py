"""On what one writes oneself one has the author's eyes, in the corners of the staff's site too."""

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Commission, Series, State
from blog.states.commission_states import CommissionState as S
from tests.commissions import brought_to
from tests.conftest import has_been_told, letters_leave, make_seat, make_submission
from tests.readings import ask as ask_reader
from ukis.letters.models import Bounce, Letter, PrivateLink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def test_a_commission_whose_words_an_editor_writes_too_is_not_on_their_desk(
    editor, other_editor, author, signed_in
):
    row = brought_to(S.ACCEPTED, editor, name=author.printed_name, email=author.email, invitee=author)
    submission = row.submissions.get()
    page = reverse('admin:commission', args=[row.pk])
    before = signed_in(other_editor).get(page).status_code
    submission.authorships.create(person=other_editor, name='Ola Editor', order=2, agreed_at=timezone.now())

    after = signed_in(other_editor).get(page).status_code
    letters = signed_in(other_editor).get(reverse('admin:ukis_letter_changelist')).context['cl'].result_list

    assert (before, after) == (200, 404)
    assert not Commission.objects.on_the_desk_of(other_editor).exists()
    assert Commission.objects.on_the_desk_of(editor).get() == row
    assert [one for one in letters if one.about == row] == []


def test_who_reads_it_stands_in_no_record_that_its_author_or_the_secretary_opens(
    administrator, secretary, author, editor, organisation, signed_in
):
    make_seat(administrator, organisation)
    submission = make_submission(administrator, State.IN_REVIEW, editor=editor)
    other = make_submission(author, State.IN_REVIEW, editor=editor)
    for one, address in ((submission, 'rhea@far.example'), (other, 'rob@far.example')):
        ask_reader(one, editor, email=address)
    has_been_told(submission)
    letters_leave()
    for letter in Letter.objects.filter(kind='reading_asked'):
        Bounce.objects.create(
            letter=letter, address=letter.to_address, verdict='dead', says='Gone', at=timezone.now()
        )
        PrivateLink.make(purpose='reading', about=letter, days=1, letter=letter)

    def named(person, model: str) -> int:
        page = signed_in(person).get(reverse(f'admin:ukis_{model}_changelist')).text
        assert page.count('one that is not yours to read') > 0
        return page.count('→ rhea@far.example') + 10 * (page.count('→ rob@far.example') > 0)

    assert Bounce.objects.count() == 2
    assert (named(administrator, 'bounce'), named(secretary, 'bounce')) == (10, 0)
    assert named(administrator, 'privatelink') == 10


def test_a_series_counts_what_its_number_leads_to(chief, author, editor, organisation, signed_in):
    make_seat(chief, organisation)
    series = Series.objects.create(title='Change')
    for person in (author, chief):
        submission = make_submission(person, State.IN_REVIEW, editor=editor)
        type(submission).objects.filter(pk=submission.pk).update(series=series)

    [row] = signed_in(chief).get(reverse('admin:blog_series_changelist')).context['cl'].result_list

    assert row.many == 1
