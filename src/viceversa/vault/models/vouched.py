import hmac
from typing import Self

from django.db import models

from viceversa.vault import store


class Vouched(models.Model):
    """A row that says that this server made it: its voucher is under the secret of the key store.

    A kind of row says in `vouched_for` what it is for and what it holds.
    """

    voucher = models.BinaryField(default=bytes)

    class Meta:
        abstract = True

    @property
    def vouched_for(self) -> tuple[str, bytes]:
        raise NotImplementedError

    def vouched(self) -> Self:
        self.voucher = store.vouch(*self.vouched_for)
        return self

    @property
    def is_vouched(self) -> bool:
        """Whether it was made here, as it is now, and not by a hand in the database."""
        return hmac.compare_digest(bytes(self.voucher), store.vouch(*self.vouched_for))
