// Keeps what is typed: a copy on this computer at once, and soon after with the Society. Says in words which of the two
// it is. A session that ran out, a lost connection, a closed page: typing goes on and nothing is lost.

const form = document.querySelector("form[data-autosave]")

const PAUSE = 1500 // after the last key
const AGAIN = 15000 // after a failure
const LATEST = 10000 // while somebody types without a pause

const said = document.querySelectorAll("[data-saved]")
const key = form?.dataset.copy
let changed = Boolean(form?.hasAttribute("data-changed")) // since the Society last had it
let copied = true // whether this computer has a copy
let timer = 0
let first = 0 // when the oldest unsent change was made
let sending = null
let leaving = false
let spoken = "" // nothing is said twice

function fields() {
  const data = new FormData(form)
  data.delete("lead_file")
  data.delete("then")
  return data
}

function texts() {
  return Object.fromEntries([...fields()].filter(([name]) => name !== "csrfmiddlewaretoken"))
}

function clock(date) {
  return date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })
}

function say(words, href = "", label = "") {
  if (spoken === words) return
  spoken = words
  for (const line of said) {
    line.textContent = words
    if (!href) continue
    const link = document.createElement("a")
    link.href = href
    link.target = "_blank"
    link.rel = "noopener"
    link.textContent = label
    line.append(" ", link)
  }
}

/** The copy on this computer. `state`: 'sent' where the Society has the same, 'leaving' where it is on its way. */
function copy(state) {
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), state, fields: texts() }))
    copied = true
  } catch {
    copied = false // full, or switched off
  }
}

function forget() {
  try {
    localStorage.removeItem(key)
  } catch {
    // then there was none
  }
}

function later(pause) {
  clearTimeout(timer)
  timer = setTimeout(send, pause)
}

function typed() {
  changed = true
  const now = Date.now()
  first ||= now
  copy("typed")
  later(Math.max(0, Math.min(PAUSE, first + LATEST - now)))
}

function post(options = {}) {
  return fetch(form.dataset.autosave, {
    method: "POST",
    body: fields(),
    headers: { Accept: "application/json" },
    redirect: "error",
    ...options,
  })
}

async function answerOf(response) {
  const json = response.headers.get("Content-Type")?.startsWith("application/json")
  return json ? response.json() : {}
}

/** After signing in again in another tab, this page's token is old: a new one is had for the asking. */
async function renew() {
  const response = await fetch(form.dataset.autosave, { headers: { Accept: "application/json" }, redirect: "error" })
  const answer = await answerOf(response)
  if (!answer.token) return { response, answer }
  for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = answer.token
  return null
}

async function send() {
  if (!changed || leaving) return
  sending?.abort()
  const mine = (sending = new AbortController())
  changed = false
  first = 0
  try {
    let response = await post({ signal: mine.signal })
    let answer = await answerOf(response)
    if (response.status === 403 && !answer.error) {
      const refused = await renew()
      if (refused) {
        response = refused.response
        answer = refused.answer
      } else {
        response = await post({ signal: mine.signal })
        answer = await answerOf(response)
      }
    }
    told(response, answer)
  } catch {
    if (mine.signal.aborted) return
    failed("there is no connection to the Society. It is tried again.")
  }
}

function told(response, answer) {
  if (response.ok && answer.at) {
    copy("sent")
    say(copied ? `Saved at ${answer.at} on this computer and with the Society` : `Saved at ${answer.at} with the Society`)
    return
  }
  if (response.status === 401) {
    failed("you are no longer signed in. Go on writing, and sign in in another tab:", form.dataset.signIn, "sign in")
    return
  }
  if (answer.at) {
    copy("sent")
    say(`Saved at ${answer.at} on this computer and with the Society. ${answer.error}`)
    return
  }
  failed(answer.error || "the Society’s computer did not answer as it should. It is tried again.")
}

function failed(why, href = "", label = "") {
  changed = true
  copy("typed")
  const where = copied ? `Saved at ${clock(new Date())} on this computer only` : "Not saved"
  say(`${where}: ${why}`, href, label)
  later(AGAIN)
}

function plain(value) {
  return (value ?? "").replaceAll("\r\n", "\n").replace(/>\s+</g, "><").trim()
}

/** Whether the Society has what this computer kept: it said so, or made a version of it, or shows the same. */
function arrived({ state, fields: kept }) {
  if (state === "sent") return true
  if (state === "leaving" && Number(form.dataset.mine) > Number(kept.base)) return true
  const now = texts()
  return Object.keys({ ...kept, ...now }).every((name) => name === "base" || plain(kept[name]) === plain(now[name]))
}

/** What this computer has and the Society never got is offered, not put in unasked. */
function offer() {
  let kept = null
  try {
    kept = JSON.parse(localStorage.getItem(key))
  } catch {
    forget()
  }
  if (!kept?.fields) return
  if (arrived(kept)) {
    forget()
    return
  }
  const notice = document.querySelector(".local")
  const at = new Date(kept.at)
  const day = at.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })
  notice.querySelector("[data-when]").textContent = `You typed it on ${day} at ${clock(at)}.`
  notice.hidden = false
  notice.querySelector("[data-drop]").addEventListener("click", () => {
    forget()
    notice.hidden = true
  })
  notice.querySelector("[data-put-in]").addEventListener("click", () => putIn(kept.fields, notice))
}

/** By way of the Society, which shows it on the next load, beside another text if there is one by now. */
async function putIn(kept, notice) {
  const body = new FormData()
  for (const [name, value] of Object.entries(kept)) body.append(name, value)
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
  try {
    const response = await post({ body })
    const answer = await answerOf(response)
    if (!response.ok && response.status !== 409) throw new Error(answer.error || "")
    forget()
    leaving = true
    location.assign(form.action)
  } catch (error) {
    notice.querySelector("[data-when]").textContent = `It could not be sent just now. ${error.message}`
  }
}

function start() {
  if (!changed) offer()
  form.addEventListener("input", typed)
  form.addEventListener("change", typed)
  form.addEventListener("submit", () => {
    leaving = true
    clearTimeout(timer)
    sending?.abort()
    copy("leaving")
  })
  // Coming back to a page that the browser had put away.
  addEventListener("pageshow", () => (leaving = false))
  addEventListener("online", () => changed && later(0))
  addEventListener("focus", () => changed && later(0)) // perhaps back from signing in
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && changed) send()
  })
  addEventListener("beforeunload", (event) => {
    const file = form.elements.lead_file?.files.length
    if (!leaving && ((changed && !copied) || file)) event.preventDefault()
  })
}

if (form) start()
