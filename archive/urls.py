"""Which part answers which address: accounts and the admin under /admin/, everything else in the app."""

from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from testimonies import urls
from testimonies.admin.site import site

# The admin's own page for signing in would let guesses pass uncounted: allauth's, with its limits, stands before it.
urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/account/", include("archive.accounts")),
    path("admin/login/", secure_admin_login(site.login)),
    path("admin/", site.urls),
    *i18n_patterns(path("", include(urls.in_every_language)), prefix_default_language=False),
    path("", include(urls.in_none)),
]

handler400 = "testimonies.views.errors.bad_request"
handler403 = "testimonies.views.errors.permission_denied"
handler404 = "testimonies.views.errors.not_found"
handler500 = "testimonies.views.errors.server_error"
