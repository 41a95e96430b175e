"""One kind of thing that waits, as the front page and Monday's letter show it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

NAMED = 5


@dataclass(frozen=True)
class WaitingRow:
    words: str
    address: str
    says: str


# What waits, where there is one of it.
ONE = {
    'addresses': 'address',
    'applications': 'application',
    'changes': 'change',
    'domains': 'domain',
    'invoices': 'invoice',
    'leave': 'leaves',
    'letters': 'letter',
    'organisations': 'organisation',
    'payments': 'payment',
    'people': 'person',
    'promises': 'promise',
    'renewals': 'renewal',
    'requests': 'request',
    'wishes': 'wish',
}


@dataclass(frozen=True)
class Waiting:
    """One kind of thing that waits. `how_many` is the count in words, where there are too many to count."""

    words: str
    count: int
    how_many: str
    first: list[WaitingRow]
    all_at: str
    beside: str = ''  # what to think of before anything is done about it

    @property
    def more(self) -> bool:
        return self.count > len(self.first)

    @property
    def said(self) -> str:
        """As it stands after the number."""
        what, _, rest = self.words.partition(' ')
        return f'{ONE.get(what, what)} {rest}'.strip() if self.count == 1 else self.words


def page_of(model: str, key: int) -> str:
    return reverse(f'admin:members_{model}_change', args=[key])


def list_of(model: str, **narrowed: str) -> str:
    query = f'?{urlencode(narrowed)}' if narrowed else ''
    return reverse(f'admin:members_{model}_changelist') + query
