"""All routes. A route whose view declares no capability fails mtm/tests/test_routes.py."""

from django.urls import include, path

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("interactions.urls")),
    path("", include("patients.urls")),
    path("", include("reviews.urls")),
    path("", include("exchange.urls")),
]

handler400 = "accounts.views.errors.bad_request"
handler403 = "accounts.views.errors.forbidden"
handler404 = "accounts.views.errors.not_found"
handler500 = "accounts.views.errors.server_error"
