import csv
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import connection

from blog import importing


class Command(BaseCommand):
    help = (
        'Brings in what was published elsewhere: exports of WordPress (WXR), RSS and Atom feeds, saved as files (gzip '
        'too), folders of saved pages. Safe to run twice: what is here already stays. Look at --dry-run '
        'first. Nothing is fetched.'
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument('files', nargs='+', type=Path, metavar='FILE')
        parser.add_argument(
            '--dry-run', action='store_true', help='Say what would be done, and write nothing.'
        )
        parser.add_argument(
            '--pictures', type=Path, metavar='DIR', help='Where the pictures of the old site lie.'
        )
        parser.add_argument(
            '--zone',
            default='Europe/London',
            help='Of dates that say none, as Europe/London, which it is otherwise.',
        )
        parser.add_argument(
            '--addresses',
            type=Path,
            metavar='CSV',
            help='A table: an old address, and the slug of the post it means.',
        )
        parser.add_argument(
            '--slugs', type=Path, metavar='CSV', help='Where to write such a table of all that lead here.'
        )
        parser.add_argument(
            '--report', type=Path, metavar='FILE', help='Where to write the whole report too.'
        )

    def handle(self, **options: Any) -> None:
        for path in [*options['files'], *filter(None, [options['pictures'], options['addresses']])]:
            if not path.exists():
                raise CommandError(f'There is no {path}.')
        try:
            zone = ZoneInfo(options['zone'])
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise CommandError(
                f'{options["zone"]} is no zone. They are called like Europe/London.'
            ) from error
        _read_in_pieces()
        report = importing.run(
            options['files'],
            by=None,
            pictures=options['pictures'],
            zone=zone,
            dry=options['dry_run'],
            led=list(filter(None, [options['addresses']])),
            say=lambda line: self.stderr.write(line, style_func=str),
        )
        if options['report']:
            options['report'].write_text(report.text(shown=None), encoding='utf-8')
        if options['slugs']:
            with options['slugs'].open('w', encoding='utf-8', newline='') as file:
                csv.writer(file).writerows([('old address', 'slug'), *report.led])
        self.stdout.write(report.text(), ending='')


def _read_in_pieces() -> None:
    """A database file that is shown in memory as a whole would count as memory of a command that is to need little."""
    if connection.vendor == 'sqlite':
        with connection.cursor() as cursor:
            cursor.execute('PRAGMA mmap_size = 0')
