"""What reacts to what: event → functions of packages above the one that announces it."""

REACTIONS: dict[str, tuple[str, ...]] = {
    "viceversa.people.events.PersonLeft": (
        "viceversa.accounts.actions.end_access_of_leavers",
        "viceversa.partnerships.actions.end_for_leaver",
        "viceversa.programmes.actions.withdraw_leaver",
        "viceversa.matching.actions.chain.asks_end_for_leaver",
        "viceversa.meetings.actions.delegate.end_for_leaver",
        "viceversa.meetings.actions.leavers.shut_calendars_of_leaver",
    ),
    "viceversa.people.events.PeopleLeft": (
        "viceversa.accounts.actions.end_access_of_leavers",
        "viceversa.partnerships.actions.end_for_leavers",
        "viceversa.programmes.actions.withdraw_leavers",
        "viceversa.matching.actions.chain.asks_end_for_leavers",
        "viceversa.meetings.actions.delegate.end_for_leavers",
        "viceversa.meetings.actions.leavers.shut_calendars_of_leavers",
    ),
    "viceversa.people.events.ReportingLinesChanged": (
        "viceversa.safeguarding.actions.power.on_new_positions",
    ),
    "viceversa.people.events.SayInPayChanged": (
        "viceversa.safeguarding.actions.power.on_new_positions",
    ),
    "viceversa.programmes.events.EnrolmentWithdrawn": (
        "viceversa.partnerships.actions.end_for_withdrawn",
        "viceversa.matching.actions.chain.asks_end_for_withdrawn",
    ),
    "viceversa.partnerships.events.PartnershipMoved": (
        "viceversa.meetings.actions.reacting.on_move",
    ),
}
