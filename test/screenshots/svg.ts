/** A terminal's screen as a picture (SVG 1.1): each run of one style a text of its own, held to its columns. */
import type { IBufferCell, Terminal } from '@xterm/headless'

const CELL = { width: 8.4, height: 18, font: 14 } as const
const MARGIN = 14

/** The 16 colours of the terminal in the picture. */
const ANSI =
  '#1d1f21 #cc6666 #8abe5e #d7a55c #6ca0dc #b294bb #5fb3b3 #c5c8c6 #8b949e #ff7b72 #6bc46d #f2cc60 #6cb6ff #dcbdfb #56d4dd #ffffff'.split(
    ' ',
  )
const GROUND = '#15181c'
const TEXT = '#e6e6e6'

type Run = {
  readonly x: number
  text: string
  columns: number
  readonly fill: string
  readonly ground: string | null
  readonly style: string
}

/** `mend` may change the text of a row, but not its length. */
export function svgOf(terminal: Terminal, title: string, mend: (row: string) => string = row => row): string {
  const [width, height] = [terminal.cols * CELL.width + 2 * MARGIN, terminal.rows * CELL.height + 2 * MARGIN]
  const rows = Array.from({ length: terminal.rows }, (_, y) => rowOf(terminal, y, mend))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" role="img" aria-label="${escaped(title)}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${GROUND}"/>`,
    `<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK JP', monospace" font-size="${CELL.font}">`,
    ...rows.flat(),
    ...cursorOf(terminal),
    '</g>',
    '</svg>',
    '',
  ].join('\n')
}

function rowOf(terminal: Terminal, y: number, mend: (row: string) => string): readonly string[] {
  const { active } = terminal.buffer
  const line = active.getLine(active.viewportY + y)
  if (!line) return []
  const runs: Run[] = []
  for (let x = 0; x < terminal.cols; x++) {
    const cell = line.getCell(x)
    if (!cell || cell.getWidth() === 0) continue
    const chars = cell.getChars() || ' '
    const look = lookOf(cell)
    const last = runs.at(-1)
    const goesOn = last && last.fill === look.fill && last.ground === look.ground && last.style === look.style
    // Wide characters stand in columns of their own, in any font of the reader.
    if (goesOn && isPlain(chars) && isPlain(last.text)) {
      last.text += chars
      last.columns += cell.getWidth()
    } else runs.push({ x, text: chars, columns: cell.getWidth(), ...look })
  }
  return mended(runs, mend).flatMap(run => drawn(run, y))
}

const isPlain = (text: string): boolean => /^[ -~\u00a0-\u04ff\u2500-\u259f›…·↓]*$/.test(text)

function mended(runs: readonly Run[], mend: (row: string) => string): readonly Run[] {
  const whole = runs.map(({ text }) => text).join('')
  const text = mend(whole)
  let from = 0
  return runs.map(run => {
    const part = text.slice(from, from + run.text.length)
    from += run.text.length
    return { ...run, text: part }
  })
}

function drawn({ x, text, columns, fill, ground, style }: Run, y: number): readonly string[] {
  const [left, top] = [MARGIN + x * CELL.width, MARGIN + y * CELL.height]
  const width = columns * CELL.width
  const rect =
    ground === null
      ? []
      : [
          `<rect x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${CELL.height}" fill="${ground}"/>`,
        ]
  if (text.trim() === '') return rect
  // Blanks at the ends carry nothing, and would be stretched.
  const begin = text.length - text.trimStart().length
  const shown = text.trim()
  const place = `x="${round(left + begin * CELL.width)}" y="${round(top + CELL.height * 0.75)}"`
  const length = isPlain(text) ? ` textLength="${round(shown.length * CELL.width)}"` : ''
  return [...rect, `<text ${place}${length} fill="${fill}"${style}>${kept(shown)}</text>`]
}

function lookOf(cell: IBufferCell): Pick<Run, 'fill' | 'ground' | 'style'> {
  const text = colourOf(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()) ?? TEXT
  const ground = colourOf(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor())
  const [fill, behind] = cell.isInverse() ? [ground ?? GROUND, text] : [text, ground]
  const style = `${cell.isBold() ? ' font-weight="bold"' : ''}${cell.isItalic() ? ' font-style="italic"' : ''}${cell.isDim() ? ' opacity="0.6"' : ''}`
  return { fill, ground: behind, style }
}

function colourOf(isDefault: boolean, isRgb: boolean, value: number): string | null {
  if (isDefault) return null
  return isRgb ? `#${value.toString(16).padStart(6, '0')}` : (ANSI[value] ?? null)
}

function cursorOf(terminal: Terminal): readonly string[] {
  const { cursorX, cursorY } = terminal.buffer.active
  return [
    `<rect x="${round(MARGIN + cursorX * CELL.width)}" y="${round(MARGIN + cursorY * CELL.height)}" width="${CELL.width}" height="${CELL.height}" fill="${TEXT}" opacity="0.5"/>`,
  ]
}

const round = (value: number): string => String(Math.round(value * 100) / 100)
/** Browsers no longer agree on `xml:space`: a blank that must not collapse is one that nothing breaks. */
const kept = (text: string): string => escaped(text).replaceAll(' ', '\u{a0}')
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
