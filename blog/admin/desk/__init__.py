"""The editors' desk: queues, a submission's page, and the moves."""

from blog.admin.desk import moves, queue

__all__ = ['moves', 'queue']
