from django.urls import path

from blog import sitemaps

urlpatterns = [path('', sitemaps.sitemap, name='sitemap')]
