// Words chosen on the page: a button quotes them in the next message. Without scripts the page of the words does it.

const quoting = document.querySelector("[data-quoting]")
const words = document.querySelector("[data-version]")
const told = document.createElement("p")
const button = document.createElement("button")

function blockOf(node) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement
  return element?.closest("[data-block]")
}

// Texts on one line, as the words are counted; a line break is a blank.
function lineOf(fragment) {
  for (const end of fragment.querySelectorAll("br")) end.replaceWith(" ")
  return fragment.textContent.replace(/\s+/gu, " ")
}

function chosen() {
  const selection = getSelection()
  if (!selection.rangeCount || selection.isCollapsed) return null
  const range = selection.getRangeAt(0)
  const block = blockOf(range.startContainer)
  if (!block || !words.contains(block)) return null
  if (blockOf(range.endContainer) !== block) return { apart: true }
  const before = document.createRange()
  before.setStart(block, 0)
  before.setEnd(range.startContainer, range.startOffset)
  const said = lineOf(range.cloneContents())
  const start = lineOf(before.cloneContents()).trimStart().length + (said.length - said.trimStart().length)
  return { part: block.dataset.part, block: block.dataset.block, words: said.trim(), start }
}

function look() {
  const found = chosen()
  button.hidden = !found || found.apart || !found.words
  told.textContent = found?.apart ? "Choose words within one paragraph to quote them." : ""
}

function put(passage) {
  const line = document.createElement("div")
  const box = document.createElement("input")
  const label = document.createElement("label")
  line.className = "choice"
  box.type = "checkbox"
  box.name = "quoting"
  box.value = passage.key
  box.checked = true
  box.id = `quoting-${passage.key}`
  label.htmlFor = box.id
  label.textContent = `“${passage.words}”`
  line.append(box, label)
  const offered = document.createElement("input")
  offered.type = "hidden"
  offered.name = "offered_quoting"
  offered.value = passage.key
  quoting.append(line, offered)
  const details = quoting.closest("details")
  if (details) details.open = true
}

async function quote() {
  const found = chosen()
  if (!found || found.apart) return
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value
  const body = new URLSearchParams({ csrfmiddlewaretoken: token, version: words.dataset.version, ...found })
  button.disabled = true
  try {
    const answer = await fetch(quoting.dataset.quoting, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      redirect: "error",
    })
    const said = await answer.json()
    told.textContent = said.refused ?? "Quoted: it goes with your next message."
    if (answer.ok && quoting.closest("form")) put(said)
    if (answer.ok) button.hidden = true
  } catch {
    told.textContent = "It could not be quoted just now. Try again."
  }
  button.disabled = false
}

if (quoting && words) {
  const bar = document.createElement("div")
  bar.className = "quoting-bar"
  told.setAttribute("role", "status")
  button.type = "button"
  button.className = "button"
  button.textContent = "Quote in a message"
  button.hidden = true
  button.addEventListener("mousedown", (event) => event.preventDefault()) // the choice stays
  button.addEventListener("click", quote)
  bar.append(button, told)
  words.after(bar)
  document.addEventListener("selectionchange", look)
}
