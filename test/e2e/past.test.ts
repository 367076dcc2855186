/** The past through the real programs: who looks it up, who comes later, who takes something back. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { launcherOf, type RunningServer, runClient, startClient, startServer } from '../helpers/program.ts'
import { dial, dialLine, dialNative, type Wired } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { KEYS, openTerminal } from '../helpers/terminal.ts'

type Heard = Record<string, unknown>
const objects = (lines: string): Heard[] =>
  lines
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Heard)
const textsOf = (lines: string): unknown[] =>
  objects(lines).flatMap(({ type, text }) => (type === 'said' ? [text] : []))
const readTimes = (line: string): string =>
  line.replace(/\[(\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\]/g, (_, day) => (day ? '[day, time]' : '[time]'))
const numbers = (count: number): string[] => Array.from({ length: count }, (_, k) => `number ${k}`)
const range = (from: number, to: number): string[] => numbers(to).slice(from)

/** Somebody who says it all, and stays when it is said. */
async function talker(server: RunningServer, name: string, texts: readonly string[]): Promise<Wired> {
  const wired = await dialNative(server.port, name)
  await says(wired, texts, 1)
  return wired
}

async function says(wired: Wired, texts: readonly string[], first: number): Promise<void> {
  wired.send(texts.map((text, k) => `${JSON.stringify({ type: 'say', n: first + k, text })}\n`).join(''))
  await wired.heard.has(`{"type":"ok","n":${first + texts.length - 1},`)
}

const seqOf = (wired: Wired, text: string): number => {
  const said = objects(wired.heard.text).find(one => one['text'] === text)
  return said?.['seq'] as number
}

describe('--search', () => {
  test('prints what was found, the latest last, with the day and the time, and leaves', async () => {
    const server = await startServer()
    await talker(server, 'alice', ['the deploy failed', 'lunch', 'deploy again: failed'])
    const found = await runClient([server.address, '--name', 'bob', '--search', 'deploy failed'], '')
    expect({ ...found, stdout: readTimes(found.stdout) }).toEqual({
      ...{ code: 0, stderr: '' },
      stdout: '[day, time] alice > the deploy failed\n[day, time] alice > deploy again: failed\n',
    })
  })

  test('with --json prints them as they were said, marked as replayed', async () => {
    const server = await startServer()
    const alice = await talker(server, 'alice', ['tea', 'coffee'])
    const { code, stdout } = await runClient([server.address, '--name', 'bob', '--json', '--search', 'TEA'], '')
    expect(code).toBe(0)
    const [said, ...more] = objects(stdout)
    const seq = seqOf(alice, 'tea')
    expect(said).toEqual({
      ...{
        type: 'said',
        seq,
        at: said?.['at'],
        id: expect.any(String),
        room: 'lobby',
        from: 'alice',
        text: 'tea',
        replayed: true,
      },
    })
    expect(more).toEqual([])
  })

  test('of what was never said prints nothing, and that is no failure', async () => {
    const server = await startServer()
    await talker(server, 'alice', ['tea'])
    const found = await runClient([server.address, '--name', 'bob', '--search', 'coffee'], '')
    expect(found).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test('of more than 200 prints the latest 200, and says that there are more', async () => {
    const server = await startServer('--rate', 'off')
    await talker(server, 'alice', numbers(205))
    const found = await runClient([server.address, '--name', 'bob', '--json', '--search', 'number'], '')
    expect(textsOf(found.stdout)).toEqual(range(5, 205))
    expect(found).toMatchObject({
      ...{ code: 0, stderr: 'rxchat: only the latest 200 results are shown. Add a word to narrow the search.\n' },
    })
  })
})

describe('--since', () => {
  test('an input prints what was said after it, and leaves at the end of the input', async () => {
    const server = await startServer()
    const alice = await talker(server, 'alice', ['one', 'two', 'three'])
    const since = ['--since', `${seqOf(alice, 'one')}`]
    const text = await runClient([server.address, '--name', 'bob', ...since], '')
    expect(text).toMatchObject({ code: 0, stderr: '' })
    const said = readTimes(text.stdout)
      .split('\n')
      .filter(line => line.startsWith('[time] alice'))
    expect(said).toEqual(['[time] alice > two', '[time] alice > three'])
    const json = await runClient([server.address, '--name', 'carol', '--json', ...since], '')
    expect(json).toMatchObject({ code: 0, stderr: '' })
    const replayed = objects(json.stdout).filter(({ type }) => type === 'said')
    expect(replayed).toMatchObject([
      { text: 'two', replayed: true },
      { text: 'three', replayed: true },
    ])
  })

  test('a time prints what was said since then', async () => {
    const server = await startServer()
    await talker(server, 'alice', ['one', 'two'])
    for (const [name, since, texts] of [
      ['bob', '1h', ['one', 'two']],
      ['carol', '2001-02-03', ['one', 'two']],
      ['dan', '9999-01-01T00:00:00Z', []],
    ] as const) {
      const { code, stdout } = await runClient([server.address, '--name', name, '--json', '--since', since], '')
      expect([code, textsOf(stdout)]).toEqual([0, texts])
    }
  })

  test('says what it is to say, and prints the past all the same', async () => {
    const server = await startServer()
    const alice = await talker(server, 'alice', ['before'])
    const { code, stdout } = await runClient(
      [server.address, '--name', 'bob', '--json', '--since', '0'],
      '{"type":"say","text":"after"}\n',
    )
    expect([code, textsOf(stdout)]).toEqual([0, ['before', 'after']])
    await alice.heard.has('"text":"after"')
  })

  test('is told whole before a goodbye that came with the input, of which others hear the reason', async () => {
    const server = await startServer('--rate', 'off')
    const alice = await talker(server, 'alice', numbers(450))
    const input = '{"type":"bye","reason":"seen it"}\n{"type":"say","text":"too late"}\n'
    const args = [server.address, '--name', 'bob', '--json', '--follow', '--since', '0']
    const { code, stdout } = await runClient(args, input)
    expect([code, textsOf(stdout)]).toEqual([0, numbers(450)])
    await alice.heard.has('"reason":"seen it"')
    expect(alice.heard.text).not.toContain('too late')
  })

  test('more than a page, while others go on: each once, in order, then what is new', async () => {
    const server = await startServer('--rate', 'off')
    const alice = await talker(server, 'alice', numbers(450))
    const ears = startClient(server.address, '--name', 'ears', '--json', '--follow', '--since', '0')
    for (let k = 450; k < 600; k += 10) await says(alice, range(k, k + 10), k + 1)
    await ears.out.has('"text":"number 599"')
    expect(textsOf(ears.out.text)).toEqual(numbers(600))
    await says(alice, ['news'], 601)
    await ears.out.has('"text":"news"')
    const said = objects(ears.out.text).filter(({ type }) => type === 'said')
    const isPast = said.map(({ replayed }) => replayed === true)
    expect(isPast.slice(0, 450).every(past => past)).toBe(true)
    expect(isPast.lastIndexOf(true)).toBe(isPast.indexOf(false) - 1)
    expect(isPast.at(-1)).toBe(false)
  })

  test('in a room that is named in another way prints each message once as well', async () => {
    const server = await startServer()
    const alice = await dial(server.port)
    alice.send('{"type":"hello","name":"alice","room":"ops"}\n{"type":"say","n":1,"room":"ops","text":"one"}\n')
    await alice.heard.has('"type":"ok"')
    const own = '{"type":"say","text":"two"}\n'
    const { code, stdout } = await runClient(
      [server.address, '--name', 'bob', '--room', '#OPS', '--json', '--since', '0'],
      own,
    )
    expect([code, textsOf(stdout)]).toEqual([0, ['one', 'two']])
  })

  test('gives a bot the past marked as replayed, then what is new', async () => {
    const server = await startServer()
    const alice = await talker(server, 'alice', ['before'])
    const bot = join(temporaryFolder(), 'bot.cjs')
    writeFileSync(
      bot,
      `require('node:readline').createInterface({ input: process.stdin }).on('line', line => {
        const { type, from, text, replayed = false } = JSON.parse(line)
        if (type !== 'said' || from !== 'alice') return
        console.log(JSON.stringify({ type: 'say', text: (replayed ? 'was said: ' : 'is said: ') + text }))
      })`,
    )
    startClient(server.address, '--name', 'bot', '--since', '1h', '--exec', `'${process.execPath}' '${bot}'`)
    await alice.heard.has('was said: before')
    await says(alice, ['now'], 2)
    await alice.heard.has('is said: now')
  })
})

describe('a person with nc', () => {
  test('gets what was said before with marks, asks for it, and takes something back', async () => {
    const server = await startServer()
    const alice = await talker(server, 'alice', ['one', 'two'])
    const [one, two] = [seqOf(alice, 'one'), seqOf(alice, 'two')]
    const dan = await dialLine(server.port, 'dan')
    const earlier = ['| Earlier:', `| ${one} [time] alice > one`, `| ${two} [time] alice > two`]
    await dan.heard.has(`| ${two} `)
    const marked = (): string[] => dan.heard.lines.filter(line => line.startsWith('| ')).map(readTimes)
    expect(marked()).toEqual(earlier)
    dan.send('/history 1\n/search ONE\n/search nothing\n')
    await dan.heard.has('Nothing found')
    expect(marked().slice(3)).toEqual([
      ...['| Earlier, and there is more:', `| ${two} [time] alice > two`],
      ...['| Found for "ONE":', `| ${one} [time] #lobby alice > one`, '| Nothing found for "nothing".'],
    ])
    dan.send('a slip\n/delete\n')
    await dan.heard.has('dan deleted message')
    await alice.heard.has('"type":"deleted"')
    dan.send(`/delete ${one}\n`)
    await dan.heard.has(`server > You did not write message ${one}, so only its author can delete it`)
  })
})

const python = spawnSync('python3', ['--version']).status === 0

describe.skipIf(!python)('a person at a terminal', () => {
  test('sees the last messages on coming, looks further, and takes something back', async () => {
    const server = await startServer()
    const alice = await talker(server, 'alice', ['one', 'two'])
    const [one, two] = [seqOf(alice, 'one'), seqOf(alice, 'two')]
    const bob = openTerminal([process.execPath, launcherOf('rxchat'), server.address, '--plain', '--name', 'bob'])
    const ends = (...last: string[]) =>
      bob.shows(last.join('\n'), lines => lines.slice(-last.length).map(readTimes).join('\n') === last.join('\n'))
    const both = [`| ${one} [time] alice > one`, `| ${two} [time] alice > two`]
    await ends('Room #lobby: alice, bob', '| Earlier:', ...both, 'bob >')
    bob.type(`/history 1${KEYS.enter}`)
    await ends('| Earlier, and there is more:', `| ${two} [time] alice > two`, 'bob >')
    bob.type(`/search one${KEYS.enter}`)
    await ends('| Found for "one":', `| ${one} [time] #lobby alice > one`, 'bob >')
    bob.type(`a slip${KEYS.enter}`)
    await ends('[time] bob > a slip', 'bob >')
    await alice.heard.has('a slip')
    const slip = seqOf(alice, 'a slip')
    bob.type(`/delete${KEYS.enter}`)
    await ends(`[time] [*] bob deleted message ${slip}.`, 'bob >')
    bob.type(`/history 1${KEYS.enter}`)
    await ends('| Earlier, and there is more:', `| ${slip} [time] bob > (deleted)`, 'bob >')
    bob.type(KEYS.ctrlD)
    expect(await bob.exit).toBe(0)
  })
})

describe('the host at a console', () => {
  test('of a pipe gets one answer for each look at the past, and the tombstone for a deletion', async () => {
    const server = await startServer()
    const alice = await talker(server, 'alice', ['one', 'two'])
    const [one, two] = [seqOf(alice, 'one'), seqOf(alice, 'two')]
    await server.out.has('alice > two')
    const before = server.out.lines.length
    server.type(`HISTORY\nSEARCH two\nHISTORY nowhere\nSEARCH three\nDELETE ${one}\nHISTORY\nDELETE 9999\nlast`)
    await server.out.has('Host > last')
    expect(server.out.lines.slice(before).map(readTimes)).toEqual([
      ...['| Earlier:', `| ${one} [time] alice > one`, `| ${two} [time] alice > two`],
      ...['| Found for "two":', `| ${two} [time] #lobby alice > two`],
      '| Nothing was said earlier in #nowhere.',
      '| Nothing found for "three".',
      `[*] Host deleted message ${one}.`,
      ...['| Earlier:', `| ${one} [time] alice > (deleted)`, `| ${two} [time] alice > two`],
      'There is no message 9999 here, or it is no longer kept. Look up its number in the history.',
      '[time] Host > last',
    ])
    await alice.heard.has(`"target":${one},"by":"Host"`)
  })

  test('a host that starts the server again on the same data finds the past, and so does everybody', async () => {
    const data = join(temporaryFolder(), 'data')
    const first = await startServer('--data', data)
    await runClient([first.address, '--name', 'ci'], 'build 214 passed\nbuild 215 failed\n')
    first.type('EXIT')
    expect(await first.ended).toBe(0)
    const second = await startServer('--data', data)
    second.type('SEARCH 215')
    await second.out.has(/\| \d+ \[.*\] #lobby ci > build 215 failed\n/)
    const dan = await dialLine(second.port, 'dan')
    await dan.heard.has(/\| Earlier:\n\| \d+ \[.*\] ci > build 214 passed\n\| \d+ \[.*\] ci > build 215 failed\n/)
    const { code, stdout } = await runClient([second.address, '--name', 'ears', '--json', '--since', '1h'], '')
    expect([code, textsOf(stdout)]).toEqual([0, ['build 214 passed', 'build 215 failed']])
  })
})
