"""The commissioning map: what counts where, that each number leads to just its rows, and what it gives away."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blog import commissioning, workflow
from blog.desk import topic_map, would_write
from blog.models import State, TopicWord, Words, WouldWrite
from blog.states.commission_states import CommissionState as S
from tests.commissions import brought_to
from tests.conftest import (
    DECLARED,
    WORDS,
    make_organisation,
    make_person,
    make_post,
    make_seat,
    make_submission,
)
from ukis import tags
from ukis.tags.models import Tag

MAP = reverse('admin:desk_map')
PITCH = ' '.join(['Why a second year matters, told by those who stayed.'] * 6)
YEAR = timedelta(days=366)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


@pytest.fixture
def welsh():
    return make_organisation('Cwm Board', nations=['wales'])


@pytest.fixture
def both():
    return make_organisation('Border Trust', nations=['wales', 'england'])


def topic(name='leadership'):
    return (
        Tag.objects.get(folded=tags.fold(name))
        if Tag.objects.filter(folded=tags.fold(name)).exists()
        else (tags.find_or_make([name])[0])
    )


def cells(person, name='leadership', columns=topic_map.NATIONS):
    """Of one topic: everywhere and each column by its label, as (published, in hand, asked, would write)."""
    [line] = topic_map.lines([topic(name)], list(columns), person)
    return {
        cell.column.label if cell.column else '': (cell.published, cell.in_hand, cell.asked, cell.would_write)
        for cell in (line.everywhere, *line.cells)
    }


def counted_is_led_to(person, name='leadership', columns=topic_map.NATIONS):
    """Each number of a line is that of the rows to which it leads."""
    [line] = topic_map.lines([topic(name)], list(columns), person)
    for cell in (line.everywhere, *line.cells):
        assert topic_map.published(person, line.topic, cell.column).count() == cell.published
        for kind, rows in cell.rows.items():
            assert set(topic_map.rows_of(kind, person, line.topic, cell.column)) == rows
    return True


# --- What counts ------------------------------------------------------------------------------------


def test_published_counts_in_each_nation_of_its_bylines_once_and_for_a_year(chief, welsh, both):
    for place in (welsh, both):
        make_post(people=(make_person(), make_person()), organisation=place)
    make_post(organisation=both, published_at=timezone.now() - YEAR)
    make_post(published_at=timezone.now() - timedelta(days=3))

    counted = cells(chief)

    assert counted == {
        '': (3, 0, 0, 0),
        'England': (1, 0, 0, 0),
        'Scotland': (0, 0, 0, 0),
        'Wales': (2, 0, 0, 0),
        'Northern Ireland': (0, 0, 0, 0),
    }
    assert counted_is_led_to(chief)


def test_organisations_are_columns_of_their_own(chief, welsh, both):
    make_post(organisation=welsh)

    columns = [topic_map.column_of(one) for one in (welsh, both)]

    assert cells(chief, columns=columns) == {
        '': (1, 0, 0, 0),
        'Cwm Board': (1, 0, 0, 0),
        'Border Trust': (0, 0, 0, 0),
    }
    assert counted_is_led_to(chief, columns=columns)


def test_what_is_archived_or_taken_down_is_not_counted(chief, welsh):
    archived, down = (make_post(organisation=welsh) for _ in range(2))
    archived.archived_at = timezone.now()
    archived.save(update_fields=['archived_at'])
    down.taken_down_at, down.taken_down_why = timezone.now(), 'A slip.'
    down.save(update_fields=['taken_down_at', 'taken_down_why'])

    assert cells(chief)['Wales'] == (0, 0, 0, 0)
    assert counted_is_led_to(chief)


@pytest.mark.parametrize(
    ('state', 'counts'),
    [
        (State.DRAFTING, 0),
        (State.SUBMITTED, 1),
        (State.IN_REVIEW, 1),
        (State.CHANGES_REQUESTED, 1),
        (State.EDITING, 1),
        (State.AUTHOR_APPROVAL, 1),
        (State.READY, 1),
        ('scheduled', 1),
        (State.DECLINED, 0),
        (State.WITHDRAWN, 0),
    ],
)
def test_in_hand_is_what_is_in_the_process_or_scheduled(author, editor, chief, organisation, state, counts):
    organisation.nations = ['scotland']
    organisation.save()

    make_submission(author, state, editor=editor)

    assert cells(chief)['Scotland'] == (0, counts, 0, 0)
    assert counted_is_led_to(chief)
    assert TopicWord.objects.exists() == (bool(counts) and state != 'scheduled')


def test_what_is_out_is_published_and_no_more_in_hand(author, editor, chief):
    make_submission(author, 'live', editor=editor)

    assert cells(chief)[''] == (1, 0, 0, 0)
    assert counted_is_led_to(chief)


def test_the_editors_tags_stand_in_place_of_the_authors(author, editor, chief):
    submission = make_submission(author, State.EDITING, editor=editor)

    workflow.retag(submission.post, by=editor, tags=('scaling', 'justice'))

    assert cells(chief, 'leadership')[''] == (0, 0, 0, 0)
    assert cells(chief, 'justice')[''] == (0, 1, 0, 0)


def test_a_pitch_counts_by_its_tags_and_what_its_author_tags_meanwhile_is_theirs(author, editor, chief):
    topic('justice')
    submission = workflow.pitch(by=author, title='An idea', note=PITCH, tags=('leadership',))
    workflow.take_up(submission, by=editor)

    workflow.save_words(
        submission, by=author, base=1, words=Words(**{**WORDS, 'tag_words': ['justice', 'b']})
    )
    promised = cells(chief, 'leadership')[''], cells(chief, 'justice')['']
    workflow.submit(submission, by=author, version=2, declarations=DECLARED)

    assert promised == ((0, 1, 0, 0), (0, 0, 0, 0))
    assert (cells(chief, 'leadership')[''], cells(chief, 'justice')['']) == ((0, 0, 0, 0), (0, 1, 0, 0))


def test_what_is_reopened_is_in_hand_again(author, editor, chief):
    submission = make_submission(author, State.DECLINED, editor=editor)

    workflow.reopen(submission, by=chief)

    assert cells(chief)[''] == (0, 1, 0, 0)


@pytest.mark.parametrize(
    ('state', 'counts'),
    [
        (S.DRAFT, 0),
        (S.SENT, 1),
        (S.ACCEPTED, 1),
        (S.DECLINED, 0),
        (S.EXPIRED, 0),
        (S.TAKEN_BACK, 0),
        (S.FULFILLED, 0),
    ],
)
def test_asked_is_what_waits_for_an_answer_or_was_promised(editor, chief, welsh, state, counts):
    invitee = make_person('Ivo Invitee')
    make_seat(invitee, welsh)

    brought_to(state, editor, email=invitee.email, invitee=invitee)

    in_hand = 1 if state in (S.ACCEPTED, S.FULFILLED) and cells(chief)[''][1] else 0
    assert cells(chief)['Wales'] == (0, in_hand, max(counts - in_hand, 0), 0)
    assert counted_is_led_to(chief)


def test_what_is_begun_for_a_commission_is_in_hand_and_counts_once(author, editor, chief):
    row = brought_to(S.SENT, editor, email=author.email, invitee=author)

    commissioning.accept(row, by=author)

    _, in_hand, asked, _ = cells(chief)['']
    assert in_hand + asked == 1
    assert counted_is_led_to(chief)


def test_would_write_counts_where_they_are_today(author, chief, organisation):
    organisation.nations = ['scotland', 'wales']
    organisation.save()
    would_write.say(topic(), by=author)
    WouldWrite.objects.create(person=make_person('No Member'), tag=topic())

    counted = cells(chief)

    assert [counted[name] for name in ('', 'Scotland', 'Wales', 'England')] == [
        (0, 0, 0, 1),
        (0, 0, 0, 1),
        (0, 0, 0, 1),
        (0, 0, 0, 0),
    ]
    assert counted_is_led_to(chief)


def test_an_editors_own_submissions_are_left_out_of_each_number_and_said(
    editor, chief, organisation, signed_in
):
    make_seat(editor, organisation)
    make_submission(editor, State.SUBMITTED)
    make_submission(editor, 'live', editor=chief)
    own = make_submission(editor, 'scheduled', editor=chief)

    page = signed_in(editor).get(MAP).content.decode()
    rows = signed_in(editor).get(reverse('admin:desk_map_rows', args=['in-hand', 'leadership']))

    assert cells(editor)[''] == (0, 0, 0, 0)
    assert cells(chief)[''] == (1, 2, 0, 0)
    assert counted_is_led_to(editor)
    assert 'Your own submissions are left out.' in page
    assert own.title not in rows.content.decode()


def test_a_merged_tag_is_found_under_the_one_that_stands(author, chief):
    make_submission(author, State.SUBMITTED)
    [other] = tags.find_or_make(['leading'])

    tags.merge(topic('leadership'), other)

    assert cells(chief, 'leading')[''] == (0, 1, 0, 0)
    assert counted_is_led_to(chief, 'leading')


# --- Its pages --------------------------------------------------------------------------------------


def test_a_tag_that_is_renamed_takes_what_is_in_hand_with_it_at_once(author, editor, chief):
    make_submission(author, State.IN_REVIEW, editor=editor)
    tag = topic()
    assert cells(chief)[''] == (0, 1, 0, 0)

    tag.name = 'Leading people'
    tag.save()

    assert cells(chief, 'Leading people')[''] == (0, 1, 0, 0)
    assert not TopicWord.objects.filter(folded=tags.fold('leadership')).exists()


def test_a_gap_is_said_in_words_and_opens_a_commission(author, chief, organisation, signed_in):
    organisation.nations = ['scotland']
    organisation.save()
    make_post(published_at=timezone.now() - YEAR)
    would_write.say(topic(), by=author, words='From two wards.')
    gap = 'topic=leadership&amp;nation=scotland'
    client = signed_in(chief)

    page = client.get(MAP).content.decode()
    rows = client.get(f'{reverse("admin:desk_map_rows", args=["would-write", "leadership"])}?nation=scotland')
    new = client.get(f'{reverse("admin:commission_new")}?topic=leadership&nation=scotland&person={author.pk}')

    assert 'Gap' in page
    assert f'href="{reverse("admin:commission_new")}?{gap}"' in page
    assert '/would-write/leadership/?nation=scotland">1 would write' in page
    assert 'From two wards.' in rows.content.decode()
    form = new.context['form']
    assert (form['tag_words'].value(), form['name'].value(), form['email'].value()) == (
        'leadership',
        'Ada Author',
        author.email,
    )


def test_a_commission_is_filled_in_with_nobody_who_did_not_say_so(author, chief, signed_in):
    topic()

    new = signed_in(chief).get(f'{reverse("admin:commission_new")}?topic=leadership&person={author.pk}')

    assert not new.context['form']['email'].value()
    assert author.email not in new.content.decode()


def test_only_topics_with_gaps(author, editor, chief, signed_in):
    make_post(tags=('long ago', 'also long ago'), published_at=timezone.now() - YEAR)
    make_post(tags=('lately', 'lately too'))
    make_submission(author, State.SUBMITTED)
    brought_to(S.SENT, editor, tag_words=['promised'])
    topic('promised')

    page = signed_in(chief).get(f'{MAP}?gaps=1')

    assert {line.topic.name for line in page.context['lines']} == {'long ago', 'also long ago'}
    assert all(line.everywhere.is_gap for line in page.context['lines'])


def test_topics_and_organisations_are_searched(chief, welsh, signed_in):
    make_post(tags=('Public health', 'Ethics'), organisation=welsh)

    page = signed_in(chief).get(f'{MAP}?q=health&by=organisations&named=cwm')

    assert [line.topic.name for line in page.context['lines']] == ['Public health']
    assert [column.label for column in page.context['columns']] == ['Cwm Board']


def test_an_address_that_names_nothing_is_not_there(chief, signed_in):
    topic()
    wrong = (
        'published/nothing/',
        'nothing/leadership/',
        *(
            f'{kind}/leadership/?{place}'
            for kind in ('published', 'in-hand', 'asked', 'would-write')
            for place in ('nation=atlantis', 'organisation=nowhere')
        ),
    )

    assert {signed_in(chief).get(f'{MAP}{address}').status_code for address in wrong} == {404}


def test_any_bytes_are_answered(chief, signed_in):
    make_post()

    for query in ('q=%27%25_', 'page=x', 'by=organisations&named=%25&across=-1', 'gaps=%FF'):
        assert signed_in(chief).get(f'{MAP}?{query}').status_code == 200, query


def test_a_page_costs_the_same_with_one_topic_and_with_many(author, editor, chief, organisation, signed_in):
    client = signed_in(chief)
    for number in range(9):
        post = make_post(tags=(f'topic {number}', 'leadership'), organisation=make_organisation())
        make_submission(author, State.SUBMITTED)
        would_write.say(post.tags.get(name=f'topic {number}'), by=author)
    client.get(MAP)

    asked = {}
    for query in QUERIES:
        with CaptureQueriesContext(connection) as seen:
            client.get(f'{MAP}{query}')
        asked[query] = len(seen)

    assert asked == QUERIES


# The same for one topic and for ten.
QUERIES = {'?q=leadership': 14, '': 17, '?by=organisations': 19, '?gaps=1': 7}
