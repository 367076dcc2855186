/** `rxchat --get`, with a server that answers as the test says. */
import { Writable } from 'node:stream'
import { BehaviorSubject, Subject } from 'rxjs'
import { expect, test } from 'vitest'
import type { Client } from '../../../../src/client/session/connection.ts'
import type { AskOutcome, Status } from '../../../../src/client/session/status.ts'
import { runGet } from '../../../../src/program/client/live/get.ts'

function collect() {
  let text = ''
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      text += chunk
      done()
    },
  })
  return { stream, text: () => text }
}

test('[LV8] output that the server no longer keeps ends it with an error, and is not asked for again and again', async () => {
  const status$ = new BehaviorSubject<Status>({ state: 'online', name: 'bob', roundTrip: null })
  const outcome$ = new Subject<AskOutcome>()
  const offsets: number[] = []
  const answer = (id: number, offset: number): void => {
    const data = offset === 0 ? Buffer.from('kept').toString('base64') : ''
    const reply = { type: 'output', target: 7, offset, size: 9, data, end: { size: 9 } } as const
    outcome$.next({ id, is: 'done', seq: 9, reply })
  }
  const client = {
    ...{ status$, outcome$, incoming$: new Subject() },
    ask(asked: { readonly offset: number }) {
      const id = offsets.push(asked.offset)
      if (id < 5) queueMicrotask(() => answer(id, asked.offset))
      return id
    },
    leave: () => queueMicrotask(() => status$.next({ state: 'ended', end: { by: 'user', exit: 0 } })),
    close: () => {},
  } as unknown as Client
  const [output, errors] = [collect(), collect()]
  const streams = { input: process.stdin, output: output.stream, errors: errors.stream }
  expect(await runGet(client, 7, false, streams)).toBe(6)
  expect([output.text(), offsets]).toEqual(['kept', [0, 4]])
  expect(errors.text()).toBe('rxchat: the server does not keep the output from byte 4 on any more.\n')
})
