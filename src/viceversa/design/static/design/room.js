// The room: a quiet timer over the agenda. Without this file the agenda shows plain times.
// Of what people write nothing is read here; only the moment of the start is kept, in this tab.

const timer = document.querySelector("[data-timer]")
const parts = [...document.querySelectorAll("#agenda > [data-minutes]")]
const AHEAD = 15 * 60

if (timer && parts.length) run()

function run() {
  const kept = `room ${timer.dataset.timer}`
  const begin = timer.querySelector("[data-timer-start]")
  const said = Number(sessionStorage.getItem(kept))
  let start = said || Date.parse(timer.dataset.starts)
  begin.parentElement.hidden = said > 0
  begin.addEventListener("click", () => {
    start = Date.now()
    sessionStorage.setItem(kept, String(start))
    begin.parentElement.hidden = true
    show()
  })
  const show = () => draw(Math.floor((Date.now() - start) / 1000))
  show()
  setInterval(show, 1000)
}

function draw(passed) {
  const total = parts.reduce((sum, part) => sum + seconds(part), 0)
  const name = timer.querySelector("[data-timer-part]")
  const left = timer.querySelector("[data-timer-left]")
  const { part, until } = current(passed)
  for (const one of parts) one.removeAttribute("aria-current")
  part?.setAttribute("aria-current", "step")
  timer.hidden = false
  timer.querySelector("progress").value = Math.min(100, Math.max(0, (100 * passed) / total))
  if (passed < 0) name.textContent = name.dataset.ahead
  else if (part) name.textContent = part.querySelector(".row-title").textContent.trim()
  else name.textContent = name.dataset.over
  left.textContent = passed < -AHEAD || passed >= total ? "" : clock(part ? until : -passed)
}

function current(passed) {
  let end = 0
  for (const part of passed < 0 ? [] : parts) {
    end += seconds(part)
    if (passed < end) return { part, until: end - passed }
  }
  return { part: null, until: 0 }
}

function seconds(part) {
  return 60 * Number(part.dataset.minutes)
}

function clock(left) {
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`
}
