/** Asides: links and code in a text, not addressed to anybody. Places are in UTF-16 units of the whole text. */
/** From `from` up to, but not including, `to`, in UTF-16 units of the text. */
export type TextRange = { readonly from: number; readonly to: number }

export type Code = TextRange & {
  readonly type: 'code' | 'block'
  /** Without the backticks or fences. */
  readonly text: string
  /** The only word after a fence, such as `ts`. Empty if there is none. */
  readonly language: string
}

export type ProseLink = TextRange & { readonly type: 'link'; readonly href: string }

export type Aside = Code | ProseLink

export const overlap = (a: TextRange, b: TextRange): boolean => a.from < b.to && b.from < a.to
