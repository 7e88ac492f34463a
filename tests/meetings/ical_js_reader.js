// Lists what takes place in a calendar, as pairs of seconds, read by ical.js.
async (text) => {
  const { default: ICAL } = await import("/ical.min.js")
  ICAL.design.strict = true
  ICAL.TimezoneService.reset()
  const calendar = new ICAL.Component(ICAL.parse(text))
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone)
  const events = calendar.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one))
  const alone = events.filter((one) => one.isRecurrenceException())
  const found = []
  const take = (start, end) => found.push([start.toUnixTime(), end.toUnixTime()])
  for (const event of events.filter((one) => !one.isRecurrenceException())) {
    for (const one of alone) if (one.uid === event.uid) event.relateException(one)
    if (!event.isRecurring()) take(event.startDate, event.endDate)
    else for (const at of days(event)) take(...occurrence(event, at))
  }
  return found.sort((one, other) => one[0] - other[0])

  function* days(event) {
    const iterator = event.iterator()
    for (let at = iterator.next(); at; at = iterator.next()) yield at
  }

  function occurrence(event, at) {
    const { startDate, endDate } = event.getOccurrenceDetails(at)
    return [startDate, endDate]
  }
}
