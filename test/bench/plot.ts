/** Curves on logarithmic axes as SVG, and the exponent that fits each. */

/** How a figure grows with `x`. Points in the order of x, which is positive, as are the values. */
export type Series = { readonly name: string; readonly points: readonly (readonly [x: number, value: number])[] }

export type Plot = {
  /** A file name without its ending. */
  readonly name: string
  readonly title: string
  readonly x: string
  readonly y: string
  readonly series: readonly Series[]
}

/** The slope of log value over log x by least squares: 0 for constant, 1 for linear growth. */
export function exponent({ points }: Series): number {
  const logs = points.map(([x, value]) => [Math.log(x), Math.log(value)] as const)
  const mean = (at: 0 | 1): number => logs.reduce((sum, log) => sum + log[at], 0) / logs.length
  const [mx, my] = [mean(0), mean(1)]
  const along = logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0)
  return along / logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0)
}

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT] = [640, 360, 70, 45, 40, 190]
const COLOURS = ['#1f77b4', '#d62728', '#2ca02c', '#9467bd', '#8c564b', '#e377c2', '#7f7f7f']

export function svgOf({ title, x, y, series }: Plot): string {
  const xs = series.flatMap(({ points }) => points.map(([at]) => at))
  const ys = series.flatMap(({ points }) => points.map(([, value]) => value))
  const [right, up] = [axis(xs, LEFT, WIDTH - RIGHT), axis(ys, HEIGHT - BOTTOM, TOP)]
  const curves = series.map((one, at) => curve(one, COLOURS[at % COLOURS.length] ?? '', at, right, up))
  const xTicks = powers(xs).map(
    power => `<text x="${right(power)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${power}</text>`,
  )
  const yTicks = powers(ys).flatMap(power => [
    `<path d="M${LEFT} ${up(power)}H${WIDTH - RIGHT}" stroke="#ddd"/>`,
    `<text x="${LEFT - 6}" y="${up(power) + 4}" text-anchor="end">${power}</text>`,
  ])
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="11">`,
    `<title>${title}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${LEFT}" y="20" font-size="14">${title}</text>`,
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${x}</text>`,
    `<text x="14" y="${HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 14 ${HEIGHT / 2})">${y}</text>`,
    ...[...yTicks, ...xTicks, ...curves],
    '</svg>\n',
  ].join('\n')
}

type Scale = (value: number) => number

/** From the power of ten below all values to the one above. */
const range = (values: readonly number[]): readonly [number, number] => {
  const low = Math.floor(Math.log10(Math.min(...values)))
  return [low, Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))))]
}

function axis(values: readonly number[], from: number, to: number): Scale {
  const [low, high] = range(values)
  return value => Math.round(10 * (from + ((Math.log10(value) - low) / (high - low)) * (to - from))) / 10
}

function powers(values: readonly number[]): readonly number[] {
  const [low, high] = range(values)
  return Array.from({ length: high - low + 1 }, (_, k) => Number(`1e${low + k}`))
}

function curve(one: Series, colour: string, at: number, right: Scale, up: Scale): string {
  const line = one.points.map(([x, value], k) => `${k === 0 ? 'M' : 'L'}${right(x)} ${up(value)}`).join('')
  const y = TOP + 16 * at + 8
  return [
    `<path d="${line}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...one.points.map(([x, value]) => `<circle cx="${right(x)}" cy="${up(value)}" r="3" fill="${colour}"/>`),
    `<text x="${WIDTH - RIGHT + 12}" y="${y}" fill="${colour}">${one.name}: ${exponent(one).toFixed(2)}</text>`,
  ].join('\n')
}
