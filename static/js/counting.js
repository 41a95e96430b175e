// Counts the words and the pictures without a description while they are typed, and makes buttons of the tags that are in use.

const counter = document.querySelector("[data-words]")

function counted(textarea) {
  const text = textarea.value.replace(/<[^>]*>/g, " ").replace(/&nbsp;/g, " ").replace(/&[a-z#0-9]+;/gi, "x")
  const count = text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
  counter.textContent = `${count} word${count === 1 ? "" : "s"}`
  tellOfPictures(textarea.value)
}

function tellOfPictures(html) {
  const line = document.querySelector("[data-pictures]")
  if (!line) return
  const pictures = [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("img")]
  const bare = pictures.filter((one) => !one.getAttribute("alt")?.trim() && !one.hasAttribute("data-decorative")).length
  line.hidden = !bare
  line.textContent = `${bare} picture${bare === 1 ? " in the text still needs its" : "s in the text still need their"} description.`
}

if (counter) {
  const textarea = document.getElementById(counter.dataset.words)
  let timer = 0
  textarea?.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(counted, 300, textarea)
  })
}

function wordsOf(input) {
  return input.value.split(/[,;]/).map((word) => word.trim()).filter(Boolean)
}

function has(input, name) {
  return wordsOf(input).some((word) => word.toLowerCase() === name.toLowerCase())
}

/** The tags in use become switches that put a tag in and take it out again. */
function offerTags(list) {
  const input = document.getElementById(list.dataset.tags)
  const buttons = [...list.querySelectorAll("span")].map((span) => {
    const name = span.textContent
    const button = document.createElement("button")
    button.type = "button"
    button.textContent = name
    button.addEventListener("click", () => {
      const words = wordsOf(input)
      const rest = words.filter((word) => word.toLowerCase() !== name.toLowerCase())
      input.value = (rest.length < words.length ? rest : [...words, name]).join(", ")
      input.dispatchEvent(new Event("input", { bubbles: true }))
    })
    span.replaceWith(button)
    return button
  })
  const show = () => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(has(input, button.textContent)))
  }
  input.addEventListener("input", show)
  show()
}

for (const list of document.querySelectorAll("[data-tags]")) offerTags(list)
