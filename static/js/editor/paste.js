// What comes out of Word and Google Docs, made readable for the editor: their bold, headings, lists, links, footnotes.
//
// Under our Content-Security-Policy a pasted style attribute says nothing, so it is renamed while it is still text and
// read here. The server cleans once more whatever is saved; this is for what the writer sees.

import { Extension, Plugin } from "django-prose-editor/editor"

const BULLET = /^[\s\u00a0]*([·•§▪◦o–-]|\(?(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,6})[.)])[\s\u00a0]{2,}/
const NUMBERED = /^\(?(\d{1,3}|[A-Za-z]|[ivxlc]{1,6})[.)]$/
const BLOCKS = "p, h1, h2, h3, h4, h5, h6, li, table, blockquote, ul, ol, div, pre, figure"

/** As text, before anything is parsed: nothing runs, loads or reports a violation. */
function disarmed(html) {
  return html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<!\[[^>]*>/g, "")
    .replace(/<(style|script|title|noscript|template|iframe)\b[\s\S]*?<\/\1\s*>/gi, (_, tag) =>
      tag.toLowerCase() === "iframe" ? "<embed>" : "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/(["'\s/])(style|on[a-z]+)\s*=/gi, "$1data-$2="))
}

function unwrap(element) {
  element.replaceWith(...element.childNodes)
}

function rename(element, tag) {
  const renamed = element.ownerDocument.createElement(tag)
  for (const { name, value } of element.attributes) {
    if (/^[a-z-]+$/.test(name)) renamed.setAttribute(name, value)
  }
  renamed.append(...element.childNodes)
  element.replaceWith(renamed)
  return renamed
}

function wrapContents(element, tag) {
  const inner = element.ownerDocument.createElement(tag)
  inner.append(...element.childNodes)
  element.append(inner)
}

/** The bullet or number that Word writes into the words for readers without lists. */
function isMarker(element) {
  return says(element, "mso-list", "ignore")
}

function styleOf(element) {
  return (element.dataset.style || "").toLowerCase()
}

/** Whether its style gives this property (by its whole name) one of these values. */
function says(element, property, values) {
  return new RegExp(`(^|;)\\s*${property}\\s*:\\s*(${values})\\s*(;|$)`).test(styleOf(element))
}

const BOLD = "bold|bolder|[6-9]00"
const NOT_BOLD = "normal|lighter|[1-5]00"

function repairMarks(body) {
  for (const element of [...body.querySelectorAll("b, strong, i, em")]) {
    const bold = /^(b|strong)$/i.test(element.tagName)
    if (bold ? says(element, "font-weight", NOT_BOLD) : says(element, "font-style", "normal")) unwrap(element)
  }
  for (const element of [...body.querySelectorAll("[data-style]")]) {
    if (isMarker(element) || /^(ul|ol|table|tbody|tr|div)$/i.test(element.tagName)) continue
    const bold = element.closest("b, strong, h1, h2, h3, h4, h5, h6")
    if (!bold && says(element, "font-weight", BOLD)) wrapContents(element, "strong")
    if (!element.closest("i, em") && says(element, "font-style", "italic|oblique")) wrapContents(element, "em")
    for (const [value, tag] of [["super", "sup"], ["sub", "sub"]]) {
      if (!element.closest(tag) && says(element, "vertical-align", value)) wrapContents(element, tag)
    }
  }
  for (const element of [...body.querySelectorAll(".MsoFootnoteReference, .MsoEndnoteReference")]) {
    if (!element.closest("sup")) wrapContents(element, "sup")
  }
}

function repairHeadings(body) {
  const shift = body.querySelector("h1") ? 1 : 0
  for (const heading of [...body.querySelectorAll("h1, h2, h3, h4, h5, h6")]) {
    for (const bold of [...heading.querySelectorAll("b, strong")]) unwrap(bold)
    const level = Math.min(Math.max(Number(heading.tagName[1]) + shift, 2), 4)
    rename(heading, `h${level}`)
  }
}

/** {level, marker} of a paragraph that Word shows as an item, its marker taken out of it; null of any other. */
function wordItem(paragraph) {
  const style = styleOf(paragraph)
  const listed = /(^|;)\s*mso-list\s*:\s*(?!none)/.test(style)
  if (!listed && !/MsoListParagraph/.test(paragraph.className)) return null
  const level = Number((/level(\d)/.exec(style) || [0, 1])[1])
  const ignored = [...paragraph.querySelectorAll("[data-style]")].find(isMarker)
  if (ignored) {
    const marker = ignored.textContent.replace(/[\s\u00a0]+/g, "")
    ignored.remove()
    return { level, marker }
  }
  const found = BULLET.exec(paragraph.textContent)
  if (!found) return null
  let cut = found[0].length
  const walker = paragraph.ownerDocument.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT)
  while (cut && walker.nextNode()) {
    const gone = Math.min(cut, walker.currentNode.length)
    walker.currentNode.deleteData(0, gone)
    cut -= gone
  }
  return { level, marker: found[1] }
}

function repairWordLists(body) {
  let open = [] // the lists that a next item may join, outermost first: {level, list}
  let last = null
  for (const paragraph of [...body.querySelectorAll("p")]) {
    const item = wordItem(paragraph)
    if (!item) continue
    const number = NUMBERED.exec(item.marker)
    const tag = number ? "OL" : "UL"
    let before = paragraph.previousSibling
    while (before && before.nodeType === Node.TEXT_NODE && !before.data.trim()) before = before.previousSibling
    if (!before || before !== last) open = []
    while (open.length && (open.at(-1).level > item.level || (open.at(-1).level === item.level && open.at(-1).list.tagName !== tag))) {
      open.pop()
    }
    if (!open.length || open.at(-1).level < item.level) {
      const list = paragraph.ownerDocument.createElement(tag)
      if (number && /^\d+$/.test(number[1]) && number[1] !== "1") list.setAttribute("start", number[1])
      if (open.length) open.at(-1).list.lastElementChild.append(list)
      else paragraph.before(list)
      open.push({ level: item.level, list })
    }
    const entry = paragraph.ownerDocument.createElement("li")
    const words = paragraph.ownerDocument.createElement("p")
    words.append(...paragraph.childNodes)
    entry.append(words)
    open.at(-1).list.append(entry)
    last = open[0].list
    paragraph.remove()
  }
}

function noteId(name) {
  let found
  if ((found = /^_(ftn|edn)(ref)?(\d{1,4})$/.exec(name))) {
    return `fn${found[2] || ""}-${found[1] === "edn" ? "e" : ""}${Number(found[3])}`
  }
  if ((found = /^ftnt(_ref)?(\d{1,4})$/.exec(name))) return `fn${found[1] ? "ref" : ""}-${Number(found[2])}`
  return /^fn(ref)?-[a-z0-9][a-z0-9-]{0,30}$/.test(name) ? name : ""
}

function unwrappedAddress(href) {
  try {
    const url = new URL(href)
    const google = /^www\.google\.(com|co\.uk)$/.test(url.hostname) && url.pathname === "/url"
    const inner = google || url.hostname.endsWith(".safelinks.protection.outlook.com")
      ? url.searchParams.get("q") || url.searchParams.get("url")
      : null
    return inner && /^https?:\/\//.test(inner) ? inner : href
  } catch {
    return href
  }
}

function repairLinks(body) {
  for (const link of [...body.querySelectorAll("a")]) {
    const name = noteId(link.id || link.getAttribute("name") || "")
    let href = (link.getAttribute("href") || "").trim()
    const fragment = /#([^#]*)$/.exec(href)
    const note = fragment && noteId(fragment[1])
    if (note) href = `#${note}`
    else href = /^(https?:|mailto:|\/(?!\/))/i.test(href) ? unwrappedAddress(href) : ""
    link.removeAttribute("name")
    if (name) link.id = name
    else link.removeAttribute("id")
    if (href) link.setAttribute("href", href)
    else unwrap(link)
  }
}

/** Pictures of ours stay; how many others were left out. */
function removeForeign(body) {
  let pictures = 0
  for (const image of [...body.querySelectorAll("img")]) {
    let src = image.getAttribute("src") || ""
    if (src.startsWith(`${location.origin}/media/`)) src = src.slice(location.origin.length)
    if (src.startsWith("/media/")) {
      image.setAttribute("src", src)
    } else {
      pictures += 1
      image.remove()
    }
  }
  const embedded = [...body.querySelectorAll("embed, object, video, audio")]
  for (const element of embedded) element.remove()
  for (const element of [...body.querySelectorAll("colgroup, meta, link, base, input, select, svg")]) element.remove()
  return { pictures, embedded: embedded.length }
}

function removeEmpty(body) {
  for (const line of [...body.querySelectorAll("br")]) {
    const parent = line.parentElement
    if (parent === body || parent.querySelector(`:scope > :is(${BLOCKS})`)) line.remove()
  }
  for (const paragraph of [...body.querySelectorAll("p, h2, h3, h4, figure")]) {
    const empty = !paragraph.textContent.replace(/[\s\u00a0]/g, "") && !paragraph.querySelector("img, hr")
    if (empty && !paragraph.closest("td, th, li")) paragraph.remove()
  }
}

/** {html, pictures, embedded}: pasted HTML as the editor should read it, and how much had to be left out. */
export function repaired(html) {
  const text = disarmed(html)
  if (text.includes("data-pm-slice")) return { html: text, pictures: 0, embedded: 0 } // from an editor like this one
  const { body } = new DOMParser().parseFromString(text, "text/html")
  const left = removeForeign(body)
  repairMarks(body)
  repairHeadings(body)
  repairWordLists(body)
  repairLinks(body)
  removeEmpty(body)
  for (const element of body.querySelectorAll("[data-style], [class]")) {
    element.removeAttribute("data-style")
    element.removeAttribute("class")
  }
  return { html: body.innerHTML, ...left }
}

function told({ pictures, embedded }) {
  const parts = []
  if (pictures) parts.push(pictures === 1 ? "One picture" : `${pictures} pictures`)
  if (embedded) parts.push(embedded === 1 ? "one embedded video" : `${embedded} embedded videos`)
  if (!parts.length) return ""
  const what = parts.join(" and ")
  const add = pictures ? " Add pictures with the picture button." : ""
  return `${what[0].toUpperCase()}${what.slice(1)} could not be pasted.${add}`
}

export const PasteRepair = Extension.create({
  name: "pasteRepair",

  onCreate() {
    const notice = document.createElement("p")
    notice.className = "prose-notice"
    notice.setAttribute("role", "status")
    this.editor.options.element.append(notice)
    this.storage.notice = notice
  },

  addStorage: () => ({ notice: null }),

  addProseMirrorPlugins() {
    const { storage } = this
    return [
      new Plugin({
        props: {
          transformPastedHTML(html) {
            const result = repaired(html)
            if (storage.notice) storage.notice.textContent = told(result)
            return result.html
          },
        },
      }),
    ]
  },
})
