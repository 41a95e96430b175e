// Code can stand in a text and stays there; a blog's menu need not offer it. And what is pasted with asterisks and
// underscores around it has them because somebody meant them.

import {
  Bold as BaseBold, Code as BaseCode, CodeBlock as BaseCodeBlock, Italic as BaseItalic,
} from "django-prose-editor/editor"

const asItStands = { addPasteRules: () => [] }

export const Bold = BaseBold.extend(asItStands)
export const Italic = BaseItalic.extend(asItStands)
export const Code = BaseCode.extend({ ...asItStands, addMenuItems() {} })
export const CodeBlock = BaseCodeBlock.extend({ addMenuItems() {} })
