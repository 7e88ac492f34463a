// Small helps. Every page works without this file; see docs/developers/design.md for the data- attributes.

const all = (selector, root = document) => root.querySelectorAll(selector)

// Dialogs: the opener is a link to a page that asks the same question.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog-open]")
  const dialog = opener && document.getElementById(opener.dataset.dialogOpen)
  if (dialog && typeof dialog.showModal === "function") {
    event.preventDefault()
    dialog.showModal()
    return
  }
  const closer = event.target.closest("[data-dialog-close]")
  if (closer) closer.closest("dialog")?.close()
  else if (event.target.matches("dialog.dialog") && outside(event)) event.target.close()
})

function outside(event) {
  const box = event.target.getBoundingClientRect()
  const { clientX: x, clientY: y } = event
  return x < box.left || x > box.right || y < box.top || y > box.bottom
}

// Unsaved typing: the browser asks before the page is left.
const touched = new Set()
document.addEventListener("input", (event) => {
  const form = event.target.form
  if (form?.hasAttribute("data-warn-unsaved")) touched.add(form)
})
document.addEventListener("submit", (event) => touched.delete(event.target))
window.addEventListener("beforeunload", (event) => {
  if ([...touched].some((form) => form.isConnected)) event.preventDefault()
})

// Copy: the button says that it did.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]")
  const source = button && document.querySelector(button.dataset.copy)
  if (!source) return
  source.select?.()
  await navigator.clipboard?.writeText(source.value ?? source.textContent.trim())
  const before = button.textContent
  button.textContent = button.dataset.copied
  setTimeout(() => (button.textContent = before), 2000)
})

// Filters that htmx does not already send.
let waiting
document.addEventListener("input", (event) => {
  const form = event.target.form
  if (!form?.hasAttribute("data-auto-submit") || form.hasAttribute("hx-get")) return
  clearTimeout(waiting)
  waiting = setTimeout(() => form.requestSubmit(), 400)
})

// Ranges show their value.
document.addEventListener("input", (event) => {
  if (event.target.type !== "range") return
  const output = document.querySelector(`[data-output="${CSS.escape(event.target.id)}"]`)
  if (output) output.value = event.target.value
})

// The theme changes at once; the form has already told the server.
document.addEventListener("submit", async (event) => {
  const form = event.target
  const theme = event.submitter?.value
  if (!form.matches("form.theme") || !theme) return
  event.preventDefault()
  const body = new FormData(form, event.submitter)
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" })
  if (answer.type !== "opaqueredirect" && !answer.ok) return location.reload()
  if (theme === "system") document.documentElement.removeAttribute("data-theme")
  else document.documentElement.dataset.theme = theme
  for (const button of all("button", form)) {
    button.setAttribute("aria-pressed", String(button === event.submitter))
  }
})

// A message that was there from the start is read out too, and can be put away.
document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest(".toast")?.remove()
})

function prepare(root) {
  for (const toast of all(".toasts .toast", root)) addDismiss(toast)
  for (const button of all("[data-back]", root)) {
    if (!button.hidden || history.length < 2) continue
    button.hidden = false
    button.addEventListener("click", () => history.back())
  }
  for (const tab of all(".tabs [aria-current]", root)) showTab(tab, tab.parentElement)
  root.querySelector("[data-focus]")?.focus()
}

// On a phone the tabs are wider than the page: the one that is open must be seen.
function showTab(tab, tabs) {
  tabs.scrollLeft = tab.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - tab.offsetWidth) / 2
}

function addDismiss(toast) {
  const words = document.querySelector("[data-dismiss-label]")
  if (!words || toast.querySelector("[data-dismiss]")) return
  toast.append(words.content.cloneNode(true))
}

function announce() {
  const region = document.querySelector(".toasts")
  if (!region?.querySelector(".toast")) return
  const kept = [...region.children]
  region.replaceChildren()
  setTimeout(() => region.replaceChildren(...kept), 60)
}

prepare(document)
announce()
document.addEventListener("htmx:after:swap", (event) => prepare(event.target.ownerDocument ?? document))
