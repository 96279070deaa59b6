"""Routes of the consulting room."""

from django.urls import path

from reviews.views import disposal, documents, encounters, findings, following, plan, signing

urlpatterns = [
    path("patients/<uuid:pk>/reviews/new/", encounters.start, name="encounter-start"),
    path("reviews/<uuid:pk>/", encounters.workspace, name="encounter"),
    path("reviews/<uuid:pk>/details/", encounters.details, name="encounter-details"),
    path("reviews/<uuid:pk>/prepared/", encounters.prepared, name="encounter-prepared"),
    path("reviews/<uuid:pk>/check/", encounters.screen, name="encounter-screen"),
    path("reviews/<uuid:pk>/not-done/", encounters.abandon, name="encounter-abandon"),
    path("findings/<uuid:pk>/accept/", findings.accept, name="finding-accept"),
    path("findings/<uuid:pk>/dismiss/", findings.dismiss, name="finding-dismiss"),
    path("findings/<uuid:pk>/reopen/", findings.reopen, name="finding-reopen"),
    path("findings/<uuid:pk>/star/", findings.star, name="finding-star"),
    path("reviews/<uuid:pk>/problems/new/", plan.add_problem, name="plan-problem-add"),
    path("problems/<uuid:pk>/", plan.edit_problem, name="plan-problem"),
    path("problems/<uuid:pk>/withdraw/", plan.withdraw_problem, name="plan-problem-withdraw"),
    path("problems/<uuid:pk>/requests/new/", plan.add_request, name="plan-request-add"),
    path("requests/<uuid:pk>/", plan.edit_request, name="plan-request"),
    path("requests/<uuid:pk>/withdraw/", plan.withdraw_request, name="plan-request-withdraw"),
    path("problems/<uuid:pk>/steps/new/", plan.add_action_for, name="plan-action-for"),
    path("reviews/<uuid:pk>/steps/new/", plan.add_action, name="plan-action-add"),
    path("steps/<uuid:pk>/", plan.edit_action, name="plan-action"),
    path("steps/<uuid:pk>/withdraw/", plan.withdraw_action, name="plan-action-withdraw"),
    path("reviews/<uuid:pk>/preview/<slug:name>/", documents.preview, name="encounter-preview"),
    path("reviews/<uuid:pk>/sign/", signing.sign, name="encounter-sign"),
    path("reviews/<uuid:pk>/papers/", documents.documents, name="encounter-documents"),
    path("files/<uuid:pk>/", documents.file, name="file"),
    path("files/<uuid:pk>/again/", documents.again, name="file-again"),
    path("papers/<uuid:pk>/correct/", signing.correct, name="document-correct"),
    path("papers/<uuid:pk>/sent/", following.deliver, name="document-deliver"),
    path("reviews/<uuid:pk>/addendum/", signing.addendum, name="encounter-addendum"),
    path("reviews/<uuid:pk>/follow-up/", following.follow_up, name="encounter-follow-up"),
    path("follow-ups/<uuid:pk>/done/", following.follow_up_done, name="follow-up-done"),
    path("requests/<uuid:pk>/answer/", following.answer, name="request-answer"),
    path("drop-off-sites/", disposal.sites, name="disposal-sites"),
    path("drop-off-sites/new/", disposal.add_site, name="disposal-site-add"),
    path("drop-off-sites/<uuid:pk>/", disposal.edit_site, name="disposal-site"),
]
