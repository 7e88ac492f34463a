from django.db import models

from viceversa.toolkit.ids import new_key


class ImportRun(models.Model):
    """One staff file on its way: uploaded → checked → applied.

    `done` of `total` tells how far a check has come, in hundredths. `fingerprint` stands for the
    effects that were shown; applying compares it with what the file would do now.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", "uploaded"
        CHECKING = "checking", "being checked"
        CHECKED = "checked", "checked"
        APPLYING = "applying", "being applied"
        APPLIED = "applied", "applied"
        REFUSED = "refused", "refused"

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    filename = models.CharField(max_length=200)
    content = models.BinaryField(null=True)
    mapping = models.JSONField(default=dict)
    levels = models.JSONField(default=list)
    report = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    by_person_id = models.BigIntegerField(null=True)
    by_label = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-applied_at"], name="import_last_applied")]

    def __str__(self) -> str:
        return self.filename


class ImportLine(models.Model):
    """One line of the report: a person who would change, or something wrong with a row."""

    class Kind(models.TextChoices):
        REFUSAL = "refusal", "Refused"
        BAD_ROW = "bad_row", "Bad rows"
        JOINED = "joined", "Joined"
        LEFT = "left", "Left"
        CAME_BACK = "came_back", "Came back"
        MOVED = "moved", "Moved"
        NEW_MANAGER = "new_manager", "New manager"
        CHANGED = "changed", "Changed"
        NOTE = "note", "Notes"

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    row = models.PositiveIntegerField(null=True)
    title = models.CharField(max_length=300)
    column = models.CharField(max_length=200, blank=True)
    value = models.CharField(max_length=100, blank=True)
    code = models.CharField(max_length=40, blank=True)
    sentence = models.TextField(blank=True)
    search = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["run", "kind", "id"], name="import_line_kind")]

    def __str__(self) -> str:
        return self.title
