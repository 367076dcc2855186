/** A program that uses the library, in a server with virtual time. It keeps all its events. */
import { onTestFinished } from 'vitest'
import { connect } from '../../src/client/session/connection.ts'
import type { Remembered, Wish } from '../../src/client/session/state.ts'
import { chatOver } from '../../src/library/chat.ts'
import type { ChatEvent } from '../../src/library/chat-event.ts'
import type { Reach } from '../../src/transport/webhook/http-request.ts'
import type { lastingFixture } from './lasting-fixture.ts'

type How = Partial<Wish> & { readonly rooms?: readonly string[]; readonly remembered?: string | null }

let guests = 0

export function guest(fixture: Awaited<ReturnType<typeof lastingFixture>>, name: string, how: How = {}) {
  const { rooms = ['lobby'], remembered = null, ...wish } = how
  const dialer = fixture.dialer()
  const secret = () => `${++guests}`.padStart(48, 'guest')
  const client = connect(
    { dial: dialer.dial, clock: fixture.clock, random: () => 0.5, secret },
    { reconnect: true, history: 0, ...wish, name, room: rooms[0] ?? 'lobby' },
    remembered === null ? undefined : (JSON.parse(remembered) as Remembered),
  )
  const chat = chatOver(client, name, rooms, { reach: NO_NETWORK, host: 'nowhere' })
  const events: ChatEvent[] = []
  /** How the stream of events ended; null: it has not. */
  let end: unknown = null
  chat.event$.subscribe({
    next: event => events.push(event),
    error: error => {
      end = error
    },
    complete: () => {
      end = 'complete'
    },
  })
  onTestFinished(() => chat.close())
  return {
    ...{ chat, dialer, events },
    room: chat.room(),
    end: () => end,
    /** The messages it got, past and new; replayed ones begin with `-`. */
    said: (room = 'lobby') =>
      events.flatMap(event =>
        event.type === 'said' && event.room === room
          ? [`${event.replayed ? '-' : ''}${event.from}: ${event.text}`]
          : [],
      ),
  }
}

/** Nothing is uploaded in memory. */
const NO_NETWORK: Reach = (_, failed) => {
  failed('lost', 'there is no network')
  return () => {}
}
