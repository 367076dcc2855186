/** How output is gathered and sent, with a server that answers as the test says. */
import { Subject } from 'rxjs'
import { expect, test } from 'vitest'
import type { AskOutcome } from '../../../../src/client/session/status.ts'
import { LiveOutput } from '../../../../src/program/client/live/live-output.ts'

test('[LV8] while the server answers nothing, the sender waits, and does not look again and again', () => {
  const outcome$ = new Subject<AskOutcome>()
  const [asked, alarms]: [string[], number[]] = [[], []]
  let [now, ring] = [0, (): void => {}]
  const clock = {
    elapsed: () => now,
    alarm(ms: number, rings: () => void) {
      alarms.push(ms)
      ring = rings
      return () => {
        ring = () => {}
      }
    },
  }
  const client = { outcome$, ask: ({ type }: { readonly type: string }) => asked.push(type) }
  const listener = { begun() {}, drained() {}, over() {} }
  const output = new LiveOutput(client, clock, { room: 'lobby', title: 'make', byToken: false }, listener)
  output.begin()
  outcome$.next({ id: 1, is: 'done', seq: 7, reply: { type: 'ok', n: 1, seq: 7 } })
  for (let line = 0; line < 20; line++) {
    output.write(Buffer.from(`line ${line} of مريم\n`))
    now += 1000
    ring()
  }
  const sent = asked.length
  expect(sent).toBeLessThan(20)
  alarms.length = 0
  output.write(Buffer.from('the last line\n'))
  expect([asked.length, alarms]).toEqual([sent, []])
  outcome$.next({ id: 2, is: 'done', seq: 8, reply: { type: 'ok', n: 2, seq: 8 } })
  expect(asked.length).toBe(sent + 1)
})
