/**
 * The theme as a style sheet: its roles and the colours of names as custom properties, each for light and dark
 * backgrounds.
 */
import { NAME_COLOURS, THEME } from '../client/view/theme.ts'

type Pair = { readonly light: string; readonly dark: string }

/** Background and border colours, which a terminal brings itself and a page doesn't. */
const GROUNDS: Readonly<Record<string, Pair>> = {
  ground: { light: '#ffffff', dark: '#0f1318' },
  raised: { light: '#f5f6f8', dark: '#161b22' },
  hover: { light: '#f3f5f8', dark: '#171d25' },
  chosen: { light: '#e4ecf7', dark: '#1e2a3a' },
  line: { light: '#dfe3e8', dark: '#29313b' },
  field: { light: '#8c959f', dark: '#57606c' },
  'mention-ground': { light: '#fff8e6', dark: '#241f13' },
  'error-ground': { light: '#fff1f0', dark: '#2a1618' },
  'warning-ground': { light: '#fff6e9', dark: '#262013' },
  'on-accent': { light: '#ffffff', dark: '#0b1a2b' },
}

const property = (name: string, { light, dark }: Pair): string => `--${name}: light-dark(${light}, ${dark});`

/** The colour of a name isn't known before the page runs. It's a class, because the policy allows no inline style. */
export function themeCss(): string {
  const roles = [...Object.entries(THEME), ...Object.entries(GROUNDS)].map(([name, pair]) => property(name, pair))
  const names = NAME_COLOURS.map((pair, index) => property(`name-${index}`, pair))
  const classes = NAME_COLOURS.map((_, index) => `.name-${index} { color: var(--name-${index}); }`)
  return `:root {\n  ${[...roles, ...names].join('\n  ')}\n}\n${classes.join('\n')}\n`
}
