from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from viceversa.community.models.written import Written
from viceversa.people.models import Person
from viceversa.programmes.models import Programme
from viceversa.toolkit.ids import new_key


class Chat(models.Model):
    """A live chat: hosts, a moment, and numbered questions that everybody reads beforehand.
    `changes` counts what can be seen anew, so that a page that looks again is answered cheaply."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        CALLED_OFF = "called_off", "Called off"

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=120)
    about = models.TextField(max_length=1500, blank=True)
    tag = models.SlugField(max_length=30, blank=True)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    zone = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    current = models.PositiveSmallIntegerField(default=1)
    changes = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__range=(15, 180)), name="chat_minutes")
        ]
        indexes = [
            models.Index(fields=["programme", "-starts_at"], name="chat_by_start"),
            models.Index(
                fields=["starts_at"],
                condition=Q(state="published", reminded_at__isnull=True),
                name="chat_to_remind",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime:
        """As planned; the hosts may end it earlier."""
        return self.starts_at + timedelta(minutes=self.minutes)


class Host(models.Model):
    """Somebody who is asked to host; shown to others once they agreed, in their own words."""

    chat = models.ForeignKey(Chat, on_delete=models.CASCADE, related_name="hosts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    about = models.TextField(max_length=400, blank=True)
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["chat", "person"], name="host_once")]

    def __str__(self) -> str:
        return f"host {self.pk}"


class Question(models.Model):
    chat = models.ForeignKey(Chat, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["chat", "number"], name="question_number")]

    def __str__(self) -> str:
        return f"question {self.number}"


class Post(Written):
    """What somebody says to a question: a short answer while it is live, or a comment of any
    length, before and after."""

    class Kind(models.TextChoices):
        ANSWER = "answer", "Live answer"
        COMMENT = "comment", "Comment"

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="posts")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    text = models.TextField(max_length=4000)

    class Meta:
        verbose_name = "post in a live chat"
        indexes = [
            models.Index(fields=["question", "kind", "id"], name="post_of_question"),
            models.Index(fields=["author", "written_at"], name="post_by_author"),
        ]


class Coming(models.Model):
    """Who wants to be reminded before it begins."""

    chat = models.ForeignKey(Chat, on_delete=models.CASCADE, related_name="coming")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chat", "person"], name="coming_once")]

    def __str__(self) -> str:
        return f"coming {self.pk}"
