// The life of a file: with its message, over restarts, full disks and on several servers (docs/spec.md, FI1, FI2).
import { describe, expect, test } from 'vitest'
import { memoryBlobs } from '../../../src/journal/blobs/memory.ts'
import { sharedBlobs } from '../../../src/journal/blobs/shared.ts'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { ERASURE_RETRY_MS, ORPHAN_MS, UPLOAD_MS } from '../../../src/model/limits.ts'
import type { Blobs } from '../../../src/port/blobs.ts'
import type { Journal } from '../../../src/port/journal.ts'
import type { Options } from '../../../src/server/server.ts'
import { cluster } from '../../helpers/cluster.ts'
import { filtered, hosted } from '../../helpers/keeping.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { troubledJournal } from '../../helpers/troubled-journal.ts'
import type { Wire, World } from '../../helpers/world.ts'
import { inPieces } from '../../journal/blobs-contract.ts'
import * as make from '../../pictures/makers.ts'
import { codesIn, person } from '../messages/living.ts'

/** A store that fails when a test says so. */
function troubledBlobs() {
  const inner = memoryBlobs()
  const trouble = { isFull: false, isStuck: false }
  const blobs: Blobs = {
    ...inner,
    async put(content, most) {
      const stored = await inner.put(content, most)
      if (!trouble.isFull) return stored
      await inner.erase(stored?.hash ?? '')
      throw new Error('the disk is full')
    },
    async erase(hash) {
      if (trouble.isStuck) throw new Error('the disk is broken')
      await inner.erase(hash)
    },
  }
  return { blobs, trouble }
}

/** A journal that the next server opens again. */
const lasting = () => ({ ...memoryJournal('epoch'), close: async () => {} })

async function scene(options: Options = {}, journal: Journal = memoryJournal('epoch')) {
  const { blobs, trouble } = troubledBlobs()
  const world = await openWorld({ rate: null, ...options }, journal, { blobs })
  return { world, blobs, trouble, journal, spider: await person(world, 'Spider-Man') }
}

const tokenOf = (wire: Wire): unknown => wire.objects().find(({ type }) => type === 'welcome')?.['token']

/** The outcome, with as much time as it takes. */
async function upload({ server, clock }: World, wire: Wire, content: string | Uint8Array = 'content') {
  const session = server.api.uploaderOf(`Session ${tokenOf(wire)}`) ?? expect.fail('no session')
  const { files } = server.api
  async function all() {
    const received = await files.receive(session, inPieces(Buffer.from(content as string)))
    return 'ok' in received ? received : files.store(session, received, null)
  }
  const outcome = all()
  for (let round = 0; round < 20; round++) await clock.settle()
  await clock.advance(10)
  return outcome
}

async function uploaded(
  world: World,
  wire: Wire,
  content?: string | Uint8Array,
): Promise<{ id: string; name: string }> {
  const outcome = await upload(world, wire, content)
  if (!outcome.ok) expect.fail(outcome.code)
  return { id: outcome.file.file, name: 'a|b.png' }
}

const read = async ({ server }: World, id: string): Promise<string | null> => {
  const stored = server.api.files.find(id)
  const content = stored && (await server.api.files.read(stored))
  if (!content) return null
  const pieces: Uint8Array[] = []
  for await (const piece of content.pieces) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

describe('a file', () => {
  test('[FI2] is there as long as its message, and its bytes are gone before the deletion is acknowledged', async () => {
    const { world, blobs, spider } = await scene()
    const file = await uploaded(world, spider.wire)
    const seq = await spider.says('look', { files: [file] })
    expect(await read(world, file.id)).toBe('content')
    const left: number[] = []
    world.server.outbound$.subscribe(async ({ events }) => {
      if (events.some(({ event }) => event.type === 'deleted')) left.push((await blobs.list()).length)
    })
    await spider.asks({ type: 'delete', seq })
    await world.clock.settle()
    expect([left, await read(world, file.id), await blobs.list()]).toEqual([[0], null, []])
    expect([world.state().files.size, world.state().doomed.size]).toEqual([0, 0])
  })

  test('[FI2] that no message names goes after an hour, and one that a message names does not', async () => {
    const { world, blobs, spider } = await scene()
    const [kept, other] = [await uploaded(world, spider.wire, 'kept'), await uploaded(world, spider.wire, 'other')]
    await spider.says('', { files: [kept] })
    await world.clock.advance(UPLOAD_MS - 60_000)
    expect(await read(world, other.id)).toBe('other')
    await world.clock.advance(120_000)
    expect([await read(world, kept.id), await read(world, other.id)]).toEqual(['kept', null])
    expect(await blobs.list()).toHaveLength(1)
  })

  test('[FI2] goes with its account, with a purge, and when its message is too old to be kept', async () => {
    const { world, blobs, spider } = await scene({ keep: { age: 86_400_000 } })
    await spider.asks({ type: 'register', password: 'with great power' })
    await spider.says('one', { files: [await uploaded(world, spider.wire)] })
    const blue = await person(world, 'Mr.Blue')
    await blue.says('two', { files: [await uploaded(world, blue.wire)] })
    const unal = await person(world, 'Ünal')
    await unal.says('three', { files: [await uploaded(world, unal.wire)] })
    expect(await blobs.list()).toHaveLength(3)
    expect(world.server.accounts.remove('Spider-Man', true, () => {})).toBeNull()
    await world.clock.advance(1000)
    expect(await blobs.list()).toHaveLength(2)
    await hosted(world, { type: 'purge', who: 'Mr.Blue', for: 3600 })
    await world.clock.advance(1000)
    expect(await blobs.list()).toHaveLength(1)
    await world.clock.advance(3 * 86_400_000)
    await (await person(world, 'a_b')).says('later')
    await world.clock.advance(2 * 3_600_000)
    expect([await blobs.list(), world.state().files.size]).toEqual([[], 0])
  })

  test('[FI2] that is the picture of an account goes with the next one, and with the account', async () => {
    const { world, blobs, spider } = await scene()
    await spider.asks({ type: 'register', password: 'with great power' })
    const heic = make.heif('heic', [{ kind: 'hvc1', data: 'pixels' }])
    for (const unfit of ['no picture', heic]) {
      const { id } = await uploaded(world, spider.wire, unfit)
      expect(await spider.asks({ type: 'picture', file: id })).toMatchObject([{ code: 'picture-unfit' }])
    }
    const [one, other] = [await uploaded(world, spider.wire, make.png()), await uploaded(world, spider.wire, make.JPEG)]
    expect(codesIn(await spider.asks({ type: 'picture', file: one.id }))).toContain('ok')
    expect(codesIn(await spider.asks({ type: 'picture', file: other.id }))).toContain('ok')
    await world.clock.advance(1000)
    expect([await blobs.list(), await read(world, one.id)]).toMatchObject([{ length: 3 }, null])
    expect(world.server.accounts.remove('Spider-Man', false, () => {})).toBeNull()
    await world.clock.advance(UPLOAD_MS + 60_000)
    expect([await blobs.list(), world.state().files.size]).toEqual([[], 0])
  })

  test('[FI2] of a message that is held goes when it is dropped, and with its account; released, with its message', async () => {
    const { world, blobs, spider } = await scene()
    await spider.asks({ type: 'register', password: 'with great power' })
    await filtered(world, 'look', 'hold')
    const holds = async (): Promise<number> => {
      const file = await uploaded(world, spider.wire)
      await spider.asks({ type: 'say', text: 'look', files: [file] })
      return [...world.state().held.keys()].at(-1) ?? expect.fail('nothing is held')
    }
    await hosted(world, { type: 'drop', seq: await holds() })
    await world.clock.advance(1000)
    expect(await blobs.list()).toEqual([])
    await hosted(world, { type: 'release', seq: await holds() })
    await world.clock.advance(1000)
    const [{ message } = { message: null }] = [...world.state().files.values()]
    expect(await blobs.list()).toHaveLength(1)
    await hosted(world, { type: 'delete', seq: Number(message), room: 'lobby' })
    await world.clock.advance(1000)
    expect(await blobs.list()).toEqual([])
    await holds()
    expect(world.server.accounts.remove('Spider-Man', true, () => {})).toBeNull()
    await world.clock.advance(1000)
    expect([await blobs.list(), world.state().files.size]).toEqual([[], 0])
  })

  test('[FI2] stays until it can be erased, over a restart too', async () => {
    const journal = lasting()
    const { world, blobs, trouble, spider } = await scene({}, journal)
    const file = await uploaded(world, spider.wire)
    const seq = await spider.says('look', { files: [file] })
    trouble.isStuck = true
    expect(await spider.asks({ type: 'delete', seq })).toMatchObject([{ type: 'rejected', code: 'storage' }])
    await uploaded(world, spider.wire)
    await world.clock.advance(UPLOAD_MS + 1000)
    expect(world.state().doomed.size).toBe(1)
    await world.clock.advance(2 * ERASURE_RETRY_MS)
    expect(await blobs.list()).toHaveLength(2)
    world.troubles.splice(0)
    await world.close()
    trouble.isStuck = false
    const again = await openWorld({}, journal, { blobs }, world.clock)
    await again.clock.settle()
    expect(again.state().doomed.size).toBe(0)
    expect([await blobs.list(), await read(again, file.id)]).toMatchObject([{ length: 1 }, 'content'])
  })

  test('[FI2] whose input was never stored goes at the next start', async () => {
    const journal = lasting()
    const { world, blobs, spider } = await scene({}, journal)
    const file = await uploaded(world, spider.wire)
    await spider.says('look', { files: [file] })
    await blobs.put(inPieces(Buffer.from('of a crash')), 100)
    await world.close()
    expect(await blobs.list()).toHaveLength(2)
    const again = await openWorld({}, journal, { blobs }, world.clock)
    expect([await blobs.list(), await read(again, file.id)]).toMatchObject([{ length: 1 }, 'content'])
  })
})

describe('an upload', () => {
  test('[FI1] that cannot be stored leaves nothing, and says so', async () => {
    const journal = troubledJournal()
    const { world, blobs, trouble, spider } = await scene({}, journal)
    trouble.isFull = true
    expect(await upload(world, spider.wire)).toMatchObject({ ok: false, code: 'storage' })
    trouble.isFull = false
    journal.full = true
    expect(await upload(world, spider.wire)).toMatchObject({ ok: false, code: 'storage' })
    journal.full = false
    expect([await blobs.list(), world.state().files.size]).toEqual([[], 0])
    world.troubles.splice(0)
    expect(await upload(world, spider.wire)).toMatchObject({ ok: true })
  })

  test('[FI1] is of one member: nobody else attaches it, and its uploader once', async () => {
    const { world, spider } = await scene()
    const mary = await person(world, 'مريم')
    const file = await uploaded(world, spider.wire)
    expect(await mary.asks({ type: 'say', text: 'mine', files: [file] })).toMatchObject([{ code: 'file-unknown' }])
    await spider.says('mine', { files: [file] })
    expect(await spider.asks({ type: 'say', text: 'twice', files: [file] })).toMatchObject([{ code: 'file-unknown' }])
  })

  test('[FI1] of a muted one is refused', async () => {
    const { world, blobs, spider } = await scene()
    await hosted(world, { type: 'mute', who: 'Spider-Man', reason: null })
    expect(await upload(world, spider.wire)).toMatchObject({ ok: false, code: 'muted' })
    expect(await blobs.list()).toEqual([])
  })

  test('[FI1] goes beyond the quota on no server of several, and every server has it', async () => {
    const files = { most: 100, quota: 150 }
    const { node, clock } = cluster()
    const [north, south] = [await node('north', { files }), await node('south', { files })]
    const [spider, li] = [await person(north, 'Spider-Man'), await person(south, '李')]
    await clock.advance(1000)
    const outcomes = await Promise.all([
      upload(north, spider.wire, 'x'.repeat(90)),
      upload(south, li.wire, 'y'.repeat(90)),
    ])
    await clock.advance(1000)
    expect(outcomes.map(({ ok }) => ok).toSorted()).toEqual([false, true])
    const [[id] = ['']] = [...north.state().files.keys()].map(key => [key])
    expect([await read(north, id), await read(south, id)]).toEqual(Array(2).fill(expect.stringMatching(/^(x|y){90}$/)))
  })

  test('[FI2] that a node never named goes when no upload of another one can be it', async () => {
    const { node, clock, broker } = cluster()
    const store = sharedBlobs(broker.connect('gone').states, memoryBlobs())
    const lost = store.put(inPieces(Buffer.from('of a node that crashed')), 100)
    await clock.advance(1000)
    await lost
    const north = await node('north')
    const spider = await person(north, 'Spider-Man')
    const file = await uploaded(north, spider.wire)
    await spider.says('look', { files: [file] })
    const left = async (): Promise<number> => {
      const listed = store.list()
      await clock.advance(1000)
      return (await listed).length
    }
    expect(await left()).toBe(2)
    await clock.advance(ORPHAN_MS)
    expect([await left(), await read(north, file.id)]).toEqual([1, 'content'])
  })
})
