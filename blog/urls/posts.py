"""Under /blog/. What stands before a post's own address is reserved: `ukis.addresses` reads it from here."""

from django.urls import path

from blog import feeds
from blog.views import archive, authors, contribute, posts, tags

urlpatterns = [
    path('', posts.blog, name='blog'),
    path('feed/', feeds.atom, name='feed'),
    path('feed/rss/', feeds.rss, name='feed_rss'),
    path('feed.json', feeds.json_feed, name='feed_json'),
    path('tags/', tags.tags, name='tags'),
    path('tags/<slug:slug>/', tags.tag, name='tag'),
    path('tags/<slug:slug>/feed/', feeds.tag_atom, name='tag_feed'),
    path('tags/<slug:slug>/feed/rss/', feeds.tag_rss, name='tag_feed_rss'),
    path('tags/<slug:slug>/feed.json', feeds.tag_json, name='tag_feed_json'),
    path('authors/<slug:slug>/', authors.author, name='author'),
    path('authors/<slug:slug>/feed/', feeds.author_atom, name='author_feed'),
    path('authors/<slug:slug>/feed/rss/', feeds.author_rss, name='author_feed_rss'),
    path('authors/<slug:slug>/feed.json', feeds.author_json, name='author_feed_json'),
    path('archive/', archive.archive, name='archive'),
    path('archive/<int:year>/', archive.year, name='archive_year'),
    path('archive/<int:year>/<int:month>/', archive.month, name='archive_month'),
    path('contribute/', contribute.contribute, name='contribute'),
    path('<slug:slug>/', posts.post, name='post'),
    path('<slug:slug>/card.<str:mark>.png', posts.card, name='post_card'),
]
