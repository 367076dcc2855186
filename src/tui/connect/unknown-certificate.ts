/**
 * The first connection to a server with an unknown certificate: shows the fingerprint before any data is sent. The user
 * accepts it or leaves.
 */
import { NEVER } from 'rxjs'
import type { Scene, ScreenFrame, Size } from '../stage/scene.ts'
import { blank, clip, type StyledLine, span } from '../text/line.ts'
import { wrap } from '../text/wrap.ts'

/** `fault`: another problem with its certificate, as a sentence; empty: none. */
export type Met = { readonly server: string; readonly fingerprint: string; readonly fault: string }

/** A window with fewer rows shows only the fingerprint and the keys. */
const WORDS_FROM = 12

export function meetingFrame({ server, fingerprint, fault }: Met, { columns, rows }: Size): ScreenFrame {
  const margin = columns >= 60 ? 4 : 0
  const room = Math.max(1, columns - margin)
  const put = (text: string, style = {}): readonly StyledLine[] =>
    wrap(text, room).map(line => [span(' '.repeat(margin)), span(line, style)])
  const shown = put(fingerprint, { bold: true, role: 'warning' })
  const keys = put(rows < WORDS_FROM ? 'y accepts it, Esc leaves' : 'y accepts and remembers it, Esc leaves.', {
    role: 'accent',
  })
  const words = [
    blank,
    ...put(`This is the first connection to ${server}.`, { bold: true }),
    ...put(`${fault === '' ? '' : `${fault} `}No trusted authority signed its certificate. Its fingerprint is:`),
    blank,
    ...shown,
    blank,
    ...put('Nothing was sent yet. Compare it with the fingerprint that the server prints, or ask its host.'),
    ...keys,
  ]
  const lines = rows < WORDS_FROM || words.length > rows ? [...shown, ...keys] : words
  return { lines: lines.slice(-rows).map(line => clip(line, columns)), cursor: null }
}

/** `y` isn't a key that somebody has pressed by accident on the way here, as Enter is. */
export function meetingScene(met: Met, take: () => void, leave: () => void): Scene {
  return {
    changed$: NEVER,
    draw: size => meetingFrame(met, size),
    stroke(stroke) {
      if (stroke.type === 'text' && /^y$/i.test(stroke.text)) take()
      else if (stroke.type === 'text' && /^n$/i.test(stroke.text)) leave()
      if (stroke.type !== 'key') return null
      if (stroke.key === 'ctrl-z') return 'suspend'
      if (stroke.key === 'ctrl-l') return 'redraw'
      if (stroke.key === 'escape' || stroke.key === 'ctrl-c' || stroke.key === 'ctrl-d') leave()
      return null
    },
    ticks: () => false,
  }
}
