"""Whatever is typed into whatever field of whatever form, by whomever: an answer, never a 500.

The forms are read from the pages, and the pages from the site's own list of addresses: what is new is walked too.
"""

import logging
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError, connection, transaction
from django.http import HttpResponse
from django.template.base import Template
from django.test import Client

from tests.page_forms import NUMBER, Field
from tests.test_addresses import scene  # noqa: F401  # a fixture
from tests.typed_values import (
    ALONE_CHOSEN,
    ALONE_TYPED,
    COUNTS,
    FURTHEST,
    HOSTILE,
    hostile,
    typed_into,
    widened,
)
from tests.walking import Asked, Found, expected, stage, walk  # noqa: F401  # a fixture
from ukis.limits import Limit

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif('EVERY_FIELD' not in os.environ, reason='EVERY_FIELD=1 asks for it: it takes minutes'),
]

URLENCODED = 'application/x-www-form-urlencoded'
PARTS = ('visitors', 'authors', 'desk', 'admin')
# Addresses that take posts and stand in no form, with why: each has tests of its own.
NOT_POSTED = {
    'account_confirm_login_code': 'Signing in by a code is not offered.',
    **dict.fromkeys(
        ('mfa_activate_totp', 'mfa_deactivate_totp', 'mfa_generate_recovery_codes', 'mfa_add_webauthn'),
        'The password is asked for first: tests/test_refused_forms.py.',
    ),
    **dict.fromkeys(
        ('mfa_edit_webauthn', 'mfa_remove_webauthn', 'mfa_reauthenticate_webauthn', 'mfa_login_webauthn'),
        'A key is signed with by a device, and there is none here.',
    ),
    'account_set_password': 'For who has none.',
    'usersessions_list': 'A button without a field, where one is signed in twice.',
    'styles': 'Shows forms, and takes none.',
    'unsaved': 'Scripts tell it what is typed: tests/ukis/test_unsaved.py.',
    'upload_picture': 'Scripts send it files: tests/ukis/test_picture_limits.py.',
    'paste': 'Scripts send it what was pasted: tests/ukis/test_paste.py.',
    'admin:index': 'A page without a form.',
    'admin:app_list': 'A page without a form.',
    'admin:login': 'Leads to the site’s own page.',
    'admin:logout': 'Leads to the site’s own page.',
    'admin:password_change': 'Leads to the site’s own page.',
    'admin:password_change_done': 'Leads to the site’s own page.',
}
# Of which nothing that is sent is ever taken here, with why; all others are, so that what is typed is written.
NEVER_TAKEN = {
    'account_login': 'Nobody’s password is typed.',
    'account_email_verification_sent': 'Nobody’s code is typed.',
    'mfa_authenticate': 'Nobody’s code is typed.',
    'mfa_reauthenticate': 'Nobody’s code is typed.',
    'named': 'It answers with a page that thanks.',
    'admin:desk_typo': 'It shows both texts first.',
    **dict.fromkeys(
        (
            *('admin:auth_group_change', 'admin:blog_post_change', 'admin:blog_submission_change'),
            *('admin:mfa_authenticator_change', 'admin:ukis_picture_change', 'admin:ukis_privatelink_change'),
        ),
        'It is read here, and not changed.',
    ),
}
QUERIED = (
    'nothing',
    'NUL',
    'a lone surrogate',
    'a foreign text',
    'many nines',
    'a foreign three',
    'the last day',
)
REFUSED = re.compile(r'id="id_([^"]+)_error"')

type Data = dict[str, list[str]]
type Button = tuple[str, str, str]


@pytest.fixture(autouse=True)
def _without_limits(monkeypatch, settings):
    """So that the thousandth post is read as the first; quick, and silent about what is refused."""
    monkeypatch.setattr(Limit, 'take', lambda self, who: True)
    settings.ACCOUNT_RATE_LIMITS = False
    # Without the copies of every context that tests may look at.
    monkeypatch.setattr(Template, '_render', lambda self, context: self.nodelist.render(context))
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@dataclass
class Trial:
    """What is sent; reads in a failure as what to do to see it again."""

    found: Found
    what: str
    data: Data
    button: Button = ('', '', '')
    files: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        found = self.found
        return f'{found.role}: {found.name} at {found.to} [{"=".join(self.button[:2])}], {self.what}'


@dataclass
class Tally:
    sent: Counter = field(default_factory=Counter)
    taken: set[str] = field(default_factory=set)
    alike: set[tuple[str, str]] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


def send(trial: Trial, tally: Tally, readers: Iterable[tuple[Client, str]] = ()) -> HttpResponse | None:
    """Posts it and reads what that has led to; nothing that was written outlives it. None where it raised."""
    client, before = trial.found.client, trial.found.client.cookies.output()
    jar, answer = SimpleCookie(before and client.cookies), None
    tally.sent[trial.found.name] += 1
    try:
        with transaction.atomic():
            answer = _answer(trial)
            if answer.status_code >= 500:
                tally.wrong.append(f'{trial}: {answer.status_code}')
            if answer.status_code == 302:
                connection.check_constraints()
                tally.taken.add(trial.found.name)
                _read(trial, answer.url, tally, readers)
            transaction.set_rollback(True)
    except (OperationalError, InterfaceError):
        raise AssertionError(f'{trial}: the connection is gone') from None
    except Exception as error:
        tally.wrong.append(f'{trial}: {type(error).__name__}: {str(error)[:200]}')
    if client.cookies.output() != before:
        client.cookies = jar
    return answer


def _answer(trial: Trial) -> HttpResponse:
    client, found, data = trial.found.client, trial.found, dict(trial.data)
    name, value, elsewhere = trial.button
    if name:
        data[name] = [value]
    to = urljoin(found.page, elsewhere) if elsewhere else found.to
    if trial.files:
        files = {name: SimpleUploadedFile('a.png', text.encode()) for name, text in trial.files.items()}
        return client.post(to, data | files)
    encoded = urlencode(data, doseq=True, errors='surrogatepass')
    return client.post(to, encoded, content_type=URLENCODED)


def _read(trial: Trial, leads: str, tally: Tally, readers: Iterable[tuple[Client, str]]) -> None:
    client = trial.found.client
    own = dict.fromkeys((urljoin(trial.found.to, leads), trial.found.page))
    for reader, path in (*((client, path) for path in own), *readers):
        if not urlsplit(path).netloc and (status := reader.get(path).status_code) >= 500:
            tally.wrong.append(f'{trial}: then {path} answers {status}')


def try_out(found: Found, tally: Tally) -> None:
    """First what may be taken, as it is and as wide as it goes; then what must not bring anything down."""
    rows, added = found.form.with_rows()
    fields = {name: one for name, one in found.form.fields.items() if '__prefix__' not in name} | added
    buttons = list({button[:2]: button for button in found.form.buttons}.values()) or [('', '', '')]
    shown, tried = found.form.as_shown(), found.name in tally.sent
    base = _taken(found, fields, shown, rows, buttons[0], tally)
    wide = {name: [widened(fields[name], one) for one in values] for name, values in base.items()}
    for button in buttons:
        send(Trial(found, 'as wide as it goes', wide, button), tally)
        if button is not buttons[0]:
            send(Trial(found, 'as shown', shown, button), tally)
    if not tried:  # the same form of another role asks a little less, or a little more
        _everywhere(found, fields, base, buttons[0], tally)
    for trial in (
        *_alone(found, fields, base, buttons[0], tally),
        *_otherwise(found, fields, base, buttons[0]),
    ):
        send(trial, tally)


def _taken(
    found: Found, fields: dict[str, Field], shown: Data, rows: Data, button: Button, tally: Tally
) -> Data:
    """The fullest of what is taken; where nothing is, the form as it is shown."""
    base = shown
    for last in (False, True):
        data = shown
        for what in ('as shown', 'what was asked for filled in', 'and what was asked for then'):
            answer = send(Trial(found, what, data, button), tally)
            if answer is None or answer.status_code == 302:
                base = data
                break
            data = _filled(fields, data, only=set(REFUSED.findall(answer.text)), last=last)
        if base is not shown or answer is None or answer.status_code == 302:
            break
    for what, data in (
        ('filled in', _filled(fields, base)),
        ('with ticks', _filled(fields, base, ticks=True)),
        (
            'with rows',
            _filled(fields, base | {name: rows[name] for name in rows if rows[name] != shown.get(name)}),
        ),
    ):
        answer = send(Trial(found, what, data, button), tally)
        base = data if answer and answer.status_code == 302 else base
    return base


def _filled(
    fields: dict[str, Field],
    data: Data,
    *,
    only: set[str] | None = None,
    ticks: bool = False,
    last: bool = False,
) -> Data:
    """What is empty is filled in, all of it or only some fields; not what the page has put in, nor what is typed where
    there are no scripts."""
    filled = dict(data)
    for name, values in data.items():
        one = fields[name]
        meant = ticks or one.kind != 'checkbox' or (only is not None and name in only)
        asked = only is None or name in only
        if not any(values) and meant and asked and one.kind != 'hidden' and not name.endswith('-typed'):
            filled[name] = typed_into(one, last=last)
    return filled


def _everywhere(found: Found, fields: dict[str, Field], base: Data, button: Button, tally: Tally) -> None:
    """Each hostile value in all fields; and in those only that take it, so that it gets as far as it can."""
    open_to = [name for name, one in fields.items() if one.kind not in ('hidden', 'file')]
    for what in HOSTILE if open_to else ():
        values = {name: [hostile(fields[name], what)] for name in open_to}
        answer = send(Trial(found, f'{what} in all', base | values, button), tally)
        if answer is None or what not in FURTHEST or answer.status_code not in (200, 409, 422):
            continue
        refused = set(REFUSED.findall(answer.text))
        rest = {name: values[name] for name in open_to if name not in refused and fields[name].is_typed}
        if refused and rest:
            send(Trial(found, f'{what} in {", ".join(rest)}', base | rest, button), tally)


def _alone(
    found: Found, fields: dict[str, Field], base: Data, button: Button, tally: Tally
) -> Iterator[Trial]:
    """One field at a time. What is alike, rows on a page or the same question on two, is tried once."""
    for name, one in fields.items():
        key = (found.name.rpartition('_')[0], NUMBER.sub('0', name))
        if name == 'csrfmiddlewaretoken' or key in tally.alike:
            continue
        tally.alike.add(key)
        if one.kind == 'file':
            yield Trial(found, f'text for the file {name}', base | {name: ['text']}, button)
            yield Trial(found, f'a false picture as {name}', base, button, {name: 'no picture'})
            continue
        for what in ALONE_TYPED if one.is_typed else COUNTS if name.endswith('_FORMS') else ALONE_CHOSEN:
            yield Trial(found, f'{what} in {name}', base | {name: [hostile(one, what)]}, button)
        without = {other: values for other, values in base.items() if other != name}
        yield Trial(found, f'{name} missing', without, button)


def _otherwise(found: Found, fields: dict[str, Field], base: Data, button: Button) -> Iterator[Trial]:
    yield Trial(found, 'everything twice', {name: values * 2 for name, values in base.items()}, button)
    yield Trial(found, 'nothing at all', {}, button)
    files = {name: 'a file' for name, one in fields.items() if one.is_typed}
    if files:
        rest = {name: values for name, values in base.items() if name not in files}
        yield Trial(found, 'files for texts', rest, button, files)


def ask(asked: Asked, tally: Tally) -> None:
    """Each part of a query in turn, with what a browser's address line may hold."""
    for name in asked.names:
        for what in QUERIED:
            query = urlencode(asked.names | {name: HOSTILE[what]}, errors='surrogatepass')
            said = f'{asked.role}: {asked.path}?{query[:200]}'
            try:
                if (status := asked.client.get(f'{asked.path}?{query}').status_code) >= 500:
                    tally.wrong.append(f'{said}: {status}')
            except Exception as error:
                tally.wrong.append(f'{said}: {type(error).__name__}: {str(error)[:200]}')


@pytest.mark.parametrize('part', PARTS)
def test_no_value_in_any_field_brings_a_page_down(stage, part):  # noqa: F811
    forms, queries = walk(stage, part)
    tally = Tally()

    for found in forms:
        if found.form.method == 'get':
            names = {name: (values or [''])[0] for name, values in found.form.as_shown().items()}
            queries.append(Asked(found.role, found.client, found.to, names))
        elif found.form.names - {'csrfmiddlewaretoken'}:
            try_out(found, tally)
    for asked in queries:
        ask(asked, tally)

    posted = {found.name.partition(' ')[0] for found in forms if found.form.method == 'post'}
    assert tally.wrong == []
    assert expected(part) - posted == {name for name in NOT_POSTED if name in expected(part)}
    assert set(tally.sent) - tally.taken - set(NEVER_TAKEN) == set()
