from django.db import models
from django.db.models import Q

from viceversa.people.models import Person
from viceversa.programmes.models import Programme
from viceversa.toolkit.ids import new_key


class Story(models.Model):
    """“I asked”: told by one person, read by all once everyone named agrees and a coordinator has
    looked. Whoever changes a word asks anew."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        ASKING = "asking", "Waits for those named"
        WAITING = "waiting", "Waits for a second look"
        PUBLISHED = "published", "Published"

    class Voice(models.TextChoices):
        SPONSOR = "sponsor", "Sponsor"
        LEARNER = "learner", "Learner"
        ADVISER = "adviser", "Adviser"
        COORDINATOR = "coordinator", "Coordinator"

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    voice = models.CharField(max_length=11, choices=Voice.choices)
    not_known = models.TextField(max_length=600)
    asked = models.TextField(max_length=600)
    changed = models.TextField(max_length=600)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    sent_back_reason = models.CharField(max_length=300, blank=True)
    looked_at_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["programme", "state", "-published_at"], name="story_published"),
            models.Index(fields=["author", "written_at"], name="story_by_author"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="published") ^ Q(published_at__isnull=True),
                name="community_story_published_or_not",
            )
        ]

    def __str__(self) -> str:
        return f"story {self.pk}"

    @property
    def role(self) -> str:
        """The colour of its author's circle."""
        return self.voice if self.voice in ("adviser", "learner") else ""


class Named(models.Model):
    """Somebody who can be recognised in a story, and whether they agree to its words."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="named")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["story", "person"], name="named_once")]

    def __str__(self) -> str:
        return f"named {self.pk}"
