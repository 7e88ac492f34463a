"""Partnerships, agreements and goals for programs."""

from ninja import Router

from viceversa.partnerships.api.agreeing import router as agreeing
from viceversa.partnerships.api.agreement import router as agreements
from viceversa.partnerships.api.goal_changes import router as goal_changes
from viceversa.partnerships.api.goals import router as goals
from viceversa.partnerships.api.partnership import router as partnerships

router = Router(tags=["partnerships"])
for part in (partnerships, goals, goal_changes, agreements, agreeing):
    router.add_router("", part)

__all__ = ["router"]
