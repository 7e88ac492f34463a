"""Who did what when: append-only, each entry bound to the one before it."""

from django.db import models

from viceversa.history.rules import text_of, words_of

PERSONAL_DATA = {
    "Entry.actor_id": "who acted",
    "Entry.actor_label": "name at the time of the act",
    "Entry.target_label": "may hold a name",
    "Entry.detail": "names of fields and counts, never content",
}


class Entry(models.Model):
    """Labels enter the hash as salted commitments, never in clear."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    via = models.CharField(max_length=10)
    verb = models.CharField(max_length=80)
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=40)
    target_label = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)
    salt = models.CharField(max_length=32)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["target_type", "target_id", "id"], name="history_target"),
            models.Index(fields=["actor_id", "id"], name="history_actor"),
        ]

    @property
    def words(self) -> str:
        return words_of(self.verb)

    @property
    def facts(self) -> list[tuple[str, str]]:
        return [(name.replace("_", " "), text_of(value)) for name, value in self.detail.items()]


class Head(models.Model):
    """The hash of the newest entry; locked while one is added, so that the chain never forks."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_head")]
