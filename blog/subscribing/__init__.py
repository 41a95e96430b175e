"""Following the blog by email: asked, confirmed, changed and stopped by whoever reads; sent out in editions."""

from blog.subscribing.asking import Wish, ask, ask_again_within, confirm, wish_of, wording_of
from blog.subscribing.choosing import choosable, choose, stop, stopped_last, undo
from blog.subscribing.editions import (
    announce,
    audience,
    begin_digests,
    freeze,
    go_on,
    pause,
    posts_of,
    resume,
    would_get,
    write_next,
)
from blog.subscribing.forgetting import (
    forget,
    forget_address,
    forget_as_asked,
    forget_following,
    forget_strangers,
    long_stopped,
    over,
)
from blog.subscribing.letters import CONFIRM, KINDS, MINE, OF_EDITIONS
from blog.subscribing.moved import author_merges, tag_merges, tag_splits
from blog.subscribing.reached import complaints, history_of, why_not_reached, with_what_they_get
from blog.subscribing.recipients import would_follow
from blog.subscribing.shown import counted, followers, goes_on, next_digest, not_arrived, send_test, stands

__all__ = [
    'CONFIRM',
    'KINDS',
    'MINE',
    'OF_EDITIONS',
    'Wish',
    'announce',
    'ask',
    'ask_again_within',
    'audience',
    'author_merges',
    'begin_digests',
    'choosable',
    'choose',
    'complaints',
    'confirm',
    'counted',
    'followers',
    'forget',
    'forget_address',
    'forget_as_asked',
    'forget_following',
    'forget_strangers',
    'freeze',
    'go_on',
    'goes_on',
    'history_of',
    'long_stopped',
    'next_digest',
    'not_arrived',
    'over',
    'pause',
    'posts_of',
    'resume',
    'send_test',
    'stands',
    'stop',
    'stopped_last',
    'tag_merges',
    'tag_splits',
    'undo',
    'why_not_reached',
    'wish_of',
    'with_what_they_get',
    'wording_of',
    'would_follow',
    'would_get',
    'write_next',
]
