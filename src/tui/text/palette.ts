/** How the theme looks on this terminal: its colours as SGR parameters (ECMA-48, 8.3.117), or none. */
import { type Colour, NAME_COLOURS, THEME } from '../../client/view/theme.ts'
import type { Span, Style, StyledLine } from './line.ts'
import { widest, width } from './width.ts'

/** `none`: only bold and inverse (https://no-color.org). */
export type Depth = 'none' | '16' | '256' | 'true'
export type Ground = 'dark' | 'light'
export type Palette = { readonly depth: Depth; readonly ground: Ground }

type Variables = Readonly<Record<string, string | undefined>>

/** The palette that the environment implies. `ground` null: taken from COLORFGBG, else dark. */
export function paletteOf(env: Variables, ground: Ground | null = null): Palette {
  return { depth: depthOf(env), ground: ground ?? groundOf(env['COLORFGBG']) }
}

/** Terminals without colours, by their names in terminfo: `vt220`, `xterm-mono`, `linux-m`. */
const MONO = /^dumb$|^vt\d|-m(?:ono)?$/

function depthOf({ NO_COLOR, COLORTERM = '', TERM = '' }: Variables): Depth {
  if ((NO_COLOR ?? '') !== '' || MONO.test(TERM)) return 'none'
  if (/truecolor|24bit/.test(COLORTERM)) return 'true'
  return /256|kitty|alacritty|ghostty/.test(TERM) ? '256' : '16'
}

/** `15;0`: the numbers of the foreground and the background colour. */
function groundOf(colours: string | undefined): Ground {
  const ground = Number(colours?.split(';').at(-1) ?? Number.NaN)
  return ground === 7 || ground === 15 ? 'light' : 'dark'
}

/** The line as the terminal gets it. */
export function paint(line: StyledLine, palette: Palette): string {
  const at = line.findIndex(({ text }) => isDisputed(text))
  return line
    .map((one, k) =>
      k === at - 1 ? tagged(one, line[at]?.text ?? '', palette) : painted(one.text, codesOf(one, palette)),
    )
    .join('')
}

const painted = (text: string, codes: string): string => (codes === '' ? text : `\u{1b}[${codes}m${text}\u{1b}[0m`)

/** Terminals disagree about its width. */
const isDisputed = (text: string): boolean => widest(text) !== width(text)

/**
 * For a changed line, Ink writes only the part after its unchanged beginning, at the column that it calculates. After
 * an emoji of disputed width, that column may be wrong. So the blank before it gets a look computed from the text that
 * follows. If that text changes, so does the blank, and everything from there is written again. On a blank, colour, bold
 * and italics are invisible.
 */
function tagged(one: Span, next: string, palette: Palette): string {
  const codes = codesOf(one, palette)
  if (!one.text.endsWith(' ')) return painted(one.text, codes)
  const looks = one.inverse ? INVERSE_LOOKS : LOOKS[palette.depth]
  let hash = 7
  for (const char of next) hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0
  return painted(one.text.slice(0, -1), codes) + painted(' ', looks[hash % looks.length] ?? '')
}

/** Looks that are invisible on a blank. An inverse blank shows its colour. */
const UNCOLOURED = ['1', '2', '3', '8', '1;3', '2;3', '1;8', '2;8', '3;8', '1;3;8', '2;3;8']
const CUBE = Array.from({ length: 216 }, (_, k) => `38;5;${16 + k}`)
const LOOKS: Readonly<Record<Depth, readonly string[]>> = {
  none: UNCOLOURED,
  '16': Array.from({ length: 16 }, (_, k) => `${k < 8 ? 30 + k : 82 + k}`),
  '256': CUBE,
  true: CUBE,
}
const INVERSE_LOOKS = ['7', '1;7', '3;7', '1;3;7']

function codesOf(style: Style, { depth, ground }: Palette): string {
  const { role = 'text', name, bold, italic, strike, inverse, picture } = style
  if (picture !== undefined) return `38;2;${(picture >> 16) & 255};${(picture >> 8) & 255};${picture & 255}`
  const colour = name === undefined ? THEME[role] : (NAME_COLOURS[name % NAME_COLOURS.length] ?? THEME.text)
  const codes: string[] = []
  if (bold) codes.push('1')
  if (italic) codes.push('3')
  if (inverse) codes.push('7')
  if (strike) codes.push('9')
  if (depth === 'none') {
    // Without colours, quiet text is faint, and mentions and errors are bold.
    if (role === 'quiet') codes.push('2')
    if ((role === 'mention' || role === 'error') && !bold) codes.push('1')
  } else if (colour !== THEME.text) codes.push(foreground(colour, depth, ground))
  return codes.join(';')
}

function foreground(colour: Colour, depth: Exclude<Depth, 'none'>, ground: Ground): string {
  if (depth === '16') return of16(colour.ansi ?? 0, ground)
  const [red, green, blue] = channels(colour[ground])
  if (depth === 'true') return `38;2;${red};${green};${blue}`
  const step = (value: number): number => (value < 48 ? 0 : value < 115 ? 1 : Math.floor((value - 35) / 40))
  return `38;5;${16 + 36 * step(red) + 6 * step(green) + step(blue)}`
}

/**
 * Each terminal has its own shades of the 16 colours. On a light background only red, blue and magenta can be read on all
 * of them; on a dark one, all but the dark blue.
 */
function of16(ansi: number, ground: Ground): string {
  if (ansi === 8) return '90'
  if (ground === 'light') return `${ON_LIGHT[ansi % 8] ?? 39}`
  return ansi < 8 && ansi !== BLUE ? `${30 + ansi}` : `${90 + (ansi % 8)}`
}

const BLUE = 4
/** For black, red, green, yellow, blue, magenta, cyan, white. */
const ON_LIGHT = [30, 31, 34, 35, 34, 35, 34, 30]

function channels(hex: string): readonly [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}
