"""Every address of the site. What is printed or linked elsewhere depends on them: they stay."""

from django.contrib import admin
from django.urls import include, path

from ukis.views import account, errors, files, home, organisations, pages, people, site, styles

urlpatterns = [
    path('', home.home, name='home'),
    path('blog/', include('blog.urls.posts')),
    path('organisations/', organisations.directory, name='organisations'),
    path('organisations/<slug:slug>/', organisations.organisation, name='organisation'),
    path('people/<slug:slug>/', people.person, name='person'),
    path('about/', pages.about, name='about'),
    path('about/<slug:address>/', pages.page, name='page'),
    path('write/', include('blog.urls.submissions')),
    path('account/', account.my_page, name='account'),
    path('account/', include('members.urls')),
    path('account/', include('allauth.urls')),
    path('upload/picture/', files.upload_picture, name='upload_picture'),
    path('media/<path:path>', files.media, name='media'),
    path('admin/', admin.site.urls),
    path('styles/', styles.styles, name='styles'),
    path('health/', site.health, name='health'),
    path('robots.txt', site.robots, name='robots'),
    path('.well-known/security.txt', site.security, name='security'),
    path('favicon.ico', site.favicon, name='favicon'),
    path('sitemap.xml', include('blog.urls.sitemap')),
]

handler400 = errors.bad_request
handler403 = errors.denied
handler404 = errors.not_found
handler500 = errors.server_error
