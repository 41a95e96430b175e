from typing import Any

from django.core.management import BaseCommand

from ukis import search


class Command(BaseCommand):
    help = 'Makes the index of words anew, while the site goes on: what is changed meanwhile is not lost.'

    def handle(self, *args: Any, **options: Any) -> None:
        shown = ''
        for name, done, whole in search.rebuild():
            if shown and shown != name:
                self.stdout.write('')
            shown = name
            self.stdout.write(f'\r  {name}: {done} of {whole}', ending='')
            self.stdout.flush()
        self.stdout.write('\n  The index is whole.')
