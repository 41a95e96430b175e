import os

from django.core.wsgi import get_wsgi_application

from ukis.site.middleware import ReadableRequest

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'ukis.settings')

application = get_wsgi_application()
application.request_class = ReadableRequest
