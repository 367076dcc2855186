// The journal's port over a socket, as workers have it: it keeps the port's promises, and ends with the other process.
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { memoryJournal } from '../../src/journal/memory.ts'
import { FrameReader, frameOf } from '../../src/journal/remote/frames.ts'
import { remoteJournal } from '../../src/journal/remote/journal.ts'
import { JournalServer } from '../../src/journal/remote/serve.ts'
import { FRAME_MAX_BYTES, REMOTE_PAGE_ENTRIES } from '../../src/model/limits.ts'
import type { Journal } from '../../src/port/journal.ts'
import { cast } from '../helpers/cast.ts'
import { entriesIn } from '../helpers/recorded.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { draft, journalContract } from './contract.ts'

/** Two ends of a Unix socket. */
async function pair(): Promise<readonly [Socket, Socket]> {
  const path = join(temporaryFolder(), 'socket')
  const server = createServer()
  await new Promise<void>(resolve => server.listen(path, resolve))
  const near = new Promise<Socket>(resolve => server.once('connection', resolve))
  const far = connect(path)
  const sockets = [await near, far] as const
  server.close()
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
  })
  return sockets
}

let epochs = 0

async function served(inner: Journal = memoryJournal(`epoch ${++epochs}`)) {
  const server = new JournalServer(inner)
  onTestFinished(() => server.close())
  const worker = async () => {
    const [near, far] = await pair()
    const gone = Promise.withResolvers<void>()
    server.serve(near, gone.resolve)
    let isLost = false
    const journal = await remoteJournal(far, () => {
      isLost = true
    })
    return { journal, near, far, gone: gone.promise, isLost: () => isLost }
  }
  return { inner, server, worker }
}

journalContract('a socket to the journal', async () => (await (await served()).worker()).journal)

test('every worker hears what any of them appends, in one order [R14]', async () => {
  const { inner, worker } = await served()
  const workers = [await worker(), await worker()]
  const heard = workers.map(() => [] as string[])
  for (const [k, { journal }] of workers.entries()) {
    journal.committed$.subscribe(entries => heard[k]?.push(...entries.map(({ input }) => input.id)))
  }
  await Promise.all(
    cast.flatMap(name => workers.map(({ journal }, k) => journal.append([draft(`${name} ${k}`, name)]))),
  )
  // An append that resolves tells that its worker has heard everything up to it.
  for (const { journal } of workers) await journal.append([draft('last')])
  const all = (await entriesIn(inner)).map(({ input }) => input.id)
  expect(heard[1]).toEqual(all)
  expect(heard[0]).toEqual(all.slice(0, heard[0]?.length))
})

test('a failure comes back as it is, and the next append goes on', async () => {
  const inner = { ...memoryJournal('epoch'), append: () => Promise.reject(new Error('the disk is full')) }
  const { worker } = await served(inner)
  const { journal } = await worker()
  await expect(journal.append([draft('a')])).rejects.toThrow('the disk is full')
  await expect(journal.append([draft('b')])).rejects.toThrow('the disk is full')
})

test('when a worker dies, all that it had sent is in the journal before that is known', async () => {
  const { inner, worker } = await served()
  const { far, gone } = await worker()
  for (const [k, name] of cast.entries()) far.write(frameOf({ k, do: 'append', drafts: [draft(name, name)] }))
  far.destroySoon()
  await gone
  await inner.append([draft('after')])
  expect((await entriesIn(inner)).map(({ input }) => input.id)).toEqual([...cast, 'after'])
})

test('when the process with the journal dies, the worker is told', async () => {
  const { worker } = await served()
  const { journal, near, isLost } = await worker()
  const completed = new Promise<void>(resolve => journal.committed$.subscribe({ complete: resolve }))
  near.destroy()
  await completed
  expect(isLost()).toBe(true)
})

test('a long journal comes in pages', async () => {
  const { inner, worker } = await served()
  const count = 2 * REMOTE_PAGE_ENTRIES + 1
  await inner.append(Array.from({ length: count }, (_, k) => draft(`${k}`)))
  const { journal } = await worker()
  const pages: number[] = []
  for await (const entries of journal.read(0)) pages.push(entries.length)
  expect(pages).toEqual([REMOTE_PAGE_ENTRIES, REMOTE_PAGE_ENTRIES, 1])
})

test('frames arrive whole, however they are cut', () => {
  const messages = [...cast, '', 'x'.repeat(70_000), { a: [1, null] }]
  const bytes = Buffer.concat(messages.map(frameOf))
  for (const size of [1, 2, 3, 5, 4096, bytes.length]) {
    const reader = new FrameReader()
    const read: unknown[] = []
    for (let at = 0; at < bytes.length; at += size) read.push(...reader.push(bytes.subarray(at, at + size)))
    expect(read).toEqual(messages)
  }
})

test('a frame that is too long is refused at both ends', () => {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(FRAME_MAX_BYTES + 1)
  expect(() => [...new FrameReader().push(head)]).toThrow('a frame of')
  expect(() => frameOf('x'.repeat(FRAME_MAX_BYTES))).toThrow('a frame has')
})
