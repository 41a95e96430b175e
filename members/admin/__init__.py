"""Staff's pages for people, organisations and memberships."""

from members.admin import bank, front, memberships, organisations, people, roles, seats

__all__ = ['bank', 'front', 'memberships', 'organisations', 'people', 'roles', 'seats']
