"""Staff's pages for people, organisations and memberships."""

from members.admin import (
    applications,
    bank,
    domains,
    front,
    introductions,
    memberships,
    organisations,
    people,
    proposals,
    roles,
    seats,
)

__all__ = [
    'applications',
    'bank',
    'domains',
    'front',
    'introductions',
    'memberships',
    'organisations',
    'people',
    'proposals',
    'roles',
    'seats',
]
