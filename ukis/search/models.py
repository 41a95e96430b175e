"""What is looked for, as it is kept: a row a document, how many documents have a word, and what means the same."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

KIND_BITS, ROW_BITS = 4, 25
MOST_ROWS = 1 << ROW_BITS


class Document(models.Model):
    """`key` is date, row and kind in one, so that its order is that of dates. The words of title, standfirst, tags and
    names are `first`, all others `rest`; beside them the stems of the former, and of all. `weights` says how much each
    stem and word counts in it (`ukis/search/weighing.py`)."""

    key = models.BigIntegerField(primary_key=True)
    kind = models.PositiveSmallIntegerField()
    row = models.PositiveIntegerField()
    language = models.CharField(max_length=10, blank=True)
    # Before the long ones: a row is read from its beginning.
    facets = models.TextField()
    weights = models.BinaryField()
    first = models.TextField()
    rest = models.TextField()
    first_stems = models.TextField()
    stems = models.TextField()

    class Meta:
        db_table = 'ukis_document'
        constraints = [models.UniqueConstraint(fields=['kind', 'row'], name='document_once')]

    def __str__(self) -> str:
        return f'words of {self.kind}/{self.row}'


class Form(models.IntegerChoices):
    STEM = 0, 'a stem'
    WORD = 1, 'a word as it stands'


class Word(models.Model):
    """In how many documents that everybody may read it stands."""

    form = models.PositiveSmallIntegerField(choices=Form)
    word = models.CharField(max_length=64)
    documents = models.PositiveIntegerField()

    class Meta:
        db_table = 'ukis_word'
        constraints = [models.UniqueConstraint(fields=['form', 'word'], name='word_counted_once')]

    def __str__(self) -> str:
        return f'{self.word} in {self.documents}'


class SearchState(models.Model):
    """One row: by which function the words were made, how many documents everybody may read, and whether all there
    is has been gone through. Whoever counts words holds it."""

    version = models.CharField(max_length=40, blank=True)
    documents = models.PositiveIntegerField(default=0)
    whole = models.BooleanField(default=False)

    class Meta:
        db_table = 'ukis_search_state'

    def __str__(self) -> str:
        return f'{self.documents} documents by {self.version}'


class ToWriteAnew(models.Model):
    """A name changed that stands in every document with this facet: the worker goes through them by their keys, and
    is `after` this one. Gone through twice: what was being written as the name changed is there the second time."""

    facet = models.CharField(max_length=20)
    after = models.BigIntegerField(default=-1)
    due_at = models.DateTimeField(default=timezone.now)
    once_more = models.BooleanField(default=True)

    class Meta:
        db_table = 'ukis_to_write_anew'

    def __str__(self) -> str:
        return f'{self.facet} after {self.after}'


class Synonyms(models.Model):
    """Words or phrases that mean the same to whoever looks for one of them."""

    words = models.CharField(
        'mean the same',
        max_length=300,
        help_text='Two or more words or phrases with commas between them: SEN, special educational needs. Whoever '
        'looks for one of them finds the others too.',
    )

    class Meta:
        db_table = 'ukis_synonyms'
        ordering = ['words']
        verbose_name = verbose_name_plural = 'words that mean the same in search'

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        if len([one for one in self.words.split(',') if one.strip()]) < 2:
            raise ValidationError({'words': 'Give at least two, with a comma between them.'})
