/** The colour of a sender as a coloured circle, which every client shows, nc too. */

export type Mark = '🔴' | '🟠' | '🟡' | '🟢' | '🔵' | '🟣' | '⚪'

/** Senders' names of colours, severities, states and priorities. */
const NAMED: ReadonlyMap<string, Mark> = new Map(
  (
    [
      [
        '🔴',
        'danger red critical crit error err fatal emergency alert page disaster firing failed failure down major p1',
      ],
      ['🟠', 'warning warn orange high average medium timed_out p2'],
      ['🟡', 'yellow minor pending cancelled p3'],
      ['🟢', 'good green ok okay success succeeded resolved up healthy normal recovered passed'],
      ['🔵', 'blue info information informational notice low accent'],
      ['🟣', 'purple violet merged'],
      ['⚪', 'none grey gray white debug trace neutral skipped nodata paused'],
    ] as const
  ).flatMap(([mark, names]) => names.split(' ').map(name => [name, mark] as const)),
)

/** The mark of a name such as `danger`, of `#2eb886`, or of a number 0xRRGGBB; null: it has no colour. */
export function markOf(raw: string | number | null | undefined): Mark | null {
  if (raw === null || raw === undefined || raw === '') return null
  if (typeof raw === 'number') return Number.isInteger(raw) && raw > 0 && raw <= 0xffffff ? nearest(raw) : null
  const text = raw.trim().toLowerCase()
  const [, hex = ''] = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/.exec(text) ?? []
  const named = NAMED.get(text)
  if (named || hex === '') return named ?? null
  return nearest(Number.parseInt(hex.length === 3 ? [...hex].map(one => one + one).join('') : hex, 16))
}

/** The upper bound of each mark on the colour circle, in degrees. */
const HUES: readonly (readonly [number, Mark])[] = [
  [16, '🔴'],
  [43, '🟠'],
  [68, '🟡'],
  [168, '🟢'],
  [255, '🔵'],
  [330, '🟣'],
  [360, '🔴'],
]

/** Below this share of colour, and close to black or white, it's a grey. */
const GREY = 0.12

function nearest(rgb: number): Mark {
  const [red = 0, green = 0, blue = 0] = [rgb >> 16, rgb >> 8, rgb].map(part => (part & 0xff) / 255)
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)]
  const range = most - least
  if (range < GREY) return '⚪'
  const sixth =
    most === red ? (green - blue) / range : most === green ? (blue - red) / range + 2 : (red - green) / range + 4
  const hue = (sixth * 60 + 360) % 360
  return HUES.find(([to]) => hue < to)?.[1] ?? '🔴'
}
