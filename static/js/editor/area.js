// What the editor's engine leaves out for people who do not see it or do not use a mouse: names, states, groups, and the
// way in from a link or a label.

import { Extension, Plugin } from "django-prose-editor/editor"

const LABELS = {
  paragraph: "Paragraph", heading2: "Heading", heading3: "Smaller heading", heading4: "Smallest heading",
  bulletList: "Bulleted list", orderedList: "Numbered list", blockquote: "Quotation", horizontalRule: "Line across",
  figure: "Picture", bold: "Bold", italic: "Italic", subscript: "Lowered", superscript: "Raised",
  link: "Link", unlink: "Remove the link", table: "Table", "history:undo": "Undo", "history:redo": "Redo",
}
const LISTS = ["bulletList", "orderedList"]
const STATES = new Set([
  "paragraph", "heading2", "heading3", "heading4", ...LISTS, "blockquote", "bold", "italic", "subscript", "superscript",
])
let count = 0

/** What the field is called, without what is said of it. */
function nameOf(textarea) {
  const label = textarea.labels?.[0]?.cloneNode(true)
  for (const aside of label?.querySelectorAll(".hint, .sr") || []) aside.remove()
  return (label?.textContent || textarea.getAttribute("aria-label") || "Text").trim().replace(/:$/, "")
}

function toolsFor(name) {
  const field = name.replace(/^the /i, "")
  return `Tools for the ${field[0].toLowerCase()}${field.slice(1)}`
}

function attributesOf(textarea) {
  const label = textarea.labels?.[0]
  if (label && !label.id) label.id = `${textarea.id}_label`
  const attributes = { role: "textbox", "aria-multiline": "true" }
  if (label) attributes["aria-labelledby"] = label.id
  else attributes["aria-label"] = nameOf(textarea)
  for (const name of ["aria-describedby", "aria-invalid", "lang"]) {
    if (textarea.hasAttribute(name)) attributes[name] = textarea.getAttribute(name)
  }
  attributes["aria-describedby"] = [attributes["aria-describedby"], `${textarea.id}_keys`].filter(Boolean).join(" ")
  return attributes
}

/** The innermost list around the caret. */
function listAround({ $from }) {
  for (let depth = $from.depth; depth > 0; depth--) {
    const { name } = $from.node(depth).type
    if (LISTS.includes(name)) return name
  }
  return ""
}

function nameButtons(editor, menu) {
  const buttons = [...menu.querySelectorAll("button")]
  for (const button of buttons) {
    const label = LABELS[button.dataset.name] || button.title
    button.title = label
    button.setAttribute("aria-label", label)
    // The icon's name is drawn, not said: as text it would contradict the label.
    if (button.classList.contains("material-icons")) {
      button.dataset.icon = button.textContent
      button.replaceChildren(Object.assign(document.createElement("span"), { className: "prose-name", textContent: label }))
    }
  }
  const tellStates = () => {
    const list = listAround(editor.state.selection)
    for (const button of buttons) {
      const { name } = button.dataset
      if (LISTS.includes(name)) button.classList.toggle("active", name === list)
      if (STATES.has(name)) button.setAttribute("aria-pressed", String(button.classList.contains("active")))
      button.setAttribute("aria-disabled", String(button.classList.contains("disabled")))
    }
  }
  editor.on("transaction", tellStates)
  tellStates()
}

/** The engine's dialogs are put in when they are wanted: each is called by its heading, and typing there is no editing. */
function nameDialogs(wrapper) {
  new MutationObserver(() => {
    for (const dialog of wrapper.querySelectorAll("dialog:not([aria-labelledby])")) {
      const title = dialog.querySelector(".prose-editor-dialog-title")
      if (!title) continue
      title.id = `prose-dialog-${++count}`
      dialog.setAttribute("aria-labelledby", title.id)
      for (const kind of ["input", "change"]) dialog.addEventListener(kind, (event) => event.stopPropagation())
    }
  }).observe(wrapper, { childList: true })
}

/** The textarea that labels and links name is hidden: they lead into the editor. */
function leadInto(editor, textarea) {
  const enter = () => {
    const folded = textarea.closest("details")
    if (folded) folded.open = true
    editor.commands.focus()
  }
  const named = () => decodeURIComponent(location.hash.slice(1)) === textarea.id
  for (const label of textarea.labels || []) label.addEventListener("click", enter)
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("a[href^='#']")?.hash === `#${textarea.id}`) setTimeout(enter)
  })
  addEventListener("hashchange", () => named() && enter())
  if (named()) enter()
}

export const Area = Extension.create({
  name: "area",
  priority: 10, // after the menu has been drawn

  addProseMirrorPlugins() {
    const textarea = this.editor.options.element.querySelector("textarea")
    return [new Plugin({ props: { attributes: attributesOf(textarea) } })]
  },

  onCreate() {
    const { editor } = this
    const wrapper = editor.options.element
    const textarea = wrapper.querySelector("textarea")
    const menu = wrapper.querySelector(".prose-menubar")
    if (menu) {
      menu.setAttribute("role", "group")
      menu.setAttribute("aria-label", toolsFor(nameOf(textarea)))
      nameButtons(editor, menu)
    }
    nameDialogs(wrapper)
    leadInto(editor, textarea)
  },
})
