"""Two people, or two organisations, that are one: looked at first, then merged once."""

from members.merging import of_people
from members.merging.following import stands_for
from members.merging.people import look_at_people, merge_people, swept
from members.merging.pointing import Looked

__all__ = ['Looked', 'look_at_people', 'merge_people', 'register', 'stands_for', 'swept']


def register() -> None:
    of_people.register()
