"""What the database itself keeps of changes that public pages show (`triggers.py` writes both)."""

from uuid import uuid4

from django.db import models


class Generation(models.Model):
    """One row: how often something changed that pages show. `era` is another where numbers may begin again."""

    n = models.BigIntegerField(default=0)
    era = models.UUIDField(default=uuid4)
    # Closed while the tables are being changed: what is read then is not kept.
    open = models.BooleanField(default=False)
    installed = models.CharField(max_length=64, blank=True)
    # Changes before this number are forgotten: who has not read them yet forgets all it has.
    floor = models.BigIntegerField(default=0)
    # How long a reader may trust a number that it was given, in milliseconds; who writes waits as long.
    lease = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = 'generation of the page cache'
        db_table = 'ukis_generation'

    def __str__(self) -> str:
        return f'{self.n} of {self.era}'


class Change(models.Model):
    """What changed last at which number: a row `blog_post 17`, a column `blog_post.slug`, the rows there are
    `blog_post+`."""

    subject = models.CharField(max_length=140, primary_key=True)
    n = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = 'change for the page cache'
        db_table = 'ukis_change'

    def __str__(self) -> str:
        return f'{self.subject} at {self.n}'
