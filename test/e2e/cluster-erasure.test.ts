/** A text is erased at real brokers while one of two real nodes is down (docs/cluster.md#erasure). */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { hasBroker, NO_BROKER, startBrokers } from '../helpers/broker.ts'
import { filesIn } from '../helpers/files-in.ts'
import { startServer } from '../helpers/program.ts'
import { dialNative, type Wired } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const ask = ({ send }: Wired, command: object): void => send(`${JSON.stringify(command)}\n`)

/** The files with these bytes. */
const filesWith = (words: string, folder: string): readonly string[] =>
  filesIn(folder).filter(file => readFileSync(file).includes(words))

test('[R14] [Y5] a text that was deleted while a node was down is on its disk no more when it takes clients', async ({
  skip,
}) => {
  if (!hasBroker()) return skip(NO_BROKER)
  const [broker] = await startBrokers(1)
  const [here, there] = [temporaryFolder(), temporaryFolder()]
  const start = (name: string, data: string) =>
    startServer('--nats', broker?.url ?? '', '--nats-replicas', '1', '--node', name, '--data', data)
  const [a, b] = [await start('a', here), await start('b', there)]
  const [author, reader] = [await dialNative(a.port, 'Spider-Man'), await dialNative(b.port, '李')]
  const words = 'the words of José'
  ask(author, { type: 'say', text: words, n: 1 })
  await author.heard.has('"type":"ok","n":1')
  await reader.heard.has(words)
  const seq = Number(/"type":"said","seq":(\d+)/.exec(reader.heard.text)?.[1])
  b.type('EXIT')
  expect(await b.ended).toBe(0)

  ask(author, { type: 'delete', seq, n: 2 })
  await author.heard.has('"type":"ok","n":2')
  expect(filesWith(words, here)).toEqual([])
  expect(filesWith(words, there)).not.toEqual([])

  const again = await start('b', there)
  expect(filesWith(words, there)).toEqual([])
  const late = await dialNative(again.port, 'late')
  ask(late, { type: 'history', n: 1 })
  await late.heard.has('"type":"history","n":1')
  expect(late.heard.text).toContain(`"seq":${seq}`)
  expect(late.heard.text).not.toContain(words)
})
