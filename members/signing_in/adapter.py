"""What allauth asks us: how often somebody may try, and how its letters go out."""

import logging
import secrets
import smtplib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from members.models import Person
from members.signing_in import browsers, guessing
from ukis import letters
from ukis.society.models import Society
from ukis.unsaved import give_back

log = logging.getLogger(__name__)

SENT = 'account/messages/email_confirmation_sent.txt'
NOT_SENT = (
    'The letter with the code could not be sent: our mail server does not answer. Nothing of yours is lost. Wait a '
    'few minutes and ask for another code here, or sign in then: a new code is sent with it.'
)
# Asked for on a page that has nothing else to go on with: it is given back instead.
ASKED_FOR = (
    'account/email/password_reset_key',
    'account/email/login_code',
    'account/email/unknown_account',
)


class Adapter(DefaultAccountAdapter):
    """Sign-in, sign-up and reset codes are sent at once and never pass through the outbox; what tells somebody
    of a change to their account does."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        'email_password_mismatch': 'This address and this password do not fit together.',
        'enter_current_password': 'This is not the password you have now.',
        'incorrect_code': 'This is not the code we sent. Take it from the newest letter.',
        'incorrect_password': 'This is not your password.',
        'cannot_remove_primary_email': 'Make another address the main one first.',
        'code_not_sent': (
            'The letter could not be sent: our mail server does not answer. Wait a few minutes and ask for it again. A '
            'code that you have already still works.'
        ),
        'duplicate_email': 'This address is among yours already.',
        'too_many_codes': (
            'Several codes were asked for already. Take the one from the newest letter; another can be asked for '
            'within the hour. A password or a passkey signs you in meanwhile.'
        ),
        'too_many_login_attempts': (
            'There were too many tries. Wait five minutes and try again, or set a new password by “Forgot your '
            'password?”.'
        ),
        'unverified_primary_email': 'The main address must be one that is verified.',
        'rate_limited': 'That was too often. Wait a few minutes and try again.',
    }

    # --- Passwords

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """In place of allauth's own count, by which strangers could lock an owner out."""
        self._attempt = guessing.attempt(request, credentials.get('email', ''))
        if not self._attempt.allowed:
            raise self.validation_error('too_many_login_attempts')

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        person = super().authenticate(request, **credentials)
        if person:
            self._attempt.was_right()
        return person

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        browsers.remember(request, response, user.pk)
        return response

    # --- Letters

    def get_from_email(self) -> str:
        return settings.DEFAULT_FROM_EMAIL

    def send_account_already_exists_mail(self, email: str) -> None:
        """Takes as long as a new account, whose password is hashed: the time tells nobody who has one."""
        make_password(secrets.token_urlsafe(9))
        super().send_account_already_exists_mail(email)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        subject, body = _words(template_prefix, {**context, 'email': email})
        message = letters.framed(subject=subject, body=body, to=email)
        try:
            message.send(using='at_once')
        except (OSError, smtplib.SMTPException) as error:
            log.warning('A letter of %s could not be sent: %s', template_prefix, error)
            self._say_not_sent(template_prefix)

    def _say_not_sent(self, template_prefix: str) -> None:
        if template_prefix in ASKED_FOR:
            raise ImmediateHttpResponse(give_back(self.request, status=503))
        self.request.letter_not_sent = True
        messages.error(self.request, NOT_SENT)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str = '', *args: Any, **kwargs: Any
    ) -> None:  # type: ignore[override]
        if message_template == SENT and getattr(request, 'letter_not_sent', False):
            return
        super().add_message(request, level, message_template, *args, **kwargs)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict | None = None, email: str | None = None
    ) -> None:
        """By the outbox, for it must arrive however the mail server does today. It says what and when, not from
        where: staff read the outbox."""
        kind = template_prefix.rpartition('/')[2]
        tell(user, kind=kind, words=letters.written(kind, _given(context or {})), address=email or '')


def _given(context: dict) -> dict:
    return {
        **context,
        'society': Society.get(),
        'reset_url': settings.LETTERS_URL + reverse('account_reset_password'),
    }


def _words(template_prefix: str, context: dict) -> tuple[str, str]:
    given = _given(context)
    subject = render_to_string(f'{template_prefix}_subject.txt', given)
    body = render_to_string(f'{template_prefix}_message.txt', given)
    return ' '.join(subject.split()), body.strip() + '\n'


def tell(person: Person, *, kind: str, words: letters.LetterWords, address: str = '') -> None:
    """A letter to somebody about their own account."""
    main = EmailAddress.objects.get_primary_email(person)
    letters.queue(
        kind=kind,
        key=f'account {person.pk} {secrets.token_urlsafe(9)}',
        about=person,
        to=person,
        to_address=address or main or '',
        words=words,
        reply_to=Society.get().office_address,
    )
