"""A programme's decisions about matching, as a round keeps them."""

from viceversa.matching.rules.settings import Values, settings_json
from viceversa.programmes.models import Programme


def settings_of(programme: Programme) -> Values:
    return settings_json(
        rules={
            "min_rank_gap": programme.min_rank_gap,
            "shared_hours": float(programme.shared_hours),
            "same_unit": not programme.same_unit_allowed,
            "past_partners": not programme.past_partners_allowed,
        },
        weights=programme.weights,
        different_stages=programme.different_stages,
    )
