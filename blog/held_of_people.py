"""What is held of a person in the blog, for `My data`: their names, words, messages and posts."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string

from blog import previews, subscribing
from blog.conversation import incoming
from blog.models import Attachment, Authorship, Commission, Message, Post, Subscription, Version
from ukis import markup
from ukis.personal import Holding, OwnDocument, anonymised, deleted, kept

ACTED = 'What somebody did with a submission stands in its history, under their name.'

ACTS = kept('The record stays whole; who did it reads “Former member”.')

UNPUBLISHED = (
    'Of blogs that are not published and have no other author they are deleted. What is in print, or is also '
    'somebody else’s, stays.'
)


def _own(person: Any) -> QuerySet[Authorship]:
    return Authorship.objects.filter(person=person)


def _asked(person: Any) -> QuerySet[Commission]:
    """Of drafts nobody has heard."""
    return Commission.objects.filter(invitee=person).exclude(sent_at=None).order_by('pk')


def _subscriptions(person: Any) -> QuerySet[Subscription]:
    """Under addresses that they have confirmed as theirs."""
    theirs = person.emailaddress_set.filter(verified=True).values_list('email', flat=True)
    addresses = [address.lower() for address in theirs]
    return Subscription.objects.filter(subscriber__address__in=addresses).order_by('pk')


def _versions(person: Any) -> QuerySet[Version]:
    """Words that they wrote, and none of an editor's of which they may not know yet."""
    return Version.objects.filter(made_by=person).order_by('pk')


def _messages(person: Any) -> QuerySet[Message]:
    return Message.objects.filter(by=person).order_by('pk')


HOLDINGS = (
    Holding(
        'blog.authorship',
        'Your name on blogs',
        ('person',),
        columns=(
            'submission__working_title',
            'name',
            'role',
            'affiliation',
            'biography',
            'email',
            'agreed_at',
            'objected_at',
            'statement',
        ),
        rows=_own,
        erasure=anonymised(
            'It comes off what is not published yet; under what is published it stands as you choose.'
        ),
    ),
    Holding(
        'blog.byline',
        'Your name in print',
        ('person',),
        columns=('post__slug', 'post__version__title', 'name', 'role', 'affiliation', 'biography'),
        erasure=anonymised('As you choose: your name without biography and picture, or “A contributor”.'),
    ),
    Holding(
        'blog.version',
        'Words you wrote',
        ('made_by',),
        columns=('submission__working_title', 'number', 'title', 'standfirst', 'body', 'made_at'),
        rows=_versions,
        erasure=anonymised(UNPUBLISHED),
    ),
    Holding(
        'blog.declaration',
        'What you declared',
        ('person',),
        columns=('submission__working_title', 'kind', 'sentence', 'answer', 'at'),
        erasure=kept('Under what is published; with a blog that is withdrawn it is deleted.'),
    ),
    Holding(
        'blog.message',
        'Messages you wrote',
        ('by',),
        columns=('submission__working_title', 'at', 'text'),
        rows=_messages,
        erasure=anonymised('Emptied where you were an author; deleted with a blog that is withdrawn.'),
    ),
    Holding(
        'blog.attachment',
        'Files you sent with messages',
        ('by',),
        columns=('submission__working_title', 'name', 'at', 'size'),
        erasure=deleted('Whoever downloaded one may have it still.'),
    ),
    Holding(
        'blog.quotedpassage',
        'Passages you quoted',
        ('by',),
        columns=('submission__working_title', 'at', 'words'),
        erasure=deleted('The words they are taken from stay where they are.'),
    ),
    Holding(
        'blog.readmark',
        'Messages you read',
        ('person',),
        why='When you first read a message; its other side sees that you have.',
        erasure=deleted('That something was read helps nobody else.'),
    ),
    Holding(
        'blog.wordfile',
        'Word files you sent',
        ('by',),
        columns=('submission__working_title', 'name', 'at', 'title', 'standfirst', 'body', 'put'),
        erasure=deleted(
            'The file with all that it still holds. What was taken over from it is words you wrote.'
        ),
    ),
    Holding(
        'blog.serieseditor',
        'Series you look after',
        ('person',),
        columns=('series__title',),
        erasure=deleted('Nobody looks after it in their name any more.'),
    ),
    Holding(
        'blog.savedqueue',
        'Queues you saved',
        ('person',),
        columns=('name', 'asked', 'shared'),
        erasure=deleted('Nobody else needs them.'),
    ),
    Holding(
        'blog.lastread',
        'What you did here',
        ('person',),
        why=ACTED,
        erasure=deleted('What was read last helps nobody else.'),
    ),
    Holding(
        'blog.commission',
        'What you were asked to write',
        ('invitee',),
        columns=(
            'working_title',
            'brief',
            'name',
            'email',
            'sent_at',
            'state',
            'answer',
            'ask_after',
            'first_words',
        ),
        rows=_asked,
        erasure=anonymised('That something was asked stays; of whom, and what they said, goes.'),
    ),
    Holding(
        'blog.previewlink',
        'Links by which you showed words to people outside',
        ('made_by',),
        columns=(
            'submission__working_title',
            'version__number',
            'for_whom',
            'made_at',
            'expires_at',
            'withdrawn_at',
            'visits',
            'last_visit',
        ),
        erasure=anonymised(
            'They show nothing any more, and for whom they were is not said.', by=previews.forget
        ),
    ),
    Holding(
        'blog.incomingletter',
        'Letters you sent us by email',
        ('person',),
        columns=('submission__working_title', 'at', 'from_address', 'subject', 'whole', 'state'),
        rows=incoming.of_person,
        erasure=deleted('What was taken from one is a message, and emptied as such.', by=incoming.forget),
    ),
    Holding('blog.incomingletter', 'What you did here', ('decided_by',), why=ACTED, erasure=ACTS),
    Holding('blog.previewlink', 'What you did here', ('withdrawn_by',), why=ACTED, erasure=ACTS),
    Holding(
        'blog.wouldwrite',
        'What you would write about',
        ('person',),
        columns=('tag__name', 'words', 'said_at'),
        erasure=deleted('It asked the editors to write to you.'),
    ),
    Holding(
        'blog.absence',
        'When you were away',
        ('person',),
        columns=('first', 'last'),
        erasure=deleted('It helps nobody any more.'),
    ),
    Holding(
        'blog.absence',
        'For whom you stand in',
        ('deputy',),
        why='Whoever is away says so, and whom they chose.',
        erasure=anonymised('Nobody stands in for them then.', blanks={'deputy': None}),
    ),
    Holding(
        'blog.subscription',
        'Posts you get by email',
        (),
        columns=(
            'subscriber__address',
            'of',
            'tag__name',
            'author__name',
            'often',
            'wording',
            'taken_from',
            'asked_at',
            'confirmed_at',
            'ended_at',
        ),
        rows=_subscriptions,
        erasure=deleted('Nothing more is sent to you.', by=subscribing.forget),
    ),
    Holding(
        'blog.subscription',
        'Who follows what you write',
        ('author',),
        why='Who gets your posts by email is theirs to say.',
        erasure=deleted('There is nobody to follow any more.', by=subscribing.forget_following),
    ),
    Holding('blog.edition', 'What you did here', ('paused_by',), why=ACTED, erasure=ACTS),
    Holding('blog.commission', 'What you did here', ('editor', 'made_by'), why=ACTED, erasure=ACTS),
    Holding('blog.commissionstep', 'What you did here', ('by',), why=ACTED, erasure=ACTS),
    Holding(
        'blog.reading',
        'What you were asked to read',
        ('reader',),
        columns=(
            'submission__working_title',
            'question',
            'name',
            'email',
            'asked_at',
            'due_on',
            'state',
            'answer',
            'recommendation',
            'for_editor',
            'for_author',
            'may_name',
        ),
        erasure=anonymised('What was advised stays with the editors; whose advice it was goes.'),
    ),
    Holding('blog.postsfile', 'What you did here', ('by', 'confirmed_by'), why=ACTED, erasure=ACTS),
    Holding('blog.reading', 'What you did here', ('asked_by',), why=ACTED, erasure=ACTS),
    Holding('blog.readingstep', 'What you did here', ('by',), why=ACTED, erasure=ACTS),
    Holding('blog.step', 'What you did here', ('by',), why=ACTED, erasure=ACTS),
    Holding('blog.submission', 'What you did here', ('editor', 'started_by'), why=ACTED, erasure=ACTS),
)


def posts(person: Any) -> Iterator[OwnDocument]:
    """Each post in print that names them, as a page of its own that any browser shows."""
    named: Iterable[Post] = (
        Post.objects.at_its_address()
        .filter(bylines__person=person)
        .select_related('version')
        .distinct()
        .order_by('published_at')
    )
    for post in named:
        assert post.version is not None  # it is in print
        body = markup.render(post.version.body)
        page = render_to_string(
            'blog/posts/on_its_own.html', {'post': post, 'version': post.version, 'body': body}
        )
        yield OwnDocument(f'posts/{post.slug}.html', page.encode())


def attachments(person: Any) -> Iterator[OwnDocument]:
    """Each file that they sent with a message."""
    for file in Attachment.objects.filter(by=person).iterator(chunk_size=1):
        yield OwnDocument(f'attachments/{file.pk}-{file.name}', bytes(file.content))
