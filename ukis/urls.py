"""Every address of the site. What is printed or linked elsewhere depends on them: they stay."""

from django.contrib import admin
from django.urls import include, path

from members import urls as members
from members.views import introductions, meeting, renewal
from ukis.markup import views as markup
from ukis.pictures import views as pictures
from ukis.site import (
    account,
    errors,
    health,
    home,
    machines,
    organisation_reads,
    organisations,
    people,
    search,
    styles,
)
from ukis.society import views as pages
from ukis.unsaved import views as unsaved

urlpatterns = [
    path('', home.home, name='home'),
    path('blog/search/', search.search, name='search'),
    path('blog/search/suggestions/', search.suggestions, name='search_suggestions'),
    path('blog/', include('blog.urls.posts')),
    path('organisations/', organisations.directory, name='organisations'),
    path('organisations/<address:slug>/', organisations.organisation, name='organisation'),
    path('organisations/', include('blog.urls.organisations')),
    path('join/', include(members.joining)),
    path('people/', meeting.people, name='people'),
    path('people/topics/<address:slug>/', meeting.topic, name='topic_people'),
    path('people/<address:slug>/', people.person, name='person'),
    path('people/<address:slug>/introduction/', introductions.ask, name='introduction_ask'),
    path('introductions/<str:token>/', introductions.answer, name='introduction_answer'),
    path('about/', pages.about, name='about'),
    path('about/<address:address>/', pages.page, name='page'),
    path('api/', include('ukis.site.api.urls')),
    path('commission/', include('blog.urls.commissions')),
    path('desk/', include('blog.urls.desk')),
    path('preview/', include('blog.urls.previews')),
    path('reading/', include('blog.urls.readings')),
    path('write/', include('blog.urls.submissions')),
    path('renew/<str:token>/', renewal.renewal, name='renewal'),
    path('account/', account.my_page, name='account'),
    path(
        'account/organisations/<int:pk>/reads/',
        organisation_reads.organisation_reads,
        name='organisation_reads',
    ),
    path('account/', include('members.urls')),
    path('account/', include('allauth.urls')),
    path('unsaved/', unsaved.keep, name='unsaved'),
    path('unsaved/<int:pk>/', unsaved.kept, name='unsaved_kept'),
    path('upload/picture/', pictures.upload_picture, name='upload_picture'),
    path('paste/', markup.paste, name='paste'),
    path('media/<path:path>', pictures.media, name='media'),
    path('admin/', admin.site.urls),
    path('styles/', styles.styles, name='styles'),
    path('health/', health.health, name='health'),
    path('robots.txt', machines.robots, name='robots'),
    path('.well-known/security.txt', machines.security, name='security'),
    path('favicon.ico', machines.favicon, name='favicon'),
    path('apple-touch-icon.png', machines.touch_icon, name='touch_icon'),
    path('', include('blog.urls.sitemap')),
]

handler400 = errors.bad_request
handler403 = errors.denied
handler404 = errors.not_found
handler500 = errors.server_error
handler429 = errors.too_many  # asked for by allauth
