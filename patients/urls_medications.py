"""Routes of the medication table."""

from django.urls import path

from patients.views import look_up, unsettled
from patients.views import medication_verbs as verbs
from patients.views import medications as table

urlpatterns = [
    path("patients/<uuid:pk>/medicines/", table.medications, name="medications"),
    path("patients/<uuid:pk>/medicines/add/", table.add_medication, name="medication-add"),
    path("patients/<uuid:pk>/medicines/look-up/", look_up.look_up_medication, name="medication-look-up"),
    path("patients/<uuid:pk>/medicines/check/", table.check_medication, name="medication-check"),
    path("medicines/names/", unsettled.names, name="names-to-settle"),
    path("medicines/names/undo/", unsettled.take_back, name="names-undo"),
    path("medicines/names/<uuid:pk>/settle/", unsettled.settle, name="name-settle"),
    path("medicines/names/<uuid:pk>/leave/", unsettled.leave, name="name-leave"),
    path("medicines/names/<uuid:pk>/look-up/", unsettled.look_up, name="name-look-up"),
    path("medicines/<uuid:pk>/", table.show_medication, name="medication"),
    path("medicines/<uuid:pk>/edit/", table.edit_medication, name="medication-edit"),
    path("medicines/<uuid:pk>/name/", verbs.name_medication, name="medication-name"),
    path("medicines/<uuid:pk>/stop/", verbs.stop_medication, name="medication-stop"),
    path("medicines/<uuid:pk>/restart/", verbs.restart_medication, name="medication-restart"),
    path("medicines/<uuid:pk>/error/", verbs.medication_in_error, name="medication-error"),
    path("medicines/<uuid:pk>/put-back/", verbs.put_medication_back, name="medication-put-back"),
    path("medicines/<uuid:pk>/prescriber/", verbs.add_prescriber_of_medication, name="medication-prescriber"),
    path("medicines/<uuid:pk>/move/", verbs.move_medication, name="medication-move"),
    path("medicines/<uuid:pk>/fill/", verbs.fill_medication, name="medication-fill"),
    path("medicines/<uuid:pk>/history/", verbs.medication_history, name="medication-history"),
]
