"""One vocabulary: no twins, whoever makes a tag and wherever; merged ones lead on; none is public before its post."""

import unicodedata
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models.deletion import ProtectedError
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from blog import announcing, post_page, workflow
from blog.models import Post, State
from tests.conftest import fill_in, make_organisation, make_person, make_post, make_submission
from ukis import tags
from ukis.addresses.models import OldAddress
from ukis.refusals import NotNow
from ukis.tags import finding
from ukis.tags.models import Tag, TaggedItem

pytestmark = pytest.mark.django_db

CASES = ['–', '…', '🎉', 'العربية', 'Policy–practice', 'and/or', '日本語', 'ŵ']
EVERYWHERE = ('/blog/', '/blog/tags/', '/blog/feed/', '/blog/feed/rss/', '/blog/feed.json', '/sitemap.xml')


def released(client, submission, **sent):
    """The editor's answer to 'release', with other tags than those the author had in mind."""
    return client.post(
        reverse('admin:desk_move', args=[submission.pk, 'release']),
        {'tags': ['leadership'], 'views': 'own', 'when': 'now', **sent},
    )


def changed(tag: Tag) -> str:
    return reverse('admin:ukis_tag_change', args=[tag.pk])


def deleted(tag: Tag) -> str:
    return reverse('admin:ukis_tag_delete', args=[tag.pk])


# --- Names that bring nothing down --------------------------------------------------------------------


@pytest.mark.parametrize('name', CASES)
def test_a_tag_typed_on_the_desk_brings_no_page_down(name, client, author, editor, signed_in, society):
    submission = make_submission(author, State.READY, editor=editor)

    released(signed_in(editor), submission, more_tags=name)

    client.raise_request_exception = False
    submission.post.refresh_from_db()
    assert sorted(submission.post.tags.names()) == sorted(['leadership', name])
    asked = (*EVERYWHERE, submission.post.get_absolute_url(), Tag.objects.get(name=name).get_absolute_url())
    assert {client.get(path).status_code for path in asked} == {200}


@pytest.mark.parametrize('name', ['Dŵr', *CASES])
def test_a_tag_made_in_the_admin_has_an_address(name, client, administrator, signed_in, society):
    answer = signed_in(administrator).post(
        reverse('admin:ukis_tag_add'), {'name': name, 'slug': '', 'description': ''}
    )

    assert answer.status_code == 302
    assert client.get(Tag.objects.get(name=name).get_absolute_url()).status_code == 200


# --- Twins --------------------------------------------------------------------------------------------

TWINS = [
    ('Coaching', 'coaching'),
    ('Llŷn', unicodedata.normalize('NFD', 'LLŶN')),
    ('Rural health', '  rural \t health'),
    ('Rural health', 'rural\u00a0health'),
    ('Straße', 'STRASSE'),
    ('Children’s services', "children's services"),
    ('Policy–practice', 'policy-practice'),
    ('coaching', 'coach\u00ading'),
    ('coaching', 'co\u200baching\ufeff'),
    ('fidelity', 'ﬁdelity'),
    ('Ελλάδα', 'ΕΛΛΆΔΑ'),
]


@pytest.mark.parametrize(('first', 'second'), TWINS)
def test_names_that_count_as_one_are_one_tag(first, second):
    post = make_post(tags=(first, 'other'))
    other = make_post(tags=(second, 'other'))

    assert sorted(other.tags.names()) == sorted(post.tags.names())
    post.tags.add(second)
    assert post.tags.count() == 2
    post.tags.remove(second)
    assert list(post.tags.names()) == ['other']


@pytest.mark.parametrize(
    ('first', 'second'), [('Ysgol', 'Ysgôl'), ('and/or', 'and or'), ('Wales', 'Whales'), ('🏴󠁧󠁢󠁷󠁬󠁳󠁿', '🏴󠁧󠁢󠁳󠁣󠁴󠁿')]
)
def test_names_that_differ_in_a_sign_are_two(first, second):
    assert len(tags.find_or_make([first, second])) == 2


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.text(st.characters(exclude_categories=['Cs'], exclude_characters='\0,;\n\r'), max_size=100),
    form=st.sampled_from(['NFC', 'NFD']),
    space=st.sampled_from([' ', '\u00a0', ' \t ', '\u2009']),
    case=st.sampled_from([str.casefold, str.title, str.swapcase, str.upper]),
)
@example(name='İ', form='NFD', space=' ', case=str.casefold)
@example(name='ﷺ' * 100, form='NFC', space=' ', case=str.casefold)
@example(name='ᾴ ϓ ẛ̣', form='NFD', space=' ', case=str.upper)
def test_whatever_is_typed_has_no_twin(name, form, space, case):
    names = [name, unicodedata.normalize(form, f'{space}{space.join(name.split())}{space}')]
    composed = unicodedata.normalize('NFC', name)
    if case(composed).casefold() == composed.casefold():
        names.append(case(composed))

    with transaction.atomic():
        made = []
        for one in names:
            try:
                made += tags.find_or_make([one])
            except ValidationError:
                made.append(None)
        assert len(set(made)) == 1
        if made[0]:
            assert (
                made[0].folded == tags.fold(made[0].name) == tags.fold(tags.fold(name))
                or len(made[0].folded) == 64
            )
            assert len(made[0].folded) <= 200
        transaction.set_rollback(True)


def test_the_database_takes_no_twin_and_no_separator():
    Tag.objects.create(name='Coaching')

    with pytest.raises(IntegrityError), transaction.atomic():
        Tag.objects.create(name='COACHING')
    for name in ('a, b', 'a; b'):
        with pytest.raises(ValidationError):
            Tag.objects.create(name=name)
        with pytest.raises(IntegrityError), transaction.atomic():
            Tag.objects.update(name=name)


@pytest.mark.parametrize(('first', 'second'), TWINS)
def test_the_admin_refuses_a_twin_in_words(first, second, administrator, signed_in, society):
    Tag.objects.create(name=first)
    other = Tag.objects.create(name='Something else')
    staff = signed_in(administrator)

    for path in (reverse('admin:ukis_tag_add'), changed(other)):
        answer = fill_in(staff, path, name=second)
        assert f'There is “{tags.checked(first)}” already' in answer.context['errors'][0][0]
    assert Tag.objects.count() == 2


def test_who_is_too_late_in_the_admin_is_told_and_keeps_what_was_typed(
    monkeypatch, administrator, signed_in, society
):
    """The form looked before somebody else added the same."""
    cleaned = Tag.clean
    Tag.objects.create(name='coaching')
    monkeypatch.setattr(Tag, 'clean', lambda tag: monkeypatch.setattr(Tag, 'clean', cleaned))

    answer = signed_in(administrator).post(
        reverse('admin:ukis_tag_add'), {'name': 'Coaching', 'slug': '', 'description': 'Support at work.'}
    )

    assert 'There is “coaching” already' in answer.text
    assert 'Support at work.' in answer.text


def test_who_makes_the_same_tag_at_the_same_moment_gets_the_one_there_is(monkeypatch):
    known = finding.known

    def overtaken(names, **kwargs):
        found = known(names, **kwargs)
        monkeypatch.setattr(finding, 'known', known)
        Tag.objects.create(name='COACHING')
        return found

    monkeypatch.setattr(finding, 'known', overtaken)

    assert [tag.name for tag in tags.find_or_make(['coaching'])] == ['COACHING']


# --- Commas -------------------------------------------------------------------------------------------


def test_a_comma_in_a_name_is_refused_with_a_sentence(administrator, signed_in, society):
    for name in ('Health, social care', 'Health; care'):
        answer = signed_in(administrator).post(
            reverse('admin:ukis_tag_add'), {'name': name, 'slug': '', 'description': ''}
        )
        assert 'stands between tags and cannot be part of one' in answer.text
        with pytest.raises(ValidationError, match='stands between tags'):
            make_post().tags.set([name, 'other'])
    assert not Tag.objects.filter(name__startswith='Health').exists()


def test_imported_names_with_commas_are_parted():
    assert sorted(make_post(tags=('Health, social care', 'other')).tags.names()) == [
        'Health',
        'other',
        'social care',
    ]


def test_a_name_that_is_too_long_or_cannot_be_seen_is_refused_and_never_cut(
    author, editor, signed_in, society
):
    submission = make_submission(author, State.READY, editor=editor)

    assert 'at most 100 characters' in released(signed_in(editor), submission, more_tags='x' * 101).text
    submission.refresh_from_db()
    assert submission.state == State.READY
    with pytest.raises(ValidationError, match='that can be seen'):
        make_post().tags.add('\u200b')


def test_topics_are_parted_by_commas_and_not_by_spaces(administrator, signed_in, society):
    organisation = make_organisation()
    page = reverse('admin:members_organisation_change', args=[organisation.pk])
    staff = signed_in(administrator)

    assert fill_in(staff, page, topics='Rural health, Coaching').status_code == 302
    assert sorted(organisation.topics.names()) == ['Coaching', 'Rural health']
    assert 'value="Coaching, Rural health"' in staff.get(page).text
    fill_in(staff, page, topics='rural HEALTH')
    assert list(organisation.topics.names()) == ['Rural health']


# --- Merged and renamed -------------------------------------------------------------------------------


@pytest.fixture
def merged(society):
    """'Mentoring', which became 'Coaching'."""
    [mentoring, coaching] = tags.find_or_make(['Mentoring', 'Coaching'])
    tags.merge(mentoring, coaching)
    mentoring.refresh_from_db()
    return mentoring


@pytest.mark.usefixtures('merged')
def test_a_merged_name_leads_to_the_tag_that_stands_wherever_it_is_typed(
    author, editor, administrator, signed_in
):
    submission = make_submission(author, words={'tag_words': ['x', 'y']})
    base = submission.current.number
    signed_in(author).post(
        reverse('submission_edit', args=[submission.pk]),
        {'base': base, 'title': 'T', 'tags': 'MENTORING, coaching, x'},
    )
    submission.refresh_from_db()
    assert submission.current.tag_words == ['Coaching', 'x']

    at_desk = make_submission(author, State.READY, editor=editor, words={'tag_words': ['mentoring', 'x']})
    page = signed_in(editor).get(reverse('admin:desk_move', args=[at_desk.pk, 'release'])).text
    assert 'mentoring (now “Coaching”)' in page
    released(signed_in(editor), at_desk, tags=['mentoring', 'x'], more_tags='Mentoring')
    assert sorted(at_desk.post.tags.names()) == ['Coaching', 'x']

    workflow.retag(at_desk.post, by=editor, tags=['mentoring', 'z'])
    assert sorted(at_desk.post.tags.names()) == ['Coaching', 'z']

    person = make_person()
    person.topics.set(['Mentoring'])
    person.topics.add(Tag.objects.get(name='Mentoring'))
    assert list(person.topics.names()) == ['Coaching']
    assert sorted(make_post(tags=('mentoring', 'q')).tags.names()) == ['Coaching', 'q']

    answer = signed_in(administrator).post(
        reverse('admin:ukis_tag_add'), {'name': 'mentoring', 'slug': '', 'description': ''}
    )
    assert '“Mentoring” was merged into “Coaching”' in answer.text


def test_two_words_for_one_tag_are_not_two_tags(author, editor, merged):
    submission = make_submission(
        author, State.READY, editor=editor, words={'tag_words': ['mentoring', 'Coaching']}
    )

    with pytest.raises(NotNow, match='at least two tags'):
        workflow.release(submission, by=editor)
    with pytest.raises(NotNow, match='at least two tags'):
        workflow.retag(
            make_submission(author, 'live', editor=editor).post, by=editor, tags=['mentoring', 'coaching']
        )


def test_search_by_a_merged_or_renamed_tag_leads_to_the_one_that_stands(
    client, merged, administrator, signed_in
):
    make_post('Both', tags=('coaching', 'scaling'))
    scaling = Tag.objects.get(name='scaling')
    fill_in(signed_in(administrator), changed(scaling), name='Scaling up', slug='scaling-up')

    answer = client.get('/blog/?tag=mentoring&tag=scaling&page=1')

    assert (answer.status_code, answer.url) == (301, '/blog/?tag=coaching&tag=scaling-up&page=1')
    assert client.get('/blog/?tag=mentoring&tag=never').url == '/blog/?tag=coaching&tag=never'
    assert 'Both' in client.get('/blog/?tag=mentoring', follow=True).text
    assert client.get('/blog/?tag=never').status_code == 200


def test_the_search_by_tags_in_use_asks_nothing_more(client, society, django_assert_num_queries):
    make_post('One', tags=('coaching', 'equity'))
    client.get('/blog/')

    with django_assert_num_queries(5):
        client.get('/blog/?tag=coaching')


def test_merging_takes_everything_along_in_few_questions(society, django_assert_max_num_queries):
    posts = [
        make_post(tags=('mentoring', 'coaching') if number % 2 else ('mentoring', 'x'))
        for number in range(12)
    ]
    person = make_person()
    person.topics.set(['mentoring'])
    before, into = Tag.objects.get(name='mentoring'), Tag.objects.get(name='coaching')
    earlier = Tag.objects.create(name='Earlier', merged_into=before)

    with django_assert_max_num_queries(49):  # one of them for what the tag was called before
        tags.merge(before, into)

    assert {tuple(sorted(post.tags.names())) for post in posts} == {('coaching',), ('coaching', 'x')}
    assert list(person.topics.names()) == ['coaching']
    earlier.refresh_from_db()
    assert earlier.merged_into == into


def test_a_merged_tag_is_not_merged_again(merged):
    other = Tag.objects.create(name='Other')
    coaching = merged.merged_into

    for tag, into in ((merged, other), (other, merged), (other, other)):
        with pytest.raises(NotNow):
            tags.merge(tag, into)
    assert Tag.objects.get(pk=coaching.pk).merged_into is None


def test_a_tag_merged_while_somebody_waited_for_it_is_not_carried(society, merged, monkeypatch):
    """As on PostgreSQL, where whoever tags waits for who merges and then goes on with what was read before."""
    post = make_post(tags=('x', 'y'))

    with monkeypatch.context() as stale:
        stale.setattr(type(post.tags), '_standing', staticmethod(lambda names, waiting: [merged]))
        post.tags.add('mentoring')

    assert sorted(post.tags.names()) == ['Coaching', 'x', 'y']


# --- Not public before its post -----------------------------------------------------------------------


@pytest.fixture
def scheduled(author, editor, society):
    """To come out tomorrow, with a tag that is in use and one that nobody is to know of."""
    make_post('Before', tags=('leadership', 'evidence'))
    submission = make_submission(author, State.READY, editor=editor)
    return workflow.release(
        submission, by=editor, at=timezone.now() + timedelta(days=1), tags=['leadership', 'Secret plan']
    ).post


SECRET_PATHS = (
    '/blog/tags/secret-plan/',
    *(f'/blog/tags/secret-plan/{feed}' for feed in ('feed/', 'feed/rss/', 'feed.json')),
)


def test_a_scheduled_posts_new_tag_is_not_public_before_it(
    scheduled, client, author, administrator, signed_in
):
    unknown = client.get('/blog/tags/never/')
    for path in SECRET_PATHS:
        assert client.get(path).status_code == 404
    assert client.get(SECRET_PATHS[0]).text.replace('secret-plan', 'never') == unknown.text
    for path in (
        *EVERYWHERE,
        '/blog/tags/leadership/',
        '/blog/tags/leadership/feed/',
        '/',
        '/blog/?tag=leadership',
    ):
        answer = client.get(path)
        assert (answer.status_code, 'ecret' in answer.text) == (200, False), path
    draft = make_submission(author, words={'tag_words': ['secret PLAN', 'x']})
    edit = reverse('submission_edit', args=[draft.pk])
    assert 'Secret plan' not in signed_in(author).get(edit).text
    signed_in(author).post(edit, {'base': draft.current.number, 'title': 'T', 'tags': 'SECRET plan, x'})
    draft.refresh_from_db()
    assert draft.current.tag_words == ['SECRET plan', 'x']
    assert [tag.address for tag in post_page.of_version(draft.current, draft).tags] == ['', '']


def test_the_tag_is_public_with_its_post_and_stays_so(scheduled, client, editor):
    Post.objects.filter(pk=scheduled.pk).update(published_at=timezone.now())

    for path in SECRET_PATHS:
        assert client.get(path).status_code == 200
    assert 'Secret plan' in client.get('/blog/tags/').text

    announcing.announce_due(timezone.now())
    scheduled.refresh_from_db()
    workflow.retag(scheduled, by=editor, tags=['leadership', 'evidence'])
    assert client.get(SECRET_PATHS[0]).status_code == 200


def test_a_tag_that_is_used_in_the_open_waits_no_longer(scheduled, client):
    make_post(tags=('secret plan', 'x'))

    assert client.get(SECRET_PATHS[0]).status_code == 200
    assert not Tag.objects.get(name='Secret plan').waiting


def test_a_tag_that_was_public_stays_so_when_a_post_to_come_carries_it(scheduled, client):
    assert client.get('/blog/tags/leadership/').status_code == 200
    assert not Tag.objects.get(name='leadership').waiting


def test_other_tags_of_a_post_to_come_are_as_secret(scheduled, client, editor):
    workflow.retag(scheduled, by=editor, tags=['leadership', 'Another plan'])

    assert client.get('/blog/tags/another-plan/').status_code == 404


def test_renaming_a_tag_that_waits_leaves_no_trace(scheduled, client, administrator, signed_in):
    tag = Tag.objects.get(name='Secret plan')

    fill_in(signed_in(administrator), changed(tag), name='Other plan', slug='other-plan')

    assert client.get(SECRET_PATHS[0]).status_code == 404
    assert not OldAddress.objects.exists()


# --- Deleting -----------------------------------------------------------------------------------------


def test_a_tag_in_use_is_merged_instead_of_deleted(client, administrator, signed_in, society):
    post = make_post('One', tags=('mentoring', 'x'))
    mentoring, coaching = tags.find_or_make(['mentoring', 'coaching'])
    staff = signed_in(administrator)

    page = staff.get(deleted(mentoring))
    assert (
        page.status_code,
        'Merge it into' in page.text,
        '1 post, person or organisation carries “mentoring”' in page.text,
    ) == (200, True, True)
    assert staff.post(deleted(mentoring), {'post': 'yes'}).status_code == 422
    assert 'Nothing here is called “Coach”' in staff.post(deleted(mentoring), {'into-typed': 'Coach'}).text
    assert staff.post(deleted(mentoring), {'into-typed': 'MENTORING'}).status_code == 422
    assert Tag.objects.filter(pk=mentoring.pk).exists()
    assert staff.post(deleted(mentoring), {'into': coaching.pk}).status_code == 302

    assert sorted(post.tags.names()) == ['coaching', 'x']
    assert client.get('/blog/tags/mentoring/').url == '/blog/tags/coaching/'
    # Without scripts the name is typed, and a merged one leads on.
    [other] = tags.find_or_make(['Other'])
    make_person().topics.add(other)
    assert staff.post(deleted(other), {'into-typed': 'Mentoring'}).status_code == 302
    other.refresh_from_db()
    assert other.merged_into == coaching


def test_several_tags_are_deleted_at_once_only_where_none_is_needed(administrator, signed_in, merged):
    make_post(tags=('used', 'too'))
    Tag.objects.create(name='Unused')
    staff = signed_in(administrator)
    listed = reverse('admin:ukis_tag_changelist')

    def ask(names, **more):
        pks = list(Tag.objects.filter(name__in=names).values_list('pk', flat=True))
        return staff.post(listed, {'action': 'delete_selected', '_selected_action': pks, **more})

    page = ask(['used', 'Unused', 'Mentoring', 'Coaching']).text
    assert 'carries “used”' in page
    assert '“Mentoring” was merged into “Coaching”' in page
    assert 'Into “Coaching” were merged: “Mentoring”' in page
    ask(['used', 'Unused', 'Mentoring'], post='yes')
    assert Tag.objects.filter(name__in=['used', 'Unused', 'Mentoring']).count() == 3

    ask(['Unused'], post='yes')
    assert not Tag.objects.filter(name='Unused').exists()


def test_a_tag_that_nothing_needs_is_deleted_and_its_former_address_is_free(
    administrator, signed_in, society
):
    tag = Tag.objects.create(name='Coaching')
    staff = signed_in(administrator)
    fill_in(staff, changed(tag), slug='coaches')

    assert staff.post(deleted(tag), {'post': 'yes'}).status_code == 302

    assert not OldAddress.objects.exists()
    assert Tag.objects.create(name='Coaching').slug == 'coaching'


def test_a_merged_tag_says_why_it_stays(administrator, signed_in, merged):
    page = signed_in(administrator).get(deleted(merged))

    assert 'its name and its address lead there' in page.text
    assert '<button class="button" type="submit"' not in page.text
    assert signed_in(administrator).post(deleted(merged), {'post': 'yes'}).status_code == 200
    assert Tag.objects.filter(pk=merged.pk).exists()


def test_a_tag_taken_into_use_just_now_is_not_deleted(society):
    tag = Tag.objects.create(name='Coaching')
    make_post(tags=('coaching', 'x'))

    with pytest.raises(NotNow, match='in use'):
        tags.delete(tag)
    with pytest.raises(ProtectedError):
        tag.delete()
    assert TaggedItem.objects.filter(tag=tag).count() == 1
