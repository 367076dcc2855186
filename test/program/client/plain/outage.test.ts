/** A person or a script reads of an outage twice: once when it begins, once when it ends. */
import { BehaviorSubject, Subject } from 'rxjs'
import { describe, expect, test } from 'vitest'
import type { Client } from '../../../../src/client/session/connection.ts'
import type { Incoming } from '../../../../src/client/session/incoming.ts'
import type { Status } from '../../../../src/client/session/status.ts'
import type { Reply } from '../../../../src/codec/native/reply.ts'
import { tellOutages } from '../../../../src/program/client/plain/outage.ts'

function client() {
  const status$ = new BehaviorSubject<Status>({ state: 'connecting', attempt: 0 })
  const incoming$ = new Subject<Incoming>()
  const told: string[] = []
  tellOutages({ status$, incoming$ } as unknown as Client, text => told.push(text))
  const hear = (reply: object): void => incoming$.next({ reply: reply as Reply, replayed: false })
  return {
    told,
    stalled: () => hear({ type: 'stalled' }),
    over: () => hear({ type: 'stalled', over: true }),
    connecting: () => status$.next({ state: 'connecting', attempt: 1 }),
    lost: (why = 'the connection was lost') => status$.next({ state: 'waiting', ms: 1, attempt: 1, why }),
    welcome(resumed = true) {
      hear({ type: 'welcome', resumed })
      status$.next({ state: 'online', name: 'José', roundTrip: null })
    },
  }
}

const LOST = 'The connection was lost. Trying again…'
const CUT_OFF = 'The server is cut off. What you say is sent when it is connected again, or at another server.'

describe('an outage is told once', () => {
  test('if the server is cut off, sends the client away, and the next one is cut off, too', () => {
    const it = client()
    it.welcome(false)
    expect(it.told).toEqual([])
    it.stalled()
    for (let k = 0; k < 3; k++) {
      it.lost('This server cannot serve you now.')
      it.connecting()
      it.stalled()
    }
    expect(it.told).toEqual([CUT_OFF])
    // The hello is still to be answered.
    it.over()
    expect(it.told).toEqual([CUT_OFF])
    it.welcome()
    expect(it.told).toEqual([CUT_OFF, 'Connected again.'])
  })

  test('if it passes where the client is', () => {
    const it = client()
    it.welcome(false)
    it.stalled()
    it.over()
    expect(it.told).toEqual([CUT_OFF, 'The server is connected again.'])
    it.over()
    expect(it.told).toHaveLength(2)
  })

  test('if the connection is lost, and then the session too', () => {
    const it = client()
    it.welcome(false)
    it.lost()
    it.lost()
    it.welcome(false)
    expect(it.told.slice(0, 1)).toEqual([LOST])
    expect(it.told.slice(1)).toMatchObject([expect.stringContaining('with a new session')])
  })

  test('if nobody is let in from the beginning', () => {
    const it = client()
    it.stalled()
    it.over()
    it.welcome(false)
    expect(it.told).toEqual(['The server is cut off. Waiting until it is connected again…', 'Connected.'])
  })
})
