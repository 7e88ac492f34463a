from django.db import models

from viceversa.partnerships.models.agreement import Side
from viceversa.partnerships.models.partnership import Partnership
from viceversa.toolkit.ids import new_key


class LedgerEntry(models.Model):
    """What one side wanted, gave or learned: both streams stand side by side."""

    class Kind(models.TextChoices):
        WANTED = "wanted", "Wanted"
        GAVE = "gave", "Gave"
        LEARNED = "learned", "Learned"

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="ledger")
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=7, choices=Side.choices)
    kind = models.CharField(max_length=7, choices=Kind.choices)
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} by the {self.side}"
