/**
 * The theme as a style sheet: its roles and the colours of names as custom properties, each for light and dark
 * backgrounds, and the measures of the art direction (docs/decisions/0055).
 */
import { NAME_COLOURS, THEME } from '../client/view/theme.ts'

type Pair = { readonly light: string; readonly dark: string }

/** Background and border colours, which a terminal brings itself and a page doesn't. */
export const GROUNDS: Readonly<Record<string, Pair>> = {
  ground: { light: '#ffffff', dark: '#0f1318' },
  raised: { light: '#f5f6f8', dark: '#151a21' },
  /** Of parts that lie over the page. */
  float: { light: '#ffffff', dark: '#1a2029' },
  hover: { light: '#f3f5f8', dark: '#161b22' },
  chosen: { light: '#e2ebf8', dark: '#1e2b3d' },
  line: { light: '#e1e5ea', dark: '#262d37' },
  field: { light: '#8c959f', dark: '#57606c' },
  'mention-ground': { light: '#fff8e6', dark: '#241f13' },
  'error-ground': { light: '#fff1f0', dark: '#2a1618' },
  'warning-ground': { light: '#fff6e9', dark: '#262013' },
  'on-accent': { light: '#ffffff', dark: '#0b1a2b' },
}

/** In pixels at the usual size of type: `--s-1` and so on. */
const SPACES = [2, 4, 8, 12, 16, 24, 32]
const REM = 16

/** A face: how much of the name's colour is in its ground, and in its initials; percent. */
export const FACE = { ground: 22, ink: 74 } as const

const property = (name: string, { light, dark }: Pair): string => `--${name}: light-dark(${light}, ${dark});`

/** The colour of a name isn't known before the page runs. It's a class, because the policy allows no inline style. */
export function themeCss(): string {
  const roles = [...Object.entries(THEME), ...Object.entries(GROUNDS)].map(([name, pair]) => property(name, pair))
  const spaces = SPACES.map((pixels, index) => `--s-${index + 1}: ${pixels / REM}rem;`)
  const names = NAME_COLOURS.map((pair, index) => `.name-${index} { ${property('own', pair)} color: var(--own); }`)
  const face = `.face { background: ${share(FACE.ground, 'ground')}; color: ${share(FACE.ink, 'text')}; }`
  return `:root {\n  ${[...roles, ...spaces].join('\n  ')}\n}\n${names.join('\n')}\n${face}\n`
}

const share = (percent: number, rest: string): string => `color-mix(in srgb, var(--own) ${percent}%, var(--${rest}))`
