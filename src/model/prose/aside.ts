/** Asides: links and code in a text, not addressed to anybody. Places are in UTF-16 units of the whole text. */
export type Place = { readonly from: number; readonly to: number }

export type Code = Place & {
  readonly type: 'code' | 'block'
  /** Without the backticks or fences. */
  readonly text: string
  /** The first word after a fence, such as `ts`. Empty if there is none. */
  readonly language: string
}

export type Link = Place & { readonly type: 'link'; readonly href: string }

export type Aside = Code | Link

export const overlap = (a: Place, b: Place): boolean => a.from < b.to && b.from < a.to
