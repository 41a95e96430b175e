// Pasting. What comes in and what is left out is said by the Society's computer, by the rules of every save; here it is
// asked, put in where it was pasted, and told. Where it does not answer, the words come in plain, without what never
// enters: the rows that say what that is come from the same place.

import { Extension, Plugin, crel } from "django-prose-editor/editor"

const PATIENCE = 8000 // milliseconds until one goes on without an answer
const QUIET = 400 // and until one says that it is waited for
const OWN = new Set(
  ("a blockquote br code em figcaption figure h2 h3 h4 hr img li meta ol p pre span strong sub sup table tbody td th thead " +
    "tr ul").split(" "),
)
const BLOCKS =
  "p, div, h1, h2, h3, h4, h5, h6, ul, ol, li, dl, dt, dd, table, blockquote, pre, figure, hr, section, article, aside, header, footer"

/** As text, before anything is parsed: nothing runs, loads or reports a violation of our policy. */
function disarmed(html) {
  return slim(html)
    .replace(/<!\[[^>]*>/g, "")
    .replace(/<(script|title|noscript|template|iframe)\b[\s\S]*?<\/\1\s*>/gi, (_, tag) => (tag.toLowerCase() === "iframe" ? "<embed>" : ""))
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/(["'\s/])(style|on[a-z]+)\s*=/gi, "$1data-$2="))
}

/** Without what is long and nothing to anybody: Word's settings, styles, pictures as text. */
function slim(html) {
  return html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<style\b[\s\S]*?<\/style\s*>/gi, "")
    .replace(/\bdata:[a-z]+\/[a-z0-9.+-]+;base64,[a-z0-9+/=%\s]+/gi, "data:,")
}

function read(html) {
  return new DOMParser().parseFromString(disarmed(html), "text/html").body
}

/** Whether it comes from an editor like this one and holds nothing that this one does not write. */
function isOwn(html) {
  if (!html.includes("data-pm-slice")) return false
  return [...read(html).querySelectorAll("*")].every(
    (one) => OWN.has(one.localName) && !one.dataset.style && (one.localName !== "img" || one.getAttribute("src")?.startsWith("/media/")),
  )
}

function says(element, property, word) {
  const value = new RegExp(`(?:^|;)\\s*${property}\\s*:([^;]*)`, "i").exec(element.dataset.style || "")
  return Boolean(value?.[1].toLowerCase().split(/\s+/).includes(word))
}

function is({ tags, classes, styles, attributes }, element) {
  return (
    tags.includes(element.localName) ||
    classes.some((name) => element.classList.contains(name)) ||
    styles.some(([property, word]) => says(element, property, word)) ||
    attributes.some(([name, start]) => element.getAttribute(name)?.startsWith(start))
  )
}

/** A comment begins with the way back to the place where it hung. */
function isComment(element, back) {
  const link = element.matches("div, p, li") && element.querySelector("a")
  if (!link || !new RegExp(`^(?:${back})`).test(link.getAttribute("href") || "")) return false
  const before = element.ownerDocument.createRange()
  before.setStart(element, 0)
  before.setEndBefore(link)
  return !before.toString().trim()
}

function wordsIn(text) {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

/** Without an answer: the words in the shapes that the editor knows, and the names of what was left out. */
function alone(html, { never, names, back }, why) {
  const body = read(html)
  const counts = {}
  const words = {}
  const leave = (kind, element, instead = "") => {
    counts[kind] = (counts[kind] || 0) + 1
    words[kind] = (words[kind] || 0) + wordsIn(element.textContent)
    element.replaceWith(instead)
  }
  for (const element of [...body.querySelectorAll("*")]) {
    if (!body.contains(element)) continue
    const row = never.find((one) => is(one, element))
    if (isComment(element, back)) leave("comment", element)
    else if (row) leave(row.kind, element)
    else if (element.localName === "img" && !element.getAttribute("src")?.startsWith("/media/")) {
      const alt = element.alt.trim()
      if (alt && !/[\p{L}\p{N}]/u.test(alt)) element.replaceWith(alt) // an emoji
      else leave("foreign picture", element, alt ? ` [Picture left out: ${alt}] ` : " [Picture left out] ")
    } else if (element.matches("embed, object, video, audio")) leave("embedded", element)
    else if (element.matches("b, strong") && says(element, "font-weight", "normal")) element.replaceWith(...element.childNodes)
  }
  for (const element of body.querySelectorAll("[data-style], [class]")) {
    element.removeAttribute("data-style")
    element.removeAttribute("class")
  }
  counts.comment = Math.max(counts.comment || 0, counts["comment mark"] || 0)
  const parts = Object.entries(names).filter(([kind]) => counts[kind]).map(([kind, { one, many, words: withWords }]) => {
    const count = counts[kind]
    return `${count} ${count === 1 ? one : many}${withWords ? ` (${words[kind]} word${words[kind] === 1 ? "" : "s"})` : ""}`
  })
  const told = ["Pasted as plainly as can be.", why, "Notes, quotations and lists from Word may need a look; or undo it, and paste again later."]
  if (parts.length) told.push(`Left out: ${parts.join(", ")}.`)
  return { html: asTheSocietyWrites(body), told }
}

/** Words of one line are one paragraph without spaces at its ends, by which `putIn` knows them. */
function asTheSocietyWrites(body) {
  const blocks = [...body.querySelectorAll(BLOCKS)]
  const [line] = blocks.length ? blocks : [body]
  const all = line.textContent.trim()
  if (blocks.length > 1 || (line !== body && !line.matches("p, div")) || !all || all !== body.textContent.trim()) {
    return body.innerHTML
  }
  const texts = []
  for (const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT); walker.nextNode(); ) texts.push(walker.currentNode)
  texts.find((one) => (one.data = one.data.trimStart()))
  texts.findLast((one) => (one.data = one.data.trimEnd()))
  return `<p>${line.innerHTML.replace(/[\r\n]+/g, " ")}</p>`
}

/** {html, told}: what is to be put in, and the sentences that say what was left out or changed. */
async function ask(options, token, { html, text, taken }) {
  const body = new FormData()
  for (const [name, value] of Object.entries({ html: slim(html), text, taken: taken.join(" ") })) body.append(name, value)
  let answer
  try {
    answer = await fetch(options.url, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token, Accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    })
  } catch {
    return alone(html, options, "There is no connection to the Society.")
  }
  const said = await answer.json().catch(() => ({}))
  if (answer.ok && typeof said.html === "string") {
    return { html: said.html, told: said.told.length ? ["Pasted.", ...said.told] : [] }
  }
  if (answer.status === 422) return { html: "", told: ["Nothing was pasted.", said.error] }
  return alone(html, options, said.error || "The Society’s computer did not answer as it should.")
}

/** The ids of the notes in the text, but for those that are being replaced. */
function notesIn({ doc, selection }) {
  const names = []
  doc.descendants((node, at) => {
    if (at >= selection.from && at + node.nodeSize <= selection.to) return false
    for (const { attrs } of [node, ...node.marks]) if (attrs.id) names.push(attrs.id)
    return true
  })
  return names
}

/** Keeps its place while others type: `side` is -1 where it stays before what is typed at it, 1 where it goes behind. */
class Kept {
  constructor(selection, side) {
    this.bookmark = selection.getBookmark()
    this.side = side
  }

  follow(mapping) {
    const { side } = this
    const biased = { map: (at) => mapping.map(at, side), mapResult: (at) => mapping.mapResult(at, side) }
    this.bookmark = this.bookmark.map(biased)
  }
}

export const Pasting = Extension.create({
  name: "pasting",

  addOptions: () => ({ url: "", never: [], names: {}, back: "" }),

  addStorage: () => ({ kept: new Set(), pending: 0, queue: Promise.resolve(), tell: () => {} }),

  onCreate() {
    const { editor, storage } = this
    const notice = crel("p", { role: "status" })
    const hide = crel("button", { type: "button", textContent: "Hide this" })
    editor.options.element.append(crel("div", { className: "prose-notice" }, [notice, hide]))
    storage.tell = (sentences) => (notice.textContent = sentences.join(" "))
    hide.addEventListener("click", () => {
      storage.tell([])
      editor.commands.focus()
    })
    editor.on("transaction", ({ transaction, appendedTransactions = [] }) => {
      for (const { mapping } of [transaction, ...appendedTransactions]) {
        for (const kept of storage.kept) kept.follow(mapping)
      }
    })
    // What was pasted just before belongs to what is sent.
    const form = editor.options.element.closest("form")
    form?.addEventListener("submit", (event) => {
      if (!storage.pending) return
      event.preventDefault()
      event.stopImmediatePropagation()
      const { submitter } = event
      storage.queue.then(() => form.requestSubmit(submitter))
    }, { capture: true })
    addEventListener("beforeunload", (event) => storage.pending && event.preventDefault())
  },

  addCommands() {
    const { options, storage } = this
    return {
      pasteFrom: (transfer) => ({ editor, state }) => {
        const form = editor.options.element.closest("form")
        const given = { html: transfer.getData("text/html"), text: transfer.getData("text/plain"), taken: notesIn(state) }
        const answer = ask(options, form?.elements.csrfmiddlewaretoken?.value || "", given)
        const here = new Kept(state.selection, -1)
        storage.kept.add(here)
        storage.pending += 1
        storage.tell([])
        const slow = setTimeout(() => storage.tell(["Pasting …"]), QUIET)
        const arrive = async () => {
          const { html, told } = await answer
          if (editor.isDestroyed) return
          if (html) putIn(editor, here, { html, text: given.text })
          clearTimeout(slow)
          storage.tell(told)
        }
        storage.queue = storage.queue.then(arrive).catch((error) => {
          clearTimeout(slow)
          storage.tell(["That could not be pasted. Copy it once more, or paste it without its looks (Ctrl, Shift and V)."])
          console.warn(error)
        }).finally(() => {
          storage.kept.delete(here)
          storage.pending -= 1
        })
        return true
      },
    }
  },

  addProseMirrorPlugins() {
    const { editor } = this
    const take = (view, event, transfer) => {
      const html = transfer?.getData("text/html")
      if (!html || !view.editable || isOwn(html) || view.state.selection.$from.parent.type.spec.code) return false
      // A picture without words is asked for its description elsewhere.
      if (transfer.files.length && !read(html).textContent.trim()) return false
      event.preventDefault()
      return editor.commands.pasteFrom(transfer)
    }
    const drop = (view, event) => {
      if (view.dragging || !event.dataTransfer?.getData("text/html")) return false
      const at = view.posAtCoords({ left: event.clientX, top: event.clientY })
      if (at) editor.commands.setTextSelection(at.pos)
      return take(view, event, event.dataTransfer)
    }
    return [
      new Plugin({
        props: {
          handleDOMEvents: { paste: (view, event) => take(view, event, event.clipboardData), drop },
          transformPastedHTML: disarmed,
        },
      }),
    ]
  },
})

/** At the place where it was pasted. Whoever has gone on typing elsewhere stays there. */
function putIn(editor, here, { html, text }) {
  const { view } = editor
  const { kept } = editor.storage.pasting
  const { selection, doc } = view.state
  const place = here.bookmark.resolve(doc)
  const away = selection.eq(place) ? null : new Kept(selection, 1)
  if (away) {
    kept.add(away)
    view.dispatch(view.state.tr.setSelection(place))
  }
  const oneParagraph = /^<p>.*<\/p>$/.test(html)
  // A caption holds words and nothing else: what is more goes after the figure.
  if (!oneParagraph && place.$from.parent.type.name === "caption") editor.commands.leaveFigure()
  // Of words within a line the spaces at either end are meant.
  const inLine = oneParagraph && !/[\r\n]/.test(text)
  if (inLine && /^\s/.test(text)) view.dispatch(view.state.tr.insertText(" "))
  view.pasteHTML(html)
  if (inLine && /\S\s+$/.test(text)) view.dispatch(view.state.tr.insertText(" "))
  if (away) {
    kept.delete(away)
    view.dispatch(view.state.tr.setSelection(away.bookmark.resolve(view.state.doc)))
  } else if (!oneParagraph) {
    editor.commands.leaveFigure()
  }
}
