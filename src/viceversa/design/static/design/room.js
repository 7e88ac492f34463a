// The room: a quiet timer over the agenda. Without this file the agenda shows plain times.
// Of what people write nothing is read here; only the moment of the start is kept, in this tab.

const timer = document.querySelector("[data-timer]")
const parts = [...document.querySelectorAll("#agenda > [data-minutes]")]
const AHEAD = 15 * 60

if (timer && parts.length) run()

function run() {
  const kept = `room ${timer.dataset.timer}`
  const begin = timer.querySelector("[data-timer-start]")
  let start = Number(sessionStorage.getItem(kept)) || Date.parse(timer.dataset.starts)
  begin.addEventListener("click", () => {
    start = Date.now()
    sessionStorage.setItem(kept, String(start))
    show()
  })
  const show = () => draw(Math.floor((Date.now() - start) / 1000), begin)
  show()
  setInterval(show, 1000)
}

function draw(passed, begin) {
  const total = parts.reduce((sum, part) => sum + seconds(part), 0)
  const name = timer.querySelector("[data-timer-part]")
  const left = timer.querySelector("[data-timer-left]")
  const { part, until } = current(passed)
  for (const one of parts) one.toggleAttribute("aria-current", false)
  part?.setAttribute("aria-current", "step")
  timer.hidden = false
  timer.querySelector("progress").value = Math.min(100, Math.max(0, (100 * passed) / total))
  begin.hidden = passed >= 0 && passed < total
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

const seconds = (part) => 60 * Number(part.dataset.minutes)

const clock = (left) => `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`
