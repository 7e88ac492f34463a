"""What every change of the directory begins with: the lock, and the count of changes."""

from django.db.models import F

from viceversa.people.models import Directory


def lock_directory() -> int:
    """Waits until no other change is under way, and returns the version before this change."""
    Directory.objects.get_or_create(id=1)
    version = Directory.objects.select_for_update().get(id=1).version
    Directory.objects.filter(id=1).update(version=F("version") + 1)
    return version
