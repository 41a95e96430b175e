from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from blog import exporting
from ukis.management import static_copy

EXPORT = 'export.xml'


class Command(BaseCommand):
    help = (
        'Writes everything public into a folder: as a copy that any web server, or none, can show, and as an export '
        f'({EXPORT}) that WordPress and import_posts take.'
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument('folder', type=Path, metavar='DIR', help='A new or empty folder.')
        parser.add_argument(
            '--notices', action='store_true', help=f'Put the home page’s notices of today into {EXPORT} too.'
        )

    def handle(self, **options: Any) -> None:
        folder = options['folder']
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CommandError(f'{folder} is not empty. Nothing is written over: name a new folder.')
        folder.mkdir(parents=True, exist_ok=True)
        site_url = settings.SITE_URL or f'http://localhost:{settings.PORT}'
        originals: list[str] = []
        with (folder / EXPORT).open('w', encoding='utf-8') as file:
            file.writelines(exporting.write(site_url, notices=options['notices'], shows=originals.append))
        done = static_copy.copy(
            folder,
            site_url=site_url,
            originals=originals,
            say=lambda line: self.stderr.write(line, style_func=str),
        )
        self.stdout.write(
            f'{len(done.pages):,} pages, {len(done.files):,} pictures and other files and {done.redirects:,} former '
            f'addresses in {folder}, and {EXPORT} beside them.'
        )
        if done.not_copied:
            self.stdout.write('Addresses for which no file can stand, or that answered nothing:')
            for address in sorted(set(done.not_copied)):
                self.stdout.write(f'  {address}')
