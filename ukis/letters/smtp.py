"""Django's SMTP, which also says whether the line broke before or after the letter was given."""

import smtplib
from typing import Any

from django.core.mail.backends import smtp


class _Line(smtplib.SMTP):
    given = False

    def mail(self, *args: Any, **options: Any) -> Any:
        self.given = False
        return super().mail(*args, **options)

    def data(self, msg: Any) -> Any:
        self.given = True
        return super().data(msg)


class _SecureLine(_Line, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _SecureLine if self.use_ssl else _Line

    @property
    def may_have_arrived(self) -> bool:
        return bool(getattr(self.connection, 'given', False))
