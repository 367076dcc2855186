/** The form for the address, like the window of the original: server, port, name. Pure. */
import * as editor from '../../client/input/editor.ts'
import { edit, masked } from '../edit.ts'
import type { ScreenFrame, Size } from '../stage/scene.ts'
import type { Stroke } from '../stroke.ts'
import { blank, clip, type StyledLine, span } from '../text/line.ts'
import { typing } from '../text/typed-lines.ts'
import { cut } from '../text/width.ts'
import { wrap } from '../text/wrap.ts'

export type Field = 'server' | 'port' | 'name' | 'password'

/** The password is that of the account; it's asked for once the server has said that the name is one. */
export type Values = Readonly<Record<Exclude<Field, 'password'>, string>> & { readonly password?: string }

/** The error and its field; null: no particular field. */
export type FormError = { readonly field: Field | null; readonly text: string }

export type Form = {
  readonly editors: Readonly<Record<Field, editor.Editor>>
  readonly focus: Field
  readonly asksPassword: boolean
  readonly wrong: FormError | null
  readonly connecting: boolean
}

export const newForm = ({ server, port, name }: Values, wrong: FormError | null = null): Form => {
  const at = (text: string): editor.Editor => editor.write(editor.emptyEditor, text)
  const editors = { server: at(server), port: at(port), name: at(name), password: editor.emptyEditor }
  const focus = wrong?.field ?? (server === '' ? 'server' : 'name')
  return { editors, focus, asksPassword: focus === 'password', wrong, connecting: false }
}

const fieldsOf = ({ asksPassword }: Form): readonly Field[] => [
  ...(['server', 'port', 'name'] as const),
  ...(asksPassword ? (['password'] as const) : []),
]

export function valuesOf({ editors, asksPassword }: Form): Values {
  const [server = '', port = '', name = ''] = [editors.server, editors.port, editors.name].map(at =>
    editor.textOf(at).trim(),
  )
  const password = editor.textOf(editors.password)
  return { server, port, name, ...(asksPassword && password !== '' ? { password } : {}) }
}

/** Shows the reason of a failed connection, and asks for the password if that's missing or wrong. */
export const refused = (form: Form, wrong: FormError): Form => ({
  ...form,
  ...{ connecting: false, wrong, focus: wrong.field ?? form.focus },
  asksPassword: form.asksPassword || wrong.field === 'password',
  editors: wrong.field === 'password' ? { ...form.editors, password: editor.emptyEditor } : form.editors,
})

export type FormAct = 'connect' | 'leave' | 'suspend' | 'redraw' | null

export function pressForm(form: Form, stroke: Stroke): readonly [Form, FormAct] {
  const key = stroke.type === 'key' ? stroke.key : ''
  const fields = fieldsOf(form)
  const at = fields.indexOf(form.focus)
  const to = (index: number): Form => ({
    ...form,
    focus: fields[(index + fields.length) % fields.length] ?? form.focus,
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
      const line = stroke.type === 'key' ? stroke : { ...stroke, text: lineOf(stroke.text, form.focus) }
      const edited = form.connecting ? null : edit(form.editors[form.focus], line)
      return edited
        ? [{ ...form, editors: { ...form.editors, [form.focus]: edited }, wrong: null }, null]
        : [form, null]
    }
  }
}

/** No name or address has a space at its ends; a password may have one. */
const lineOf = (text: string, field: Field): string =>
  field === 'password' ? text.replace(/\n+/g, '') : text.replace(/\n+/g, ' ').trim()

const LABELS: Readonly<Record<Field, string>> = {
  ...{ server: 'Server', port: 'Port', name: 'User name', password: 'Password' },
}
const LABEL = 'User name '.length
/** The hints below the fields. The first that fits as a whole is shown. */
const HINTS = ['Tab goes on, Enter connects, Esc leaves.', 'Enter connects, Esc leaves.', 'Enter connects.']

export function formFrame(form: Form, { columns, rows }: Size): ScreenFrame {
  const { editors, focus, wrong, connecting } = form
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
  for (const field of fieldsOf(form)) {
    const shown = field === 'password' ? masked(editors[field]) : editors[field]
    const { lines: typed, cursor: at } = typing(shown, room, 1, 0)
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
