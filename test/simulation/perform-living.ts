/** People's acts on existing messages: edit, answer, react to and pin them, mostly with the right to it. */
import type { Person } from './actors/person.ts'
import type { Act, LivingKind } from './acts.ts'
import type { Item } from './item.ts'
import { keyOf } from './keys.ts'
import type { Random } from './random.ts'
import type { World } from './world.ts'

const EMOJI = ['👍', '🎉', '❤️']

export function performLiving(kind: LivingKind, { i }: Act, world: World, who: Person, chance: Random): void {
  const text = `${keyOf(i, 0)} hi`
  switch (kind) {
    case 'edit': {
      const seq = pick(world, chance, ({ author }) => author === who.member || chance.chance(0.05))
      return seq === null ? undefined : who.ask({ type: 'edit', seq, text })
    }
    case 'edit the latest':
      return who.ask({ type: 'edit', seq: null, text })
    case 'react': {
      const seq = pick(world, chance, () => true)
      if (seq === null) return
      return who.ask({ type: 'react', seq, emoji: chance.pick(EMOJI), off: chance.chance(0.3) })
    }
    case 'pin': {
      const seq = pick(world, chance, ({ room }) => room !== null)
      return seq === null ? undefined : who.ask({ type: 'pin', seq, off: chance.chance(0.3) })
    }
    case 'answer': {
      const seq = pick(world, chance, ({ room }) => room !== null)
      const room = seq === null ? null : (world.truth.items.find(one => one.seq === seq)?.room ?? null)
      return seq === null || room === null ? undefined : who.ask({ type: 'say', room, text, reply: seq })
    }
    case 'send a file':
      return void send(world, who, chance, text)
    case 'change one together': {
      // Two of the same account, or author and keeper, at once.
      const seq = pick(world, chance, () => true)
      if (seq === null) return
      who.ask({ type: 'react', seq, emoji: EMOJI[0] ?? '', off: false })
      who.ask({ type: 'edit', seq, text })
      return who.ask({ type: 'delete', seq, room: 'lobby' })
    }
  }
}

/** Uploads, and then sends it in a message; or doesn't, or sends it twice. */
async function send(world: World, who: Person, chance: Random, text: string): Promise<void> {
  const { session } = who
  const origin = world.truth.state.sessions.get(session)?.origin
  const running = world.allRunning.find(({ process }) => process.origin === origin)
  const [room] = who.rooms
  if (!running || room === undefined) return
  const { files } = running.server.api
  const [size, times] = [chance.pick([10, 10, 1500, 3000, 5000]), chance.pick([0, 1, 1, 1, 2])]
  const received = await files.receive(session, bytes(size))
  if ('ok' in received) return
  const stored = await files.store(session, received, null)
  if (!stored.ok || who.session !== session) return
  world.story.count('files sent')
  for (let k = 0; k < times; k++) who.ask({ type: 'say', room, text: k === 0 ? text : 'again', file: stored.file.file })
}

async function* bytes(size: number): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(size)
}

/** One of the latest messages that fit; null: none does. */
function pick({ truth }: World, chance: Random, fits: (item: Item) => boolean): number | null {
  const messages = truth.items.filter(({ kind }) => kind === 'said' || kind === 'told').slice(-30)
  const some = messages.filter(fits)
  return some.length === 0 ? null : chance.pick(some).seq
}
