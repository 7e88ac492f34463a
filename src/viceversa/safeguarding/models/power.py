from django.db import models
from django.db.models import Q

from viceversa.partnerships.models import Partnership


class Hold(models.Model):
    """The power watch holds a partnership: one of its two has power over the other now. It does
    not say by what, nor for whom that is a trouble."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    over_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"], condition=Q(over_at__isnull=True), name="hold_once"
            )
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"
