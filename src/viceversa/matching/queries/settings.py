"""A programme's decisions about matching, as a round keeps them."""

from viceversa.matching.rules.settings import Values, least_gap, settings_json
from viceversa.programmes.models import Programme


def settings_of(programme: Programme) -> Values:
    return settings_json(
        rules={
            "min_rank_gap": least_gap(
                programme.min_rank_gap, outside_guests=programme.outside_guests
            ),
            "shared_hours": float(programme.shared_hours),
            "same_unit": not programme.same_unit_allowed,
            "past_partners": not programme.past_partners_allowed,
        },
        weights=programme.weights,
        different_stages=programme.different_stages,
        one_other_field=programme.one_from_other_field,
    )
