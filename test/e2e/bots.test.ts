/** The bots of docs/examples, run as a stranger would: under plain Node, by the name of the package, against the server. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { type Chat, type ChatServer, connect, createServer, type Said } from '../../src/index.ts'
import { Watched } from '../helpers/program.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const examples = join(root, 'docs', 'examples')

async function serve(): Promise<ChatServer> {
  const server = await createServer()
  onTestFinished(() => server.close())
  return server
}

function start(bot: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, [join(examples, bot), ...args], { stdio: 'pipe' })
  const errors = new Watched()
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.add(text))
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string)
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return { child, errors, ended }
}

/** A member that waits for events; earlier events count too. */
async function person(server: ChatServer, name: string) {
  const chat: Chat = connect(server.address, { name })
  onTestFinished(() => chat.close())
  const [here, said, told] = [new Watched(), new Watched(), new Watched()]
  const line = ({ from, text }: Pick<Said, 'from' | 'text'>): string => `${from}: ${text}\n`
  chat.room().members$.subscribe(members => here.add(`${members.map(member => member.name).join(' ')}\n`))
  chat.event$.subscribe(event => {
    if (event.type === 'said') said.add(`#${event.room} ${line(event)}`)
  })
  chat.told$.subscribe(event => told.add(line(event)))
  await chat.online()
  return { chat, here, said, told }
}

test('dice: rolls where it is asked to, and it is the bot of the README in ten lines', async () => {
  const server = await serve()
  const ann = await person(server, 'ann')
  const dice = start('dice.ts', server.address)
  await ann.here.has(/\bdice\b/)
  await ann.chat.room().say('!roll')
  await ann.said.has(/^#lobby dice: ann rolls [1-6]$/m)
  await server.kick('dice')
  expect(await dice.ended).toBe(1)
  expect(dice.errors.text).toContain('You have been kicked out by Host.')

  const source = readFileSync(join(examples, 'dice.ts'), 'utf8')
  expect(source.trimEnd().split('\n').length).toBeLessThanOrEqual(10)
  expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(`\`\`\`ts\n${source}\`\`\``)
})

test('greeter: greets new members, answers direct messages, and says goodbye', async () => {
  const server = await serve()
  const ann = await person(server, 'ann')
  const greeter = start('greeter.ts', server.address)
  await ann.here.has(/\bgreeter\b/)
  await person(server, 'bob')
  await ann.said.has('#lobby greeter: Welcome to #lobby, bob.\n')
  await ann.chat.room('ops').join()
  await ann.said.has('#ops greeter: Welcome to #ops, ann.\n')
  await ann.chat.tell('greeter', 'where to?')
  await ann.told.has('greeter: There is talk in #lobby, #ops.\n')
  expect(ann.said.text).not.toContain('greeter.\n')
  greeter.child.kill('SIGTERM')
  expect(await greeter.ended).toBe(0)
  expect(greeter.errors.text).toBe('')
  expect(server.members()).toEqual(['ann', 'bob'])
})

test('[M5] logbook: each message is written once, also if the bot is killed and started again', async () => {
  const server = await serve()
  const file = join(temporaryFolder(), 'log.ndjson')
  const ann = await person(server, 'ann')
  const texts: string[] = []
  const say = async (text: string) => {
    texts.push(text)
    await ann.chat.room().say(text)
  }
  for (const [k, signal] of (['SIGTERM', 'SIGKILL', 'SIGKILL', 'SIGTERM'] as const).entries()) {
    await say(`before start ${k}`)
    const bot = start('logbook.ts', server.address, file)
    await ann.here.has(new RegExp(`(\\blogbook\\b[^]*){${k + 1}}`))
    await say(`while it runs, ${k}`)
    bot.child.kill(signal)
    expect(await bot.ended).toBe(signal === 'SIGTERM' ? 0 : signal)
    // One that was killed keeps its place for the grace: its successor needs the name.
    if (server.members().includes('logbook')) await server.kick('logbook')
  }
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  expect(lines.map(line => (JSON.parse(line) as Said).text)).toEqual(texts)
})
