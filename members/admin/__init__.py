"""Staff's pages for people, organisations and memberships."""

from members.admin import front, memberships, organisations, people, roles, seats

__all__ = ['front', 'memberships', 'organisations', 'people', 'roles', 'seats']
