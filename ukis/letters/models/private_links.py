"""The private links that letters carry."""

import hashlib
import secrets
from datetime import timedelta

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from ukis import days
from ukis.letters.models.letters import Letter


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class PrivateLink(models.Model):
    """A link that works for one purpose, on one thing, for a while. Only the token's hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    purpose = models.CharField(max_length=40)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    about = GenericForeignKey('content_type', 'object_id')
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True, related_name='+')
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f'{self.purpose} until {days.in_words(days.london_day(self.expires_at))}'

    @classmethod
    def make(
        cls, *, purpose: str, about: models.Model, days: int, letter: Letter | None = None, token: str = ''
    ) -> str:
        """A new token; it is returned once and kept nowhere."""
        token = token or secrets.token_urlsafe(24)
        cls.objects.create(
            token_hash=hashed(token),
            purpose=purpose,
            about=about,
            letter=letter,
            expires_at=timezone.now() + timedelta(days=days),
        )
        return token

    @classmethod
    def find(cls, token: str, purpose: str) -> 'PrivateLink | None':
        """The live link of this token and purpose, or None: whatever is wrong, a stranger learns nothing."""
        return cls.objects.filter(
            token_hash=hashed(token), purpose=purpose, expires_at__gt=timezone.now()
        ).first()
