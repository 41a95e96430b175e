"""The site for granian instead of gunicorn (docs/servers.md): what nginx on this machine says of a
request, that it came by https and from whom, is believed of nobody else.

    granian --interface wsgi deploy.granian_behind_nginx:application
"""

from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from ukis.wsgi import application as site

application = wrap_wsgi_with_proxy_headers(site, trusted_hosts='127.0.0.1')
