"""The outbox in the admin."""

from ukis.letters.admin import outbox, records

__all__ = ['outbox', 'records']
