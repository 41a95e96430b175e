// What the editor's engine leaves out for people who do not see it or do not use a mouse: names, states and groups.

import { Extension, Plugin } from "django-prose-editor/editor"

const LABELS = {
  paragraph: "Paragraph", heading2: "Heading", heading3: "Smaller heading", heading4: "Smallest heading",
  bulletList: "Bulleted list", orderedList: "Numbered list", blockquote: "Quotation", horizontalRule: "Line across",
  figure: "Picture", bold: "Bold", italic: "Italic", subscript: "Lowered", superscript: "Raised",
  link: "Link", unlink: "Remove the link", table: "Table", "history:undo": "Undo", "history:redo": "Redo",
}
const STATES = new Set([
  "paragraph", "heading2", "heading3", "heading4", "orderedList", "blockquote", "bold", "italic", "subscript",
  "superscript",
])

function attributesOf(textarea) {
  const label = textarea.labels?.[0]
  if (label && !label.id) label.id = `${textarea.id}_label`
  const attributes = { role: "textbox", "aria-multiline": "true" }
  if (label) attributes["aria-labelledby"] = label.id
  else attributes["aria-label"] = textarea.getAttribute("aria-label") || "Text"
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (textarea.hasAttribute(name)) attributes[name] = textarea.getAttribute(name)
  }
  return attributes
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
    const menu = wrapper.querySelector(".prose-menubar")
    if (!menu) return
    menu.setAttribute("role", "group")
    menu.setAttribute("aria-label", "Shape the text")
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
      for (const button of buttons) {
        if (STATES.has(button.dataset.name)) {
          button.setAttribute("aria-pressed", String(button.classList.contains("active")))
        }
        button.setAttribute("aria-disabled", String(button.classList.contains("disabled")))
      }
    }
    editor.on("transaction", tellStates)
    tellStates()
    // A click on the label leads into the editor: the textarea that it names is hidden.
    const textarea = wrapper.querySelector("textarea")
    for (const label of textarea.labels || []) {
      label.addEventListener("click", () => editor.commands.focus())
    }
  },
})
