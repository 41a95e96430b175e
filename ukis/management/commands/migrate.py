"""Django's `migrate`, one at a time: two machines that start at once do not trip over each other."""

from typing import Any

from django.core.management.commands import migrate

from ukis.management.locking import alone_at_migrating


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> Any:
        with alone_at_migrating(self.stderr.write):
            return super().handle(*args, **options)
