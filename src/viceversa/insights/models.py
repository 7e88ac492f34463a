from django.db import models

from viceversa.people.models import Person
from viceversa.programmes.models import Programme
from viceversa.toolkit.ids import new_key

PERSONAL_DATA = {
    "Theme.owner": "who answers for a theme; read by everybody in the programme",
}


class Theme(models.Model):
    """Something people run into, and who in the organisation can do something about it: a person,
    or a function for which the coordinators speak."""

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    owner = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    owner_function = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="theme_once")]

    def __str__(self) -> str:
        return self.name


class Voice(models.Model):
    """One person's tap, until it is passed on and destroyed. It names nobody and has no time:
    `token` only keeps the same person from counting twice, and cannot be worked out without the key
    store. The words, if any, are sealed."""

    key = models.CharField(max_length=24, primary_key=True, default=new_key, editable=False)
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=64)
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["theme", "token"], name="voice_once")]

    def __str__(self) -> str:
        return "a voice"


class Passing(models.Model):
    """What the owner was given: from about how many people, their words without order or name, and
    what the owner did about it, for everybody to read."""

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="passings")
    people = models.CharField(max_length=10)
    words = models.JSONField(default=list)
    passed_at = models.DateTimeField()
    answer = models.TextField(blank=True, max_length=1000)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"passing {self.pk}"
