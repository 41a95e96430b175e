// What is found for what stands in the search box, offered below it as one types. Without it the box searches all the same.

const WAIT = 180
const SHORTEST = 2

for (const input of document.querySelectorAll("[data-suggestions]")) {
  const list = document.createElement("ul")
  const status = document.createElement("span")
  let chosen = -1
  let asking = null
  let waiting = 0

  list.id = `${input.id}-found`
  list.className = "suggestions"
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", "Found so far")
  list.hidden = true
  status.className = "sr"
  status.setAttribute("role", "status")
  input.setAttribute("role", "combobox")
  input.setAttribute("aria-autocomplete", "list")
  input.setAttribute("aria-controls", list.id)
  input.setAttribute("aria-expanded", "false")
  input.form.append(list, status)

  const close = () => {
    asking?.abort()
    clearTimeout(waiting)
    list.hidden = true
    choose(-1)
    input.setAttribute("aria-expanded", "false")
  }

  const choose = (number) => {
    chosen = number
    for (const [at, option] of [...list.children].entries()) {
      option.setAttribute("aria-selected", String(at === chosen))
    }
    if (chosen < 0) input.removeAttribute("aria-activedescendant")
    else input.setAttribute("aria-activedescendant", list.children[chosen].id)
  }

  const show = (found) => {
    list.replaceChildren(
      ...found.map((one, at) => {
        const option = document.createElement("li")
        const kind = document.createElement("span")
        option.id = `${list.id}-${at}`
        option.setAttribute("role", "option")
        option.dataset.address = one.address
        if (one.language) option.lang = one.language
        kind.lang = "en-GB"
        kind.className = "soft small"
        kind.textContent = ` ${one.kind}`
        option.append(one.title, kind)
        return option
      })
    )
    list.hidden = !found.length
    input.setAttribute("aria-expanded", String(!list.hidden))
    choose(-1)
    status.textContent = found.length ? `${found.length} offered` : ""
  }

  const ask = async () => {
    const typed = input.value.trim()
    if (typed.length < SHORTEST) return close()
    asking?.abort()
    asking = new AbortController()
    try {
      const answer = await fetch(`${input.dataset.suggestions}?${new URLSearchParams({ q: typed })}`, {
        signal: asking.signal,
        credentials: "omit",
      })
      if (answer.ok && document.activeElement === input) show((await answer.json()).found)
    } catch {
      // Another letter was typed, or nobody answers: the box itself is enough.
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting)
    waiting = setTimeout(ask, WAIT)
  })
  input.addEventListener("keydown", (event) => {
    const last = list.children.length - 1
    if (event.key === "Escape" && !list.hidden) {
      close()
      event.preventDefault()
    } else if (event.key === "ArrowDown" && !list.hidden) {
      choose(chosen < last ? chosen + 1 : -1)
      event.preventDefault()
    } else if (event.key === "ArrowUp" && !list.hidden) {
      choose(chosen < 0 ? last : chosen - 1)
      event.preventDefault()
    } else if (event.key === "Enter" && chosen >= 0) {
      location.assign(list.children[chosen].dataset.address)
      event.preventDefault()
    }
  })
  // Before the box loses what is looked at.
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]")
    if (option) location.assign(option.dataset.address)
    event.preventDefault()
  })
  input.addEventListener("blur", close)
}
