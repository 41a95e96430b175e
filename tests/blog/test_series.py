"""Series, and guest editors, who look after one of them and nothing else."""

from datetime import timedelta

import pytest
from django.urls import NoReverseMatch, reverse

from blog import workflow
from blog.desk import queues, saving
from blog.models import Series, State, Submission
from members import staffing
from members.roles import GUEST_EDITOR
from tests.addresses import ADMIN_MODELS, TABLE
from tests.blog.test_workflow import EDITOR_MOVES, MATRIX, bring_to
from tests.blog.test_workflow import cast as cast  # noqa: PLC0414
from tests.commissions import brought_to
from tests.conftest import form_of, make_organisation, make_person, make_seat, make_submission
from tests.readings import ask as ask_reader
from ukis import days, staff
from ukis.letters.models import Letter
from ukis.letters.subjects import kept_from
from ukis.refusals import NotAllowed, NotNow

pytestmark = pytest.mark.usefixtures('society')


@pytest.fixture
def series(db) -> Series:
    return Series.objects.create(title='Ten years on')


@pytest.fixture
def guest(series):
    person = make_person('Gwen Guest', group=GUEST_EDITOR)
    series.guests.create(person=person)
    return person


def put_in(submission: Submission, series: Series | None, editor=None) -> Submission:
    given = {'editor': editor} if editor else {}
    Submission.objects.filter(pk=submission.pk).update(series=series, **given)
    submission.refresh_from_db()
    if post := submission.post_or_none:
        post.shelve()
    return submission


def offered(submission, person) -> set[str]:
    return {one.move.name for one in workflow.moves_for(submission, person) if one.possible}


@pytest.mark.parametrize('situation', MATRIX)
def test_a_guest_does_what_an_editor_does_on_their_series_and_nothing_elsewhere(
    situation, cast, guest, series
):
    submission = bring_to(situation, cast)
    other = Series.objects.create(title='Another')
    free = set(MATRIX[situation].get('other_editor', '').split())

    elsewhere = [offered(put_in(submission, one), guest) for one in (None, other)]
    theirs = offered(put_in(submission, series), guest)
    edited = put_in(submission, series, editor=guest) if submission.editor_id else None
    as_editor = offered(edited, guest) if edited else None
    misplaced = offered(put_in(submission, other), guest)

    assert elsewhere == [set(), set()]
    assert theirs == free
    assert as_editor in (None, set(EDITOR_MOVES.get(situation, '').split()) | free)
    assert misplaced == set()
    with pytest.raises(NotAllowed):
        workflow.request_changes(submission, by=guest, note='Shorter.')


def test_a_guest_s_desk_shows_counts_and_finds_their_series_alone(author, editor, guest, series, signed_in):
    ours = put_in(make_submission(author, State.SUBMITTED, words={'title': 'Ours'}), series)
    make_submission(author, State.IN_REVIEW, editor=editor, words={'title': 'Not ours'})
    put_in(make_submission(author, words={'title': 'An unsent draft'}), series)
    saving.save(by=editor, name='Shared', asked='late=yes', shared=True)
    saving.save(by=guest, name='Open', asked='queue=everything', shared=False)
    desk = signed_in(guest)

    page = desk.get(reverse('admin:desk'))

    assert (queues.counts(guest)['everything'], queues.counts(guest)['mine']) == (1, 1)
    assert [line.submission for line in page.context['lines']] == [ours]
    assert [(one.name, count) for one, count in page.context['kept']] == [('Open', '1')]
    assert page.context['lines'][0].next.label == 'Take it'
    for words in ('careful', 'first year', 'Ada', 'draft'):
        assert [
            line.submission for line in desk.get(reverse('admin:desk'), {'q': words}).context['lines']
        ] in (
            [ours],
            [],
        )
    assert 'Not ours' not in page.text


def pages_of(pk: int) -> dict[str, str]:
    found = {}
    for name in TABLE:
        if name.startswith(('submission', 'admin:desk_')):
            for rest in ([], [1], ['take']):
                try:
                    found[name] = reverse(name, args=[pk, *rest])
                except NoReverseMatch:
                    continue
                break
    return found


@pytest.mark.parametrize('where', ['none', 'another', 'over'])
def test_every_page_of_what_is_not_of_their_series_is_not_there(
    where, author, guest, series, editor, signed_in
):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    if where == 'another':
        put_in(submission, Series.objects.create(title='Another'))
    if where == 'over':
        put_in(submission, series, editor=guest)
        Series.objects.update(ends_on=days.today() - timedelta(days=1))
    client, pages = signed_in(guest), pages_of(submission.pk)

    answers = {
        (name, method): getattr(client, method)(address).status_code
        for name, address in pages.items()
        for method in ('get', 'post')
    }

    assert len(pages) > 25
    assert {key: code for key, code in answers.items() if code not in (403, 404, 405)} == {}
    assert not Submission.objects.visible_to(guest).exists()


def test_nothing_else_of_the_staff_s_site_opens_to_a_guest(guest, signed_in, organisation):
    client, open_to = signed_in(guest), {}
    for _, _, name, _ in staff.pages:
        try:
            address = reverse(f'admin:{name}')
        except NoReverseMatch:
            continue
        code = client.get(address).status_code
        code = client.post(address).status_code if code == 405 else code
        if code not in (403, 404):
            open_to[name] = code
    for model in ADMIN_MODELS:
        for action in ('changelist', 'add'):
            try:
                address = reverse(f'admin:{model}_{action}')
            except NoReverseMatch:
                continue
            if (code := client.get(address).status_code) not in (403, 404):
                open_to[f'{model} {action}'] = code

    ways = ('desk', 'save_queue', 'desk_board', 'desk_calendar', 'desk_calendar_address', 'desk_meeting')
    assert open_to == dict.fromkeys((*ways, 'commissions', 'commission_new', 'ukis_letter changelist'), 200)
    assert client.get(reverse('admin:index')).status_code == 200


def test_a_guest_reads_and_recalls_the_letters_of_their_series_and_no_other(
    author, editor, guest, series, signed_in, secretary
):
    ours = put_in(make_submission(author, State.IN_REVIEW, editor=editor), series, editor=guest)
    theirs = make_submission(author, State.IN_REVIEW, editor=editor)
    asked = brought_to('sent', guest, series=series)
    others = brought_to('sent', editor, email='other@far.example')
    ask_reader(ours, guest)
    ask_reader(theirs, editor, email='una@far.example')
    workflow.request_changes(ours, by=guest, note='Shorter, please.')
    guests_letters = Letter.objects.about(author)
    readable = Letter.objects.exclude(kept_from(guest))
    desk = signed_in(guest)

    of_ours = [
        *Letter.objects.about(ours),
        *Letter.objects.about(asked),
        *Letter.objects.about(ours.readings.get()),
    ]
    assert sorted(one.pk for one in readable) == sorted(one.pk for one in of_ours)
    assert not guests_letters.exclude(kept_from(guest)).exists()
    decision = Letter.objects.get(kind='changes_requested')
    address = reverse('admin:ukis_letter_change', args=[decision.pk])
    assert address in desk.get(reverse('admin:desk_submission', args=[ours.pk])).text
    desk.post(address, {**form_of(desk.get(address)), 'move': 'recall'})
    decision.refresh_from_db()
    assert decision.state == Letter.State.RECALLED
    other = Letter.objects.about(others).get()
    assert desk.get(reverse('admin:ukis_letter_change', args=[other.pk])).status_code in (302, 404)
    staffing.let_guests_in([secretary.pk], by=None)
    series.guests.create(person=secretary)
    secretary = type(secretary).objects.get(pk=secretary.pk)
    assert Letter.objects.about(others).exclude(kept_from(secretary)).count() == 0


def test_a_guest_without_a_second_factor_sees_nothing(author, series, signed_in):
    guest = make_person('Gus Guest', group=GUEST_EDITOR, second_factor=False)
    series.guests.create(person=guest)
    put_in(make_submission(author, State.SUBMITTED), series)

    assert not Submission.objects.visible_to(guest).exists()
    assert signed_in(guest).get(reverse('admin:desk')).status_code == 302


def test_a_guest_who_writes_is_an_author_there(guest, series, organisation, editor):
    make_seat(guest, organisation)
    theirs = put_in(make_submission(guest, State.IN_REVIEW, editor=editor), series)

    assert offered(theirs, guest) == {'withdraw'}
    assert list(Submission.objects.on_the_desk_of(guest)) == []


def test_a_guest_takes_edits_and_sends_on_what_is_of_their_series(author, guest, series, signed_in):
    submission = put_in(make_submission(author, State.SUBMITTED), series)
    desk = signed_in(guest)

    desk.post(reverse('admin:desk_move', args=[submission.pk, 'take']))
    page = desk.get(reverse('admin:desk_submission', args=[submission.pk]))
    desk.post(reverse('admin:desk_move', args=[submission.pk, 'accept']), {'note': 'Thank you.'})
    submission.refresh_from_db()

    assert (page.status_code, submission.editor, submission.state) == (200, guest, State.EDITING)
    assert workflow.can_edit(submission, guest)
    Series.objects.update(ends_on=days.today())
    assert workflow.can_edit(submission, guest)
    Series.objects.update(ends_on=days.today() - timedelta(days=1))
    assert not workflow.can_edit(submission, guest)


def test_it_is_given_to_a_guest_of_its_series_alone(author, chief, guest, series, signed_in):
    ours, other = (
        put_in(make_submission(author, State.SUBMITTED), series),
        make_submission(author, State.SUBMITTED),
    )
    desk = signed_in(chief)
    choices = [
        {
            one.pk
            for one in desk.get(reverse('admin:desk_move', args=[row.pk, 'assign']))
            .context['form']
            .fields['editor']
            .queryset
        }
        for row in (ours, other)
    ]

    with pytest.raises(NotNow, match='Gwen Guest is not an editor'):
        workflow.assign(other, by=chief, editor=guest)
    workflow.assign(ours, by=chief, editor=guest)

    assert [guest.pk in found for found in choices] == [True, False]
    assert ours.editor == guest


def test_the_editors_choose_the_series_and_its_guests_do_not(author, editor, guest, series, signed_in):
    submission = make_submission(author, State.SUBMITTED)
    address = reverse('admin:desk_series', args=[submission.pk])

    answer = signed_in(editor).post(address, {'series': series.pk})
    submission.refresh_from_db()

    assert (answer.status_code, submission.series) == (302, series)
    assert submission.steps.latest('pk').note == 'Ten years on'
    assert signed_in(guest).get(address).status_code == 403
    with pytest.raises(NotAllowed):
        workflow.set_series(submission, by=guest, series=None)
    with pytest.raises(NotAllowed):
        workflow.set_series(submission, by=author, series=None)


def test_what_a_guest_edits_keeps_its_series_until_it_has_another_editor(
    author, editor, chief, guest, series, signed_in
):
    submission = put_in(make_submission(author, State.SUBMITTED), series)
    workflow.take(submission, by=guest)

    answer = signed_in(chief).post(reverse('admin:desk_series', args=[submission.pk]), {'series': ''})

    assert answer.status_code == 409
    assert (
        'Gwen Guest, its editor, looks after “Ten years on” alone.'
        in answer.context['form'].errors['series'][0]
    )
    workflow.change_editor(submission, by=chief, editor=editor)
    workflow.set_series(submission, by=chief, series=None)
    assert submission.series is None


NEW = {
    'title': 'New',
    'description': '',
    'starts_on': '',
    'ends_on': '',
    'guests-TOTAL_FORMS': 1,
    'guests-INITIAL_FORMS': 0,
    'guests-0-id': '',
}


def test_the_commissioning_editor_makes_somebody_a_guest_and_no_guest(chief, stranger, signed_in):
    desk = signed_in(chief)

    added = desk.post(reverse('admin:blog_series_add'), NEW | {'guests-0-person': stranger.pk})
    stranger = type(stranger).objects.get(pk=stranger.pk)
    series = Series.objects.get()

    assert added.status_code == 302
    assert (stranger.is_staff, stranger.is_guest_editor, stranger.user_permissions.exists()) == (
        True,
        True,
        False,
    )
    address = reverse('admin:blog_series_change', args=[series.pk])
    page = desk.get(address)
    desk.post(address, {**form_of(page), 'guests-0-DELETE': 'on'})
    stranger = type(stranger).objects.get(pk=stranger.pk)
    assert (stranger.is_staff, stranger.is_guest_editor) == (False, False)


def test_nobody_else_chooses_guests(editor, secretary, stranger, guest):
    for person in (editor, secretary, stranger, guest):
        with pytest.raises(NotAllowed):
            staffing.let_guests_in([stranger.pk], by=person)


def test_an_editor_who_is_named_for_a_series_stays_an_editor(editor, chief, series):
    series.guests.create(person=editor)
    staffing.let_guests_in([editor.pk], by=chief)
    person = type(editor).objects.get(pk=editor.pk)

    assert (person.is_guest_editor, person.is_editor) == (False, True)
    staffing.let_guests_out([editor.pk], by=chief)
    person = type(editor).objects.get(pk=editor.pk)
    assert (person.is_staff, person.is_editor) == (True, True)


def test_a_guest_learns_no_name_by_trying_numbers(author, chief, editor, stranger, guest, series, signed_in):
    another = Series.objects.create(title='What nobody knows of yet')
    put_in(make_submission(author, State.IN_REVIEW, editor=editor), series, guest)
    client, desk, save = signed_in(guest), reverse('admin:desk'), reverse('admin:save_queue')
    hidden = make_organisation('An office that has not joined')
    asked = f'series={another.pk}&editor={stranger.pk}&organisation={hidden.pk}'

    pages = [client.get(f'{address}?{asked}').text for address in (desk, save)]
    kept = client.post(save, {'name': 'Mine', 'asked': asked}, follow=True)

    assert kept.status_code == 200
    for page in (*pages, kept.text):
        for name in ('What nobody knows of yet', stranger.printed_name, 'An office that has not joined'):
            assert name not in page
    assert 'Edited by Gwen Guest' in client.get(f'{desk}?editor={guest.pk}').text
    assert 'What nobody knows of yet' in signed_in(chief).get(f'{desk}?series={another.pk}').text
