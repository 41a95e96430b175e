"""Who follows the blog by email, what is sent out to them together, and what went to whom."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from blog.models.posts import Post
from members.models import Person
from ukis import days
from ukis.tags.models import Tag

# For how long somebody may confirm what was asked under their address; then it is gone.
TO_CONFIRM = timedelta(days=7)


class Often(models.TextChoices):
    AT_ONCE = 'at once', 'each post as soon as it is out'
    WEEKLY = 'weekly', 'once a week, what was new'
    MONTHLY = 'monthly', 'once a month, what was new'


class Subscriber(models.Model):
    """An address under which somebody asked for posts. In small letters, so that there is one row for each."""

    address = models.EmailField(unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    # When a letter to confirm went there last, and one that says that nothing more comes: one a day of each.
    asked_at = models.DateTimeField(null=True, editable=False)
    told_end_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ['address']

    def __str__(self) -> str:
        return self.address


class SubscriptionQuerySet(models.QuerySet['Subscription']):
    def standing(self) -> 'SubscriptionQuerySet':
        """Confirmed, and not stopped since."""
        return self.filter(confirmed_at__isnull=False, ended_at=None)

    def to_confirm(self, now: datetime | None = None) -> 'SubscriptionQuerySet':
        """Asked for within the last days, and nobody has said yes by the link."""
        asked = self.filter(asked_at__gt=(now or timezone.now()) - TO_CONFIRM)
        return asked.filter(Q(confirmed_at=None) | Q(ended_at__lt=F('asked_at')))

    def never_confirmed(self, now: datetime) -> 'SubscriptionQuerySet':
        return self.filter(confirmed_at=None, asked_at__lte=now - TO_CONFIRM)

    def stopped(self) -> 'SubscriptionQuerySet':
        return self.filter(ended_at__isnull=False)


class Subscription(models.Model):
    """What one address gets, and how often. It stands once its owner has confirmed it by the link sent there."""

    class Of(models.TextChoices):
        ALL = 'all', 'all posts'
        TAG = 'tag', 'posts with a tag'
        AUTHOR = 'author', 'posts of an author'

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name='subscriptions', editable=False
    )
    of = models.CharField('of what', max_length=6, choices=Of, editable=False)
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, null=True, related_name='+', editable=False)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name='+', editable=False)
    often = models.CharField('how often', max_length=8, choices=Often, editable=False)
    # The words beside the button, as they stood when it was pressed.
    wording = models.CharField('the words beside the button', max_length=500, editable=False)
    # The tag of which it was asked for, as it was called, where that was split since and its followers went along.
    taken_from = models.CharField('taken along from the tag', max_length=100, blank=True, editable=False)
    asked_at = models.DateTimeField('asked for', default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField('confirmed', null=True, editable=False)
    ended_at = models.DateTimeField('stopped', null=True, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ['subscriber__address', 'pk']
        constraints = [
            models.UniqueConstraint(
                fields=['subscriber'], condition=Q(of='all'), name='subscribed_to_all_once'
            ),
            models.UniqueConstraint(
                fields=['subscriber', 'tag'], condition=Q(of='tag'), name='subscribed_to_tag_once'
            ),
            models.UniqueConstraint(
                fields=['subscriber', 'author'], condition=Q(of='author'), name='subscribed_to_author_once'
            ),
            models.CheckConstraint(
                condition=Q(of='all', tag=None, author=None)
                | Q(of='tag', tag__isnull=False, author=None)
                | Q(of='author', tag=None, author__isnull=False),
                name='subscription_is_of_one_thing',
                violation_error_message='Say of what it is: all posts, one tag or one author.',
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(confirmed_at__isnull=False),
                name='stopped_only_what_was_confirmed',
                violation_error_message='Only what was confirmed can be stopped.',
            ),
        ]
        indexes = [
            models.Index(
                fields=['often', 'of'],
                name='subscription_standing',
                condition=Q(confirmed_at__isnull=False, ended_at=None),
            )
        ]

    def __str__(self) -> str:
        return f'{self.what}, {self.get_often_display()}'

    @property
    def what(self) -> str:
        if self.of == self.Of.TAG and self.tag:
            return f'Posts tagged “{self.tag.name}”'
        if self.of == self.Of.AUTHOR and self.author:
            return f'Posts by {self.author.printed_name}'
        return 'All posts'

    @property
    def is_standing(self) -> bool:
        return self.confirmed_at is not None and self.ended_at is None


class Edition(models.Model):
    """What goes out together: one post as soon as it is out, or what was new in a week or a month. One of a post is
    made when it goes live for the first time, and so says for ever that it was announced."""

    often = models.CharField(max_length=8, choices=Often, editable=False)
    post = models.OneToOneField(
        Post, on_delete=models.PROTECT, null=True, related_name='edition', editable=False
    )
    since = models.DateTimeField('of what was new from', null=True, editable=False)
    until = models.DateTimeField('up to', null=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    # From then on its list of recipients stands in rows, and nobody asks again who is meant.
    frozen_at = models.DateTimeField('recipients listed', null=True, editable=False)
    done_at = models.DateTimeField('all letters written', null=True, editable=False)
    paused_at = models.DateTimeField('paused', null=True, editable=False)
    paused_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name='+', editable=False
    )

    class Meta:
        ordering = ['-made_at', '-pk']
        constraints = [
            models.UniqueConstraint(
                fields=['often', 'until'], condition=Q(post=None), name='one_digest_of_a_time'
            ),
            models.CheckConstraint(
                condition=Q(often='at once', post__isnull=False, since=None, until=None)
                | (
                    ~Q(often='at once')
                    & Q(post=None, since__isnull=False, until__isnull=False, since__lt=F('until'))
                ),
                name='edition_of_a_post_or_of_a_time',
                violation_error_message='An edition is of one post, or of what was new in a time.',
            ),
        ]
        indexes = [
            models.Index(fields=['-made_at', '-id'], name='edition_newest'),
            models.Index(fields=['made_at'], name='edition_to_do', condition=Q(done_at=None)),
        ]

    def __str__(self) -> str:
        if self.post:
            return f'New post: {self.post}'
        until = f' to {days.in_words(days.london_day(self.until))}' if self.until else ''
        return f'What was new in the {self.period}{until}'

    @property
    def period(self) -> str:
        """Of what was new in a time: in which."""
        return {Often.WEEKLY.value: 'week', Often.MONTHLY.value: 'month'}[self.often]

    @property
    def is_paused(self) -> bool:
        return self.paused_at is not None

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None


class Delivery(models.Model):
    """An edition for one address: listed before the first letter goes, and with a state of its own ever after."""

    class State(models.TextChoices):
        LISTED = 'listed', 'its letter is to be written'
        WRITTEN = 'written', 'in the outbox'
        SENT = 'sent', 'sent'
        DOUBTFUL = 'doubtful', 'perhaps sent: not repeated'
        RECALLED = 'recalled', 'not sent'
        FAILED = 'failed', 'could not be sent'

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name='deliveries', editable=False)
    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name='deliveries', editable=False
    )
    state = models.CharField(max_length=9, choices=State, default=State.LISTED, editable=False)
    why = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name_plural = 'deliveries'
        ordering = ['pk']
        constraints = [
            models.UniqueConstraint(fields=['edition', 'subscriber'], name='one_delivery_for_each_address')
        ]
        indexes = [models.Index(fields=['edition', 'state', 'id'], name='delivery_of_state')]

    def __str__(self) -> str:
        return f'{self.edition} → {self.subscriber}'


class SentPost(models.Model):
    """That a post goes to an address: once in its life, however it follows the blog."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name='posts', editable=False)
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name='+', editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name='+', editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=['subscriber', 'post'], name='post_sent_to_an_address_once')
        ]

    def __str__(self) -> str:
        return f'{self.post} → {self.subscriber}'
