from viceversa.partnerships.models import Partnership


def locked(partnership: Partnership) -> Partnership:
    """As it is now, with its people, held until the end of the transaction."""
    return (
        Partnership.objects.select_for_update(of=("self",))
        .select_related("programme", "learner__person", "adviser__person", "ring")
        .get(pk=partnership.pk)
    )
