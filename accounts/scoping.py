"""Whose data: every clinical row belongs to one organization, and every query says which."""

import uuid
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404


class ScopedQuerySet(models.QuerySet):
    """Where every query on an owned model begins."""

    def visible_to(self, organization: Any) -> Self:
        """Rows of one organization; none at all for nobody."""
        return self.filter(organization=organization) if organization is not None else self.none()


class OrganizationOwned(models.Model):
    """A row that one organization owns; its id is random, so that a URL tells nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    # Foreign keys whose row must belong to the same organization.
    same_organization: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        for name in self.same_organization:
            parent = getattr(self, name)
            if parent is not None and parent.organization_id != self.organization_id:
                raise ValidationError(f"{name} belongs to another organization.")
        super().save(*args, **kwargs)


def get_visible(model_or_queryset: Any, organization: Any, pk: Any, **lookups: Any) -> Any:
    """The row with this id in this organization, else 404: a stranger's id and no id answer the same."""
    queryset = model_or_queryset if isinstance(model_or_queryset, models.QuerySet) else model_or_queryset.objects.all()
    if organization is None:
        raise Http404
    return get_object_or_404(queryset.visible_to(organization), pk=pk, **lookups)
