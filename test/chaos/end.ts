/** The end of a run: all trouble is over, so everything is answered and reaches everybody. */
import { MARKER } from './record.ts'
import { readTalk } from './talk.ts'
import { type Address, actor, type Talker } from './talker.ts'
import { until } from './until.ts'

/**
 * A last client sends one more message to each of the rooms, the lobby first. Resolves with all clients that got it.
 */
export async function endInPeace(
  address: Address,
  talkers: readonly Talker[],
  rooms: readonly ['lobby', ...(readonly string[])],
): Promise<readonly Talker[]> {
  const isWaiting = (one: Talker): boolean => one.waiting() > 0
  await until(
    'all is answered',
    () => !talkers.some(isWaiting),
    () => talkers.filter(isWaiting).map(({ name }) => name),
  )
  const marker = actor(MARKER, address, () => {})
  const [, ...others] = rooms
  for (const room of others) marker.join(room)
  await until('the marker is in all rooms', () => rooms.every(room => marker.ear.since.has(room)))
  for (const room of rooms) marker.say(`#${room}`, 0)
  const present = [...talkers, marker]
  const lacks = (one: Talker): boolean => !hasHeardTheEnd(one)
  await until(
    'all have heard the end',
    () => !present.some(lacks),
    () => present.filter(lacks).map(({ name }) => name),
  )
  return present
}

function hasHeardTheEnd({ ear }: Talker): boolean {
  const ended = ear.heard.slice(-1000).flatMap(one => {
    const isMarked = one.is === 'message' && readTalk(one.text)?.author === MARKER
    return isMarked ? [one.room] : []
  })
  return [...ear.since.keys()].every(room => room === null || ended.includes(room))
}

export const names = (kind: string, count: number): string[] =>
  Array.from({ length: count }, (_, k) => `${kind}-${k + 1}`)

export const counted = <T extends string>(all: readonly T[]): ReadonlyMap<T, number> =>
  new Map([...new Set(all)].sort().map(what => [what, all.filter(one => one === what).length]))
