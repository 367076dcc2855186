/** The contract of the history port for messages that change, run on each implementation. */
import { describe, expect, onTestFinished, test } from 'vitest'
import { REACTION_KINDS_MAX } from '../../src/model/limits.ts'
import type { FileRef } from '../../src/model/message/file.ts'
import { eraseTexts, type Kept, play, Story } from '../helpers/living.ts'

const EVERYTHING = { before: Number.MAX_SAFE_INTEGER }
const PNG: FileRef = { id: 'f1', kind: 'image/png', size: 9, width: 3, height: 2 }

/** `open` gives both, empty. */
export function livingContract(name: string, open: () => Kept): void {
  function opened() {
    const kept = open()
    const { journal, history } = kept
    onTestFinished(() => journal.close())
    const story = new Story()
    const say = (text: string, { from = 'Spider-Man', ...where }: Partial<Parameters<Story['say']>[1]> = {}) =>
      play(kept, story.say(text, { from, ...where }))
    async function edit(target: number, text: string, mentions: readonly string[] = []): Promise<void> {
      const seq = await play(kept, story.edit(target, text, 'Spider-Man'))
      await eraseTexts(kept, target)
      await play(kept, story.showEdit(target, seq, 'Spider-Man', mentions))
    }
    const react = (target: number, emoji: string, from: string, off = false) =>
      play(kept, story.react(target, emoji, from, off))
    async function remove(target: number): Promise<void> {
      await eraseTexts(kept, target)
      await play(kept, story.remove(target, 'Spider-Man'))
    }
    const find = async (words: string) => {
      const sight = { rooms: 'all', member: '田中' } as const
      return (await history.search(words, sight, EVERYTHING.before, 9)).messages.map(({ seq }) => seq)
    }
    return { kept, story, journal, history, say, edit, react, remove, find }
  }

  async function live() {
    const all = opened()
    let [seq, size] = [0, 0]
    const grow = {
      async begin(title: string): Promise<number> {
        seq = await all.say(title, { live: true })
        return seq
      },
      async add(bytes: Uint8Array): Promise<number> {
        const place = await play(all.kept, all.story.grow(seq, size, bytes, 'Spider-Man'))
        size += bytes.length
        return place
      },
      end: (tail: string): Promise<number> => play(all.kept, all.story.finish(seq, size, tail, 'Spider-Man')),
    }
    return { ...all, grow }
  }

  describe(`${name}, of messages that change`, () => {
    test('[L5] shows an edited message with its new text, its time, and its mentions now', async () => {
      const { history, say, edit } = opened()
      const seq = await say('first words', { mentions: ['田中'] })
      await say('between')
      const { version } = history
      await edit(seq, 'second 🦊', ['a|b'])
      expect(history.version).not.toBe(version)
      const edited = { seq, text: 'second 🦊', edited: 4000, mentions: ['a|b'], at: 1000 }
      expect(history.find(seq)).toMatchObject(edited)
      expect(history.page({ room: 'lobby' }, EVERYTHING, 9).messages).toMatchObject([edited, { text: 'between' }])
      await edit(seq, 'third')
      expect(history.find(seq)).toMatchObject({ text: 'third', edited: 6000, mentions: [] })
      expect(history.latestBy('Spider-Man', 'lobby')?.text).toBe('between')
    })

    test('[LV1] has the output of a live message, to the byte, also while it grows', async () => {
      const { history, grow } = await live()
      const all = Uint8Array.from({ length: 700 }, (_, at) => at % 256)
      const seq = await grow.begin('build')
      expect(history.find(seq)?.live).toEqual({ size: 0, tail: '' })
      for (let at = 0; at < all.length; at += 100) await grow.add(all.subarray(at, at + 100))
      expect(history.output(seq, 0, 1000)).toEqual({ offset: 0, size: 700, bytes: Buffer.from(all) })
      expect(history.output(seq, 150, 100).bytes).toEqual(Buffer.from(all.subarray(150, 250)))
      expect(history.output(seq, -30, 1000)).toMatchObject({ offset: 670, bytes: Buffer.from(all.subarray(670)) })
      expect(history.output(seq, 9000, 10)).toMatchObject({ offset: 700, bytes: Buffer.of() })
      await grow.end('the tail')
      const end = { size: 700, status: 2, ms: 500 }
      expect(history.find(seq)?.live).toMatchObject({ size: 700, end })
      expect(history.page({ room: 'lobby' }, EVERYTHING, 9).messages).toMatchObject([{ seq, live: { size: 700, end } }])
      expect(history.output(seq, 0, 1000).bytes).toEqual(Buffer.from(all))
      history.flush()
      expect(history.output(seq, 0, 1000).bytes).toEqual(Buffer.from(all))
      expect(history.count({ room: 'lobby' }, { after: 0 }, 100)).toBe(1)
    })

    test('[LV6] names the places of all that a live message has had, and has nothing of a deleted one', async () => {
      const { kept, history, remove, grow } = await live()
      const seq = await grow.begin('secret')
      const places = [seq]
      for (const text of ['one\n', 'two\n']) places.push(await grow.add(Buffer.from(text)))
      places.push(await grow.end('two'))
      expect([...history.textPlaces(seq)].sort((a, b) => a - b)).toEqual(places)
      expect([...(await history.editsBeyond(seq))].sort((a, b) => a - b)).toEqual(places.slice(1))
      await remove(seq)
      expect(history.find(seq)?.live).toBeUndefined()
      expect(history.output(seq, 0, 100).bytes).toHaveLength(0)
      const texts = await kept.journal.texts(places)
      expect([...texts.values()]).toEqual([])
    })

    test('[Y5] gives no output of a deleted message, also while a piece that met the deletion is still there', async () => {
      const { kept, story, history, grow } = await live()
      const seq = await grow.begin('make')
      await grow.add(Buffer.from('first\n'))
      expect(history.output(seq, 0, 99).bytes.toString()).toBe('first\n')
      await play(kept, story.remove(seq, 'Spider-Man'))
      expect(history.output(seq, 0, 99)).toMatchObject({ offset: 0, size: 0, bytes: Buffer.alloc(0) })
      expect(history.find(seq)).toMatchObject({ text: null })
      expect(history.find(seq)?.live).toBeUndefined()
    })

    test('[L2] finds an edited message by its new words, and never by the old ones', async () => {
      const { say, edit, find } = opened()
      const said = await say('apricot everywhere')
      const told = await say('banana for one', { to: '田中' })
      await edit(said, 'cherry everywhere')
      await edit(told, 'damson for one')
      expect([await find('apricot'), await find('banana')]).toEqual([[], []])
      expect([await find('cherry'), await find('damson'), await find('everywhere')]).toEqual([[said], [told], [said]])
      await edit(said, 'elderberry')
      expect([await find('cherry'), await find('everywhere'), await find('elderb')]).toEqual([[], [], [said]])
    })

    test('[L2] knows where the texts of a message are, edit after edit', async () => {
      const { kept, history, say, edit, remove, find } = opened()
      const seq = await say('one')
      expect(history.textPlaces(seq)).toEqual([seq])
      await edit(seq, 'two')
      expect(history.textPlaces(seq)).toEqual([seq, 2])
      await edit(seq, 'three')
      expect(history.textPlaces(seq)).toEqual([seq, 4])
      expect(history.textPlaces(99)).toEqual([99])
      expect(history.isDeleted(seq)).toBe(false)
      await eraseTexts(kept, seq)
      expect([history.isDeleted(seq), history.isDeleted(99)]).toEqual([false, false])
      await remove(seq)
      expect(history.isDeleted(seq)).toBe(true)
      expect(history.find(seq)).toMatchObject({ text: null })
      expect(await find('three')).toEqual([])
    })

    test('[L5] keeps reactions, each person once a kind, in the order in which they came', async () => {
      const { history, say, react } = opened()
      const seq = await say('hi')
      const other = await say('hi')
      await react(seq, '👍', 'مريم')
      await react(seq, '👍', 'مريم')
      await react(seq, '🦊', 'a|b')
      await react(seq, '👍', 'Ünal')
      await react(seq, '👍', 'مريم', true)
      const people = (...names: readonly string[]) => names.map(id => ({ id, name: id }))
      const reactions = [
        { emoji: '👍', people: people('Ünal') },
        { emoji: '🦊', people: people('a|b') },
      ]
      expect(history.find(seq)?.reactions).toEqual(reactions)
      expect(history.page({ room: 'lobby' }, EVERYTHING, 9).messages.map(one => one.reactions)).toEqual([
        reactions,
        undefined,
      ])
      await react(seq, '👍', 'Ünal', true)
      await react(seq, '🦊', 'a|b', true)
      await react(other, '🦊', 'a|b', true)
      expect(history.find(seq)).not.toHaveProperty('reactions')
      expect(history.find(other)).not.toHaveProperty('reactions')
    })

    test('[L5] ignores one kind of reactions too many', async () => {
      const { history, say, react } = opened()
      const seq = await say('hi')
      const kinds = Array.from({ length: REACTION_KINDS_MAX + 1 }, (_, k) => `:${k}:`)
      for (const kind of kinds) await react(seq, kind, 'a|b')
      const known = () => history.find(seq)?.reactions?.map(({ emoji }) => emoji)
      expect(known()).toEqual(kinds.slice(0, -1))
      await react(seq, kinds[0] ?? '', '田中')
      await react(seq, kinds.at(-1) ?? '', '田中')
      expect(known()).toEqual(kinds.slice(0, -1))
    })

    test('[L5] ignores what comes after a deletion, and takes what was before', async () => {
      const { history, say, edit, react, remove } = opened()
      const seq = await say('secret', { mentions: ['田中'] })
      await react(seq, '👍', 'a|b')
      await edit(seq, 'sesame', ['田中'])
      await remove(seq)
      const gone = { seq, text: null, mentions: [] }
      expect(history.find(seq)).toMatchObject(gone)
      expect(history.find(seq)).not.toHaveProperty('reactions')
      const shown = history.find(seq)
      await react(seq, '👍', 'a|b')
      await edit(seq, 'xyzzy')
      expect(history.find(seq)).toEqual(shown)
      expect(history.page({ room: 'lobby' }, EVERYTHING, 9).messages).toEqual([shown])
    })

    test('[L4] gives what a message answers, and its files with their names, which an edit keeps', async () => {
      const { history, say, edit, remove, find } = opened()
      const first = await say('look')
      const seq = await say('my cat', { reply: first, files: [PNG], names: ['Ünals Katze.png'] })
      const files = [{ ...PNG, name: 'Ünals Katze.png' }]
      expect(history.find(seq)).toMatchObject({ text: 'my cat', reply: first, files })
      expect(history.find(first)).not.toHaveProperty('reply')
      expect(await find('katze')).toEqual([seq])
      await edit(seq, 'my dog')
      expect(history.find(seq)).toMatchObject({ text: 'my dog', reply: first, files })
      expect([await find('katze'), await find('cat')]).toEqual([[seq], []])
      await remove(seq)
      expect(history.find(seq)).toMatchObject({ text: null, reply: first })
      expect(await find('katze')).toEqual([])
    })

    test('[I7] an edit makes nothing unread, but what it mentions counts, and what it mentions no more does not', async () => {
      const { history, say, edit, react, remove } = opened()
      const seq = await say('hi', { mentions: ['田中'] })
      await say('you', { mentions: ['田中'] })
      await say('psst', { to: '田中' })
      const unread = (reader: string, after = 0) => history.unread(reader, { room: 'lobby' }, { after }, 9)
      expect(unread('田中')).toEqual({ unread: 2, mentions: 2 })
      await edit(seq, 'hello', ['a|b'])
      await react(seq, '👍', '田中')
      expect(unread('田中')).toEqual({ unread: 2, mentions: 1 })
      expect(unread('a|b')).toEqual({ unread: 2, mentions: 1 })
      expect(unread('a|b', seq)).toEqual({ unread: 1, mentions: 0 })
      await edit(3, 'psst!')
      expect(history.unread('田中', { with: 'Spider-Man' }, { after: 0 }, 9)).toEqual({ unread: 1, mentions: 1 })
      expect(history.unread('a|b', { room: 'lobby' }, { after: 0 }, 9, ['Spider-Man']).unread).toBe(0)
      await remove(seq)
      expect(unread('a|b')).toEqual({ unread: 1, mentions: 0 })
      expect(history.count({ room: 'lobby' }, { after: 0 }, 9)).toBe(2)
    })

    test('[Y5] the latest message of a member, and the list of what it has written, know what is edited and what is gone', async () => {
      const { history, say, edit, remove } = opened()
      const first = await say('one')
      const second = await say('two')
      await edit(second, 'three')
      expect(history.latestBy('Spider-Man', 'lobby')).toMatchObject({ seq: second, text: 'three' })
      const written = async () =>
        (await history.writtenBy('Spider-Man', null, 9)).map(({ seq, isErased }) => [seq, isErased])
      expect(await written()).toEqual([
        [first, false],
        [second, false],
      ])
      await remove(second)
      expect(history.latestBy('Spider-Man', 'lobby')?.seq).toBe(first)
      expect(await written()).toEqual([
        [first, false],
        [second, true],
      ])
    })

    test('[Y5] shows a deleted message to nobody, also while the text of an edit that met the deletion is still there', async () => {
      const { kept, story, history, say, edit, find } = opened()
      const first = await say('one')
      const seq = await say('two', { mentions: ['田中'] })
      await edit(seq, 'three little 猫', ['田中'])
      await play(kept, story.remove(seq, 'Spider-Man'))
      expect(history.find(seq)).toMatchObject({ text: null })
      expect(history.page({ room: 'lobby' }, EVERYTHING, 9).messages).toMatchObject([{ text: 'one' }, { text: null }])
      expect(history.unread('田中', { room: 'lobby' }, { after: 0 }, 9)).toEqual({ unread: 1, mentions: 0 })
      expect(await find('three')).toEqual([])
      expect(history.latestBy('Spider-Man', 'lobby')?.seq).toBe(first)
    })

    test('[Y7] leads to the texts of edits that are later than what is forgotten', async () => {
      const { history, say, edit } = opened()
      const seqs = [await say('one'), await say('two'), await say('three')]
      await edit(1, 'four')
      await edit(3, 'five')
      expect(await history.editsBeyond(0)).toEqual([])
      expect(await history.editsBeyond(2)).toEqual([4])
      expect([...(await history.editsBeyond(3))].sort()).toEqual([4, 6])
      expect(await history.editsBeyond(4)).toEqual([6])
      expect(seqs).toEqual([1, 2, 3])
    })

    test('changes of messages that are not there are ignored', async () => {
      const { history, kept, say } = opened()
      const story = new Story()
      story.say('nobody has stored this', { from: 'a|b' })
      const seq = await say('hi')
      for (const scene of [story.react(1, '👍', 'a|b'), story.remove(1, 'a|b')]) {
        const events = scene.step.events.map(one => ({ ...one, event: { ...one.event, target: 77 } }))
        await play(kept, { ...scene, step: { ...scene.step, events: events as typeof scene.step.events } })
      }
      expect(history.page({ room: 'lobby' }, EVERYTHING, 9).messages).toMatchObject([{ seq, text: 'hi' }])
      expect(history.find(77)).toBeNull()
    })
  })
}
