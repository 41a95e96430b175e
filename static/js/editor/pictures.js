// Pictures: chosen, dropped or pasted as files, sent to our own address, and put in with words for those who do not see
// them.

import { Figure as BaseFigure, Image as BaseImage, Plugin, crel, pm } from "django-prose-editor/editor"

const KINDS = ["image/jpeg", "image/png", "image/webp"]
const MOST_BYTES = 15_000_000
let count = 0

export const Image = BaseImage.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      decorative: {
        default: false,
        parseHTML: (element) => element.hasAttribute("data-decorative"),
        renderHTML: ({ decorative }) => (decorative ? { "data-decorative": "" } : {}),
      },
    }
  },

  parseHTML() {
    return [
      { tag: "img[src]", getAttrs: (element) => element.getAttribute("src").startsWith("/media/") && null },
    ]
  },
})

async function upload(editor, url, file) {
  if (file.size > MOST_BYTES) throw new Error("The picture is larger than 15 MB. Make it smaller and try again.")
  const form = editor.options.element.closest("form")
  const body = new FormData()
  body.append("picture", file)
  let answer
  try {
    answer = await fetch(url, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": form?.elements.csrfmiddlewaretoken?.value || "", Accept: "application/json" },
    })
  } catch {
    throw new Error("The picture could not be sent: there is no connection. Try again.")
  }
  const said = await answer.json().catch(() => ({}))
  if (answer.ok && said.url) return said
  throw new Error(said.error || "The picture could not be sent. Save your text, load the page anew and try again.")
}

function field(label, input, hint = "") {
  input.id = `prose-picture-${++count}`
  const parts = [crel("label", { htmlFor: input.id, textContent: label }), input]
  if (hint) {
    const help = crel("p", { className: "prose-editor-help", id: `${input.id}-help`, textContent: hint })
    input.setAttribute("aria-describedby", help.id)
    parts.push(help)
  }
  return crel("div", { className: "prose-editor-dialog-field" }, parts)
}

/** Asks for a picture or for the words of one that is there; `done` receives them and may refuse by throwing. */
function ask({ title, present, file, withCaption, done, remove }) {
  const chosen = crel("input", { type: "file", accept: KINDS.join(","), required: !present && !file })
  const alt = crel("input", { type: "text", value: present?.alt || "", maxLength: 500 })
  const decorative = crel("input", { type: "checkbox", checked: !!present?.decorative })
  const caption = crel("input", { type: "text", maxLength: 1000 })
  const problem = crel("p", { className: "prose-problem", role: "alert" })
  const progress = crel("p", { role: "status" })
  const submit = crel("button", { type: "submit", textContent: present ? "Save" : "Put it in" })
  const cancel = crel("button", { type: "button", textContent: "Cancel" })
  const removal = crel("button", { type: "button", textContent: "Remove the picture" })
  const heading = crel("h2", { className: "prose-editor-dialog-title", id: `prose-picture-title-${++count}`, textContent: title })
  const fields = [field("What does the picture show?", alt, "Read aloud to people who do not see it.")]
  if (!present) {
    if (file) fields.unshift(crel("p", { textContent: file.name || "The pasted picture" }))
    else fields.unshift(field("Picture", chosen, "JPEG, PNG or WebP, up to 15 MB."))
  }
  fields.push(field("It is decorative: it says nothing that the words do not say", decorative))
  if (withCaption) fields.push(field("Caption (shown under the picture, with the credit where there is one)", caption))
  const buttons = crel("div", { className: "prose-editor-dialog-buttons" }, present ? [submit, removal, cancel] : [submit, cancel])
  const form = crel("form", { noValidate: true }, [heading, ...fields, problem, progress, buttons])
  const dialog = crel("dialog", { className: "prose-editor-dialog", "aria-labelledby": heading.id }, [form])

  const complaint = () => {
    if (chosen.required && !chosen.files.length) return [chosen, "Choose a picture."]
    if (!alt.value.trim() && !decorative.checked) return [alt, "Say what the picture shows, or that it is decorative."]
    return null
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    event.stopPropagation()
    const wrong = complaint()
    problem.textContent = wrong ? wrong[1] : ""
    if (wrong) {
      wrong[0].focus()
      return
    }
    submit.disabled = true
    progress.textContent = present ? "" : "Sending the picture …"
    try {
      await done({
        file: file || chosen.files[0],
        alt: decorative.checked ? "" : alt.value.trim(),
        decorative: decorative.checked,
        caption: caption.value.trim(),
      })
      dialog.close()
    } catch (error) {
      problem.textContent = error.message
    }
    progress.textContent = ""
    submit.disabled = false
  })
  // Typing here is no editing of the text: whoever listens to the page's form hears nothing of it.
  for (const kind of ["input", "change"]) dialog.addEventListener(kind, (event) => event.stopPropagation())
  cancel.addEventListener("click", () => dialog.close())
  removal.addEventListener("click", () => {
    remove()
    dialog.close()
  })
  dialog.addEventListener("close", () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}

function imageAt(state) {
  const { selection } = state
  if (selection.node?.type.name === "image") return { node: selection.node, pos: selection.from }
  for (let depth = selection.$from.depth; depth >= 0; depth--) {
    const node = depth ? selection.$from.node(depth) : null
    if (node?.type.name === "figure") return { node: node.firstChild, pos: selection.$from.start(depth) }
  }
  if (selection.node?.type.name === "figure") return { node: selection.node.firstChild, pos: selection.from + 1 }
  return null
}

/** Where the figure ends in which the selection is; 0 where it is in none. */
function figureAround({ $from, node, to }) {
  if (node?.type.name === "figure") return to
  for (let depth = $from.depth; depth > 0; depth--) {
    if ($from.node(depth).type.name === "figure") return $from.after(depth)
  }
  return 0
}

/** The caret goes to a paragraph after the figure: nobody means to write on in a caption. */
function leave(state, tr, dispatch) {
  const after = figureAround(tr.selection)
  if (!after) return false
  if (dispatch) {
    const { paragraph } = state.schema.nodes
    if (tr.doc.nodeAt(after)?.type !== paragraph) tr.insert(after, paragraph.create())
    tr.setSelection(pm.state.TextSelection.create(tr.doc, after + 1)).scrollIntoView()
  }
  return true
}

function removeAt(editor, pos) {
  const resolved = editor.state.doc.resolve(pos)
  const inFigure = resolved.parent.type.name === "figure"
  const from = inFigure ? resolved.before() : pos
  const size = inFigure ? resolved.parent.nodeSize : editor.state.doc.nodeAt(pos).nodeSize
  editor.view.dispatch(editor.state.tr.delete(from, from + size))
}

function change(editor, { node, pos }) {
  const figure = editor.state.doc.resolve(pos).parent
  const captioned = figure.type.name === "figure" && figure.childCount > 1
  ask({
    title: "The picture",
    present: node.attrs,
    withCaption: figure.type.name === "figure" && !captioned,
    remove: () => removeAt(editor, pos),
    done({ alt, decorative, caption }) {
      const { tr, schema } = editor.state
      tr.setNodeMarkup(pos, null, { ...node.attrs, alt, decorative })
      if (caption) tr.insert(pos + node.nodeSize, schema.nodes.caption.create({}, schema.text(caption)))
      editor.view.dispatch(tr)
      editor.commands.focus()
    },
  })
}

function insert(editor, uploadUrl, file = null) {
  ask({
    title: "Put in a picture",
    file,
    withCaption: true,
    async done({ file: chosen, alt, decorative, caption }) {
      const { url, width, height } = await upload(editor, uploadUrl, chosen)
      const content = [{ type: "image", attrs: { src: url, alt, decorative, width, height } }]
      if (caption) content.push({ type: "caption", content: [{ type: "text", text: caption }] })
      editor.chain().focus().insertContent({ type: "figure", content }).leaveFigure().run()
    },
  })
}

/** The picture among pasted or dropped things, unless words came with it (Word sends a picture of the words, too). */
function pictureIn(transfer) {
  const file = [...(transfer?.files || [])].find((one) => one.type.startsWith("image/"))
  if (!file) return null
  const html = transfer.getData("text/html")
  const words = html && new DOMParser().parseFromString(html.replace(/<[^>]*>/g, " "), "text/html").body.textContent
  return words?.trim() ? null : file
}

export const Figure = BaseFigure.extend({
  addOptions() {
    return { ...this.parent?.(), uploadUrl: "" }
  },

  addCommands() {
    const command = () => ({ editor, state, dispatch }) => {
      if (dispatch) {
        const there = imageAt(state)
        if (there) change(editor, there)
        else insert(editor, this.options.uploadUrl)
      }
      return true
    }
    return {
      ...this.parent?.(),
      editImage: command,
      insertFigure: command,
      leaveFigure: () => ({ state, tr, dispatch }) => leave(state, tr, dispatch),
    }
  },

  addKeyboardShortcuts() {
    const isLast = ({ doc, selection }) => figureAround(selection) === doc.content.size
    return {
      Enter: () => this.editor.commands.leaveFigure(),
      ArrowDown: () => isLast(this.editor.state) && this.editor.commands.leaveFigure(),
    }
  },

  addProseMirrorPlugins() {
    const { editor, options } = this
    const take = (event, transfer) => {
      const file = pictureIn(transfer)
      if (!file) return false
      event.preventDefault()
      insert(editor, options.uploadUrl, file)
      return true
    }
    return [
      ...(this.parent?.() || []),
      new Plugin({
        props: {
          handlePaste: (view, event) => take(event, event.clipboardData),
          handleDrop: (view, event, slice, moved) => !moved && take(event, event.dataTransfer),
        },
      }),
    ]
  },
})
