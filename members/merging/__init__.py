"""Two people, or two organisations, that are one: looked at first, then merged once."""

from members.merging import of_organisations, of_people
from members.merging.following import stands_for
from members.merging.organisations import look_at_organisations, merge_organisations
from members.merging.people import look_at_people, merge_people
from members.merging.pointing import Looked, swept

__all__ = [
    'Looked',
    'look_at_organisations',
    'look_at_people',
    'merge_organisations',
    'merge_people',
    'register',
    'stands_for',
    'swept',
]


def register() -> None:
    of_people.register()
    of_organisations.register()
