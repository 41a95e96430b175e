"""Two people, or two organisations, that are one: looked at first, then merged once. And organisations that became
one, or several, in truth: both records stay."""

from members.merging import of_organisations, of_people
from members.merging.following import stands_for
from members.merging.organisations import look_at_organisations, merge_organisations
from members.merging.people import look_at_people, merge_people
from members.merging.pointing import Looked, swept
from members.merging.succeeding import let_be, look_after_people, succeed

__all__ = [
    'Looked',
    'let_be',
    'look_after_people',
    'look_at_organisations',
    'look_at_people',
    'merge_organisations',
    'merge_people',
    'register',
    'stands_for',
    'succeed',
    'swept',
]


def register() -> None:
    of_people.register()
    of_organisations.register()
