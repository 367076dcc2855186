/** The list of ways to sign in, over the messages: one of them is selected, and can be revoked. Pure. */
import { deviceWords, isoDay } from '../../../client/chat/sentences.ts'
import type { Devices } from '../../../client/chat/state.ts'
import { flatten } from '../../../model/text.ts'
import { blank, type StyledLine, span } from '../../text/line.ts'
import { cut, pad, widest } from '../../text/width.ts'
import { wrap } from '../../text/wrap.ts'
import { type SelectedDevice, within } from '../devices.ts'

/** With this many rows, a head and a foot are drawn around the list. */
const FRAMED_FROM = 4
const ID_MAX = 12

/** Exactly `rows`. The selected one is visible as a whole if there's room. */
export function deviceLines(
  devices: Devices,
  selected: SelectedDevice,
  columns: number,
  rows: number,
): readonly StyledLine[] {
  const at = within(devices, selected)
  const name = flatten(devices.name)
  const credentials = devices.credentials.map(one => ({ ...one, id: flatten(one.id) }))
  const head = [span(cut(` What can sign in to ${name}`, columns), { bold: true })]
  const foot = [span(cut(` ${footOf(devices, at)}`, columns), { role: at.revoking ? 'warning' : 'quiet' })]
  const isFramed = rows >= FRAMED_FROM
  const room = isFramed ? rows - 2 : Math.max(0, rows - 1)
  const left = Math.min(ID_MAX, Math.max(0, ...credentials.map(({ id }) => widest(id))))
  const blocks = credentials.map(({ id, ...one }, index) =>
    block(id, deviceWords({ id, ...one }, isoDay), left, columns, index === at.index),
  )
  const start = blocks.slice(0, at.index).reduce((sum, lines) => sum + lines.length, 0)
  const all = blocks.flat()
  const from = Math.max(0, Math.min(start, all.length - room))
  const shown = Array.from({ length: room }, (_, row) => all[from + row] ?? blank)
  return [...(isFramed ? [head] : []), ...shown, foot].slice(-rows)
}

function footOf({ credentials }: Devices, { index, revoking }: SelectedDevice): string {
  const chosen = credentials[index]
  if (!chosen) return 'Nothing. Esc closes this.'
  if (revoking) return `Revoke ${chosen.id}? Its sessions end. Enter revokes it, Esc keeps it`
  return 'Up and Down select, Del revokes, Esc closes this.'
}

function block(id: string, words: string, left: number, columns: number, isSelected: boolean): readonly StyledLine[] {
  const lines = wrap(words, Math.max(1, columns - left - 3))
  return lines.map((line, row) => [
    span(` ${row === 0 ? pad(cut(id, left), left) : ' '.repeat(left)}  `, { role: 'accent', inverse: isSelected }),
    span(line, { inverse: isSelected }),
  ])
}
