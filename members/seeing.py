"""Who may see what of a person: said once, for pages, lists, counts, suggestions and what machines read.

Two choices are apart: who sees something, and whether search engines may list the page of it.
"""

from typing import Any

from django.db import models

type Sees = tuple[str, ...]


class Visibility(models.TextChoices):
    PUBLIC = 'public', 'everybody'
    MEMBERS = 'members', 'members'
    NOBODY = 'nobody', 'nobody'


PUBLIC: Sees = (Visibility.PUBLIC.value,)
MEMBERS: Sees = (Visibility.PUBLIC.value, Visibility.MEMBERS.value)

# What a person shows, each with a choice of its own: `nation_for` says who sees the nation.
PARTS = ('biography', 'photo', 'nation', 'links', 'work', 'topics', 'sought')


def sees(viewer: Any) -> Sees:
    """What is meant for this viewer: a member sees what is for members, everybody else what is for everybody."""
    is_member = viewer is not None and viewer.is_authenticated and viewer.may_submit()
    return MEMBERS if is_member else PUBLIC


def shows(part: str, to: Sees) -> models.Q:
    """Of people: whose `part` is meant for those who see `to`."""
    assert part in PARTS, part
    return models.Q(**{f'{part}_for__in': to})


def choice(words: str, default: Visibility, help_text: str = '') -> models.CharField:
    return models.CharField(words, max_length=10, choices=Visibility, default=default, help_text=help_text)


class Seen:
    """A person as those see them who see `to`: what is not meant for them is empty, whatever a template asks."""

    def __init__(self, person: Any, to: Sees) -> None:
        self.person, self.to = person, to

    def shows(self, part: str) -> bool:
        return getattr(self.person, f'{part}_for') in self.to

    @property
    def biography(self) -> str:
        return self.person.biography if self.shows('biography') else ''

    @property
    def photo(self) -> Any:
        return self.person.photo if self.shows('photo') else None

    @property
    def nation(self) -> str:
        """In words."""
        return self.person.get_nation_display() if self.shows('nation') else ''

    @property
    def orcid(self) -> str:
        return self.person.orcid if self.shows('links') else ''

    @property
    def website(self) -> str:
        return self.person.website if self.shows('links') else ''
