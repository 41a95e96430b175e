"""What an address is: one rule for posts, tags, people, organisations and pages, whatever the name is."""

import re
import unicodedata
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from blog import workflow
from blog.models import Post, State
from members.models import Organisation, Person
from tests.conftest import (
    fill_in,
    make_membership,
    make_organisation,
    make_person,
    make_post,
    make_submission,
)
from ukis import addresses, tags
from ukis.addresses import giving
from ukis.addresses.models import OldAddress
from ukis.refusals import NotNow
from ukis.society.models import Page
from ukis.tags.models import Tag

SHAPE = re.compile('[a-z0-9]+(?:-[a-z0-9]+)*')
# No database holds NUL or half of a surrogate pair; a request that carries them is refused at the door.
TYPED = st.text(st.characters(exclude_categories=['Cs'], exclude_characters='\0'), min_size=1, max_size=100)
IN_ONE_TEST = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize(
    ('typed', 'address'),
    [
        ('Scotland’s 2019–2020 plan—what next?', 'scotlands-2019-2020-plan-what-next'),
        ('Policy/practice: and/or', 'policy-practice-and-or'),
        ('Wait…what?', 'wait-what'),
        ('Wait...what?', 'wait-what'),
        ('Policy–practice', 'policy-practice'),
        ('and/or', 'and-or'),
        ('Llŷn a’r môr', 'llyn-ar-mor'),
        (unicodedata.normalize('NFD', 'Llŷn a’r môr'), 'llyn-ar-mor'),
        ("Children's services", 'childrens-services'),
        ('Fàilte, a h-uile duine', 'failte-a-h-uile-duine'),
        ('Łódź, Øresund, Straße, cœur', 'lodz-oresund-strasse-coeur'),
        ('Ελλάδα', 'ellada'),
        ('U.K. and N.H.S. reform', 'uk-and-nhs-reform'),
        ('Version 2.0', 'version-2-0'),
        ('  spaces\tand\u00a0more  ', 'spaces-and-more'),
        ('snake_case & more', 'snake-case-more'),
        ('UPPER', 'upper'),
        ('co\u200bach\u00ading', 'coaching'),
    ],
)
def test_a_title_is_spelt_as_an_address(typed, address):
    assert addresses.spell(typed) == address


@pytest.mark.parametrize('typed', ['العربية', '日本語', '한국어', 'русский', '🎉', 'ελληνικά'])
def test_other_scripts_are_written_with_our_letters(typed):
    assert SHAPE.fullmatch(addresses.spell(typed))


@given(text=TYPED)
@example(text='–')
@example(text='…')
@example(text='ŵ')
@example(text='ﷺ' * 100)
def test_whatever_is_typed_spells_an_address_or_nothing(text):
    spelt = addresses.spell(text)

    assert spelt == '' or SHAPE.fullmatch(spelt)
    assert addresses.spell(spelt) == spelt
    assert addresses.spell(unicodedata.normalize('NFD', text)) == addresses.spell(
        unicodedata.normalize('NFC', text)
    )


@pytest.mark.django_db
@IN_ONE_TEST
@given(text=TYPED.filter(lambda text: tags.fold(text) and not re.search('[,;\n\r]', text)))
@example(text='–')
@example(text='…')
@example(text='🎉')
@example(text='العربية')
@example(text='日本語')
@example(text='ŵ')
@example(text='tags')
@example(text='W' * 100)
def test_every_name_and_title_has_an_address_that_answers(client, society, text):
    with transaction.atomic():
        person = make_person(f'{text}')
        organisation = make_organisation(text)
        post = make_post(text, people=(person,), organisation=organisation, tags=('plain', 'second'))
        post.tags.add(text)
        page = Page(title=text, body='<p>Words.</p>', published=True)
        page.save()
        rows = [post, *post.tags.all(), organisation, person, page]

        for row in rows:
            path = row.get_absolute_url()
            answer = client.get(path)
            assert answer.status_code == 200, path
            assert SHAPE.fullmatch(path.rstrip('/').rpartition('/')[2]), path
            assert path.isascii()
        for path in (reverse('author', args=[person.slug]), '/blog/', '/blog/tags/', '/sitemap.xml', *FEEDS):
            assert client.get(path).status_code == 200, path
        for tag in post.tags.all():
            for feed in ('tag_feed', 'tag_feed_rss', 'tag_feed_json'):
                assert client.get(reverse(feed, args=[tag.slug])).status_code == 200
        transaction.set_rollback(True)


FEEDS = ('/blog/feed/', '/blog/feed/rss/', '/blog/feed.json')


@pytest.mark.django_db
def test_a_name_without_letters_takes_the_word_for_its_kind():
    tags = [Tag.objects.create(name=name) for name in ('–', '…', '?!')]
    people = [make_person('…'), make_person('?')]

    assert [tag.slug for tag in tags] == ['tag', 'tag-2', 'tag-3']
    assert [person.slug for person in people] == ['person', 'person-2']


@pytest.mark.django_db
def test_two_of_one_name_are_numbered_in_few_questions(django_assert_max_num_queries):
    # Those of the first of its name: that it is found, most of them.
    with CaptureQueriesContext(connection) as first:
        make_organisation('Institute of Care')
    for _ in range(29):
        make_organisation('Institute of Care')

    with django_assert_max_num_queries(len(first) + 3):
        last = make_organisation('Institute of Care')

    assert last.slug == 'institute-of-care-31'


@pytest.mark.django_db
def test_a_very_long_title_ends_with_a_whole_word():
    post = make_post(
        'Why the second year of every change matters more than all that ever came before it, really'
    )

    assert post.slug == 'why-the-second-year-of-every-change-matters-more-than-all-that-ever-came-before'


ILL_FORMED = [
    '',
    'ŵ',
    'Upper',
    'under_score',
    '-edge',
    'edge-',
    'two--hyphens',
    'dot.ted',
    'sla/sh',
    'a b',
    'a\n',
]
ADDRESSED = [Post, Tag, Person, Organisation, Page]


def name_of_field(model) -> str:
    return 'address' if model is Page else 'slug'


def one_of_each() -> None:
    make_post(people=(make_person(),), organisation=make_organisation())
    Page.objects.create(title='Privacy', body='<p>Little.</p>', published=True)


@pytest.mark.django_db
@pytest.mark.parametrize('model', ADDRESSED)
def test_the_database_takes_no_other(society, model):
    one_of_each()
    row = model.objects.first()
    taken = []

    for slug in ILL_FORMED:
        try:
            with transaction.atomic():
                model.objects.filter(pk=row.pk).update(**{name_of_field(model): slug})
                taken.append(slug)
        except IntegrityError:
            pass

    assert taken == []


@pytest.mark.django_db
@IN_ONE_TEST
@given(slug=st.text('az09-_Zé. \n', max_size=6))
def test_the_database_and_the_pattern_are_of_one_mind(slug):
    tag = Tag.objects.create(name='Coaching')
    try:
        with transaction.atomic():
            Tag.objects.filter(pk=tag.pk).update(slug=slug)
        kept = True
    except IntegrityError:
        kept = False
    tag.delete()

    assert kept == bool(SHAPE.fullmatch(slug))


def admin_page(row) -> str:
    return reverse(f'admin:{row._meta.label_lower.replace(".", "_")}_change', args=[row.pk])


def readdressed(row, slug: str, staff: Client, editor: Client):
    """What the page answers where somebody types this address for a row."""
    if isinstance(row, Post):
        page = reverse('admin:desk_print', args=[row.submission_id])
        sent = {'address-slug': slug, 'tags-tags': list(row.tags.names()), 'details-views': 'own'}
        if not sent['tags-tags']:
            sent['tags-more_tags'] = 'leadership, scaling'
        return editor.post(page, sent)
    return fill_in(staff, admin_page(row), **{name_of_field(type(row)): slug})


@pytest.fixture
def rows(society, editor):
    """One of each kind, on the site, with the address 'first'."""
    person = make_person('First')
    make_membership(person)
    organisation = make_organisation('First')
    make_membership(organisation)
    submission = make_submission(person, 'live', editor=editor, words={'title': 'First'})
    return {
        'post': submission.post,
        'tag': Tag.objects.create(name='First'),
        'page': Page.objects.create(title='First', body='<p>Words.</p>', published=True),
        'organisation': organisation,
        'person': person,
    }


KINDS = ['post', 'tag', 'page', 'organisation', 'person']


@pytest.mark.parametrize('kind', KINDS)
def test_an_address_typed_by_hand_is_refused_with_a_sentence(kind, rows, administrator, editor, signed_in):
    staff, desk = signed_in(administrator), signed_in(editor)

    said = [
        'small letters, digits and single hyphens' in readdressed(rows[kind], slug, staff, desk).text
        for slug in ('ŵ', 'under_score', 'two--hyphens', 'dot.ted', 'a b')
    ]

    assert said == [True] * 5


@pytest.mark.parametrize('kind', KINDS)
def test_a_former_address_leads_to_todays_and_may_be_taken_back(
    kind, rows, client, administrator, editor, signed_in
):
    staff, desk = signed_in(administrator), signed_in(editor)
    row = rows[kind]
    first = row.get_absolute_url()

    for slug in ('second', 'third'):
        assert readdressed(row, slug, staff, desk).status_code == 302
    row.refresh_from_db()
    third = row.get_absolute_url()
    assert third == first.replace('first', 'third')
    assert [client.get(first.replace('first', slug)).url for slug in ('first', 'second')] == [third, third]

    assert readdressed(row, 'first', staff, desk).status_code == 302
    row.refresh_from_db()
    assert row.get_absolute_url() == first
    assert client.get(first).status_code == 200
    assert [client.get(first.replace('first', slug)).url for slug in ('second', 'third')] == [first, first]
    assert not OldAddress.objects.filter(path=first).exists()


@pytest.mark.parametrize('kind', KINDS)
def test_what_once_was_anothers_is_refused_and_never_proposed(kind, rows, administrator, editor, signed_in):
    staff, desk = signed_in(administrator), signed_in(editor)
    row = rows[kind]
    readdressed(row, 'second', staff, desk)
    match row:
        case Post():
            other = make_submission(rows['person'], 'live', editor=editor, words={'title': 'First'}).post
        case Page():
            other = Page.objects.create(title='First', body='<p>Words.</p>', published=True)
        case Tag():
            Tag.objects.filter(pk=row.pk).update(name='Other', folded='other')
            other = Tag.objects.create(name='First')
        case Organisation():
            other = make_organisation('First')
        case Person():
            other = make_person('First')

    field = name_of_field(type(row))
    assert getattr(other, field) == 'first-2'
    for slug in ('first', 'second'):
        answer = readdressed(other, slug, staff, desk)
        assert answer.status_code in (200, 409)
        assert 'Choose another' in answer.text
    assert Client().get(row.get_absolute_url().replace('second', 'first')).status_code in (200, 301)


@pytest.mark.django_db
@pytest.mark.parametrize('title', ['Tags', 'Feed', 'Archive', 'Contribute'])
def test_the_sites_own_words_are_never_given(title, society):
    assert make_post(title).slug == f'{title.lower()}-2'


@pytest.mark.django_db
def test_a_row_validated_by_itself_is_refused_in_words_and_not_with_an_error(society):
    for slug in ('ŵ', '', 'a b'):
        with pytest.raises(ValidationError):
            Tag(name='Coaching', slug=slug or 'ŵ').full_clean(exclude=['folded'])


@pytest.mark.django_db
def test_who_takes_the_same_address_at_the_same_moment_gets_the_next(monkeypatch):
    """Between our look and our write somebody else writes."""
    proposed = giving.propose
    quicker = iter(['first', 'second'])

    def overtaken(row, text):
        slug = proposed(row, text)
        if name := next(quicker, None):
            Organisation.objects.create(name=name, slug=slug)
        return slug

    monkeypatch.setattr(giving, 'propose', overtaken)

    assert make_organisation('Institute of Care').slug == 'institute-of-care-3'


@pytest.mark.django_db
def test_any_other_refusal_of_the_database_is_not_taken_for_a_taken_address():
    make_person('Ann Lee', email='ann@people.example')

    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create_user('ann@people.example', name='Somebody Else')


def test_an_editor_who_is_too_late_for_an_address_is_told(monkeypatch, rows, editor):
    monkeypatch.setattr(giving, 'is_free', lambda row, slug: True)
    other = make_post('Other')

    with pytest.raises(NotNow, match='was taken just now'):
        workflow.readdress(rows['post'], by=editor, slug=other.slug)

    assert Post.objects.get(pk=rows['post'].pk).slug == 'first'


def test_an_imported_address_is_kept_whole_and_one_that_is_none_is_respelt(society):
    long = 'a-' * 48 + 'z'

    assert make_post('Title', slug='2019-a-title').slug == '2019-a-title'
    assert make_post('Title', slug=long).slug == long
    assert make_post('Title', slug='Ein_Titel%20').slug == 'ein-titel-20'
    assert make_post('Title', slug='tags').slug == 'tags-2'


# --- Former addresses ---------------------------------------------------------------------------------


def test_a_former_address_does_not_tell_of_what_is_hidden(rows, client, administrator, editor, signed_in):
    staff, desk = signed_in(administrator), signed_in(editor)
    for kind in ('person', 'page', 'post'):
        readdressed(rows[kind], 'second', staff, desk)
    Person.objects.filter(pk=rows['person'].pk).update(page_for='nobody')
    Page.objects.update(published=False)
    Post.objects.update(published_at=timezone.now() + timedelta(days=1))

    for path in ('/people/first/', '/about/first/', '/blog/first/', '/blog/authors/first/'):
        answer = client.get(path)
        assert (answer.status_code, '/second/' in answer.text) == (404, False), path


def test_a_post_taken_down_says_so_at_its_former_address_too(rows, client, chief, editor):
    workflow.readdress(rows['post'], by=editor, slug='second')
    workflow.take_down(rows['post'].submission, by=chief, reason='A slip.')

    answer = client.get('/blog/first/', follow=True)

    assert (answer.status_code, 'A slip.' in answer.text) == (410, True)


def test_the_address_of_a_post_not_out_is_forgotten_when_it_changes(author, editor, society):
    post = make_submission(author, State.READY, editor=editor).post

    workflow.readdress(post, by=editor, slug='second')

    assert not OldAddress.objects.exists()


def test_staff_read_where_former_addresses_lead_and_change_nothing(
    rows, administrator, editor, signed_in, django_assert_max_num_queries
):
    staff = signed_in(administrator)
    for kind in KINDS:
        readdressed(rows[kind], 'second', staff, signed_in(editor))
    listed = reverse('admin:ukis_oldaddress_changelist')

    with django_assert_max_num_queries(16):
        page = staff.get(listed).text

    for path, now in OldAddress.objects.values_list('path', 'view'):
        assert path in page
        assert f'href="{path.replace("first", "second")}"' in page, now
    old = OldAddress.objects.first()
    assert staff.get(reverse('admin:ukis_oldaddress_change', args=[old.pk])).status_code == 200
    assert 'name="_save"' not in staff.get(reverse('admin:ukis_oldaddress_change', args=[old.pk])).text
    for name, args in (('add', []), ('change', [old.pk]), ('delete', [old.pk])):
        assert (
            staff.post(reverse(f'admin:ukis_oldaddress_{name}', args=args), {'post': 'yes'}).status_code
            == 403
        )
    assert staff.get(f'{listed}?q=first').status_code == 200
