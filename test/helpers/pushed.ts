/** A push service in memory, for a whole server in virtual time: its requests, and its answers. */
import type { Push, PushFailure, PushSender } from '../../src/port/push-sender.ts'
import { native, object } from './actors.ts'
import type { Wire, World } from './world.ts'

export const ENDPOINT = 'https://push.example/endpoint-of-'

export function pushRecorder() {
  const sent: Push[] = []
  let answer = (_: Push): PushFailure | null => null
  const pushes: PushSender = {
    key: 'key of the server',
    forbids: ({ endpoint }) => (endpoint.startsWith('https://') ? null : 'its endpoint is wrong'),
    async send(push) {
      sent.push(push)
      return answer(push)
    },
    close() {},
  }
  return {
    pushes,
    sent,
    /** The pushes since the last call, by the last part of their endpoint. */
    news: () =>
      sent.splice(0).map(({ target, payload }) => [target.endpoint.slice(ENDPOINT.length), JSON.parse(payload)]),
    answers(next: typeof answer) {
      answer = next
    },
  }
}

/** A client of a new account; its next command has the number 2. */
export async function accountAt(world: World, name: string, hello: object = {}): Promise<Wire> {
  const wire = await native(world, name, hello)
  await wire.send(object({ type: 'register', password: 'a password of some length', n: 1 }))
  await world.clock.settle()
  wire.news()
  return wire
}

/** The client's browser wants to be notified. */
export async function subscribe(world: World, wire: Wire, device: string, preview = false): Promise<void> {
  const keys = { p256dh: 'key', auth: `auth-${device}` }
  await wire.send(object({ type: 'push', endpoint: `${ENDPOINT}${device}`, ...keys, preview }))
  await world.clock.settle()
}
