"""Signing in and out, the lock, users, the log. Nobody signs up or resets a password by mail."""

from allauth.account import views as account
from django.urls import include, path

from accounts.views import account as account_page
from accounts.views import audit_log, lock, people, settings, today

urlpatterns = [
    path("", today.today, name="today"),
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("two-step/", include("allauth.mfa.urls")),
    path("account/", account_page.own_account, name="own-account"),
    path("lock/", lock.lock, name="lock"),
    path("unlock/", lock.unlock, name="unlock"),
    path("organization/<uuid:pk>/switch/", settings.switch_organization, name="switch-organization"),
    path("settings/", settings.organization_settings, name="settings"),
    path("settings/logo/", settings.organization_logo, name="organization-logo"),
    path("people/", people.people, name="people"),
    path("people/new/", people.add_person, name="person-add"),
    path("people/<uuid:pk>/", people.edit_person, name="person"),
    path("log/", audit_log.log, name="log"),
]
