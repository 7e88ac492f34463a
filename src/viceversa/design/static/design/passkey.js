// Passkeys. A form with data-passkey="make" or "show" asks the server for a question when it is sent,
// lets the browser answer it, and sends the answer. Nothing of an answer is kept in the page.
// Without this file the form stays hidden, and what is said beside it (data-passkey-without) stays.

const knows = Boolean(
  window.PublicKeyCredential?.parseCreationOptionsFromJSON &&
    PublicKeyCredential.parseRequestOptionsFromJSON &&
    PublicKeyCredential.prototype.toJSON,
)

class NoSecret extends Error {}

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0))

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "")

function make(asked) {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON({ ...asked, extensions: undefined })
  publicKey.extensions = asked.extensions
  return navigator.credentials.create({ publicKey })
}

function show({ salts, ...asked }) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked)
  if (salts) {
    const each = Object.entries(salts).map(([id, salt]) => [id, { first: bytes(salt) }])
    publicKey.extensions = { prf: { evalByCredential: Object.fromEntries(each) } }
  }
  return navigator.credentials.get({ publicKey })
}

async function question(form) {
  const answer = await fetch(form.getAttribute("action"), { headers: { Accept: "application/json" } })
  const isQuestion = answer.ok && answer.headers.get("Content-Type") === "application/json"
  return isQuestion ? answer.json() : undefined
}

function fill(form, credential) {
  const said = credential.toJSON()
  const told = credential.getClientExtensionResults()
  said.clientExtensionResults = {
    credProps: { rk: told.credProps?.rk },
    prf: { enabled: told.prf?.enabled },
  }
  if (form.elements.secret) {
    if (!told.prf?.results?.first) throw new NoSecret()
    form.elements.secret.value = text(told.prf.results.first)
  }
  form.elements.credential.value = JSON.stringify(said)
}

const SENTENCES = {
  NotAllowedError: "cancelled",
  AbortError: "cancelled",
  InvalidStateError: "known",
  SecurityError: "address",
}

function say(form, error) {
  const key = error instanceof NoSecret ? "noSecret" : (SENTENCES[error.name] ?? "failed")
  const place = form.querySelector("[data-passkey-problem]")
  const sentence = place.querySelector("p")
  place.dataset.failed ??= sentence.textContent
  sentence.textContent = place.dataset[key]
  place.hidden = false
}

async function run(form) {
  const button = form.querySelector("button[type=submit]")
  button.disabled = true
  form.querySelector("[data-passkey-problem]").hidden = true
  try {
    const asked = await question(form)
    if (!asked) return location.reload()
    fill(form, await (form.dataset.passkey === "make" ? make(asked) : show(asked)))
    form.submit()
  } catch (error) {
    say(form, error)
  } finally {
    button.disabled = false
  }
}

function prepare(form) {
  form.hidden = false
  for (const other of document.querySelectorAll("[data-passkey-without]")) other.hidden = true
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    run(form)
  })
}

function forget() {
  for (const field of document.querySelectorAll("[data-passkey] [name=secret], [data-passkey] [name=credential]"))
    field.value = ""
}

if (knows) document.querySelectorAll("form[data-passkey]").forEach(prepare)
window.addEventListener("pageshow", forget)
