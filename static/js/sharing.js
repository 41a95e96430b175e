// Buttons beside a post's address: they copy it, or a link to the words that are marked.

const place = document.querySelector("[data-address]")
const prose = document.querySelector("article .prose")
const address = place.textContent.trim()
const said = document.createElement("span")
said.setAttribute("role", "status")

const button = (words) => {
  const made = document.createElement("button")
  made.type = "button"
  made.className = "button second"
  made.textContent = words
  return made
}

const copy = async (words) => {
  try {
    await navigator.clipboard.writeText(words)
    said.textContent = "Copied."
  } catch {
    said.textContent = words
  }
}

// Browsers look for the words and show them: a long passage by its first and its last ones.
const fragment = (words) => {
  const coded = (part) => encodeURIComponent(part).replaceAll("-", "%2D")
  const all = words.trim().split(/\s+/)
  if (all.length < 12) return coded(all.join(" "))
  return `${coded(all.slice(0, 5).join(" "))},${coded(all.slice(-5).join(" "))}`
}

// A button that is pressed may take the marking away, so it is remembered.
let passage = ""
document.addEventListener("selectionchange", () => {
  const marked = getSelection()
  const words = String(marked).trim()
  if (words && marked.rangeCount && prose.contains(marked.getRangeAt(0).commonAncestorContainer)) passage = words
})

const whole = button("Copy the address")
const part = button("Copy a link to marked words")
const row = document.createElement("p")
row.className = "actions"
whole.addEventListener("click", () => copy(address))
part.addEventListener("click", () => {
  if (passage) copy(`${address}#:~:text=${fragment(passage)}`)
  else said.textContent = "First mark the words in the post."
})
row.append(whole, part, said)
place.after(row)
