"""Every address that takes a private token × what a token can have become × method × who asks, as one table: read from
the URL list, so that a new one without a row fails."""

import copy
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator as of_django
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import StringConverter
from django.utils import timezone

from blog import commissioning, previews, readings, subscribing, workflow
from blog.models import Often, Subscriber
from blog.subscribing import Wish
from members import applying, erasing, leaving
from members.meeting import introducing
from members.models import Introduction, Office, Person
from members.places import inviting
from members.renewals import offering
from members.roles import EDITOR
from tests.commissions import brought_to, reminded
from tests.conftest import (
    form_of,
    make_application,
    make_membership,
    make_organisation,
    make_person,
    make_submission,
)
from tests.readings import ask as ask_reader
from ukis import days, letters
from ukis.letters.models import Letter, PrivateLink
from ukis.refusals import NotAllowed

pytestmark = pytest.mark.django_db

# Signed out, the person it is for, and somebody else who is signed in.
ROLES = ('visitor', 'theirs', 'stranger')
# HEAD is answered by what answers GET, whoever asks.
ASKED = [(role, method) for role in ROLES for method in ('GET', 'POST')] + [('visitor', 'HEAD')]
# What a token can be. Another's is good, and about a row of somebody else; withdrawn is what it is about.
TOKENS = (
    *('good', 'anothers', 'of another purpose', 'expired', 'used', 'withdrawn'),
    *('one letter changed', 'of 70,000 letters', 'empty'),
)

OPENS, LEADS_ON, ASKS, NOT_NOW, NOWHERE, NO_BUTTON, GONE = (
    (code,) * 3 for code in (200, 302, 422, 409, 404, 405, 410)
)
DEAD = (NOWHERE, NOWHERE)
# By GET (and HEAD), and by POST of an answer; DEAD is what is not named.
TABLE: dict[str, dict[str, tuple[tuple[int, ...], tuple[int, ...]]]] = {
    'named': {
        'good': (OPENS, LEADS_ON),
        'anothers': (OPENS, LEADS_ON),
        'used': (LEADS_ON, LEADS_ON),
    },
    'named_object': {
        'good': (OPENS, LEADS_ON),
        'anothers': (OPENS, LEADS_ON),
        'used': (OPENS, LEADS_ON),
    },
    'application': {
        'good': (OPENS, LEADS_ON),
        'anothers': (OPENS, LEADS_ON),
        'used': (OPENS, NOT_NOW),
        'withdrawn': (OPENS, NOT_NOW),
    },
    # What was sent or withdrawn is not written any more: its page says how it stands.
    'application_edit': {
        'good': (OPENS, LEADS_ON),
        'anothers': (OPENS, ASKS),  # which principles were read is another application's
        'used': (LEADS_ON, LEADS_ON),
        'withdrawn': (LEADS_ON, LEADS_ON),
    },
    # A file of theirs: the token of another application does not open it.
    'application_file': {
        'good': (OPENS, NO_BUTTON),
        'used': (OPENS, NO_BUTTON),
        'withdrawn': (OPENS, NO_BUTTON),
        **dict.fromkeys(
            ('anothers', 'of another purpose', 'expired', 'one letter changed', 'of 70,000 letters'),
            (NOWHERE, NO_BUTTON),
        ),
    },
    'invitation': {
        'good': (OPENS, OPENS),
        'anothers': (OPENS, OPENS),
        'used': (OPENS, NOT_NOW),
        'withdrawn': (OPENS, NOT_NOW),
    },
    'introduction_answer': {
        'good': (OPENS, LEADS_ON),
        'anothers': (OPENS, LEADS_ON),
        'used': (OPENS, NOT_NOW),
        'withdrawn': (OPENS, NOT_NOW),
    },
    'commission': {
        'good': (OPENS, LEADS_ON),
        'anothers': (OPENS, LEADS_ON),
        'used': (OPENS, LEADS_ON),  # a yes that was given is taken once, however often it is pressed
        'withdrawn': (OPENS, NOT_NOW),
    },
    # The foot of a reminder: put off once, however often it is pressed.
    'not_now': {
        'good': (OPENS, LEADS_ON),
        'anothers': (OPENS, LEADS_ON),
        'used': (OPENS, LEADS_ON),
        'withdrawn': (OPENS, NOT_NOW),
    },
    # Who follows a link that once worked is told why it shows nothing; it is answered by being counted.
    'preview': {
        'good': (OPENS, OPENS),
        'anothers': (OPENS, OPENS),
        'used': (OPENS, OPENS),
        'expired': (GONE, GONE),
        'withdrawn': (GONE, GONE),
    },
    'reading': {
        'good': (OPENS, LEADS_ON),
        'anothers': (OPENS, LEADS_ON),
        'used': (OPENS, LEADS_ON),  # a yes that was given is taken once, however often it is pressed
        'withdrawn': (OPENS, NOT_NOW),
    },
    # The code goes to the address that was asked: who else is signed in signs out first.
    'commission_write': {
        'good': (OPENS, (302, 302, 409)),
        'anothers': (OPENS, (302, 409, 409)),
        'used': (OPENS, NOT_NOW),  # words that were typed and lie nowhere are given back
        'withdrawn': (LEADS_ON, NOT_NOW),
    },
    # Read by calendars; who has no desk any more has none of it.
    'desk_calendar_file': {
        **dict.fromkeys(('good', 'anothers', 'used'), (OPENS, NO_BUTTON)),
        **dict.fromkeys(
            ('of another purpose', 'expired', 'withdrawn', 'one letter changed', 'of 70,000 letters'),
            (NOWHERE, NO_BUTTON),
        ),
    },
    'renewal': {
        'good': (OPENS, LEADS_ON),
        'anothers': (OPENS, LEADS_ON),
        'used': (OPENS, LEADS_ON),  # renewed once, however often it is pressed
        'withdrawn': (OPENS, NOT_NOW),
    },
    # A no is said as often as somebody likes: it is kept once.
    'mail_choices_by_link': {
        'good': (OPENS, OPENS),
        'anothers': (OPENS, OPENS),
        'used': (OPENS, OPENS),
    },
    # Nothing ticked: nothing is confirmed, and the page says so.
    'subscribe_confirm': {
        'good': (OPENS, LEADS_ON),
        'anothers': (OPENS, OPENS),  # what is ticked is another's
        'used': (OPENS, OPENS),
    },
    'subscriptions': {
        'good': (OPENS, OPENS),
        'anothers': (OPENS, OPENS),
        'used': (OPENS, OPENS),
    },
    # A mail program's own button is answered the same, whatever has become of the link: see test_subscriptions.
    'unsubscribe': {
        'good': (OPENS, OPENS),
        'anothers': (OPENS, OPENS),
        'used': (OPENS, OPENS),
    },
    'erasure_back': {
        'good': (OPENS, OPENS),
        'anothers': (OPENS, OPENS),
        'used': (OPENS, OPENS),
        'withdrawn': (OPENS, NOT_NOW),
    },
    # allauth's: the page says that the link does not work any more, and leads on to another letter.
    'account_reset_password_from_key': {
        'good': (LEADS_ON, LEADS_ON),
        **dict.fromkeys(TOKENS[1:-1], (OPENS, OPENS)),
    },
}

# Text that is no token: the number of a picture's words, kinds of rows, and names of what is done with them.
OTHER_TEXTS = {'desk_map_rows', 'post_card', 'merge', 'same_as', 'money_move', 'edition_next'}


def token_addresses(patterns: Any = None) -> Iterator[str]:
    """Whose address holds what is no key, number or name: any text, or what is called a token or key."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from token_addresses(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            its = pattern.pattern
            texts = {name for name, one in its.converters.items() if type(one) is StringConverter}
            if texts | ({'token', 'key'} & set(its.regex.groupindex)) - set(its.converters):
                yield pattern.name or ''


def test_every_address_that_takes_a_token_has_its_row():
    assert set(token_addresses()) - OTHER_TEXTS - set(TABLE) == set()
    assert (set(TABLE) | OTHER_TEXTS) - set(token_addresses()) == set()


@dataclass
class Case:
    """One address: what its token is about, whom it is for, what they post, and how it is withdrawn."""

    purpose: str
    about: Any
    other: Any
    person: Person
    withdraw: Callable[[], object]
    words: tuple[str, ...]  # that nobody may read of it whose token does not open it
    answer: dict[str, Any] = field(default_factory=dict)
    use: Callable[[], object] | None = None  # where no POST does
    args: tuple[int, ...] = ()


def two_named():
    """Two submissions with a guest each, who have not answered yet."""
    for title, name in (('Wards that listen', 'Gwen Guest'), ('Other wards', 'Otto Other')):
        author = make_person('Wanda Writer')
        make_membership(author)
        email = f'{name.split()[0].lower()}@guests.example'
        submission = make_submission(author, 'submitted', coauthors=((name, email),), words={'title': title})
        submission.authorships.filter(person=None).update(agreed_at=None)
        yield submission.authorships.get(person=None)


def under_review(name: str, editor: Person):
    author = make_person('Wilf Writer')
    make_membership(author)
    return make_submission(author, 'in_review', editor=editor, words={'title': f'Read by {name} alone'})


def two_renewals():
    for name in ('Board of Renewals', 'Other Board'):
        membership = make_membership(make_organisation(name, billing_address='1 High Street'), status='due')
        membership.category.fee = 100
        membership.category.save()
        yield offering.prepare(membership).term


def two_invited():
    for name, address in (
        ('Inviting Institute', 'ivy@invited.example'),
        ('Other Institute', 'o@invited.example'),
    ):
        membership = make_membership(make_organisation(name))
        membership.terms.update(seats=9)
        yield inviting.invite(membership, by=None, address=address)


def two_asked():
    for name in ('Bea Asked', 'Oli Asked'):
        asker, asked = make_person('Alf Asker'), make_person(name)
        make_membership(asker)
        make_membership(asked)
        yield Introduction.objects.create(asker=asker, asked=asked, topic='Change', note=f'Dear {name}, why?')


def two_shown():
    for name, title in (('Sam Shows', 'Shown to a few'), ('Una Shows', 'Shown to others')):
        author = make_person(name)
        make_membership(author)
        yield make_submission(author, 'submitted', words={'title': title})


def two_followers(confirmed: bool, *addresses: str):
    for address in addresses:
        subscribing.ask(address, wish=Wish(), often=Often.WEEKLY, wording='Send me these.')
        follower = Subscriber.objects.get(address=address)
        if confirmed:
            subscribing.confirm(follower, keys=[follower.subscriptions.get().pk])
        yield follower


def two_letters(society):
    for key in ('la', 'lo'):
        to = make_person(f'{key} Reader', email=f'{key}@readers.example')
        yield letters.queue(
            kind='introduction_asked', key=key, about=society, to=to, subject='Hello', body='B\n'
        )


def moved(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(email='fay@elsewhere.example')
    person.emailaddress_set.update(email='fay@elsewhere.example')


def expired(note: Introduction) -> None:
    Introduction.objects.filter(pk=note.pk).update(asked_at=timezone.now() - introducing.STANDS)
    introducing.expire(timezone.now())


def erased(person: Person) -> None:
    row = erasing.ask(person, by=person, bylines='keep')
    erasing.carry_out(row, at=row.due_at)


@pytest.fixture
def cases(society, secretary) -> dict[str, Case]:
    guest, guest2 = two_named()
    gwen = make_person('Gwen Guest', email=guest.email)
    ann = make_person('Ann Known', email='ann@applies.example')
    applied = make_application(ann, 'asked', by=secretary, name='Ann Known')
    applied2 = make_application(make_person('Olga Applicant'), 'asked', by=secretary)
    seat, seat2 = two_invited()
    note, note2 = two_asked()
    asking, other_desk = (make_person(name, group=EDITOR) for name in ('Edda Editor', 'Otis Editor'))
    brought_to(
        'sent', asking, invitee=other_desk, email=other_desk.email, working_title='Asked of Otis alone'
    )
    asked1, asked2, promised, promised2 = (
        brought_to(state, asking, email=f'{one}@asked.example', working_title=f'Asked of {one} alone')
        for state, one in [('sent', 'ada'), ('sent', 'bo'), ('accepted', 'cy'), ('accepted', 'di')]
    )
    read1, read2 = (
        ask_reader(under_review(name, asking), asking, name=name, email=f'{name.lower()}@reads.example')
        for name in ('Una', 'Vic')
    )
    chased, chased2 = (
        brought_to('sent', asking, email=f'{one}@asked.example', working_title=f'Awaited of {one} alone')
        for one in ('eli', 'flo')
    )
    prue = make_person('Prue Promised', email=promised.email)
    shown = list(two_shown())
    term, term2 = two_renewals()
    letter, letter2 = two_letters(society)
    asking_readers = list(two_followers(False, 'fo@followers.example', 'ada@followers.example'))
    followers = list(two_followers(True, 'flo@followers.example', 'ida@followers.example'))
    leaver, fay = make_person('Lea Leaver'), make_person('Fay Forgetful')
    row, row2 = (erasing.ask(one, by=one, bylines='keep') for one in (leaver, make_person('Otto Leaver')))
    named = {
        'about': guest,
        'other': guest2,
        'person': gwen,
        'withdraw': lambda: workflow.leave(guest.submission, by=None, authorship=guest),
        'words': ('Gwen Guest', guest.email, 'Wards that listen'),
    }
    application = {
        'about': applied,
        'other': applied2,
        'person': ann,
        'withdraw': lambda: applying.withdraw(applied, by=ann),
        'words': ('Ann Known', 'ann@applies.example'),
    }
    editing = PrivateLink.make(purpose='application', about=applied, days=1)
    page = Client().get(reverse('application_edit', args=[editing]))
    return {
        'named': Case('named', **named, answer={'answer': 'yes'}),
        'named_object': Case('named', **named, answer={'words': 'It is not so.'}),
        'application': Case('application', **application, answer={'do': 'send_again'}),
        'application_edit': Case(
            'application',
            **application,
            answer=form_of(page) | {'agreed': 'on', 'do': 'save'},
            use=lambda: applying.send_again(applied, by=ann),
        ),
        'application_file': Case(
            'application',
            **application,
            use=lambda: applying.send_again(applied, by=ann),
            args=(applied.said.get().pk,),
        ),
        'invitation': Case(
            'seat', seat, seat2,
            make_person('Ivy Invited', email=seat.address),
            lambda: inviting.withdraw(seat, by=None),
            ('Ivy Invited', seat.address, 'Inviting Institute'),
            {'answer': 'no'},
        ),
        'introduction_answer': Case(
            'introduction', note, note2,
            note.asked,
            lambda: expired(note),
            ('Bea Asked', note.asked.email),
            {'answer': 'no'},
        ),
        'commission': Case(
            'commission', asked1, asked2,
            make_person('Asa Asked', email=asked1.email),
            lambda: commissioning.take_back(asked1, by=asked1.editor, reason='Not needed.'),
            (asked1.working_title, asked1.email),
            {'answer': 'accept'},
        ),
        'reading': Case(
            'reading', read1, read2,
            make_person('Una Reader', email=read1.email),
            lambda: readings.take_back(read1, by=asking, reason='Not needed.'),
            (read1.title, read1.email),
            {'answer': 'agree'},
        ),
        'not_now': Case(
            'not now', reminded(chased), reminded(chased2),
            make_person('Eli Awaited', email=chased.email),
            lambda: commissioning.take_back(chased, by=chased.editor, reason='Not needed.'),
            (chased.working_title, chased.email),
        ),
        'commission_write': Case(
            'commission', promised, promised2,
            prue,
            lambda: commissioning.take_back(promised, by=promised.editor, reason='Not needed.'),
            (promised.working_title, promised.email),
            {'title': 'Mine', 'body': 'It begins.'},
            use=lambda: commissioning.begin(promised, by=prue),
        ),
        'preview': Case(
            'preview', *shown,
            shown[0].authorships.get().person,
            lambda: [previews.withdraw(one, by=one.made_by) for one in shown[0].previews.all()],
            ('Shown to a few',),
        ),
        'desk_calendar_file': Case(
            'desk_calendar', asking, other_desk,
            asking,
            lambda: asking.groups.clear(),
            ('Asked of Otis alone',),
            use=lambda: None,
        ),
        'renewal': Case(
            'renewal', term, term2,
            make_person('Mo Main'),
            lambda: leaving.end(term.membership, by=None),
            ('Board of Renewals',),
            {'do': 'renew'},
        ),
        'mail_choices_by_link': Case(
            'choices', letter, letter2,
            letter.to,
            lambda: erased(letter.to),
            (letter.to_address,),
            {'List-Unsubscribe': 'One-Click'},
        ),
        'subscribe_confirm': Case(
            'subscribe', *asking_readers,
            make_person('Fo Follower', email='fo@followers.example'),
            lambda: subscribing.forget_strangers(timezone.now() + timedelta(days=8)),
            ('fo@followers.example',),
            {f'yes-{asking_readers[0].subscriptions.get().pk}': 'on'},
        ),
        'subscriptions': Case(
            'subscriptions', *followers,
            make_person('Flo Follower', email='flo@followers.example'),
            lambda: Subscriber.objects.filter(pk=followers[0].pk).delete(),
            ('flo@followers.example',),
            {f'often-{followers[0].subscriptions.get().pk}': 'monthly'},
        ),
        'unsubscribe': Case(
            'subscriptions', *followers,
            make_person('Flora Follower', email='flora@followers.example'),
            lambda: Subscriber.objects.filter(pk=followers[0].pk).delete(),
            ('flo@followers.example',),
            {'stop': '1'},
        ),
        'erasure_back': Case(
            'erasure', row, row2,
            leaver,
            lambda: erasing.carry_out(row, at=row.due_at),
            ('Lea Leaver', leaver.email),
        ),
        'account_reset_password_from_key': Case(
            'a password', fay, leaver,
            fay,
            lambda: moved(fay),
            ('Fay Forgetful', fay.email),
            use=lambda: (fay.set_password('another long password'), fay.save()),
        ),
    }  # fmt: skip


RESET = 'account_reset_password_from_key'
ONE_DAY = timedelta(days=1)
CHANGES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
# Who is signed in, where, and since when.
OF_SIGNING_IN = {'django_session', 'usersessions_usersession'}


def address_of(name: str, case: Case, token: str) -> str:
    if name == RESET:
        return reverse(name, kwargs={'uidb36': user_pk_to_url_str(case.person), 'key': token})
    return reverse(name, args=[token, *case.args])


def token_of(name: str, case: Case, become: str) -> str:
    """A token in a letter to the person whom the case is about; for `anothers` in a letter to somebody else."""
    about = case.other if become == 'anothers' else case.about
    if name == RESET:
        made = timezone.now() - timedelta(days=4 if become == 'expired' else 0)
        with time_machine.travel(made, tick=False):
            maker = of_django if become == 'of another purpose' else default_token_generator
            return maker.make_token(about)
    if name == 'preview':
        return shown_by_link(about, become)
    purpose = 'else' if become == 'of another purpose' else case.purpose
    letter = about if isinstance(about, Letter) else None
    days = -1 if become == 'expired' else 3
    return PrivateLink.make(purpose=purpose, about=about, days=days, letter=letter)


def shown_by_link(submission, become: str) -> str:
    if become == 'of another purpose':
        return PrivateLink.make(purpose='preview', about=submission, days=3)
    made = timezone.now() - timedelta(days=9 if become == 'expired' else 0)
    with time_machine.travel(made, tick=False):
        return previews.share(
            submission,
            by=submission.authorships.get().person,
            version=submission.current.number,
            for_whom='A colleague',
            runs=7,
        )


def become_of(name: str, case: Case, become: str) -> str:
    """The address, with its token become that."""
    token = token_of(name, case, become)
    address = address_of(name, case, token)
    if become == 'used':
        case.use() if case.use else Client().post(address, case.answer)
    elif become == 'withdrawn':
        case.withdraw()
    last = 'B' if token[-1] == 'A' else 'A'
    other = {'one letter changed': token[:-1] + last, 'of 70,000 letters': token + 'a' * 70_000, 'empty': ''}
    return address.replace(token, other.get(become, token))


@contextmanager
def undone() -> Iterator[set[str]]:
    """The tables that were written meanwhile; they are as before afterwards."""
    written: set[str] = set()

    def look(execute, sql, params, many, context):
        if found := CHANGES.match(sql):
            written.add(found[1])
        return execute(sql, params, many, context)

    point = transaction.savepoint_create()
    with connection.execute_wrapper(look):
        yield written
    transaction.savepoint_rollback(point)


@dataclass
class Answer:
    code: int
    text: str
    headers: dict[str, str]
    written: set[str]


@pytest.fixture
def answers(cases, stranger, signed_in) -> dict[tuple[str, str, str, str], Answer]:
    """(address, token, method, role): what is answered. Each is asked as if no other had been."""
    found = {}
    clients = {'visitor': Client(), 'stranger': signed_in(stranger)}
    for name, case in cases.items():
        clients['theirs'] = signed_in(case.person)
        for become in TOKENS:
            cache.clear()
            with undone():
                address = become_of(name, case, become)
                for role, method in ASKED:
                    found[name, become, method, role] = asked(clients[role], address, method, case.answer)
    return found


def asked(client: Client, address: str, method: str, answer: dict[str, Any]) -> Answer:
    jar = copy.deepcopy(client.cookies)
    sent = (answer,) if method == 'POST' else ()
    with undone() as written:
        response = getattr(client, method.lower())(address, *sent)
        text = b''.join(response).decode(errors='replace')
    client.cookies = jar
    return Answer(response.status_code, text, dict(response.headers), written - OF_SIGNING_IN)


def refused(become: str, code: int) -> bool:
    return become not in ('good', 'anothers', 'withdrawn') or code in (*NOWHERE, *NOT_NOW, *GONE)


def test_each_token_is_answered_as_the_table_says_and_what_is_refused_writes_and_tells_nothing(
    cases, answers
):
    expected, codes, wrong = {}, {}, set()
    for (name, become, method, role), answer in answers.items():
        row = TABLE[name].get(become, DEAD)
        expected[name, become, method, role] = row[method == 'POST'][ROLES.index(role)]
        codes[name, become, method, role] = answer.code
        case, key = cases[name], (name, become, method, role)
        if become == 'empty':
            continue  # an address that is none of these
        if method != 'POST' and answer.written:
            wrong.add((*key, 'reading writes', *answer.written))
        if (refused(become, answer.code) or name == RESET) and answer.written:
            wrong.add((*key, 'writes', *answer.written))
        if not re.search('no-store|private', answer.headers.get('Cache-Control', '')):
            wrong.add((*key, 'may be kept'))
        if name != RESET and answer.headers['Referrer-Policy'] != 'no-referrer':
            wrong.add((*key, 'names its address to others'))
        opens_it = become in ('good', 'used', 'withdrawn')
        opens_it |= become == 'anothers' and (
            role == 'theirs' or method == 'POST'
        )  # what they sent themselves
        if not opens_it or answer.code == 404:
            wrong |= {(*key, 'tells', words) for words in case.words if words in answer.text}
        if answer.code == 404 and method == 'GET':
            says = 'This link does not work, or not any more' in answer.text
            leads = 'Go to my page' in answer.text and 'mailto:office@society.example' in answer.text
            wrong |= set() if says and leads else {(*key, 'does not say what to do')}

    assert {key: (code, expected[key]) for key, code in codes.items() if code != expected[key]} == {}
    assert wrong == set()


def test_each_page_whose_link_leads_nowhere_says_how_to_go_on_there(cases):
    said = {
        name: re.search(r'</header>\s*<p>(.*?)</p>', Client().get(address_of(name, case, 'nothing')).text)[1]
        for name, case in cases.items()
        if name != RESET
    }

    assert len(set(said.values())) == 14, said
    assert all(re.match('Sign in|Ask|If you said no|If the invitation', words) for words in said.values())


def test_a_newer_invitation_closes_the_link_of_the_earlier_and_says_so(cases, client):
    case = cases['invitation']
    address = address_of('invitation', case, token_of('invitation', case, 'good'))
    inviting.invite_again(case.about, by=None)

    for method, code in ((client.get, 200), (client.post, 409)):
        page = method(address, case.answer)
        assert (page.status_code, 'A newer letter has been sent' in page.text) == (code, True)
        assert [words for words in case.words if words in page.text] == []
    case.about.refresh_from_db()
    assert case.about.is_open_invitation


def test_a_letter_to_somebody_whose_office_ended_answers_no_renewal_and_shows_nothing(client, cases):
    term, mo = cases['renewal'].about, make_person('Mo Former')
    there = term.membership.organisation
    office = Office.objects.create(organisation=there, person=mo, role='main', since=days.today() - ONE_DAY)
    letter = letters.queue(
        kind='renewal_offered', key='lm', about=term.membership, to=mo, subject='Renew', body='B\n'
    )
    token = PrivateLink.make(purpose='renewal', about=term, days=3, letter=letter)
    address, filled = reverse('renewal', args=[token]), {'refuse-sure': 'on', 'wish-words': 'More.'}
    before = client.get(address)
    office.until = office.since
    office.save()

    with undone() as written:
        pages = [client.get(address)]
        pages += [
            client.post(address, filled | {'do': do}) for do in ('renew', 'refuse', 'wish', 'reconsider')
        ]
        with pytest.raises(NotAllowed):
            offering.refuse(term.renewal, by=mo, letter=letter)

    assert (before.status_code, there.name in before.text) == (200, True)
    assert [page.status_code for page in pages] == [403] * 5
    assert written - OF_SIGNING_IN == set()
    for page in pages:
        assert 'was to somebody who holds no office there any more' in page.text
        assert 'mailto:office@society.example' in page.text
        assert there.name not in page.text


def test_a_letter_to_a_shared_box_and_to_who_votes_where_nobody_else_is_left_goes_on_answering(client, cases):
    term, vi = cases['renewal'].about, make_person('Vi Voting')
    there = term.membership.organisation
    Office.objects.create(organisation=there, person=vi, role='voting', since=days.today() - ONE_DAY)
    for key, to in (('lb', {'to_name': 'Box', 'to_address': 'finance@box.example'}), ('lv', {'to': vi})):
        letter = letters.queue(
            kind='renewal_offered', key=key, about=term.membership, subject='Renew', body='B\n', **to
        )
        token = PrivateLink.make(purpose='renewal', about=term, days=3, letter=letter)

        assert client.get(reverse('renewal', args=[token])).status_code == 200


def test_a_token_works_for_the_address_it_was_made_for_and_for_no_other(cases, client):
    """Each token at each address of another purpose."""
    opened = {
        (made_for, name)
        for made_for, its in cases.items()
        for name, case in cases.items()
        if RESET not in (made_for, name)
        and its.purpose != case.purpose
        and client.get(address_of(name, case, token_of(made_for, its, 'good'))).status_code != 404
    }

    assert opened == set()
