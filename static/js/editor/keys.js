// The keyboard's ways out, said under the text, and room around the line one types in.

import { Extension, Plugin } from "django-prose-editor/editor"

const ROOM = 24 // pixels above the caret, below whatever stays in sight there
const ROOM_BELOW = 72

/** The engine asks for these whenever it brings the caret into sight. */
function roomAround(wrapper) {
  const covering = (bar) => {
    const found = wrapper.querySelector(`:scope > ${bar}`)
    return found && getComputedStyle(found).position === "sticky" ? found.offsetHeight : 0
  }
  return {
    left: 0,
    right: 0,
    get top() {
      return covering(".prose-menubar") + ROOM
    },
    get bottom() {
      return covering(".prose-notice") + Math.min(ROOM_BELOW, innerHeight / 4)
    },
  }
}

export const Keys = Extension.create({
  name: "keys",

  addStorage: () => ({ hint: null }),

  addProseMirrorPlugins() {
    const room = roomAround(this.editor.options.element)
    return [new Plugin({ props: { scrollThreshold: room, scrollMargin: room } })]
  },

  addKeyboardShortcuts() {
    return {
      Escape: () => {
        this.storage.hint?.focus()
        return Boolean(this.storage.hint)
      },
    }
  },

  onCreate() {
    const wrapper = this.editor.options.element
    const hint = document.createElement("p")
    hint.className = "prose-keys"
    hint.id = `${wrapper.querySelector("textarea").id}_keys`
    hint.tabIndex = -1 // Escape leads here; Tab goes on from here, Shift and Tab back into the text
    hint.textContent = "By keyboard: Escape leaves the text. In a table, Tab goes from cell to cell and out after the last."
    wrapper.append(hint)
    this.storage.hint = hint
  },
})
