// What the admin's own scripts draw without a name of its own, or with one that many have, gets that of its field.

/** Which of several rows it stands in, as the summary of errors calls it: 'Term 2'. */
function rowOf(inside) {
  const row = inside.closest(".inline-related")
  const noun = row?.querySelector("h3 b")?.textContent.trim().replace(/:$/, "")
  const number = Number(row?.id.match(/-(\d+)$/)?.[1]) + 1
  return noun && number ? `${noun} ${number}` : ""
}

function nameOf(field) {
  const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`)?.cloneNode(true)
  label?.querySelector(".hint")?.remove()
  const words = label?.textContent.trim().replace(/:$/, "") ?? ""
  return [words, rowOf(field)].filter(Boolean).join(", ")
}

/** The autocomplete draws a combobox. */
function nameChoice(select) {
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`)
  const drawn = select.nextElementSibling?.querySelector('.select2-selection')
  const words = drawn?.querySelector('.select2-selection__rendered')
  if (!label || !words) return
  label.id ||= `${select.id}_label`
  drawn.setAttribute('aria-labelledby', `${label.id} ${words.id}`)
  words.setAttribute('aria-labelledby', label.id)
}

/** Every day has a link to today and a calendar. */
function nameCalendar(shortcuts) {
  const field = shortcuts.parentNode.querySelector("input")
  const [today, calendar] = shortcuts.querySelectorAll("a, button")
  if (!field || !calendar || shortcuts.dataset.named === field.id) return
  shortcuts.dataset.named = field.id
  const name = nameOf(field)
  today.setAttribute("aria-label", `${today.textContent}: ${name}`)
  // By the icon's title the button is called, and the calendar that it opens.
  calendar.querySelector("[title]")?.setAttribute("title", `Choose a date: ${name}`)
}

function nameRemoval(link) {
  const name = `${link.textContent}: ${rowOf(link)}`
  if (rowOf(link) && link.getAttribute("aria-label") !== name) link.setAttribute("aria-label", name)
}

function nameAll(within) {
  for (const select of within.querySelectorAll('.select2-hidden-accessible')) nameChoice(select)
  for (const shortcuts of within.querySelectorAll('.datetimeshortcuts')) nameCalendar(shortcuts)
  for (const link of within.querySelectorAll('.inline-deletelink')) nameRemoval(link)
}

// They are drawn when jQuery is ready, and anew for each row that is added.
new MutationObserver(() => nameAll(document)).observe(document.body, {childList: true, subtree: true})
nameAll(document)
