/** Answers, edits, reactions, pins and files, as a program with the library has them. */
import { expect, onTestFinished, test } from 'vitest'
import { type ChatEvent, connect } from '../../src/index.ts'
import { openHosting } from '../helpers/hosting.ts'

test('a program answers, edits, reacts, pins and uploads, and hears of each', async () => {
  const { host } = await openHosting()
  const chat = connect(host, { name: 'Mr.Blue' })
  onTestFinished(async () => void (await chat.leave()))
  const events: ChatEvent[] = []
  chat.event$.subscribe(event => events.push(event))
  await chat.online()
  const room = chat.room()
  const { seq } = await room.say('lunch at noon?')
  const answer = await room.say('yes 🦊', { reply: seq })
  await room.edit(answer.seq, 'yes, at noon')
  await room.react(seq, ':tada:')
  await room.pin(seq)
  const file = await chat.upload('مريم.txt', 'one')
  await room.say('', { files: [file] })
  expect(events.filter(({ type }) => type !== 'entered' && type !== 'joined')).toMatchObject([
    { type: 'said', seq, reply: null, files: [] },
    { type: 'said', seq: answer.seq, reply: seq },
    { type: 'edited', target: answer.seq, text: 'yes, at noon' },
    { type: 'reacted', target: seq, emoji: '🎉' },
    { type: 'pinned', target: seq },
    { type: 'said', text: '', files: [{ id: file.id, name: 'مريم.txt', size: 3 }] },
  ])
  expect((await room.history()).messages).toMatchObject([
    { seq, reactions: [{ emoji: '🎉', ids: [expect.any(String)] }] },
    { seq: answer.seq, reply: seq, edited: expect.any(Number) },
    { files: [{ name: 'مريم.txt' }] },
  ])
  expect((await room.pins()).map(one => one.seq)).toEqual([seq])
  await room.unpin(seq)
  expect(await room.pins()).toEqual([])
  await expect(chat.upload('big', new Uint8Array(11_000_000))).rejects.toThrow()
})
