"""What was published elsewhere, in plain values, whatever it was read from."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


class NotReadable(Exception):
    """Says in a sentence why a file, or the rest of it, cannot be read."""


@dataclass(frozen=True)
class FormerName:
    """A name as it stood under a text there; `login` is what its address there was made of."""

    name: str
    email: str = ''
    login: str = ''


@dataclass(frozen=True)
class FormerPicture:
    """Of a library of pictures there: where it was, what was said of it, and to which text it belonged."""

    address: str
    alt: str = ''
    caption: str = ''
    credit: str = ''
    parent: str = ''
    decorative: bool = False


@dataclass
class FormerPost:
    """One text of another system.

    `site` and `own_id` are its identity; `status` 'public', or the word for why nobody may read it. `body` is HTML as
    it stood there: `is_written` where it still has to become what its readers saw (classic text, shortcodes).
    `addresses`: whole ones, the present one first. `facts`: what our own export says besides.
    """

    site: str
    own_id: str
    title: str = ''
    standfirst: str = ''
    body: str = ''
    is_written: bool = False
    names: list[FormerName] = field(default_factory=list)
    published_at: datetime | None = None
    tags: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    slug: str = ''
    status: str = 'public'
    feed_id: str = ''
    number: str = ''  # its row there, to which pictures point
    lead: FormerPicture | None = None
    comments: int = 0
    language: str = ''
    facts: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def source(self) -> str:
        return f'{self.site} {self.own_id}'

    @property
    def called(self) -> str:
        """How a report names it."""
        return ' '.join(self.title.split())[:100] or (self.addresses or [self.own_id])[0][:100]


@dataclass
class Former:
    """What a file says besides its texts, gathered before they are read."""

    site: str = ''
    authors: dict[str, FormerName] = field(default_factory=dict)  # by login
    pictures: dict[str, FormerPicture] = field(default_factory=dict)  # by number
    terms: dict[str, str] = field(default_factory=dict)  # path of a category's or tag's page → its name
    described: dict[str, str] = field(default_factory=dict)  # name of a tag → its description
    feeds: list[str] = field(default_factory=list)
    is_ours: bool = False  # written by our own export
    # What our own export says around its posts: by kind, then by what names it.
    said: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    # What of it is no post and is not taken, by kind.
    others: Counter[str] = field(default_factory=Counter)

    def take_in(self, other: 'Former') -> None:
        """Another file of the same site: exports come in several parts."""
        for name in ('authors', 'pictures', 'terms', 'described'):
            getattr(self, name).update(getattr(other, name))
        for kind, rows in other.said.items():
            self.said.setdefault(kind, {}).update(rows)
        self.is_ours = self.is_ours or other.is_ours
        self.others += other.others

    def belonging_to(self, number: str) -> Mapping[str, FormerPicture]:
        return {key: one for key, one in self.pictures.items() if number and one.parent == number}
