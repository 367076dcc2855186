/** A message that waits for a keeper survives a kill on real files, and is gone from them when it is dropped. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { filesIn } from '../helpers/files-in.ts'
import { ownerOf } from '../helpers/owner.ts'
import { eventually } from '../helpers/patience.ts'
import { type RunningServer, startServer } from '../helpers/program.ts'
import { dialLine, dialNative, type Wired } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const PASSWORD = 'a long sentence'
const [RELEASED, DROPPED] = ['Vielleicht Wohlgemuth', 'Vielleicht Unmut']

async function ask(wired: Wired, n: number, what: object): Promise<void> {
  wired.send(`${JSON.stringify({ ...what, n })}\n`)
  await wired.heard.has(new RegExp(`"n":${n}[,}]`))
}

/** The numbers of the messages that wait, by their texts. */
const heldIn = (text: string): ReadonlyMap<string, number> =>
  new Map(
    text
      .split('\n')
      .filter(one => one.startsWith('{"type":"held"'))
      .map(one => JSON.parse(one) as { readonly seq: number; readonly text: string })
      .map(({ seq, text: said }) => [said, seq]),
  )

const has = (directory: string, words: string): boolean =>
  filesIn(directory).some(file => readFileSync(file).includes(words))

async function founder(server: RunningServer): Promise<Wired> {
  const wired = await dialNative(server.port, 'Spider-Man')
  await ask(wired, 1, { type: 'register', password: PASSWORD })
  await ask(wired, 2, { type: 'join', room: 'ops' })
  await ask(wired, 3, { type: 'filter', is: 'words', pattern: 'vielleicht', action: 'hold', room: 'ops' })
  return wired
}

test.skipIf(process.platform !== 'linux')('[Z9] held messages survive a kill, to be released or dropped', async () => {
  const data = join(temporaryFolder(), 'data')
  const server = await startServer('--data', data)
  const keeper = await founder(server)
  const author = await dialNative(server.port, 'ЗОЯ', { room: 'ops' })
  await ask(author, 1, { type: 'say', room: 'ops', text: RELEASED })
  await ask(author, 2, { type: 'say', room: 'ops', text: DROPPED })
  await keeper.heard.has(DROPPED)
  const held = heldIn(keeper.heard.text)
  process.kill(ownerOf(server), 'SIGKILL')
  await server.ended

  const again = await startServer('--data', data)
  const back = await dialNative(again.port, 'Spider-Man', { account: { password: PASSWORD } })
  const reader = await dialLine(again.port, '田中')
  reader.send('/join ops\n')
  await reader.heard.has('In #ops')
  await ask(back, 1, { type: 'list', what: 'held', room: 'ops' })
  for (const text of [RELEASED, DROPPED]) expect(back.heard.text).toContain(text)
  await ask(back, 2, { type: 'drop', seq: held.get(DROPPED) })
  await ask(back, 3, { type: 'release', seq: held.get(RELEASED) })
  await reader.heard.has(`ЗОЯ > ${RELEASED}`)
  expect(reader.heard.text).not.toContain(DROPPED)
  await eventually(
    'the dropped text to be gone',
    () => has(data, DROPPED),
    isThere => !isThere,
  )
  expect(has(data, RELEASED)).toBe(true)
  again.type('EXIT')
  expect(await again.ended).toBe(0)
})
