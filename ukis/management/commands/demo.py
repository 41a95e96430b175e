import os
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection

from members import roles
from ukis import pictures
from ukis.demonstration import series
from ukis.demonstration.staging import PASSWORD, SECRET, Stage
from ukis.demonstration.whole import stage_everything
from ukis.management import collecting
from ukis.management.locking import alone_in_folder

ACCOUNTS = {
    'author': 'author',
    'coauthor': 'invited co-author',
    'contact': 'main contact',
    'editor': roles.COMMISSIONING_EDITOR,
    'second-editor': 'editor',
    series.GUEST: 'guest editor',
    'secretary': 'membership secretary',
    'administrator': 'administrator',
}


class Command(BaseCommand):
    help = (
        'Fills the site with the demonstration society: twice does no harm, DEMO_RESET=1 starts afresh. '
        'Prints who can sign in with what.'
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with alone_in_folder('filling in the demonstration'):
            self.fill()

    def fill(self) -> None:
        if os.environ.get('DEMO_RESET') == '1':
            self.reset()
        self.say('Preparing the database')
        call_command('migrate', verbosity=0, interactive=False)
        self.say('Collecting static files')
        collecting.collect()
        stage = stage_everything(self.say)
        self.say('Pictures in their sizes')
        pictures.make_missing_sizes(limit=1000)
        self.say_who(stage)

    def say(self, words: str) -> None:
        self.stdout.write(f'  {words} …')
        self.stdout.flush()

    def reset(self) -> None:
        """Forgets the demonstration. Only its own file and pictures go: another database is not ours."""
        if connection.vendor != 'sqlite':
            raise CommandError(
                'DEMO_RESET works on the SQLite file of the demonstration. Empty another database by its own means.'
            )
        self.say('Starting afresh')
        connection.close()
        name = str(settings.DATABASES['default']['NAME'])
        for path in (name, f'{name}-wal', f'{name}-shm'):
            Path(path).unlink(missing_ok=True)
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)

    def say_who(self, stage: Stage) -> None:
        site = f'http://localhost:{settings.PORT}'
        lines = [
            '',
            f'The demonstration is at {site}/ (no visitor needs a sign-in).',
            f'Sign in at {site}/account/login/ with the password  {PASSWORD}  as',
            '',
            *(f'  {role:22} {stage.people[key].email}' for key, role in ACCOUNTS.items()),
            '',
            'Editors, guests, secretary and administrator are asked for a code as well. Put this secret into any',
            f'authenticator app, or into a one-time-code tool:  {SECRET}',
            'Letters are printed here as they are sent; every one is in the admin under Letters.',
            '',
        ]
        self.stdout.write('\n'.join(lines))
