from typing import Any

from django.core.management import BaseCommand

from members.erasing import replaying


class Command(BaseCommand):
    help = (
        'After a backup was brought back, and before the site is served: erases again everybody who was erased since '
        'it was made, by the receipts in DATA_DIR. Run twice it does no more than once.'
    )

    def handle(self, **options: Any) -> None:
        done = replaying.replay()
        known = len({receipt.mark for receipt in replaying.receipts()})
        self.stdout.write(f'{known} receipts in {replaying.path()}; {len(done)} people erased again.')
