"""What is written of a submission, and how a name is printed under it: each with the one list of its fields."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Value
from django.db.models.functions import Concat, Lower

from ukis import addresses

# What a field may be.
LINE = {'is one line of plain text': True}
HTML = {'is clean HTML': True}
LEAD = {'is said of the lead picture': True}
FREE = {'is not bound by approval': True}


@dataclass(frozen=True, kw_only=True)
class Words:
    """Under the names that a Version has for them.

    Approval binds them all but the tags and the language: those are the editor's and lapse nothing.
    """

    title: str = field(default='', metadata=LINE)
    standfirst: str = field(default='', metadata=LINE)
    body: str = field(default='', metadata=HTML)
    references: str = field(default='', metadata=HTML)
    lead_picture_id: int | None = None
    lead_alt: str = field(default='', metadata=LINE | LEAD)
    lead_decorative: bool = field(default=False, metadata=LEAD)
    lead_caption: str = field(default='', metadata=LINE | LEAD)
    lead_credit: str = field(default='', metadata=LINE | LEAD)
    tag_words: list[str] = field(default_factory=list, metadata=FREE)
    language: str = field(default='en-GB', metadata=FREE)

    def but(self, **changes: Any) -> Self:
        """The same, with these put over them."""
        return replace(self, **changes)

    def without_lead_texts(self) -> Self:
        """What is said of a lead picture goes with it."""
        return self.but(lead_decorative=False, **dict.fromkeys(LEAD_LINES, ''))


def _that_are(kind: dict[str, bool]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(Words) if kind.items() <= one.metadata.items())


WORDS = tuple(one.name for one in fields(Words))
BOUND = tuple(name for name in WORDS if name not in _that_are(FREE))
LINES = _that_are(LINE)
TEXTS = _that_are(HTML)
OF_THE_LEAD = _that_are(LEAD)
LEAD_LINES = _that_are(LINE | LEAD)


@dataclass(frozen=True, kw_only=True)
class PrintedName:
    """Plain values, as a version's byline holds them; `person`, `organisation` and `picture` are keys."""

    person: int | None = None
    organisation: int | None = None
    name: str = ''
    citation_name: str = ''
    role: str = ''
    affiliation: str = ''
    biography: str = ''
    picture: int | None = None

    def columns(self) -> dict[str, Any]:
        """As an Authorship or a Byline keeps them."""
        return {f'{name}_id' if name in _KEYS else name: value for name, value in vars(self).items()}

    @classmethod
    def of(cls, row: 'Printed') -> Self:
        return cls(**{name: getattr(row, f'{name}_id' if name in _KEYS else name) for name in PRINTED})


PRINTED = tuple(one.name for one in fields(PrintedName))
_KEYS = {'person', 'organisation', 'picture'}


class Printed(models.Model):
    """A row that keeps a name as it is printed."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name='%(class)ss',
    )
    organisation = models.ForeignKey(
        'members.Organisation', on_delete=models.PROTECT, null=True, blank=True, related_name='%(class)ss'
    )
    name = models.CharField('name to print', max_length=300)
    citation_name = models.CharField(max_length=600, blank=True)
    role = models.CharField('job title to print', max_length=200, blank=True)
    affiliation = models.CharField('organisation to print', max_length=200, blank=True)
    biography = models.TextField(blank=True)
    picture = models.ForeignKey(
        'ukis.Picture', on_delete=models.PROTECT, null=True, blank=True, related_name='+'
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def author_address(self) -> str:
        """Of the page with all posts of whoever is named; '' where it is nobody known."""
        return addresses.path_of('author', self.person.slug) if self.person else ''

    @property
    def short_affiliation(self) -> str:
        return self.organisation.shortened(self.affiliation) if self.organisation else self.affiliation


def in_small_letters(*columns: str, width: int) -> models.GeneratedField:
    """A column kept for those who search: PostgreSQL takes long to turn each of all rows into small letters. SQLite
    compares without regard to them, and there it is not used."""
    first, *others = columns
    of: Any = Concat(first, *(part for one in others for part in (Value(' '), one))) if others else first
    return models.GeneratedField(
        expression=Lower(of), output_field=models.CharField(max_length=width), db_persist=True
    )


def by_words(of: str, *columns: str, leading_to: tuple[str, ...] = ()) -> list[models.Index]:
    """For searching these columns on SQLite and `found_by` on PostgreSQL: with what they lead to, so that no row is
    read to look through them all."""
    return [
        models.Index(fields=[*columns, *leading_to], name=f'{of}_by_words'),
        models.Index(fields=['found_by', *leading_to], name=f'{of}_found_by'),
    ]


def in_a_row(names: Iterable[str]) -> str:
    """'Ann Lee, Bo Rhys and Cy Dunn'."""
    *others, last = list(names) or ['']
    return ' and '.join(filter(None, [', '.join(others), last]))
