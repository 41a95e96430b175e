// A copy on this computer of what is typed, made at every key: one for each page, so that two tabs lose nothing of one
// another. What the Society never got is offered when the form is opened again; it is not put in unasked.

const DAY = 24 * 60 * 60 * 1000
const holders = [...document.querySelectorAll("input[name=unsaved]")]

function fields(form) {
  const found = {}
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || name.startsWith("unsaved") || name === "csrfmiddlewaretoken") continue
    ;(found[name] ??= []).push(value)
  }
  return found
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key))
  } catch {
    return null
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key)
  } catch {
    // then there was none
  }
}

function keys(start) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(start))
  } catch {
    return []
  }
}

/** Of any form: those that the Society has go first where there is no room. */
function makeRoom() {
  for (const key of keys("unsaved ")) if (read(key)?.state === "kept") forget(key)
}

function write(key, entry) {
  const text = JSON.stringify(entry)
  try {
    localStorage.setItem(key, text)
    return true
  } catch {
    makeRoom()
  }
  try {
    localStorage.setItem(key, text)
    return true
  } catch {
    return false // full, or switched off
  }
}

function plain(value) {
  return String(value ?? "").replaceAll("\r\n", "\n").replace(/>\s+</g, "><").trim()
}

function same(kept, shown) {
  const names = new Set([...Object.keys(kept), ...Object.keys(shown)])
  for (const name of names) {
    if (name === "base" || name === "began") continue
    if (plain(kept[name]?.join("\n")) !== plain(shown[name]?.join("\n"))) return false
  }
  return true
}

/** Whether the Society has what this computer kept: it said so, had it as the page was left, or took the form. */
function arrived(entry, tab, holder) {
  const here = JSON.parse(holder.dataset.here || "{}")
  return entry.state === "kept" || entry.at <= (here[tab] ?? 0)
}

function offer(holder, form, start, mine) {
  const notice = form.querySelector("[data-copy]")
  const waiting = []
  const shown = fields(form)
  for (const key of keys(start)) {
    const entry = read(key)
    const tab = key.slice(start.length)
    if (tab === mine) continue
    if (entry?.fields && !arrived(entry, tab, holder)) {
      if (!same(entry.fields, shown)) {
        waiting.push([key, tab, entry])
        continue
      }
      // The browser itself has put it back into the form, perhaps.
      setTimeout(() => form.dispatchEvent(new Event("input")))
    }
    forget(key)
  }
  waiting.sort(([, , one], [, , other]) => other.at - one.at)
  show(waiting, holder, form, notice)
}

function show(waiting, holder, form, notice) {
  const [first, ...rest] = waiting
  notice.hidden = !first
  if (!first) return
  notice.closest("details")?.setAttribute("open", "")
  const [key, tab, entry] = first
  const at = new Date(entry.at)
  const day = at.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })
  const hour = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })
  const when = notice.querySelector("[data-when]")
  when.textContent = `You typed it on ${day} at ${hour}.`
  notice.querySelector("[data-drop]").onclick = () => {
    if (notice.dataset.asked !== key) {
      notice.dataset.asked = key
      when.textContent = `You typed it on ${day} at ${hour}. It stands nowhere else: press once more to throw it away.`
      return
    }
    forget(key)
    show(rest, holder, form, notice)
  }
  notice.querySelector("[data-put-in]").onclick = () => putIn(key, tab, entry, holder, form, when)
}

/** By way of the Society, which shows it on the next load, beside another text if there is one by now. */
async function putIn(key, tab, entry, holder, form, when) {
  const body = new FormData()
  for (const [name, values] of Object.entries(entry.fields)) for (const value of values) body.append(name, value)
  body.append("unsaved", holder.value)
  body.append("unsaved_began", entry.began ?? "")
  body.append("unsaved_tab", tab)
  body.append("unsaved_typed", entry.at)
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
  try {
    const response = await fetch(holder.dataset.keep, { method: "POST", body, redirect: "error" })
    const answer = await response.json()
    if (!response.ok) throw new Error(answer.error ?? "")
    forget(key)
    form.dispatchEvent(new Event("unsaved:left"))
    location.assign(`${holder.dataset.page}?unsaved=${answer.mark.split(".")[0]}`)
  } catch (error) {
    when.textContent = `It could not be sent just now, and stays here. ${error.message}`
  }
}

/** Each opening of the page has a name of its own; whatever a browser put back into these fields is another's. */
function begin(holder, form) {
  const tab = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("")
  holder.value = holder.dataset.token
  form.elements.unsaved_began.value = holder.dataset.began
  form.elements.unsaved_tab.value = tab
  form.elements.unsaved_typed.value = ""
  return tab
}

function watch(holder) {
  const form = holder.form
  const start = `unsaved ${holder.dataset.copies} `
  const tab = begin(holder, form)
  const copy = (state) => {
    const at = Number(form.elements.unsaved_typed.value) || Date.now()
    const began = form.elements.unsaved_began.value
    form.dataset.copied = write(start + tab, { at, state, began, fields: fields(form) }) ? "yes" : "no"
  }
  if (!("changed" in holder.dataset)) offer(holder, form, start, tab)
  form.addEventListener("unsaved:typed", () => copy("typed"))
  form.addEventListener("unsaved:kept", () => copy("kept"))
  form.addEventListener("submit", () => {
    form.elements.unsaved_typed.value ||= Date.now()
    copy("sent")
  })
}

// What nobody came back to in three months.
for (const key of keys("unsaved ")) if (!(read(key)?.at > Date.now() - 90 * DAY)) forget(key)
for (const holder of holders) watch(holder)
