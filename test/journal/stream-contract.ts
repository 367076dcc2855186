/** The contract of a replicated log, run on each implementation. */
import { describe, expect, onTestFinished, test } from 'vitest'
import { batchOf, beatBytes, beatIn, draftsIn, inputsIn } from '../../src/journal/replicated/stream/messages.ts'
import type { LogPlace, Stream, StreamMessage } from '../../src/journal/replicated/stream/stream.ts'
import { cast } from '../helpers/cast.ts'
import { draft } from './contract.ts'

const beat = { node: 'one', run: 'r', address: null, version: '0.1.0', reads: 5, seq: 2, digest: null }

/** `open` gives a new log: a function that connects a node to it. */
export function streamContract(name: string, open: () => Promise<(node: string) => Promise<Stream>>): void {
  async function opened() {
    const connect = await open()
    return async (node: string) => {
      const stream = await connect(node)
      onTestFinished(() => stream.close())
      return stream
    }
  }

  /** Appends inputs with these ids, each with itself as the text. */
  const append = (stream: Stream, after: LogPlace, ...ids: readonly string[]) =>
    stream.append(
      batchOf(
        { run: 'run', k: 1, after },
        ids.map(id => draft(id, id)),
      ),
      after,
    )
  const shown = ({ kind, node, data }: StreamMessage): string =>
    `${node} ${kind} ${kind === 'inputs' ? inputsIn(data).inputs.map(({ id }) => id) : Buffer.from(data)}`
  const all = async (stream: Stream) => (await stream.read(0, 1000)).messages

  describe(`${name}, as a replicated log`, () => {
    test('a batch is stored whole: its texts, then its inputs, without a gap', async () => {
      const one = await (await opened())('one')
      const stored = await append(one, 0, ...cast)
      const messages = await all(one)
      expect(messages.map(shown)).toEqual([...cast.map(text => `one text ${text}`), `one inputs ${cast}`])
      const last = messages.at(-1) as StreamMessage
      expect(stored).toEqual({ type: 'stored', place: last.place })
      expect(messages.map(({ place }) => place)).toEqual(messages.map((_, k) => last.place - messages.length + 1 + k))
      const texts = messages.slice(0, -1).map(({ data }) => Buffer.from(data).toString())
      expect(draftsIn(inputsIn(last.data), number => texts[number] ?? null)).toEqual(cast.map(id => draft(id, id)))
    })

    test('a node appends after its own last inputs only, regardless of others', async () => {
      const connect = await opened()
      const [one, two] = [await connect('one'), await connect('two')]
      const first = await append(one, 0, 'a')
      const place = first.type === 'stored' ? first.place : 0
      expect((await append(two, 0, 'b')).type).toBe('stored')
      expect(await append(one, 0, 'c')).toEqual({ type: 'refused' })
      expect(await append(two, place, 'c', 'd')).toEqual({ type: 'refused' })
      expect((await append(one, place, 'e')).type).toBe('stored')
      expect((await all(two)).map(shown).filter(line => line.includes('inputs'))).toEqual([
        'one inputs a',
        'two inputs b',
        'one inputs e',
      ])
    })

    test('every node hears what any of them stores', async () => {
      const connect = await opened()
      const streams = [await connect('one'), await connect('two')]
      const heard = streams.map(stream => {
        const messages: StreamMessage[] = []
        const last = Promise.withResolvers<void>()
        stream.heard$.subscribe(message => {
          messages.push(message)
          if (message.kind === 'beat') last.resolve()
        })
        return { messages, last: last.promise }
      })
      for (const stream of streams) await append(stream, 0, 'Spider-Man', 'a|b')
      const place = await streams[0]?.beat(beatBytes(beat))
      for (const { messages, last } of heard) {
        await last
        expect(messages.at(-1)?.place).toBe(place)
        expect(messages.map(shown)).toEqual((await all(streams[0] as Stream)).map(shown))
        expect(beatIn(messages.at(-1)?.data ?? Buffer.from('null'))).toEqual(beat)
      }
    })

    test('it is read in pages', async () => {
      const one = await (await opened())('one')
      await append(one, 0, ...cast)
      const read: StreamMessage[] = []
      for (let after = 0; ; ) {
        const { messages, upTo } = await one.read(after, 2)
        expect(messages.length).toBeLessThanOrEqual(2)
        if (messages.length === 0) break
        read.push(...messages)
        expect(upTo).toBe(messages.at(-1)?.place)
        after = upTo
      }
      expect(read).toEqual(await all(one))
      expect(await one.end()).toBe(read.at(-1)?.place)
    })

    test('the last inputs of a node are found', async () => {
      const connect = await opened()
      const [one, two] = [await connect('one'), await connect('two')]
      expect(await one.last('one')).toBeNull()
      await append(one, 0, 'a')
      await append(two, 0, 'b')
      expect([await two.last('one'), await two.last('two')].map(found => found && shown(found))).toEqual([
        'one inputs a',
        'two inputs b',
      ])
    })

    test('an erased text is gone, and the rest stays where it is', async () => {
      const one = await (await opened())('one')
      await append(one, 0, 'a', 'b', 'c')
      const before = await all(one)
      await one.erase([before[1]?.place ?? 0])
      await one.erase([before[1]?.place ?? 0])
      expect(await all(one)).toEqual(before.filter((_, k) => k !== 1))
    })

    test('purged messages are gone', async () => {
      const one = await (await opened())('one')
      await append(one, 0, 'a', 'b')
      const [first] = await all(one)
      await one.purge(first?.place ?? 0)
      const page = await one.read(0, 10)
      expect(page.messages.map(shown)).toEqual(['one text b', 'one inputs a,b'])
    })

    test('signals come to those who listen, and are not stored', async () => {
      const connect = await opened()
      const [one, two] = [await connect('one'), await connect('two')]
      const heard = new Promise<{ readonly node: string; readonly data: Uint8Array }>(resolve =>
        two.signals$.subscribe(resolve),
      )
      one.signal(Buffer.from('李 writes'))
      const { node, data } = await heard
      expect([node, Buffer.from(data).toString()]).toEqual(['one', '李 writes'])
      expect(await all(one)).toEqual([])
    })

    test('marks and states are shared', async () => {
      const connect = await opened()
      const [one, two] = [await connect('one'), await connect('two')]
      expect([await two.marks(), await two.states.list(), await two.states.get('12')]).toEqual([new Map(), [], null])
      await one.mark(7, 'Error: 李')
      const big = 'x'.repeat(300_000)
      await one.states.put('12', pieces(big, 'the end'))
      expect(await two.marks()).toEqual(new Map([[7, 'Error: 李']]))
      expect(await two.states.list()).toEqual(['12'])
      expect(await text(await two.states.get('12'))).toBe(`${big}the end`)
      await two.states.put('12', pieces('again'))
      expect(await text(await one.states.get('12'))).toBe('again')
      await one.states.delete('12')
      expect([await two.states.list(), await two.states.get('12')]).toEqual([[], null])
    })

    test('all nodes know the log by the same name', async () => {
      const connect = await opened()
      const [one, two] = [await connect('one'), await connect('two')]
      expect(one.epoch).not.toBe('')
      expect(two.epoch).toBe(one.epoch)
    })
  })
}

async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}

async function text(content: AsyncIterable<Uint8Array> | null): Promise<string> {
  const read: Uint8Array[] = []
  for await (const piece of content ?? []) read.push(piece)
  return Buffer.concat(read).toString()
}
