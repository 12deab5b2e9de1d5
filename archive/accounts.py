"""The account pages that editors need. Signing up, mail addresses and resets by mail have no address here.

Accounts are made, and forgotten passwords replaced, by an archivist in the admin.
"""

from allauth.account import views
from django.urls import URLPattern, URLResolver, include, path

from testimonies.admin.accounts import change_password

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/", change_password, name="account_change_password"),
    path("factors/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
