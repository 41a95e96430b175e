"""Staff's pages for people, organisations and memberships."""

from members.admin import (
    applications,
    bank,
    domains,
    front,
    introductions,
    invoices,
    memberships,
    money_pages,
    organisations,
    payments,
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
    'invoices',
    'memberships',
    'money_pages',
    'organisations',
    'payments',
    'people',
    'proposals',
    'roles',
    'seats',
]
