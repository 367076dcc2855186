/**
 * The terminal's own reports among the keys: the mouse, and answers to questions. Ink drops the first, and takes some
 * of the second for keys, so both are picked out of the input before Ink reads it.
 *
 * Limit: a report that is cut right behind its first or second byte isn't recognised, because these alone are the keys
 * Escape and Alt-[.
 */

export type Report =
  /** One step of the wheel, up (-1) or down (1). */
  | { readonly type: 'wheel'; readonly by: -1 | 1 }
  /** An answer of the terminal, without its frame: `Gi=31;OK`, `>|kitty(0.36.4)`, `?62;4c`. */
  | { readonly type: 'answer'; readonly text: string }

type Picked = { readonly keys: string; readonly reports: readonly Report[] }

const ESC = '\u{1b}'
const BODY = `[^${ESC}]*`

/** Whole reports: of the mouse (SGR), of attributes (DA1), of graphics (APC G), of the version (DCS >|). */
const WHOLE = new RegExp(
  [
    `${ESC}\\[<(\\d{1,4});\\d{1,5};\\d{1,5}[Mm]`,
    `${ESC}\\[(\\?[\\d;]*c)`,
    `${ESC}_(G${BODY})${ESC}\\\\`,
    `${ESC}P(>\\|${BODY})${ESC}\\\\`,
  ].join('|'),
  'gu',
)

/** The beginning of one, at the end of the input so far. */
const BEGUN = new RegExp(`${ESC}(?:\\[<[\\d;]*|\\[\\?[\\d;]*|_G${BODY}${ESC}?|P>${BODY}${ESC}?)$`, 'u')

/** The most that waits for its end. No report is longer. */
const WAITING_MAX = 512

/** `pick` gets the input as it arrives, and returns the keys in it. */
export function reportPicker(): (input: string) => Picked {
  let waiting = ''
  return input => {
    const text = waiting + input
    const begun = BEGUN.exec(text)
    const end = begun && text.length - begun.index <= WAITING_MAX ? begun.index : text.length
    waiting = text.slice(end)
    const reports: Report[] = []
    const keys = text.slice(0, end).replace(WHOLE, (_, button, attributes, graphics, version) => {
      const answer = attributes ?? graphics ?? version
      if (answer !== undefined) reports.push({ type: 'answer', text: answer })
      else reports.push(...wheel(Number(button)))
      return ''
    })
    return { keys, reports }
  }
}

/** Buttons 64 and 65, with any held keys. Other buttons mean nothing here. */
function wheel(button: number): readonly Report[] {
  const wheels = button & ~HELD
  return wheels === 64 ? [{ type: 'wheel', by: -1 }] : wheels === 65 ? [{ type: 'wheel', by: 1 }] : []
}

/** Shift, Meta and Control. */
const HELD = 4 | 8 | 16

/** The same input without the reports, which `report` gets. All else is that of `stdin`. */
export function withoutReports(stdin: NodeJS.ReadStream, report: (report: Report) => void): NodeJS.ReadStream {
  const pick = reportPicker()
  function read(size?: number): unknown {
    for (let chunk: unknown = stdin.read(size); chunk !== null; chunk = stdin.read(size)) {
      if (typeof chunk !== 'string') return chunk
      const { keys, reports } = pick(chunk)
      for (const one of reports) report(one)
      if (keys !== '') return keys
    }
    return null
  }
  return new Proxy(stdin, {
    get(target, name) {
      if (name === 'read') return read
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
