"""What somebody may be to one submission."""

from enum import StrEnum


class Role(StrEnum):
    AUTHOR = 'author'  # named, with edit right
    CORRESPONDING = 'corresponding author'
    NAMED = 'co-author'  # named, without edit right
    EDITOR = 'assigned editor'
    DESK = 'an editor'
    CHIEF = 'Commissioning Editor'
    ADMINISTRATOR = 'Administrator'
    SYSTEM = 'system'


EDITORS = frozenset({Role.EDITOR, Role.CHIEF})
CHIEFS = frozenset({Role.CHIEF})
TAKERS = frozenset({Role.DESK, Role.CHIEF})
PUBLISHERS = frozenset({Role.CHIEF, Role.ADMINISTRATOR})
AUTHORS = frozenset({Role.AUTHOR})
CORRESPONDING = frozenset({Role.CORRESPONDING})
