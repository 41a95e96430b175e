"""Below an organisation's page: the feeds of what was written from there."""

from django.urls import path

from blog import feeds
from blog.feeds import explained

urlpatterns = [
    path('<address:slug>/feed/', feeds.organisation_atom, name='organisation_feed'),
    path('<address:slug>/feed/rss/', feeds.organisation_rss, name='organisation_feed_rss'),
    path('<address:slug>/feed/about/', explained.organisation, name='organisation_feed_about'),
    path('<address:slug>/feed.json', feeds.organisation_json, name='organisation_feed_json'),
]
