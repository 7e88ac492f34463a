from django.db import migrations, models

from viceversa.vault import store
from viceversa.vault.models import ring

PART = 1000


def vouch_for_what_is_here(apps, schema_editor):
    """For keys that open with this store, and the wraps made for them."""
    UserKey = apps.get_model("vault", "UserKey")
    RingWrap = apps.get_model("vault", "RingWrap")
    if not UserKey.objects.exists():
        return
    known = list(UserKey.objects.filter(slots__kind="store", slots__parameters__store=store.name()))
    if not known:
        raise RuntimeError("No key opens here. Migrate where the key store is: see KEY_STORE.")
    for key in known:
        key.voucher = store.vouch(f"key of {key.person_id}/{key.generation}", bytes(key.public))
    UserKey.objects.bulk_update(known, ["voucher"], batch_size=PART)
    theirs = UserKey.objects.filter(slots__kind="store", slots__parameters__store=store.name())
    wraps = list(RingWrap.objects.filter(person__in=theirs.values("person")))
    for wrap in wraps:
        about = ring.about(wrap.ring_id, wrap.version, wrap.person_id, wrap.generation)
        wrap.voucher = store.vouch(about, bytes(wrap.wrapped))
    RingWrap.objects.bulk_update(wraps, ["voucher"], batch_size=PART)


class Migration(migrations.Migration):

    dependencies = [
        ('vault', '0002_passkeys'),
    ]

    operations = [
        migrations.AddField(
            model_name='ringwrap',
            name='voucher',
            field=models.BinaryField(default=bytes),
        ),
        migrations.AddField(
            model_name='userkey',
            name='voucher',
            field=models.BinaryField(default=bytes),
        ),
        migrations.RunPython(vouch_for_what_is_here, migrations.RunPython.noop),
    ]
