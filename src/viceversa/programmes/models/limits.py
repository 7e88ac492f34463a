"""How far and in which form a learner is at ease; choices read as a sentence."""

from django.db import models


class Depth(models.TextChoices):
    LOOK = "look", "Show me — I watch and ask"
    TRY = "try", "Let me try — with you beside me"
    PRACTISE = "practise", "Set me homework — and ask for it"


class Format(models.TextChoices):
    PERSON = "person", "In person"
    VIDEO = "video", "By video"
    EITHER = "either", "Either"


class Style(models.TextChoices):
    """The same keys as on a person's profile."""

    SHOW = "show", "Show me, then let me try"
    TALK = "talk", "Talk it through first"
    READ = "read", "Let me read beforehand"
