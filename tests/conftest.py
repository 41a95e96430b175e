"""The cast. Factories without surprises: what a test does not name it does not get."""

import gc
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.conf import settings as site_settings
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.forms import FileField
from django.http import HttpResponse
from django.template import Context
from django.test import Client
from django.utils import timezone

from blog import workflow
from blog.models import Authorship, Post, PrintedName, State, Submission, Words
from blog.shelves import shelving
from blog.told import FIELDS, forget
from members import applying, joining
from members.models import Affiliation, Application, Category, Membership, Organisation, Person, Seat, Term
from members.money import renewing
from members.places import seats
from members.roles import ADMINISTRATOR, COMMISSIONING_EDITOR, EDITOR, SECRETARY
from tests.lines import line_to  # noqa: F401  # a fixture
from tests.processes import database_url, site  # noqa: F401  # fixtures
from ukis import days, letters, search
from ukis.letters import pausing
from ukis.letters.models import Letter, without_places
from ukis.letters.texts import filling, house
from ukis.site import warnings
from ukis.society.models import Society

PASSWORD = 'a long enough password'  # noqa: S105


def pytest_configure(config):
    """Each of xdist's processes has a Redis of its own: they clear it before every test. On SQLite each has a file
    of its own, as the site has, so that every thread of the live server has its connection: one in memory would
    be shared by them all."""
    database = site_settings.DATABASES['default']
    if database['ENGINE'].endswith('sqlite3'):
        folder = tempfile.mkdtemp(prefix='ukis-tests-')
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
        database.setdefault('TEST', {})['NAME'] = f'{folder}/test.sqlite3'
        database['OPTIONS']['init_command'] += ';PRAGMA synchronous=OFF'  # it need not survive a power cut
    cache_settings = site_settings.CACHES['default']
    worker = os.environ.get('PYTEST_XDIST_WORKER', 'gw0').removeprefix('gw')
    if cache_settings.get('LOCATION', '').startswith('redis'):
        server, _, given = cache_settings['LOCATION'].rpartition('/')
        cache_settings['LOCATION'] = f'{server}/{int(given) + int(worker)}'
        os.environ['CACHE_URL'] = cache_settings['LOCATION']  # for the processes that tests start


# Of tests alike in whether they commit, these come first: at the end no process is left alone with a long one, nor takes
# over half of a file for which the other has made a large society.
LONG = {
    *('tests/ukis/test_costs.py', 'tests/ukis/test_staff_costs.py'),
    *('tests/browser/test_pages.py', 'tests/browser/test_membership.py'),
    *('tests/test_bench.py', 'tests/test_serve.py'),
}
# These begin the second half, which the second of two processes is given: one alone with all that is long would be at it
# when the other has done all the rest.
LONG_TOO = {'tests/test_every_field.py', 'tests/test_addresses.py'}


def pytest_collection_modifyitems(items):
    """A browser shows the same whatever database is behind it: looking at every page once is enough."""
    items.sort(key=lambda item: (_commits(item), _file_of(item) not in LONG))
    half, too = len(items) // 2, [item for item in items if _file_of(item) in LONG_TOO]
    others = [item for item in items if _file_of(item) not in LONG_TOO]
    items[:] = others[:half] + too + others[half:]
    if connection.vendor != 'sqlite':
        for item in items:
            if item.get_closest_marker('looks'):
                item.add_marker(pytest.mark.skip(reason='looked at on SQLite'))


def pytest_collection_finish(session):
    """What was loaded until now stays to the end: nothing is gained by looking through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _file_of(item) -> str:
    return item.nodeid.partition('::')[0]


def _commits(item) -> bool:
    """As pytest-django tells them apart: what migrations wrote is gone after the first of these."""
    marker = item.get_closest_marker('django_db')
    asked = {'transactional_db', 'live_server'} & set(item.fixturenames)
    return bool(asked or (marker and marker.kwargs.get('transaction')))


@pytest.fixture(autouse=True)
def _quick_and_quiet(settings, tmp_path):
    """A quick hasher, plain static files, a mailbox in memory, media of the test's own, no counters left over."""
    settings.PASSWORD_HASHERS = ['django.contrib.auth.hashers.MD5PasswordHasher']
    settings.STORAGES = {
        'default': {'BACKEND': 'django.core.files.storage.FileSystemStorage'},
        'staticfiles': {'BACKEND': 'django.contrib.staticfiles.storage.StaticFilesStorage'},
    }
    settings.MEDIA_ROOT = tmp_path / 'media'
    cache.clear()


@pytest.fixture(autouse=True)
def _no_warnings(monkeypatch):
    """What is asked for once in some seconds would be a query of one test and none of the next."""
    monkeypatch.setattr(warnings.standing_warnings, 'ask', list)
    monkeypatch.setattr(pausing.known, 'ask', lambda: None)
    for asked in (warnings.standing_warnings, pausing.known):
        asked.forget()


@pytest.fixture(autouse=True)
def _every_letter_reads_as_its_template(monkeypatch):
    """Of each letter that any test has written: its flat text says exactly what its template says."""
    values_of = house.House.values

    def compared(self, given):
        values = values_of(self, given)
        *subject, words = [one.render(Context(dict(given))) for one in self.templates]
        if not subject:
            first, _, words = words.strip().partition('\n')
            subject = [first]
        says = ' '.join(subject[0].split()), re.sub(r'\n{3,}', '\n\n', words.strip()) + '\n'
        filled = filling.fill(self, filling.of_house(self), values)
        # Of what is typed nothing is the place of a link or a note, though it looks like one.
        assert [without_places(one) for one in filled] == [without_places(one) for one in says]
        return values

    monkeypatch.setattr(house.House, 'values', compared)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Whatever a test did to posts, tags and bylines, the lists count them right: no verb can forget it. Nor does
    anybody stand without a family name, by whatever way they came."""
    result = yield
    asked = item.get_closest_marker('django_db') or {'db', 'transactional_db'} & set(item.fixturenames)
    if asked and not connection.needs_rollback:
        assert shelving.slips() == []
        assert not Person.objects.filter(family_name='').exclude(name='').exists(), 'a name without its parts'
    return result


@pytest.fixture
def society(db) -> Society:
    return Society.objects.create(
        pk=1,
        mission='We bring people together.',
        contributions_address='blogs@society.example',
        office_address='office@society.example',
    )


_count = iter(range(1, 1_000_000))


def make_person(
    name: str = '', *, group: str = '', email: str | None = '', second_factor: bool = True, **fields
) -> Person:
    """Somebody with a public page, an address and the tests' password; in one of the staff's groups, and then with
    a second factor, if asked."""
    number = next(_count)
    name = name or f'Person Number{number}'
    if email == '':
        email = f'person{number}@people.example'
    person = Person.objects.create_user(
        email,
        PASSWORD if email else None,
        name=name,
        is_staff=bool(group),
        **{'page_for': 'public', **fields},
    )
    if email:
        person.emailaddress_set.create(email=email, verified=True, primary=True)
    if group:
        person.groups.add(Group.objects.get(name=group))
        if second_factor:
            give_second_factor(person)
    return person


def make_organisation(name: str = '', **fields) -> Organisation:
    number = next(_count)
    return Organisation.objects.create(name=name or f'Institute {number}', **fields)


def make_membership(
    holder: Person | Organisation,
    *,
    status: str = 'active',
    joined_on: date = date(2020, 1, 1),
    number: int | None = None,
) -> Membership:
    """A membership of today's status, made by the one term that gives it ('active', 'due', 'grace', 'lapsed', …)."""
    of_person = isinstance(holder, Person)
    category, _ = Category.objects.get_or_create(
        name='Individual' if of_person else 'Organisation', holders='people' if of_person else 'organisations'
    )
    membership = joining.admit(holder, by=None, category=category, joined_on=joined_on, number=number)
    today = days.today()
    span = {
        'active': (-100, 264),
        'due': (-335, 30),
        'grace': (-395, -30),
        'lapsed': (-565, -200),
        'former': (-1565, -1200),
        'starting': (10, 374),
    }.get(status)
    if span:
        start, end = (today + timedelta(days=offset) for offset in span)
        renewing.add_term(membership, by=None, start=start, end=end, payment=Term.Payment.PAID)
    return membership


def make_seat(person: Person, organisation: Organisation, job_title: str = 'Researcher') -> Seat:
    membership = organisation.memberships.first() or make_membership(organisation)
    Affiliation.objects.get_or_create(
        person=person, organisation=organisation, defaults={'job_title': job_title, 'main': True}
    )
    return seats.give(membership, by=None, person=person, since=date(2020, 1, 1))


APPLIED = {
    'name': 'Ann Applicant',
    'job_title': 'Head of Practice',
    'organisation_name': 'Board of Quiet Practice',
    'organisation_kind': 'health',
    'nations': ['wales'],
    'website': 'https://www.quiet.example',
    'address': '1 Quiet Street\nCardiff\nCF10 1AA',
}


def make_category(name: str = 'Organisation', *, questions: bool = False, **fields) -> Category:
    """One for organisations that is open; with one question of each kind, if asked."""
    given = {'holders': 'organisations', 'fee': 450, 'seats': 3, **fields}
    category, _ = Category.objects.get_or_create(name=name, defaults=given)
    if questions:
        category.questions.create(text='Why do you join?', kind='text', position=1)
        category.questions.create(text='Which size?', kind='choice', choices='small\nlarge', position=2)
        category.questions.create(text='How many people?', kind='number', required=False, position=3)
        category.questions.create(text='Your plan', kind='file', required=False, position=4)
    return category


def make_draft(
    person: Person | None, *, category: Category | None = None, complete: bool = False, **fields
) -> Application:
    """A draft of somebody signed in, or of a stranger, with a file as its one answer."""
    category = category or make_category('Applied for')
    question, _ = category.questions.get_or_create(
        text='Your plan', kind='file', defaults={'required': False}
    )
    upload = applying.SentFile('plan.pdf', b'%PDF-1.7 a plan', 'application/pdf')
    email = fields.pop('email', 'ann@quiet.example')
    said = applying.Said(
        facts={**APPLIED, **fields}, answers={question.pk: upload}, agreed=True, complete=complete
    )
    email = person.email if person and person.email else email
    return applying.begin(category, email=email, by=person, said=said)


def make_application(
    person: Person | None = None, state: str = 'submitted', *, by: Person | None = None, **fields
) -> Application:
    """One brought into a state by the moves that lead there; `by` makes those of staff."""
    person = person or make_person('Ann Applicant')
    row = make_draft(person, complete=True, **fields)
    if state == 'draft':
        return row
    if state == 'referred':
        row.organisation = make_organisation('Referred to')
        make_membership(row.organisation)
        row.save(update_fields=['organisation'])
        return applying.ask_seat(row, by=person)
    applying.submit(row, by=person)
    if state == 'withdrawn':
        return applying.withdraw(row, by=person)
    moves = {'asked': 'ask', 'declined': 'decline'}
    if state in moves:
        return getattr(applying, moves[state])(row, by=by, note='Because.')
    return applying.approve(row, by=by) if state == 'approved' else row


@pytest.fixture
def organisation(db) -> Organisation:
    return make_organisation('Institute for Careful Change', short_name='ICC')


@pytest.fixture
def author(organisation) -> Person:
    """Writes; may submit through the organisation's seat."""
    person = make_person('Ada Author', biography='Ada Author studies careful change.')
    make_seat(person, organisation, 'Professor of Practice')
    return person


@pytest.fixture
def coauthor(db) -> Person:
    return make_person('Col Coauthor')


@pytest.fixture
def stranger(db) -> Person:
    """Signed in, and nothing to do with anything."""
    return make_person('Sam Stranger')


@pytest.fixture
def chief(db) -> Person:
    return make_person('Cora Chief', group=COMMISSIONING_EDITOR)


@pytest.fixture
def editor(db) -> Person:
    return make_person('Ed Editor', group=EDITOR)


@pytest.fixture
def other_editor(db) -> Person:
    return make_person('Olga Othereditor', group=EDITOR)


@pytest.fixture
def secretary(db) -> Person:
    return make_person('Sue Secretary', group=SECRETARY)


@pytest.fixture
def administrator(db) -> Person:
    return make_person('Amir Administrator', group=ADMINISTRATOR)


WORDS = {
    'title': 'Careful change takes time',
    'standfirst': 'Why the second year matters more than the first.',
    'body': '<p>The first year is for learning.</p><p>The second year is for doing.</p>',
    'tag_words': ['leadership', 'scaling'],
}
PITCH = ' '.join(['Why a second year matters, told by those who stayed.'] * 6)

DECLARED = {
    'rights': ('I hold the rights.', 'yes'),
    'interests': ('I declare my interests.', 'none'),
    'views': ('Whose views these are.', 'own'),
}


def make_submission(
    author: Person,
    state: str = State.DRAFTING,
    *,
    editor: Person | None = None,
    words: dict | None = None,
    coauthors: tuple = (),
    at=None,
    told: bool = True,
) -> Submission:
    """A submission brought into a state by the moves that lead there; `editor` makes them where one is needed.

    'scheduled' and 'live' are the two kinds of released, 'promised' is a pitch that was taken up and is being written; a coauthor is a Person, or a (name, email) pair. The letters
    wait; its author knows how it stands all the same, unless `told` is False.
    """
    with search.gathered():
        submission = _moved(author, state, editor, words, coauthors, at)
    return has_been_told(submission) if told else submission


def has_been_told(submission: Submission) -> Submission:
    """As if a letter of the last decision had left; all letters wait as they were."""
    forget(submission)
    submission.save(update_fields=FIELDS)
    return submission


def _moved(
    author: Person, state: str, editor: Person | None, words: dict | None, coauthors: tuple, at
) -> Submission:
    if state in (State.PITCH, 'promised'):
        return _pitched(author, state, editor, words, coauthors)
    submission = workflow.start(by=author, working_title='Careful change')
    workflow.save_words(submission, by=author, base=1, words=Words(**{**WORDS, **(words or {})}))
    if coauthors:
        names = [
            {'person': one, 'name': one.printed_name}
            if isinstance(one, Person)
            else {'name': one[0], 'email': one[1]}
            for one in coauthors
        ]
        workflow.change_byline(submission, by=author, names=[{'pk': submission.authorships.get().pk}, *names])
        submission.authorships.update(agreed_at=timezone.now())
    if state == State.DRAFTING:
        return submission
    if state == State.WITHDRAWN:
        return workflow.withdraw(submission, by=author, reason='Not ready.')
    workflow.submit(submission, by=author, version=submission.current.number, declarations=DECLARED)
    if state == State.SUBMITTED:
        return submission
    assert editor is not None, f'a submission in {state} needs an editor'
    workflow.take(submission, by=editor)
    if state == State.IN_REVIEW:
        return submission
    if state == State.DECLINED:
        return workflow.decline(submission, by=editor, note='It does not fit.')
    if state == State.CHANGES_REQUESTED:
        return workflow.request_changes(submission, by=editor, note='Shorter, please.')
    workflow.accept(submission, by=editor)
    if state == State.EDITING:
        return submission
    workflow.send_for_approval(submission, by=editor)
    if state == State.AUTHOR_APPROVAL:
        return submission
    workflow.approve(submission, by=author, fingerprint=submission.current.hash)
    if state == State.READY:
        return submission
    tomorrow = timezone.now() + timedelta(days=1)
    return workflow.release(submission, by=editor, at=tomorrow if state == 'scheduled' else at)


def _pitched(
    author: Person, state: str, editor: Person | None, words: dict | None, coauthors: tuple
) -> Submission:
    submission = workflow.pitch(by=author, title='Careful change', note=PITCH)
    for order, one in enumerate(coauthors, 1):
        Authorship.objects.create(
            submission=submission, person=one, name=one.printed_name, order=order, agreed_at=timezone.now()
        )
    if state == State.PITCH:
        return submission
    assert editor is not None, 'what is promised has an editor'
    workflow.take_up(submission, by=editor)
    workflow.save_words(submission, by=author, base=1, words=Words(**{**WORDS, **(words or {})}))
    return submission


def make_post(
    title: str = 'A post',
    *,
    people: tuple[Person, ...] = (),
    organisation: Organisation | None = None,
    tags: tuple[str, ...] = ('leadership', 'scaling'),
    published_at=None,
    body: str = '<p>Some words.</p>',
    **fields,
) -> Post:
    """A post in print by the import's door, published yesterday unless the test says otherwise."""
    people = people or (make_person('Pat Poster', email=None),)
    submission = workflow.import_submission(
        by=None,
        source=f'test:{next(_count)}',
        words=Words(
            title=title,
            standfirst=f'What {title.lower()} is about.',
            body=body,
            tag_words=list(tags),
        ),
        names=[
            PrintedName(
                person=person.pk,
                name=person.printed_name,
                organisation=organisation.pk if organisation else None,
                affiliation=organisation.name if organisation else '',
                role='Researcher' if organisation else '',
                biography=person.biography,
            )
            for person in people
        ],
        published_at=published_at or timezone.now() - timedelta(days=1),
        tags=tags,
        **fields,
    )
    return submission.post


@pytest.fixture
def signed_in() -> Callable[[Person], Client]:
    """A client signed in as somebody."""

    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in


def give_second_factor(person: Person, secret: str = 'JBSWY3DPEHPK3PXP') -> None:  # noqa: S107
    from ukis.demonstration.staging import add_authenticator

    add_authenticator(person, secret)


def form_of(page) -> dict[str, str]:
    """Every field of a page's form as the page holds it: what it began from, and an admin's inlines."""
    if 'adminform' in page.context:
        form, formsets = page.context['adminform'].form, page.context['inline_admin_formsets']
    else:
        form, formsets = page.context['form'], []
    fields = [
        field
        for one in [form, *(f for i in formsets for f in [i.formset.management_form, *i.formset.forms])]
        for field in one
        if not isinstance(field.field, FileField)
    ]
    values = {field.html_name: field.value() for field in fields}
    return {name: '' if value is None else value for name, value in values.items() if value is not False}


def fill_in(client: Client, address: str, /, **typed) -> HttpResponse:
    """The form at that address opened, filled in and sent."""
    return client.post(address, form_of(client.get(address)) | typed)


def named_on(submission: Submission, person: Person) -> Authorship:
    return submission.authorships.get(person=person)


os.environ.setdefault('DJANGO_ALLOW_ASYNC_UNSAFE', 'true')


def letters_leave() -> int:
    """What waits in the outbox goes out, as if its minutes had passed."""
    Letter.objects.filter(state=Letter.State.WAITING).update(send_after=timezone.now())
    return letters.send_due()
