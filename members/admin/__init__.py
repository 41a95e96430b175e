"""Staff's pages for people, organisations and memberships."""

from members.admin import (
    applications,
    bank,
    books,
    domains,
    front,
    introductions,
    invoices,
    ledgers,
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
    'books',
    'domains',
    'front',
    'introductions',
    'invoices',
    'ledgers',
    'memberships',
    'money_pages',
    'organisations',
    'payments',
    'people',
    'proposals',
    'roles',
    'seats',
]
