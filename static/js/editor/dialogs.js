// The engine's link and table, asked for in our words, and a table that Tab leaves.

import { Link as BaseLink, Table as BaseTable, updateAttrsDialog } from "django-prose-editor/editor"

const askForLink = updateAttrsDialog(
  { href: { type: "string", title: "Where does it lead?", description: " A page (https://…), an email address or a telephone number (tel:…)." } },
  { title: "The link", submitText: "Save" },
)

const askForTable = updateAttrsDialog(
  {
    rows: { title: "Rows", format: "number", min: "1", max: "100" },
    cols: { title: "Columns", format: "number", min: "1", max: "20" },
    header: { type: "boolean", title: "The first row says what the columns are" },
  },
  { title: "Put in a table", submitText: "Put it in" },
)

export const Link = BaseLink.extend({
  addCommands() {
    return {
      ...this.parent?.(),
      addLink: () => ({ editor }) => {
        const there = editor.isActive("link")
        if (editor.state.selection.empty && !there) return false
        askForLink(editor, { href: editor.getAttributes("link").href }).then((answer) => {
          if (!answer) return
          const href = answer.href.trim()
          const chain = editor.chain().focus().extendMarkRange("link")
          if (href) chain.setMark("link", { href }).run()
          else chain.unsetLink().run()
        })
        return true
      },
    }
  },
})

export const Table = BaseTable.extend({
  addCommands() {
    return {
      ...this.parent?.(),
      insertTableWithOptions: () => ({ editor }) => {
        askForTable(editor, { rows: "3", cols: "3", header: true }).then((answer) => {
          if (!answer) return
          const [rows, cols] = [answer.rows, answer.cols].map((typed) => Number.parseInt(typed, 10) || 3)
          editor.chain().focus().insertTable({ rows, cols, withHeaderRow: answer.header }).run()
        })
        return true
      },
    }
  },

  addKeyboardShortcuts() {
    // From the last cell on, and from the first one back, the key is the browser's: it leaves the text.
    return { ...this.parent?.(), Tab: () => this.editor.commands.goToNextCell() }
  },
})
