"""What somebody chose of the letters that can be refused, each kind for itself, with the words they were shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ukis.letters.models import Consent, SuppressedAddress, SuppressionQuerySet
from ukis.letters.subjects import refusable

# The private link at the foot of letters that can be refused: its purpose, and for how long it works.
PURPOSE, DAYS = 'choices', 400
FORM_BY_LINK, FORM_SIGNED_IN, ONE_CLICK = (
    'by the link in a letter',
    'signed in',
    'one click in the mail program',
)


@dataclass(frozen=True)
class MailChoice:
    """One kind of letters that somebody can do without. `asked_first`: nobody gets it who has not said yes."""

    name: str
    label: str
    what: str
    asked_first: bool

    @property
    def wording(self) -> str:
        return f'{self.label}. {self.what}'


CHOICES: dict[str, MailChoice] = {}
# The page to which the private link leads, by the name of its address.
PAGES: list[str] = []


def register_choices(page: str, *choices: MailChoice) -> None:
    """Called from `AppConfig.ready()`; which kinds of letters follow which is said with their subject."""
    PAGES.append(page)
    CHOICES.update({choice.name: choice for choice in choices})


def choice_of(kind: str) -> MailChoice | None:
    """None for service letters, which nobody can refuse."""
    return CHOICES.get(refusable().get(kind, ''))


def wants(choice: MailChoice, address: str, person: Any = None) -> bool:
    """What was said last, under this address or by this person; what holds where nothing was."""
    theirs = Q(address=address.strip().lower()) | (Q(person=person) if person else Q(pk__in=[]))
    said = Consent.objects.filter(theirs, choice=choice.name).order_by('-at', '-pk').first()
    return said.agreed if said else not choice.asked_first


def unwanted_by(people: Iterable[Any], choice: MailChoice) -> set[Any]:
    """The keys of those of these people who do not want such letters: the same as `wants` says, of many at once."""
    asked = {person.pk: (person.email or '').strip().lower() for person in people}
    said = Consent.objects.filter(choice=choice.name).filter(
        Q(person__in=list(asked)) | Q(address__in=list(asked.values()))
    )
    last: dict[Any, tuple[int, bool]] = {}
    for number, one in enumerate(said.order_by('at', 'pk')):
        for who in filter(None, (one.person_id, one.address)):
            last[who] = (number, one.agreed)
    nothing = (-1, not choice.asked_first)
    return {
        pk for pk, address in asked.items() if not max(last.get(pk, nothing), last.get(address, nothing))[1]
    }


def chosen(address: str, person: Any = None) -> dict[str, bool]:
    """Every choice and what holds of it; none of them where the address is suppressed for all that can be refused."""
    refused = _suppressed(address).exists()
    return {name: not refused and wants(choice, address, person) for name, choice in CHOICES.items()}


def not_undoing(address: str, said: Mapping[str, bool], person: Any = None) -> dict[str, bool]:
    """What was said by a box that refuses: left empty, it takes no earlier no back."""
    held = chosen(address, person)
    return {name: agreed for name, agreed in said.items() if held[name] or not agreed}


def _suppressed(address: str) -> SuppressionQuerySet:
    rows = SuppressedAddress.objects.standing().filter(scope=SuppressedAddress.Scope.REFUSABLE)
    return rows.filter(address=address.strip().lower())


@transaction.atomic
def choose(
    address: str,
    said: Mapping[str, bool],
    *,
    form: str,
    source: str = '',
    person: Any = None,
    wording: str = '',
) -> list[Consent]:
    """Writes down what differs from what held, each with the words that stood beside it. Whoever wants letters again
    need ask nobody to lift what was suppressed at their wish; what they did not choose with it stays refused."""
    held = chosen(address, person)
    lifted = any(said.values()) and _suppressed(address).update(
        lifted_at=timezone.now(), lifted_by=person, lifted_why='Its reader chose letters again.'
    )
    rows = [
        Consent(
            address=address.strip().lower(),
            person=person,
            choice=name,
            agreed=agreed,
            wording=(name in said and wording) or CHOICES[name].wording,
            form=form,
            source=source,
        )
        for name, agreed in {**(dict.fromkeys(CHOICES, False) if lifted else {}), **said}.items()
        if name in CHOICES and (lifted or held[name] != agreed or wording)
    ]
    return Consent.objects.bulk_create(rows)
