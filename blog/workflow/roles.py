"""What somebody may be to one submission."""

from enum import StrEnum

from members import roles


class Role(StrEnum):
    AUTHOR = 'author'  # named, with edit right
    CORRESPONDING = 'corresponding author'
    NAMED = 'co-author'  # named, without edit right
    EDITOR = 'assigned editor'
    DESK = 'an editor'
    CHIEF = roles.COMMISSIONING_EDITOR
    ADMINISTRATOR = roles.ADMINISTRATOR
    SYSTEM = 'system'


EDITORS = frozenset({Role.EDITOR, Role.CHIEF})
CHIEFS = frozenset({Role.CHIEF})
TAKERS = frozenset({Role.DESK, Role.CHIEF})
PUBLISHERS = frozenset({Role.CHIEF, Role.ADMINISTRATOR})
AUTHORS = frozenset({Role.AUTHOR})
CORRESPONDING = frozenset({Role.CORRESPONDING})
