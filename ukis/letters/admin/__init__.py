"""The outbox in the admin."""

from ukis.letters.admin import outbox, pausing, records, texts

__all__ = ['outbox', 'pausing', 'records', 'texts']
