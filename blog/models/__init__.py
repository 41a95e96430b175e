from blog.models.absences import Absence
from blog.models.authorships import Authorship
from blog.models.cards import Card
from blog.models.commissions import Commission, CommissionStep
from blog.models.conversation import Message, ReadMark
from blog.models.enclosed import Attachment, QuotedPassage
from blog.models.incoming import IncomingLetter
from blog.models.posts import Byline, Correction, Post
from blog.models.posts_files import PostsFile
from blog.models.previews import PreviewLink
from blog.models.readings import Reading, ReadingStep
from blog.models.reads import ReadCount
from blog.models.related import RelatedPosts
from blog.models.saved_queues import SavedQueue
from blog.models.series import Series, SeriesEditor
from blog.models.shelves import Shelf, ShelfCount, Shelved
from blog.models.steps import Declaration, Step
from blog.models.submissions import Submission
from blog.models.subscriptions import Delivery, Edition, Often, SentPost, Subscriber, Subscription
from blog.models.topics import TopicWord, WouldWrite
from blog.models.versions import LastRead, Version
from blog.models.word_files import WordFile
from blog.models.words import PrintedName, Words
from blog.states import Holder, State

__all__ = [
    'Absence',
    'Attachment',
    'Authorship',
    'Byline',
    'Card',
    'Commission',
    'CommissionStep',
    'Correction',
    'Declaration',
    'Delivery',
    'Edition',
    'Holder',
    'IncomingLetter',
    'LastRead',
    'Message',
    'Often',
    'Post',
    'PostsFile',
    'PreviewLink',
    'PrintedName',
    'QuotedPassage',
    'ReadCount',
    'ReadMark',
    'Reading',
    'ReadingStep',
    'RelatedPosts',
    'SavedQueue',
    'SentPost',
    'Series',
    'SeriesEditor',
    'Shelf',
    'ShelfCount',
    'Shelved',
    'State',
    'Step',
    'Submission',
    'Subscriber',
    'Subscription',
    'TopicWord',
    'Version',
    'WordFile',
    'Words',
    'WouldWrite',
]
