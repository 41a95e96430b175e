from django.urls import path, re_path

from ukis.site.api import describing, nowhere, organisations, people, posts, tags

urlpatterns = [
    path('', describing.api, name='api'),
    path('v1/openapi.json', describing.openapi, name='api_openapi'),
    path('v1/posts/', posts.posts, name='api_posts'),
    path('v1/posts/<address:slug>/', posts.post, name='api_post'),
    path('v1/tags/', tags.tags, name='api_tags'),
    path('v1/tags/<address:slug>/', tags.tag, name='api_tag'),
    path('v1/organisations/', organisations.organisations, name='api_organisations'),
    path('v1/organisations/<address:slug>/', organisations.organisation, name='api_organisation'),
    path('v1/people/', people.people, name='api_people'),
    path('v1/people/<address:slug>/', people.person, name='api_person'),
    re_path(r'^v1/(?P<rest>.*)\Z', nowhere.nowhere),
]
