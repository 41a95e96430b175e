"""A name is never printed on silence: whoever is named is reminded, then somebody says how they agreed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog import chasers, checklist, workflow
from blog.models import Authorship, State
from tests.conftest import make_submission
from ukis.letters.models import Letter
from ukis.refusals import NotAllowed, NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]
NIA = ('Nia Named', 'nia@far.example')


@pytest.fixture
def silent(author, editor):
    """Ready to come out, but that one who is named has said nothing."""
    submission = make_submission(author, State.READY, editor=editor, coauthors=(NIA,))
    submission.authorships.filter(name='Nia Named').update(agreed_at=None, told_at=timezone.now())
    submission.refresh_from_db()
    return submission


def theirs(submission) -> Authorship:
    return submission.authorships.get(name='Nia Named')


def test_on_silence_it_does_not_come_out(silent, chief):
    [line] = [one for one in checklist.for_release(silent) if one.key == 'agreed']
    assert (line.text, line.done) == ('Nia Named has not said yes to being named', False)

    with pytest.raises(NotNow, match='Nia Named says yes by the link in their letter'):
        workflow.release(silent, by=chief)


@pytest.mark.parametrize('who', ['author', 'editor', 'chief'])
def test_somebody_named_says_how_they_agreed_and_all_sides_hear(silent, chief, who, request):
    by = request.getfixturevalue(who)

    workflow.vouch(silent, by=by, authorship=theirs(silent), words='By telephone, on Monday.')

    step = silent.steps.latest('pk')
    assert (step.move, step.by, step.note) == ('vouch', by, 'Nia Named: By telephone, on Monday.')
    letter = Letter.objects.get(kind='vouched')
    assert (letter.to_address, letter.link['view']) == ('nia@far.example', 'named')
    assert 'By telephone, on Monday.' in letter.text()
    others = {'author': {'Ed Editor'}, 'editor': {'Ada Author'}, 'chief': {'Ed Editor', 'Ada Author'}}
    assert set(Letter.objects.filter(kind='vouched_for').values_list('to_name', flat=True)) == others[who]
    workflow.release(silent, by=chief)
    assert silent.has_live_post


def test_nobody_else_says_so_nor_twice_nor_without_words(silent, stranger, chief, other_editor, author):
    for person in (stranger, other_editor):
        with pytest.raises(NotAllowed):
            workflow.vouch(silent, by=person, authorship=theirs(silent), words='They said so.')
    with pytest.raises(NotNow, match='how and when'):
        workflow.vouch(silent, by=author, authorship=theirs(silent), words=' ')
    workflow.vouch(silent, by=author, authorship=theirs(silent), words='They said so.')

    with pytest.raises(NotNow, match='needs nobody'):
        workflow.vouch(silent, by=author, authorship=theirs(silent), words='They said so.')


def test_they_are_reminded_twice_and_then_whoever_named_them_hears(silent, time_machine):
    start = timezone.now().replace(year=2027, month=2, day=1, hour=10)  # a Monday, no holiday for weeks
    Letter.objects.all().delete()
    Authorship.objects.update(told_at=start)
    heard = {}
    for count in range(1, 12):
        time_machine.move_to(start + timedelta(days=count))
        before = set(Letter.objects.values_list('pk', flat=True))
        chasers.remind(timezone.now())
        new = Letter.objects.exclude(pk__in=before).filter(kind__startswith='name_')
        if new:
            heard[count] = set(new.values_list('kind', 'to_name'))

    assert heard == {
        3: {('name_waits', 'Nia Named')},
        7: {('name_waits', 'Nia Named'), ('name_unanswered', 'Ada Author')},
    }
    assert Letter.objects.filter(kind='name_waits').first().link['view'] == 'named'


def test_the_author_and_the_editor_each_have_a_page_for_it(silent, author, editor, signed_in):
    pages = {
        author: reverse('submission_vouch', args=[silent.pk, theirs(silent).pk]),
        editor: reverse('admin:desk_vouch', args=[silent.pk, theirs(silent).pk]),
    }
    for person, page in pages.items():
        client = signed_in(person)
        before = reverse('submission' if person == author else 'admin:desk_submission', args=[silent.pk])
        assert page in client.get(before).content.decode()
        assert client.get(page).status_code == 200
        assert client.post(page, {'words': ''}).status_code == 422

    signed_in(editor).post(pages[editor], {'words': 'By letter.'})

    assert theirs(silent).statement == 'By letter.'
    assert (
        'By letter.'
        in signed_in(editor).get(reverse('admin:desk_submission', args=[silent.pk])).content.decode()
    )
    refused = signed_in(author).post(pages[author], {'words': 'By telephone.'})
    assert (refused.status_code, 'By telephone.' in refused.content.decode()) == (409, True)


def test_a_coauthor_may_not_speak_for_another(silent, coauthor, signed_in):
    Authorship.objects.create(submission=silent, person=coauthor, name='Col', agreed_at=timezone.now())
    page = reverse('submission_vouch', args=[silent.pk, theirs(silent).pk])

    assert signed_in(coauthor).get(page).status_code == 403
