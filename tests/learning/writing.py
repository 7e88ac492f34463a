"""A pack to write about, and changing one as whoever keeps the library."""

from datetime import date, datetime, timedelta

from tests.factories.learning import make_keeper
from viceversa.learning.actions.pack import PackText, change_pack
from viceversa.learning.models import Pack
from viceversa.learning.rules.packs import Step
from viceversa.toolkit.actor import Actor

TEXT = PackText(title="Podcasts", facet="trend", summary="You can judge one.", sources="Practice")
STEPS = [Step(10, "Listen to one."), Step(20, "Record one.")]


def day(now: datetime, days: int = 90) -> date:
    return (now + timedelta(days=days)).date()


def change(pack: Pack, text: PackText, now: datetime, by: Actor | None = None) -> Pack:
    return change_pack(
        pack=pack,
        text=text,
        topics=list(pack.topics.all()),
        owner=pack.owner,
        review_by=pack.review_by,
        by=by or make_keeper(),
        now=now,
    )
