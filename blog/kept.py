"""How long what is written, and what was said of it, is kept; see `ukis/keeping.py`."""

from datetime import timedelta

from blog import absences, commissioning, conversation, previews, readings, reads, subscribing
from blog.conversation import incoming
from blog.desk import would_write
from blog.models import PostsFile, ReadCount
from blog.writing import word_files
from ukis.keeping import Period, for_ever

PERIODS = (
    for_ever(
        'What belonged together stays together; a guest editor is taken off by whoever keeps the series.',
        'Series of blogs, and their guest editors',
        'blog.series', 'blog.serieseditor',
    ),
    for_ever('Until whoever saved one deletes it, or is forgotten.', 'Queues that editors save', 'blog.savedqueue'),
    for_ever(
        'What is in print stays at its address; its author can ask for it to be taken down.',
        'Posts and their bylines',
        'blog.post', 'blog.byline', 'blog.correction', 'blog.shelved', 'blog.shelfcount',
        'blog.relatedposts', 'blog.card',
    ),
    for_ever(
        'How something came into print, or did not: who agreed to which words. Its author deletes a draft, and '
        'erasure what never went out.',
        'Submissions, their versions and what was said of them',
        'blog.submission', 'blog.authorship', 'blog.version', 'blog.step', 'blog.declaration', 'blog.message',
        'blog.lastread', 'blog.topicword', 'blog.readmark',
    ),
    Period(
        models=('blog.readcount',),
        words='How often posts were read, and from which sites',
        kept='By day for a hundred days, then by month for three years',
        why='Authors, organisations and editors see what is read. Nothing of any reader is in it.',
        due=ReadCount.objects.long_ago,
        clear=reads.forget,
        job='blog: reads of long ago',
        named=False,
    ),
    Period(
        models=('blog.wordfile',),
        words='Word files that authors sent',
        kept='Two days until its author says whether the file is kept; a year where it is, else thirty days without it',
        why='Editors may look up what the words were made from; what was told of it helps while one writes.',
        due=word_files.over,
        job='blog: Word files that are not kept',
    ),
    Period(
        models=('blog.incomingletter',),
        words='Letters that came in by email',
        kept='A year beside the message that was taken from one; ninety days where it waits for an editor, thirty '
        'where it was put aside or a machine sent it',
        why='So that what was cut can be looked up, and nothing that somebody wrote is lost unread.',
        due=incoming.over,
        job='blog: letters that came in',
    ),
    Period(
        models=('blog.postsfile',),
        words='Files of posts from elsewhere',
        kept='A week, until somebody has one brought in; then without the file, thirty days with the report',
        why='So that what came of it can be read.',
        due=PostsFile.objects.long_over,
        job='blog: forget files of posts',
    ),
    Period(
        models=('blog.previewlink',),
        words='Links by which people outside read words that are not published',
        kept='Ninety days after they stop working',
        why='Who showed what to whom, while somebody may still ask.',
        due=previews.long_over,
        beside=('version',),
        job='blog: links to previews that are over',
    ),
    Period(
        models=('blog.attachment',),
        words='Files that came with messages',
        kept='As long as the message; two days where it was never sent',
        why='What was said about them cannot be understood without them.',
        due=conversation.attachments_never_sent,
        job='blog: files that were never sent',
    ),
    Period(
        models=('blog.quotedpassage',),
        words='Passages that messages quote',
        kept='As long as the message; thirty days where it was never sent',
        why='What was said about them cannot be understood without them.',
        due=conversation.passages_never_sent,
        job='blog: passages that were never sent',
    ),
    Period(
        models=('blog.absence',),
        words='When editors and readers were away',
        kept='Three months after they are back',
        why='Who waited meanwhile may ask why.',
        due=absences.long_over,
        job='keeping: who was away',
        named=False,
    ),
    Period(
        models=('blog.subscription', 'blog.subscriber'),
        words='Who gets posts by email',
        kept='As long as they are sent, and a year after they were stopped; seven days where nobody confirmed it',
        why='To send what somebody asked for, to show that they did, and to take it up again where it was stopped in '
        'error.',
        due=subscribing.over,
        clear=subscribing.forget_strangers,
        job='blog: posts by email that nobody confirmed, or stopped long ago',
        every=timedelta(hours=1),
    ),
    Period(
        models=('blog.edition', 'blog.delivery', 'blog.sentpost'),
        words='Posts that were sent by email, and to whom',
        kept='As long as the address gets posts, or got them within a year',
        why='A post goes to an address once in its life.',
    ),
    Period(
        models=('blog.commission', 'blog.commissionstep'),
        words='Invitations to write, and what was answered',
        kept='What came to nothing three years after its last move; what was written for one with that',
        why='Whom to ask again, and what they said.',
        due=commissioning.long_over,
        job='keeping: invitations to write that came to nothing',
    ),
    Period(
        models=('blog.wouldwrite',),
        words='What members said they would write about',
        kept='Two years after it was said last, and not once it is taken back',
        why='The editors know whom to ask; what was said long ago holds no more.',
        due=would_write.long_ago,
        job='keeping: what members would write about',
    ),
    Period(
        models=('blog.reading', 'blog.readingstep'),
        words='What second readers were asked, and advised',
        kept='Three years after its last move',
        why='How something came to be decided, and whom to ask again. What was shared of it stays in the conversation.',
        due=readings.long_over,
        beside=('submission',),
        job='keeping: second readings of long ago',
    ),
)  # fmt: skip
