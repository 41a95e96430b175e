"""Every page with a form that anybody is shown, found by the site's own list of addresses."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils import timezone

from blog import workflow
from blog.models import Post, State, Submission
from members.models import Category, Person
from tests.addresses import ADMIN_MODELS, EVERYBODY, NOBODY, TABLE
from tests.conftest import PASSWORD, make_organisation, make_person, make_submission
from tests.page_forms import Form, Page
from tests.strangers import make_strangers
from tests.test_addresses import path_of, scene  # noqa: F401  # a fixture
from ukis.clock.models import DayOff, Reminded
from ukis.letters.models import Bounce, Letter, SuppressedAddress
from ukis.search.models import Synonyms
from ukis.society.notices import Notice

STATES = [*(state for state in State.values if state != State.RELEASED), 'promised', 'scheduled', 'live']
LOOKUP = ('app_label', 'model_name', 'field_name')
# Met by nobody who is in already, and by a visitor only half way.
SIGNING_IN = ('account_email_verification_sent', 'account_confirm_login_code', 'mfa_authenticate')
DESK = [name for name in TABLE if name.startswith('admin:desk_')]
ADMINS_OWN = [name for name in TABLE if name.startswith('admin:') and name not in DESK]
AUTHORS = [
    name
    for name in TABLE
    if name.startswith('submission') and TABLE[name]['GET'] != NOBODY and name != 'submission_attachment'
]
# What everybody reads and nobody posts to; and what is left.
PUBLIC = [name for name, row in TABLE.items() if (row['GET'], row['POST']) == (EVERYBODY, NOBODY)]
OTHERS = [name for name in TABLE if name not in PUBLIC and not name.startswith(('submission', 'admin:'))]


@dataclass
class Found:
    """A form as a role met it on a page, and where it is sent to."""

    role: str
    client: Client
    page: str
    to: str
    form: Form

    @property
    def name(self) -> str:
        return name_of(self.to)

    @property
    def kind(self) -> str:
        """What is read by the same form: a model's page of the admin, new or not; a move on the desk."""
        name = self.name.partition(' ')[0]
        return (
            name.rpartition('_')[0]
            if name.endswith(('_add', '_change')) and name.startswith('admin:')
            else name
        )


@dataclass
class Asked:
    """A query that a page asks by a link."""

    role: str
    client: Client
    path: str
    names: dict[str, str]


def name_of(path: str) -> str:
    """The name of an address, and of the move where that is what it differs by."""
    with suppress(Resolver404):
        found = resolve(urlsplit(path).path)
        return found.view_name + (f' {found.kwargs["move"]}' if 'move' in found.kwargs else '')
    return ''


@pytest.fixture
def stage(scene, author, coauthor, editor, chief, administrator):  # noqa: F811
    """The scene, with a submission in each state, and people in the middle of signing in and up."""
    clients = scene['clients']
    for client in clients.values():
        client.raise_request_exception = True
    submissions = [scene['rows']['blog_submission']]
    submissions += [make_submission(author, state, editor=editor, coauthors=(coauthor,)) for state in STATES]
    scene['submissions'] = submissions
    scene['strangers'] = make_strangers()
    scene['people'] = {'editor': editor, 'chief': chief, 'administrator': administrator}
    scene['rows']['ukis_suppressedaddress'] = SuppressedAddress.objects.create(
        address='away@people.example', reason='It bounced.'
    )
    scene['rows']['ukis_bounce'] = Bounce.objects.create(
        letter=scene['rows']['ukis_letter'],
        address='away@people.example',
        verdict='soft',
        says='It was full.',
    )
    scene['rows']['ukis_reminded'] = Reminded.objects.create(
        plan='renewal',
        about=scene['rows']['members_membership'],
        step='-60',
        due_on=date(2026, 3, 2),
        outcome='unheard',
    )
    scene['rows']['ukis_synonyms'] = Synonyms.objects.create(words='SEN, special educational needs')
    scene['rows']['ukis_notice'] = Notice.objects.create(
        words='Closed at Christmas.', last_day=date(2026, 1, 2), first_day=date(2025, 12, 20)
    )
    scene['rows']['ukis_dayoff'] = DayOff.objects.create(day=date(2026, 12, 28), name='Moved')
    scene['rows']['members_category'] = Category.objects.create(name='Not taken yet', holders='organisations')
    make_organisation('Without a membership')
    # So that nothing else comes out on the day that is proposed.
    Post.objects.filter(published_at__gt=timezone.now()).update(
        published_at=timezone.now() + timedelta(days=9)
    )
    letter = scene['rows']['ukis_letter']
    Letter.objects.create(
        **{name: getattr(letter, name) for name in ('to_address', 'subject', 'body', 'about')},
        key='failed',
        message_id='failed',
        state=Letter.State.FAILED,
    )
    # Who has just given their password may change how they sign in: with codes, and without.
    codes = {'seed': encrypt('a seed of many letters for the codes'), 'used_mask': 0}
    Authenticator.objects.create(user=chief, type=Authenticator.Type.RECOVERY_CODES, data=codes)
    for name, person in (('author', author), ('chief', chief), ('keyed', coauthor)):
        clients[f'{name} just now'] = _just_now(person)
    # Afterwards: nobody here can sign by it.
    key = Authenticator(
        user=coauthor, type=Authenticator.Type.WEBAUTHN, data={'name': 'A key', 'credential': {}}
    )
    key.save()
    scene['given']['key'] = key.pk
    clients['half in'] = Client()
    clients['half in'].post(reverse('account_login'), {'login': editor.email, 'password': PASSWORD})
    clients['signing up'] = Client()
    new = {'name': 'N', 'email': 'n@people.example', 'password1': PASSWORD, 'password2': PASSWORD}
    clients['signing up'].post(reverse('account_signup'), new)
    clients['by code'] = Client()
    clients['by code'].post(reverse('account_request_login_code'), {'email': author.email})
    clients['resetting'] = Client()
    forgetful = make_person('Fay Forgetful')
    link = {'uidb36': user_pk_to_url_str(forgetful), 'key': default_token_generator.make_token(forgetful)}
    scene['reset'] = clients['resetting'].get(reverse('account_reset_password_from_key', kwargs=link)).url
    return scene


def _just_now(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    client.post(reverse('account_reauthenticate'), {'password': PASSWORD})
    return client


def pages(stage: dict, part: str) -> Iterator[tuple[str, str]]:
    """(role, address) of each page of a part of the site, of whoever may be shown something there."""
    if part == 'visitors':
        yield 'resetting', stage['reset']
        yield from (('visitor', path_of(name, stage)) for name in PUBLIC + OTHERS)
        for role in ('signing up', 'half in', 'by code'):
            yield from (
                (role, path_of(name, stage)) for name in OTHERS if name.startswith(('account', 'mfa'))
            )
    elif part == 'authors':
        # Who has a second factor first: codes are made for nobody else.
        yield from (('chief just now', path_of(name, stage)) for name in OTHERS if name.startswith('mfa'))
        yield from (('author just now', path_of(name, stage)) for name in OTHERS)
        yield from (('keyed just now', path_of(f'mfa_{do}_webauthn', stage)) for do in ('edit', 'remove'))
        for role, submissions in (('author', stage['submissions']), ('coauthor', stage['submissions'][:1])):
            for one in submissions:
                yield from ((role, _of(name, one, stage)) for name in AUTHORS)
    elif part == 'desk':
        made: set[str] = set()
        for role in ('editor', 'chief', 'administrator'):
            for submission in stage['submissions']:
                mine = _desk(submission, stage['people'][role], made, stage)
                yield from ((role, address) for address in mine)
            yield role, reverse('admin:desk')
    else:
        for role in ('administrator', 'secretary', 'chief', 'editor'):
            yield from ((role, path_of(name, stage)) for name in ADMINS_OWN)
            yield from ((role, address) for address in _admin(stage, role))


def _of(name: str, submission: Submission, stage: dict) -> str:
    try:
        return reverse(name, args=[submission.pk])
    except NoReverseMatch:
        return path_of(name, stage)  # of more than the submission, or of none


def _desk(submission: Submission, person: Person, made: set[str], stage: dict) -> Iterator[str]:
    """The pages of its own editor; of others only where they may make a move that those before may not."""
    if submission.editor_id in (person.pk, None):
        yield from (_of(name, submission, stage) for name in DESK if name != 'admin:desk_move')
    for offer in workflow.moves_for(submission, person):
        if offer.possible and offer.move.name not in made:
            made.add(offer.move.name)
            yield reverse('admin:desk_move', args=[submission.pk, offer.move.name])


def _admin(stage: dict, role: str) -> Iterator[str]:
    for model, rights in ADMIN_MODELS.items():
        row, may = stage['rows'].get(model), rights.get(role, ())
        if may:
            yield reverse(f'admin:{model}_changelist')
        if 'add' in may:
            yield reverse(f'admin:{model}_add')
        if may and row is not None:
            yield reverse(f'admin:{model}_change', args=[row.pk])
        if 'delete' in may and row is not None:
            yield reverse(f'admin:{model}_delete', args=[row.pk])


def walk(stage: dict, part: str) -> tuple[list[Found], list[Asked]]:
    """The forms of a part, each once, and each query that a link of its pages asks, or a field while one types."""
    forms: dict[object, Found] = {}
    queries: dict[object, Asked] = {}
    for role, path in pages(stage, part):
        client = stage['clients'][role]
        answer = client.get(path, follow=True)
        path = answer.redirect_chain[-1][0] if answer.redirect_chain else path
        if answer.status_code != 200 or not answer.headers['Content-Type'].startswith('text/html'):
            continue
        page = Page(answer.text)
        for form in page.forms:
            for action in {form.action, *(to for _, _, to in form.buttons if to)}:
                found = Found(role, client, path, urljoin(path, action).partition('#')[0], form)
                forms.setdefault((found.name, form.method, form.names), found)
        for asked in (*_links(role, client, path, page), *_lookups(role, client, page)):
            queries.setdefault((name_of(asked.path), *asked.names, asked.names.get('field_name', '')), asked)
    return list(forms.values()), list(queries.values())


def _links(role: str, client: Client, path: str, page: Page) -> Iterator[Asked]:
    for where, names in page.queries():
        yield Asked(role, client, urljoin(path, where), names)


def _lookups(role: str, client: Client, page: Page) -> Iterator[Asked]:
    for form in page.forms:
        for attrs in (field.attrs for field in form.fields.values() if 'data-field-name' in field.attrs):
            names = {name: attrs[f'data-{name.replace("_", "-")}'] for name in LOOKUP}
            yield Asked(role, client, reverse('admin:autocomplete'), {**names, 'term': 'a'})


def takes_posts(row: dict[str, tuple[int, ...]]) -> bool:
    """Whether an address does anything with what is posted to it, for anybody."""
    visitor, *signed_in, _one_factor = row['POST']
    return visitor in (200, 400, 422) or any(code in (200, 302, 400, 409, 422) for code in signed_in)


def part_of(name: str) -> str:
    if name.startswith('admin:'):
        return 'desk' if name.startswith('admin:desk') else 'admin'
    return 'visitors' if TABLE[name]['POST'][0] in (200, 422) or name in SIGNING_IN else 'authors'


def expected(part: str) -> set[str]:
    """Every address of a part that takes posts, the admin's of each model included."""
    names = {name for name, row in TABLE.items() if takes_posts(row) and part_of(name) == part}
    if part == 'admin':
        for model, roles in ADMIN_MODELS.items():
            rights = {right for given in roles.values() for right in given} - {'view'}
            names |= {f'admin:{model}_{right}' for right in rights}
    return names
