"""Who and what has a page of its own that anybody may read, for the pages themselves: the rule is `blog.seen`'s."""

from blog.seen import people_seen, public_organisations, public_people, some

__all__ = ['people_seen', 'public_organisations', 'public_people', 'some']
