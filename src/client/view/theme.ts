/**
 * The theme of terminal and page: a few roles, each with a colour for dark and for light backgrounds, and the nearest
 * of a terminal's 16 colours. For the reasons, see docs/decisions/0019-one-small-theme.md.
 */

/** The meaning of a piece of text, not its looks. */
export type Role =
  | 'text'
  /** Times, events, hints: less visible. */
  | 'quiet'
  | 'accent'
  /** Mentions me. */
  | 'mention'
  | 'good'
  | 'warning'
  | 'error'

/** `ansi` is the colour's number from 0 to 15; null: the terminal's own colour. */
export type Colour = { readonly dark: string; readonly light: string; readonly ansi: number | null }

export const THEME: Readonly<Record<Role, Colour>> = {
  text: { dark: '#e6e6e6', light: '#1f2328', ansi: null },
  quiet: { dark: '#8b949e', light: '#656d76', ansi: 8 },
  accent: { dark: '#6cb6ff', light: '#0b62c4', ansi: 12 },
  mention: { dark: '#f2cc60', light: '#8a5a00', ansi: 11 },
  good: { dark: '#6bc46d', light: '#1a7f37', ansi: 10 },
  warning: { dark: '#e0a05c', light: '#9a5b00', ansi: 3 },
  error: { dark: '#ff7b72', light: '#c01c28', ansi: 9 },
}

/** The colours of names. Each is readable on its background (4.5 : 1 or more), and none is the colour of errors. */
export const NAME_COLOURS: readonly Colour[] = [
  { dark: '#6cb6ff', light: '#0b62c4', ansi: 12 },
  { dark: '#6bc46d', light: '#1a7f37', ansi: 2 },
  { dark: '#dcbdfb', light: '#7a3db8', ansi: 13 },
  { dark: '#f0a36b', light: '#a04a00', ansi: 3 },
  { dark: '#56d4dd', light: '#0a6e7c', ansi: 14 },
  { dark: '#f49ac2', light: '#b02a74', ansi: 5 },
  { dark: '#c9d36a', light: '#5d6a00', ansi: 10 },
  { dark: '#a5b4fc', light: '#4a4fc4', ansi: 4 },
  { dark: '#7fd6b3', light: '#0f7055', ansi: 6 },
  { dark: '#e8c07d', light: '#806000', ansi: 11 },
]

/** The same colour for a name in every client, at every start (FNV-1a over the name in lower case). */
export function nameColour(name: string): number {
  let hash = 0x811c9dc5
  for (const char of name.toLowerCase()) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0) % NAME_COLOURS.length
}
