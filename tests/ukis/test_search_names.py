"""Names as they are looked for: by the one function in the directories and the admin, as far as they may be seen; and
followed through all that has them where they change."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.desk import queues
from blog.models import Submission
from members import erasing, found
from members.models import EarlierName, Organisation, Person
from members.organisations import renaming
from tests.conftest import make_membership, make_organisation, make_person, make_post, make_submission
from ukis import search
from ukis.search.models import Document, ToWriteAnew
from ukis.tags.models import Tag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def people_by(typed: str) -> list[str]:
    rows = found.looked_for(Person.objects.standing(), typed, found.PEOPLE)
    return sorted(rows.values_list('name', flat=True))


def organisations_by(typed: str) -> list[str]:
    rows = found.looked_for(Organisation.objects.standing(), typed, found.ORGANISATIONS)
    return sorted(rows.values_list('name', flat=True))


def posts_by(typed: str) -> list[int]:
    return [hit.row for hit in search.find(typed, kinds=[1]).hits]


# --- Looked for ------------------------------------------------------------------------------------------


def test_staff_find_people_by_the_beginnings_of_their_names_and_by_their_address():
    make_person('Łukasz Żak-Grüneßer', email='luk.z@okapi.example')
    make_person('Will An')
    make_person('Wilma Other')

    typed = (
        'lukasz',
        'zak',
        'grunesser lu',
        'okapi',
        'luk.z@okapi.example',
        'will an',
        'wil',
        'w',
        'ilma',
        '?',
    )
    assert {one: people_by(one) for one in typed} == {
        'lukasz': ['Łukasz Żak-Grüneßer'],
        'zak': ['Łukasz Żak-Grüneßer'],
        'grunesser lu': ['Łukasz Żak-Grüneßer'],
        'okapi': ['Łukasz Żak-Grüneßer'],
        'luk.z@okapi.example': ['Łukasz Żak-Grüneßer'],
        'will an': ['Will An'],
        'wil': ['Will An', 'Wilma Other'],
        'w': ['Will An', 'Wilma Other'],
        'ilma': [],
        '?': [],
    }


def test_staff_find_organisations_by_all_their_names_of_today_and_before():
    one = make_organisation('Okapi Institute', short_name='OKI')
    earlier = EarlierName.objects.create(organisation=one, name='Giraffe House')
    before = [organisations_by(typed) for typed in ('okapi', 'OKI', 'giraffe hou', 'o', '')]
    earlier.delete()

    assert before == [['Okapi Institute']] * 5
    assert organisations_by('giraffe') == []


def test_the_lists_of_the_admin_and_what_is_chosen_there_use_it(secretary, signed_in):
    make_person('Łukasz Żak', email='l@okapi.example')
    make_organisation('Okapi Institute')
    client = signed_in(secretary)

    lists = [
        client.get(f'/admin/members/{address}').text
        for address in ('person/?q=lukasz', 'person/?q=okapi', 'organisation/?q=okap')
    ]

    assert ['Żak' in lists[0], 'Żak' in lists[1], 'Okapi Institute' in lists[2]] == [True] * 3


def test_members_look_each_other_up_by_name_alone_and_find_only_who_is_seen(signed_in):
    asker = make_person('Ada Asker', page_for='members')
    seen = make_person('Zoe Zebra', page_for='members', email='zoe@okapi.example')
    hidden = make_person('Zena Zebra', page_for='nobody')
    for person in (asker, seen, hidden):
        make_membership(person)
    client = signed_in(asker)

    pages = {typed: client.get('/people/', {'name': typed}).text for typed in ('zeb', 'zoë', 'okapi', '???')}

    assert {typed: 'Zoe Zebra' in page for typed, page in pages.items()} == {
        'zeb': True,
        'zoë': True,
        'okapi': False,
        '???': False,
    }
    assert not any('Zena' in page for page in pages.values())


def test_the_directory_finds_members_by_every_name_they_had_and_nobody_who_is_not_listed(client):
    listed, hidden = make_organisation('Okapi Institute', public=True), make_organisation('Okapi Trust')
    Organisation.objects.filter(pk=hidden.pk).update(public=False)
    for one in (listed, hidden):
        make_membership(one)
    EarlierName.objects.create(organisation=listed, name='Giraffe House')

    pages = {
        typed: client.get('/organisations/', {'q': typed}).text
        for typed in ('okapi', 'giraffe', 'house g', '?')
    }

    assert {typed: '>Okapi Institute<' in page for typed, page in pages.items()} == {
        'okapi': True,
        'giraffe': True,
        'house g': True,
        '?': False,
    }
    assert not any('Okapi Trust' in page for page in pages.values())


def test_whoever_is_erased_is_found_by_no_name_and_no_address():
    person = make_person('Zoe Zebra', email='zoe@okapi.example')
    make_membership(person)
    row = erasing.ask(person, by=person, bylines='contributor')
    erasing.carry_out_due(row.due_at)

    assert (people_by('zebra'), people_by('okapi')) == ([], [])
    assert not Document.objects.filter(kind=found.PEOPLE.number, row=person.pk).exists()


# --- Followed --------------------------------------------------------------------------------------------


def test_posts_people_and_submissions_of_a_renamed_organisation_are_found_by_its_new_name(
    author, editor, django_capture_on_commit_callbacks
):
    one = make_organisation('Giraffe House', public=True)
    post = make_post('Careful wards', organisation=one)
    submission = make_submission(author, 'in_review', editor=editor)
    authorship = submission.authorships.get()
    authorship.organisation = one
    authorship.save()
    with django_capture_on_commit_callbacks(execute=True):
        renaming.rename(one, by=None, name='Okapi Institute')
    before = (posts_by('okapi'), ToWriteAnew.objects.count())
    while search.go_on():
        pass

    assert before == ([], 1)
    # By the old one too, for that stands in print.
    assert (posts_by('okapi'), posts_by('giraffe')) == ([post.pk], [post.pk])
    assert set(queues.search(Submission.objects.all(), 'okapi')) == {submission, post.submission}
    assert search.slips() == []


def test_what_carries_a_renamed_tag_is_found_by_its_new_name():
    post = make_post('Careful wards', tags=('giraffes',))
    tag = Tag.objects.get(name='giraffes')
    tag.name = 'okapis'
    tag.save()
    search.go_on()

    assert (posts_by('okapis'), posts_by('giraffes'), search.slips()) == ([post.pk], [], [])


def test_many_are_written_anew_some_at_a_time_and_what_stood_half_written_the_second_time(monkeypatch):
    monkeypatch.setattr('ukis.search.following.AT_ONCE', 2)
    monkeypatch.setattr('ukis.search.following.BATCHES', 1)
    one = make_organisation('Giraffe House')
    posts = [make_post(f'Ward {number}', organisation=one) for number in range(3)]
    renaming.rename(one, by=None, name='Okapi Institute')

    having = Document.objects.filter(facets__contains=f'o{one.pk}').count()
    turns = [search.go_on() for _ in range(having // 2 + 1)]
    found_then = len(posts_by('okapi'))
    # As one writes it who read the name before it changed.
    Organisation.objects.filter(pk=one.pk).update(name='Giraffe House')
    posts[0].save()
    Organisation.objects.filter(pk=one.pk).update(name='Okapi Institute')
    at_once, slips = search.go_on(), search.slips()
    later = timezone.now() + timedelta(minutes=2)
    turns_later = [search.go_on(later) for _ in range(having // 2 + 1)]

    assert (sum(turns), max(turns), found_then) == (having, 2, 3)
    assert (at_once, slips != [], sum(turns_later)) == (0, True, having)
    assert (search.slips(), ToWriteAnew.objects.count()) == ([], 0)


def test_an_organisation_saved_with_the_name_it_had_is_followed_by_nobody():
    one = make_organisation('Giraffe House')
    one.description = 'Tall.'
    one.save()

    assert ToWriteAnew.objects.count() == 0
