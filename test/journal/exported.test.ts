/** A journal as lines, and the parts that they leave out. */
import { expect, test } from 'vitest'
import { entryLine } from '../../src/journal/exported.ts'
import type { Body, Entry } from '../../src/model/input.ts'

const entry = (body: Body, text: string): Entry => ({
  ...{ seq: 7, quarantined: null, texts: { text } },
  input: { ...body, id: 'i7', at: 1, origin: 'here', session: 's1', n: null },
})

test.each<Body>([
  { type: 'push', hash: 'hash', preview: false },
  { type: 'carry-push', push: 3 },
])('where the notifications of $type go is in no export, as if it had been erased', body => {
  const line = entryLine(entry(body, '{"endpoint":"https://push.example/send/1"}'))
  expect(line).not.toContain('push.example')
  expect(JSON.parse(line)).toMatchObject({ seq: 7, input: body, text: null })
  expect(JSON.parse(entryLine(entry({ type: 'say', room: 'lobby', action: false }, 'مريم'))).text).toBe('مريم')
})
