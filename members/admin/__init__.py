"""Staff's pages for people, organisations and memberships."""

from members.admin import memberships, organisations, people, roles

__all__ = ['memberships', 'organisations', 'people', 'roles']
