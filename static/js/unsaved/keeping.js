// Keeps what is typed with the Society, soon after it is typed, and says in words where it is kept. A session that ran
// out, a lost connection, a database that is away: typing goes on, and nothing waits for it.

const PAUSE = 1500 // after the last key
const LATEST = 10000 // while somebody types without a pause
const AGAIN = 15000 // after a failure
const SMALL = 60000 // characters that a browser still sends while it leaves the page

function clock(date) {
  return date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })
}

class Keeper {
  constructor(holder) {
    this.holder = holder
    this.form = holder.form
    this.said = [...this.form.querySelectorAll("[data-saved]"), ...document.querySelectorAll(`[data-saved="${this.form.id || "-"}"]`)]
    this.verb = this.form.dataset.verb || "Kept"
    this.changed = false // since the Society last had it
    this.timer = 0
    this.first = 0 // when the oldest unsent change was made
    this.sending = null
    this.leaving = false
    this.spoken = "" // nothing is said twice
    this.listen()
  }

  set(name, value) {
    this.form.elements[name].value = value
  }

  fields() {
    const data = new FormData(this.form)
    for (const [name, value] of [...data]) if (typeof value !== "string") data.delete(name)
    return data
  }

  say(words, href = "", label = "") {
    if (this.spoken === words) return
    this.spoken = words
    for (const line of this.said) {
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

  later(pause) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.send(), pause)
  }

  typed() {
    this.changed = true
    const now = Date.now()
    this.set("unsaved_typed", Math.max(now, Number(this.form.elements.unsaved_typed.value) + 1))
    this.first ||= now
    this.form.toggleAttribute("data-unkept", true)
    this.form.dispatchEvent(new Event("unsaved:typed"))
    this.later(Math.max(0, Math.min(PAUSE, this.first + LATEST - now)))
  }

  async post(options) {
    const response = await fetch(this.holder.dataset.keep, {
      method: "POST",
      headers: { Accept: "application/json" },
      redirect: "error",
      body: this.fields(),
      ...options,
    })
    return [response, await this.answerOf(response)]
  }

  async answerOf(response) {
    const json = response.headers.get("Content-Type")?.startsWith("application/json")
    return json ? response.json() : {}
  }

  /** After signing in again in another tab, this page's token is old: a new one is had for the asking. */
  async renew() {
    const response = await fetch(this.holder.dataset.keep, { headers: { Accept: "application/json" }, redirect: "error" })
    const answer = await this.answerOf(response)
    if (!answer.token) return [response, answer]
    for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = answer.token
    return null
  }

  async send(options = {}) {
    if (!this.changed || this.leaving) return
    this.sending?.abort()
    const mine = (this.sending = new AbortController())
    this.changed = false
    this.first = 0
    try {
      let [response, answer] = await this.post({ signal: mine.signal, ...options })
      if (response.status === 403 && !answer.error) {
        const refused = await this.renew()
        ;[response, answer] = refused ?? (await this.post({ signal: mine.signal }))
      }
      this.answered(response, answer)
    } catch {
      if (!mine.signal.aborted) this.failed("There is no connection to the Society. It is tried again.")
    }
  }

  answered(response, answer) {
    if (response.ok && answer.mark) {
      this.set("unsaved_began", answer.mark)
      if (!this.changed) {
        this.form.toggleAttribute("data-unkept", false)
        this.form.dispatchEvent(new Event("unsaved:kept"))
      }
      const here = this.form.dataset.copied === "yes" ? "on this computer and " : ""
      this.say(`${this.verb} at ${answer.at} ${here}with the Society${answer.told ? `. ${answer.told}` : ""}`)
    } else if (response.status === 401) {
      this.failed(answer.error, this.holder.dataset.signIn, "Sign in")
    } else {
      this.failed(answer.error || "The Society’s computer did not answer as it should. It is tried again.")
    }
  }

  failed(why, href = "", label = "") {
    this.changed = true
    this.form.toggleAttribute("data-unkept", true)
    const where = this.form.dataset.copied === "yes" ? `; kept on this computer at ${clock(new Date())}` : ", and this computer has no room to keep it"
    this.say(`Not saved with the Society${where}. ${why}`, href, label)
    this.later(AGAIN)
  }

  /** Whether somebody was quicker than this script: on a slow line there is time for a paragraph. */
  typedBefore() {
    const written = this.form.querySelectorAll("textarea, input:not([type]), input[type=text]")
    return [...written].some((field) => field.value !== field.defaultValue)
  }

  listen() {
    const form = this.form
    form.addEventListener("input", () => this.typed())
    form.addEventListener("change", () => this.typed())
    form.addEventListener("submit", () => {
      this.leaving = true
      clearTimeout(this.timer)
      this.sending?.abort()
    })
    // Coming back to a page that the browser had put away.
    addEventListener("pageshow", () => (this.leaving = false))
    addEventListener("online", () => this.changed && this.later(0))
    addEventListener("focus", () => this.changed && this.later(0)) // perhaps back from signing in
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "hidden" || !this.changed) return
      const length = [...this.fields().values()].join("").length
      this.send({ keepalive: length < SMALL })
    })
    if ("changed" in this.holder.dataset || this.typedBefore()) this.typed()
  }
}

for (const holder of document.querySelectorAll("input[name=unsaved]")) new Keeper(holder)
