"""Tables of the job layer: who works, and which ticks have been taken."""

from django.db import models

PERSONAL_DATA: dict[str, str] = {}


class WorkerBeat(models.Model):
    """A worker that still lives writes here every few seconds."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField()


class Tick(models.Model):
    """A regular job that fell due once; the constraint makes sure that one worker takes it."""

    name = models.CharField(max_length=100)
    due = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "due"], name="tick_once")]
