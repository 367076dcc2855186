/** The connect form by its strokes (docs/spec.md, U). */
import { expect, test } from 'vitest'
import { connectScene } from '../../src/tui/connect/scene.ts'
import type { Stroke } from '../../src/tui/stroke.ts'

const key = (name: string): Stroke => ({ type: 'key', key: name })
const SIZE = { columns: 60, rows: 12 }

const FILLED = { server: 'chat.example', port: '3001', name: 'alice' }

test('Enter connects from any field, as the line below the form says', () => {
  const submitted: unknown[] = []
  const scene = connectScene(
    FILLED,
    values => {
      submitted.push(values)
      return null
    },
    () => {},
  )
  scene.stroke(key('shift-tab'), SIZE)
  scene.stroke(key('enter'), SIZE)
  expect(submitted).toEqual([FILLED])
  scene.stroke(key('enter'), SIZE)
  expect(submitted).toHaveLength(1)
})

test('the fault is told below, and the cursor is in its field', () => {
  const scene = connectScene(
    { ...FILLED, port: 'x' },
    () => ({ field: 'port', text: 'A port is a number.' }),
    () => {},
  )
  scene.stroke(key('enter'), SIZE)
  const { lines, cursor } = scene.draw(SIZE)
  const text = lines.map(line => line.map(({ text: part }) => part).join(''))
  expect(text[cursor?.y ?? 0]).toContain('Port')
  expect(text.join('\n')).toContain('A port is a number.')
})

test('[U10] no sentence below the form is cut off in a small window', () => {
  const scene = connectScene(
    FILLED,
    () => null,
    () => {},
  )
  const { lines } = scene.draw({ columns: 20, rows: 5 })
  const below = lines.slice(3).map(line =>
    line
      .map(({ text }) => text)
      .join('')
      .trim(),
  )
  expect(below.join(' ')).toBe('Enter connects, Esc leaves.')
})
