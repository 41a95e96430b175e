from django.urls import path

from blog import sitemaps

urlpatterns = [
    path('sitemap.xml', sitemaps.index, name='sitemap'),
    path('sitemap-<slug:section>.xml', sitemaps.section, name='sitemap_section'),
]
