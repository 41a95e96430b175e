"""What is sent to a form, and what is seen of the answer: a trial leaves nothing behind but its fault."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError, connection, transaction
from django.http import HttpResponse

from tests.typed_values import HOSTILE
from tests.walking import Asked, Found, name_of

URLENCODED = 'application/x-www-form-urlencoded'
QUERIED = (
    'nothing',
    'NUL',
    'a lone surrogate',
    'a foreign text',
    'many nines',
    'a foreign three',
    'the last day',
)
# Of the admin's own lists and forms: the same code reads them, whatever is listed.
THE_ADMINS = ('o', 'p', 'e', 'all', '_facets', '_popup', '_to_field', '_changelist_filters', 'unsaved')

type Data = dict[str, list[str]]
type Button = tuple[str, str, str]


@dataclass
class Trial:
    """What is sent; reads in a failure as what to do to see it again."""

    found: Found
    what: str
    data: Data
    button: Button = ('', '', '')
    files: dict[str, str] = field(default_factory=dict)
    # In place of the form's own.
    to: str = ''
    # Where nothing new can have been written, the page it was sent from is not read again.
    reads_page: bool = True
    # Names what belongs to strangers, whom it must leave as they are.
    of_strangers: bool = False

    def __str__(self) -> str:
        found = self.found
        to = self.to or found.to
        return f'{found.role}: {found.name} at {to} [{"=".join(self.button[:2])}], {self.what}'


@dataclass
class Tally:
    sent: Counter = field(default_factory=Counter)
    taken: set[str] = field(default_factory=set)
    # By kind, the fields that every value was typed into; those that had one value alone; and the queries asked.
    fields: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    alike: set[tuple[str, str]] = field(default_factory=set)
    asked: set[tuple[str, ...]] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    # How the strangers' rows stand: the same before and after whatever others send.
    strangers: Callable[[], object] = lambda: None


def send(trial: Trial, tally: Tally) -> HttpResponse | None:
    """Posts it and reads what that has led to; nothing that was written outlives it. None where it raised."""
    client, before = trial.found.client, trial.found.client.cookies.output()
    jar, answer = SimpleCookie(before and client.cookies), None
    tally.sent[trial.found.name] += 1
    try:
        with transaction.atomic():
            stood = tally.strangers() if trial.of_strangers else None
            answer = _answer(trial)
            if answer.status_code >= 500:
                tally.wrong.append(f'{trial}: {answer.status_code}')
            if answer.status_code == 302:
                connection.check_constraints()
                if not trial.to:
                    tally.taken.add(trial.found.name)
                _read(trial, answer.url, tally)
            if trial.of_strangers and tally.strangers() != stood:
                tally.wrong.append(f'{trial}: it has written into what is somebody else’s')
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
    to = trial.to or (urljoin(found.page, elsewhere) if elsewhere else found.to)
    if trial.files:
        files = {name: SimpleUploadedFile('a.png', text.encode()) for name, text in trial.files.items()}
        return client.post(to, data | files)
    encoded = urlencode(data, doseq=True, errors='surrogatepass')
    return client.post(to, encoded, content_type=URLENCODED)


def _read(trial: Trial, leads: str, tally: Tally) -> None:
    found = trial.found
    pages = [urljoin(found.to, leads), *([found.page] if trial.reads_page else [])]
    for path in dict.fromkeys(pages):
        if not urlsplit(path).netloc and (status := found.client.get(path).status_code) >= 500:
            tally.wrong.append(f'{trial}: then {path} answers {status}')


def ask(asked: Asked, tally: Tally) -> None:
    """Each part of a query in turn, with what a browser's address line may hold."""
    for name in asked.names:
        key = (name_of(asked.path), name, asked.names.get('field_name', '') if name == 'term' else '')
        key = ('admin', name) if name in THE_ADMINS and key[0].startswith('admin:') else key
        if key in tally.asked:
            continue
        tally.asked.add(key)
        for what in QUERIED:
            query = urlencode(asked.names | {name: HOSTILE[what]}, errors='surrogatepass')
            said = f'{asked.role}: {asked.path}?{query[:200]}'
            try:
                if (status := asked.client.get(f'{asked.path}?{query}').status_code) >= 500:
                    tally.wrong.append(f'{said}: {status}')
            except Exception as error:
                tally.wrong.append(f'{said}: {type(error).__name__}: {str(error)[:200]}')
