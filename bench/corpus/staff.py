"""Those who look after it: two who decide and edit, a secretary and an administrator."""

from dataclasses import dataclass

from django.contrib.auth.models import Group

from members.models import Person
from members.roles import ADMINISTRATOR, COMMISSIONING_EDITOR, EDITOR, SECRETARY

ROLES = {'chief': COMMISSIONING_EDITOR, 'editor': EDITOR, 'secretary': SECRETARY, 'admin': ADMINISTRATOR}


@dataclass(frozen=True)
class Staff:
    chief: Person
    editor: Person
    secretary: Person
    admin: Person

    @property
    def editors(self) -> list[Person]:
        return [self.chief, self.editor]


def address_of(role: str) -> str:
    return f'{role}@staff.example'


def make_staff() -> Staff:
    people = {}
    for role, group in ROLES.items():
        people[role], _ = Person.objects.get_or_create(
            email=address_of(role),
            defaults={
                'name': f'{role.capitalize()} Staff',
                'family_name': 'Staff',
                'slug': f'staff-{role}',
                'is_staff': True,
            },
        )
        people[role].groups.add(Group.objects.get(name=group))
    return Staff(**people)
