// Code can stand in a text and stays there; a blog's menu need not offer it.

import { Code as BaseCode, CodeBlock as BaseCodeBlock } from "django-prose-editor/editor"

export const Code = BaseCode.extend({ addMenuItems() {} })
export const CodeBlock = BaseCodeBlock.extend({ addMenuItems() {} })
