// Footnotes keep their ids, so that the way there and back survives editing.

import { Extension } from "django-prose-editor/editor"

const NOTE = /^fn(ref)?-[a-z0-9][a-z0-9-]{0,30}$/

export const NoteAnchors = Extension.create({
  name: "noteAnchors",

  addGlobalAttributes() {
    return [
      {
        types: ["paragraph", "listItem", "link"],
        attributes: {
          id: {
            default: null,
            keepOnSplit: false,
            parseHTML: (element) => (NOTE.test(element.id) ? element.id : null),
            renderHTML: ({ id }) => (id ? { id } : {}),
          },
        },
      },
    ]
  },
})
