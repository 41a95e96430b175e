from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import transaction

from members.models import Person


class Command(BaseCommand):
    help = (
        'For somebody who lost their authenticator, passkeys and recovery codes: takes all of these away and ends '
        'every session of theirs. They sign in with their password and set up a new one. Be sure who asks.'
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument('address', help='a confirmed email address of theirs')

    def handle(self, *, address: str, **options: Any) -> None:
        people = Person.objects.filter(
            emailaddress__email__iexact=address.strip(), emailaddress__verified=True
        )
        person = people.distinct().first()
        if person is None:
            raise CommandError(f'Nobody has the confirmed address {address}.')
        with transaction.atomic():
            count, _ = Authenticator.objects.filter(user=person).delete()
            sessions = list(UserSession.objects.filter(user=person))
            for session in sessions:
                session.end()
        self.stdout.write(
            f'{person}: {count} second factors forgotten, {len(sessions)} sessions ended. '
            'Until a new one is set up under Security, the admin is closed to them.'
        )
