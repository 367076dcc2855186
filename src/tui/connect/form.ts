/** The form that asks where to connect, like the window of the original: server, port, name. Pure. */
import * as editor from '../../client/input/editor.ts'
import { edit } from '../edit.ts'
import type { ScreenFrame, Size } from '../stage/scene.ts'
import type { Stroke } from '../stroke.ts'
import { blank, clip, type StyledLine, span } from '../text/line.ts'
import { typing } from '../text/typed-lines.ts'
import { cut } from '../text/width.ts'
import { wrap } from '../text/wrap.ts'

export const FIELDS = ['server', 'port', 'name'] as const
export type Field = (typeof FIELDS)[number]
export type Values = Readonly<Record<Field, string>>

/** The error and its field; null: no particular field. */
export type FormError = { readonly field: Field | null; readonly text: string }

export type Form = {
  readonly editors: Readonly<Record<Field, editor.Editor>>
  readonly focus: Field
  readonly wrong: FormError | null
  readonly connecting: boolean
}

export const newForm = ({ server, port, name }: Values, wrong: FormError | null = null): Form => {
  const at = (text: string): editor.Editor => editor.write(editor.emptyEditor, text)
  const focus = wrong?.field ?? (server === '' ? 'server' : 'name')
  return { editors: { server: at(server), port: at(port), name: at(name) }, focus, wrong, connecting: false }
}

export const valuesOf = ({ editors }: Form): Values => ({
  server: editor.textOf(editors.server).trim(),
  port: editor.textOf(editors.port).trim(),
  name: editor.textOf(editors.name).trim(),
})

export type FormAct = 'connect' | 'leave' | 'suspend' | 'redraw' | null

export function pressForm(form: Form, stroke: Stroke): readonly [Form, FormAct] {
  const key = stroke.type === 'key' ? stroke.key : ''
  const at = FIELDS.indexOf(form.focus)
  const to = (index: number): Form => ({
    ...form,
    focus: FIELDS[(index + FIELDS.length) % FIELDS.length] ?? form.focus,
  })
  switch (key) {
    case 'ctrl-c':
    case 'escape':
      return [form, 'leave']
    case 'ctrl-z':
      return [form, 'suspend']
    case 'ctrl-l':
      return [form, 'redraw']
    case 'tab':
    case 'down':
      return [to(at + 1), null]
    case 'shift-tab':
    case 'up':
      return [to(at - 1), null]
    case 'enter':
      return [form, form.connecting ? null : 'connect']
    default: {
      const line = stroke.type === 'key' ? stroke : { ...stroke, text: stroke.text.replace(/\n+/g, ' ').trim() }
      const edited = form.connecting ? null : edit(form.editors[form.focus], line)
      return edited
        ? [{ ...form, editors: { ...form.editors, [form.focus]: edited }, wrong: null }, null]
        : [form, null]
    }
  }
}

const LABELS: Readonly<Record<Field, string>> = { server: 'Server', port: 'Port', name: 'User name' }
const LABEL = 'User name '.length
/** The hints below the fields. The first that fits as a whole is shown. */
const HINTS = ['Tab goes on, Enter connects, Esc leaves.', 'Enter connects, Esc leaves.', 'Enter connects.']

export function formFrame({ editors, focus, wrong, connecting }: Form, { columns, rows }: Size): ScreenFrame {
  const margin = columns >= 50 ? 4 : 0
  const room = Math.max(2, columns - margin - LABEL - 1)
  const lines: StyledLine[] = []
  const put = (...line: StyledLine): void => void lines.push([span(' '.repeat(margin)), ...line])
  if (rows >= 9) {
    lines.push(blank)
    put(span(cut('rxchat', columns - margin), { bold: true, role: 'accent' }))
    lines.push(blank)
  }
  let cursor: ScreenFrame['cursor'] = null
  for (const field of FIELDS) {
    const { lines: typed, cursor: at } = typing(editors[field], room, 1, 0)
    const isFocused = field === focus
    if (isFocused) cursor = { x: Math.min(columns - 1, margin + LABEL + at.x), y: lines.length }
    put(span(LABELS[field].padEnd(LABEL), { role: isFocused ? 'accent' : 'quiet' }), span(typed[0] ?? ''))
  }
  if (rows >= 9) lines.push(blank)
  const wrapped = (text: string): readonly string[] => wrap(text, Math.max(1, columns - margin))
  const hint = HINTS.map(wrapped).find(({ length }) => lines.length + length <= rows) ?? []
  const below = wrong ? wrapped(wrong.text) : connecting ? wrapped('connecting…') : hint
  for (const line of below) put(span(line, { role: wrong ? 'error' : 'quiet' }))
  return {
    lines: lines.slice(0, rows).map(line => clip(line, columns)),
    cursor: cursor && cursor.y < rows ? cursor : null,
  }
}
