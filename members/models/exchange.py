"""Files of the registers that staff took in: what each would change, and what became of it."""

from django.db import models
from django.db.models import Q

from members.models.people import Person


class RegisterImport(models.Model):
    """One file. It is kept itself only until it is carried out, or let go."""

    class State(models.TextChoices):
        WAITING = 'waiting', 'being read'
        LOOKED = 'looked', 'to be looked at'
        CONFIRMED = 'confirmed', 'being carried out'
        DONE = 'done', 'carried out'

    register = models.CharField(max_length=20, editable=False)
    file_name = models.CharField(max_length=200, editable=False)
    content = models.BinaryField(null=True, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING, editable=False)
    total = models.PositiveIntegerField(default=0, editable=False)
    new = models.PositiveIntegerField(default=0, editable=False)
    changed = models.PositiveIntegerField(default=0, editable=False)
    unchanged = models.PositiveIntegerField(default=0, editable=False)
    refused = models.PositiveIntegerField(default=0, editable=False)
    # Cells that differ in columns that are told and not taken; heads that are no column of ours.
    left = models.PositiveIntegerField(default=0, editable=False)
    unknown = models.CharField(max_length=300, blank=True, editable=False)
    # Of what was looked at: what is carried out is the same, or nothing.
    digest = models.CharField(max_length=64, blank=True, editable=False)
    trouble = models.CharField(max_length=500, blank=True, editable=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name='+', editable=False)
    at = models.DateTimeField(editable=False)
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name='+', editable=False
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ['-at', '-pk']
        indexes = [
            models.Index(fields=['-at', '-id'], name='register_import_newest'),
            models.Index(
                fields=['state'],
                name='register_import_waiting',
                condition=Q(state__in=['waiting', 'confirmed']),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state='done') | Q(content=None, done_at__isnull=False),
                name='register_import_file_not_kept',
                violation_error_message='The file of what was carried out is not kept.',
            ),
        ]

    def __str__(self) -> str:
        return f'“{self.file_name}”'

    @property
    def is_working(self) -> bool:
        return self.state in (self.State.WAITING, self.State.CONFIRMED)

    @property
    def is_looked_at(self) -> bool:
        return self.state == self.State.LOOKED

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE

    @property
    def can_be_confirmed(self) -> bool:
        return self.is_looked_at and not self.refused and bool(self.new + self.changed)


class RegisterImportRow(models.Model):
    """What becomes of one row of a file; of those that change nothing only the number is kept."""

    of = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name='rows', editable=False)
    line = models.PositiveIntegerField(editable=False)
    kind = models.CharField(max_length=10, editable=False)
    label = models.CharField(max_length=200, blank=True, editable=False)
    why = models.CharField(max_length=500, blank=True, editable=False)
    changes = models.JSONField(default=list, editable=False)

    class Meta:
        ordering = ['of', 'line']
        indexes = [models.Index(fields=['of', 'kind', 'line'], name='register_import_row_by_kind')]

    def __str__(self) -> str:
        return f'Row {self.line}, {self.kind}: {self.label}'

    @property
    def is_refused(self) -> bool:
        return self.kind == 'refused'

    @property
    def is_new(self) -> bool:
        return self.kind == 'new'
