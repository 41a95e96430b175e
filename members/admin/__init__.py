"""Staff's pages for people, organisations and memberships."""

from members.admin import applications, bank, front, memberships, organisations, people, roles, seats

__all__ = ['applications', 'bank', 'front', 'memberships', 'organisations', 'people', 'roles', 'seats']
