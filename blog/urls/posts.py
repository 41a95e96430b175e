"""Under /blog/. What stands before a post's own address is reserved: `ukis.addresses` reads it from here."""

from django.urls import path, register_converter

from blog import feeds
from blog.feeds import explained
from blog.urls import months
from blog.views import archive, authors, citing, contribute, posts, series, subscriptions, tags

register_converter(months.YearConverter, 'year')
register_converter(months.MonthConverter, 'month')

urlpatterns = [
    path('', posts.blog, name='blog'),
    path('feed/', feeds.atom, name='feed'),
    path('feed/rss/', feeds.rss, name='feed_rss'),
    path('feed/about/', explained.blog, name='feed_about'),
    path('feed.json', feeds.json_feed, name='feed_json'),
    path('tags/', tags.tags, name='tags'),
    path('tags/<address:slug>/', tags.tag, name='tag'),
    path('tags/<address:slug>/feed/', feeds.tag_atom, name='tag_feed'),
    path('tags/<address:slug>/feed/rss/', feeds.tag_rss, name='tag_feed_rss'),
    path('tags/<address:slug>/feed/about/', explained.tag, name='tag_feed_about'),
    path('tags/<address:slug>/feed.json', feeds.tag_json, name='tag_feed_json'),
    path('series/', series.all_series, name='all_series'),
    path('series/<address:slug>/', series.series, name='series'),
    path('series/<address:slug>/feed/', feeds.series_atom, name='series_feed'),
    path('series/<address:slug>/feed/rss/', feeds.series_rss, name='series_feed_rss'),
    path('series/<address:slug>/feed/about/', explained.series, name='series_feed_about'),
    path('series/<address:slug>/feed.json', feeds.series_json, name='series_feed_json'),
    path('authors/<address:slug>/', authors.author, name='author'),
    path('authors/<address:slug>/feed/', feeds.author_atom, name='author_feed'),
    path('authors/<address:slug>/feed/rss/', feeds.author_rss, name='author_feed_rss'),
    path('authors/<address:slug>/feed/about/', explained.author, name='author_feed_about'),
    path('authors/<address:slug>/feed.json', feeds.author_json, name='author_feed_json'),
    path('archive/', archive.archive, name='archive'),
    path('archive/<year:year>/', archive.year, name='archive_year'),
    path('archive/<year:year>/<month:month>/', archive.month, name='archive_month'),
    path('archive/<year:year>/<int:month>/', archive.month_written_otherwise),
    path('subscribe/', subscriptions.subscribe, name='subscribe'),
    path('subscribe/asked/', subscriptions.asked, name='subscribe_asked'),
    path('subscribe/confirm/<str:token>/', subscriptions.confirm, name='subscribe_confirm'),
    path('subscribe/mine/<str:token>/', subscriptions.subscriptions, name='subscriptions'),
    path('subscribe/stop/<str:token>/', subscriptions.unsubscribe, name='unsubscribe'),
    path('contribute/', contribute.contribute, name='contribute'),
    path('<address:slug>/', posts.post, name='post'),
    path('<address:slug>/cite.bib', citing.bibtex, name='post_bibtex'),
    path('<address:slug>/cite.ris', citing.ris, name='post_ris'),
    path('<address:slug>/card.<str:name>', posts.card, name='post_card'),
]
