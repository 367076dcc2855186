/**
 * The bot lab as a program: bots with one defect each, planted on purpose, are found by it, and the bots of the docs
 * pass. Its view of a record is harmless.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { has } from '../helpers/has.ts'
import { eventually } from '../helpers/patience.ts'
import { runClient, startClient, startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const NODE = process.execPath

/** The awkward cast of the tests, and people who ask `trigger` now and then. */
const PEOPLE = ['Spider-Man', '田中', 'a|b', '`José`', 'alice']

function dayOf(trigger: string, acts = 60): string {
  let seq = 100
  const lines = PEOPLE.map(name => ({ type: 'joined', seq: ++seq, at: seq * 1000, room: 'lobby', name }))
  const said = Array.from({ length: acts }, (_, k) => {
    seq += 2
    const from = PEOPLE[k % PEOPLE.length]
    const text = k % 4 === 1 ? trigger : `message ${k}`
    if (k % 20 === 7) return { type: 'told', seq, at: seq * 60_000, from, to: 'greeter', text }
    if (k % 20 === 9) return { type: 'quit', seq, at: seq * 60_000, name: from, cause: 'quit' }
    return { type: 'said', seq, at: seq * 60_000, room: 'lobby', from, text }
  })
  return [...lines, ...said].map(line => `${JSON.stringify(line)}\n`).join('')
}

/** A folder with a day in it. */
function lab(trigger = '!up', acts?: number) {
  const folder = temporaryFolder()
  const day = join(folder, 'day.ndjson')
  writeFileSync(day, dayOf(trigger, acts))
  const write = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text, { mode: 0o755 })
    return path
  }
  const run = async (command: string, ...flags: readonly string[]) => {
    const { code, stdout, stderr } = await runClient(['test', command, day, '--json', ...flags], '')
    const report = stdout === '' ? null : (JSON.parse(stdout) as Report)
    return { code, stderr, report, kinds: [...new Set(report?.findings.map(({ kind }) => kind))].sort() }
  }
  return { day, write, run }
}

type Report = {
  readonly answers: number
  readonly disturbed: { readonly cuts: number; readonly restarts: number; readonly missed: number } | null
  readonly findings: readonly { readonly kind: string; readonly event: { readonly text: string } | null }[]
  readonly again: string
}

/** A bot in JavaScript: `body` is run for each event, `say` answers, and `kept` is its memory. */
const bot = (body: string): string => `
  const say = text => process.stdout.write(JSON.stringify({ type: 'say', text }) + '\\n')
  const ask = command => process.stdout.write(JSON.stringify(command) + '\\n')
  const kept = { welcomes: 0, skips: 0, late: [] }
  require('node:readline').createInterface({ input: process.stdin }).on('line', line => {
    const event = JSON.parse(line)
    const { type, text, replayed } = event
    const isAsked = type === 'said' && text === '!up'
    if (type === 'welcome') kept.welcomes++
    ${body}
  }).on('close', () => kept.late.forEach(say))
`

const GOOD = "if (isAsked && !replayed) say('up')"

describe.skipIf(process.platform !== 'linux')('[BL2] planted:', () => {
  test.each([
    ['nothing', GOOD, []],
    ['it answers replayed events', "if (isAsked) say('up')", ['past']],
    [
      'it reads the history after each welcome, and keeps no memory of what it has answered',
      `${GOOD}; if (type === 'welcome') ask({ type: 'history', limit: 50 });
       if (type === 'history') event.messages.forEach(({ text }) => text === '!up' && say('up'))`,
      ['past'],
    ],
    [
      'it listens once more after each welcome',
      "if (isAsked && !replayed) for (let k = 0; k < kept.welcomes; k++) say('up')",
      ['twice'],
    ],
    [
      'it is deaf to the next event after it has come back',
      "if (type === 'welcome' && kept.welcomes > 1) kept.skips = 1; if (isAsked && !replayed && kept.skips-- <= 0) say('up')",
      ['lost'],
    ],
    ['it does not flush', "if (isAsked && !replayed) kept.late.push('up')", ['unflushed']],
    ['it answers itself', "if (type === 'said' && /up/.test(text) && !replayed) say('up, as I said')", ['runaway']],
    [
      'it crashes at a name',
      `if (type === 'said' && event.from === '田中') throw new Error('who?'); ${GOOD}`,
      ['crashed'],
    ],
    ['it ends', 'if (isAsked) process.exit(0)', ['ended']],
    [
      'it writes without an end',
      "setInterval(() => process.stdout.write('y\\n'.repeat(9999)), 0)",
      ['no-command', 'runaway'],
    ],
    ['it logs to stdout', `${GOOD}; if (isAsked) console.log('asked')`, ['no-command']],
  ])('%s', async (_, body, kinds) => {
    const { write, run } = lab()
    const found = await run(`${NODE} ${write('bot.cjs', bot(body))}`)
    expect(found).toMatchObject({ kinds, stderr: '', code: kinds.length === 0 ? 0 : 1 })
  })

  test('it does not know a repeated event, which matters with --cursor', async () => {
    const { write, run } = lab()
    const command = `${NODE} ${write('bot.cjs', bot(GOOD))}`
    expect(await run(command, '--repeats', '3')).toMatchObject({ kinds: ['twice'], code: 1 })
    const knows = `if (isAsked && !replayed && !(event.seq <= kept.seq)) { say('up'); kept.seq = event.seq }`
    const careful = `${NODE} ${write('careful.cjs', bot(knows))}`
    expect(await run(careful, '--repeats', '3')).toMatchObject({ kinds: [], code: 0 })
  })
})

describe.skipIf(process.platform !== 'linux')('[BL2] the bots of the docs pass:', () => {
  const page = readFileSync(join(ROOT, 'docs', 'scripting.md'), 'utf8')

  /** The program that a recipe writes to a file, and its command. */
  function programOf(recipe: string): { readonly name: string; readonly text: string } {
    const [, block = ''] = page.split(`<!-- recipe: ${recipe} -->\n`)
    const [, name = '', text = ''] = /cat > (\S+) <<'EOF'\n(.*?)\nEOF/s.exec(block) ?? []
    return { name, text: `${text}\n` }
  }

  test.for([
    ['bot-sh', 'sh'],
    ['bot-python', 'python3'],
  ] as const)('%s', async ([recipe, interpreter], { skip }) => {
    if (!has(interpreter, '--version')) return skip(`there is no ${interpreter}`)
    const { write, run } = lab('!uptime')
    const { name, text } = programOf(recipe)
    const found = await run(`${interpreter} ${write(name, text)}`, '--cuts', '8')
    expect(found).toMatchObject({ kinds: [], code: 0, report: { disturbed: { cuts: 8, restarts: 2 } } })
    expect(found.report?.answers).toBeGreaterThan(10)
  })

  test.each([
    ['dice', '!roll', 10],
    ['greeter', '!up', 3],
    ['logbook', '!up', 0],
  ])('docs/examples/%s.ts', async (name, trigger, answers) => {
    const { write, run } = lab(trigger)
    const file = name === 'logbook' ? write('log', '') : ''
    const found = await run(`${NODE} ${join(ROOT, 'docs', 'examples', `${name}.ts`)} {address} ${file}`, '--cuts', '3')
    expect(found).toMatchObject({ kinds: [], code: 0, report: { disturbed: { cuts: 3, restarts: 2 } } })
    expect(found.report?.answers).toBeGreaterThanOrEqual(answers)
  })
})

test.skipIf(process.platform !== 'linux')(
  '[BL1] a day of a real chat, as --json and as an export, tests a bot',
  async () => {
    const data = join(temporaryFolder(), 'data')
    const server = await startServer('--data', data)
    const scribe = startClient(server.address, '--name', 'scribe', '--json', '--follow')
    await scribe.out.has('"type":"room"')
    const alice = await dialNative(server.port, 'a|b')
    for (let k = 0; k < 20; k++) alice.send(`${JSON.stringify({ type: 'say', text: k % 3 === 0 ? '!up' : `${k}` })}\n`)
    await scribe.out.has('"text":"19"')
    server.type('EXIT')
    await server.ended
    const folder = temporaryFolder()
    const [lines, program] = [join(folder, 'day.ndjson'), join(folder, 'bot.cjs')]
    writeFileSync(lines, scribe.out.text)
    writeFileSync(program, bot(GOOD))
    for (const record of [lines, data]) {
      const { code, stdout } = await runClient(
        ['test', `${NODE} ${program}`, record, '--cuts', '2', '--restarts', '1'],
        '',
      )
      expect(stdout).toContain('✓ It answered nothing of the past and nothing twice, and it lost nothing.')
      expect(code).toBe(0)
    }
  },
)

test.skipIf(process.platform !== 'linux')(
  '[BL3] the same seed gives the same report, and another one other troubles',
  async () => {
    const { write, run } = lab()
    const command = `${NODE} ${write('bot.cjs', bot("if (isAsked) say('up')"))}`
    const [one, two, other] = [
      await run(command, '--seed', 'a'),
      await run(command, '--seed', 'a'),
      await run(command, '--seed', 'b'),
    ]
    expect(two).toEqual(one)
    expect(other.report?.findings).not.toEqual(one.report?.findings)
  },
)

test.skipIf(process.platform !== 'linux')('[BL1] the bot’s own messages in the record are left out', async () => {
  const { write, run } = lab()
  // It answers everybody, and so its former self.
  const command = `${NODE} ${write('bot.cjs', bot("if (type === 'said' && !replayed && event.id !== kept.me) say('up'); if (type === 'welcome') kept.me = event.id"))}`
  const [all, fewer] = [await run(command), await run(command, '--name', 'alice')]
  expect([all.kinds, fewer.kinds]).toEqual([[], []])
  expect(fewer.report?.answers).toBeLessThan(all.report?.answers ?? 0)
})

test.skipIf(process.platform !== 'linux')(
  '[BL4] nothing of the bot is left behind, also if the lab is stopped',
  async () => {
    const { day, write } = lab()
    const mark = `12345.${process.pid}`
    const running = (): number =>
      readdirSync('/proc').filter(pid => {
        try {
          return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(`sleep\0${mark}`)
        } catch {
          return false
        }
      }).length
    const command = `sleep ${mark} & exec ${NODE} ${write('bot.cjs', bot(GOOD))}`
    const { code, stdout } = await runClient(['test', command, day, '--restarts', '4'], '')
    expect([code, stdout]).toEqual([0, expect.stringContaining('4 restarts')])
    expect(running()).toBe(0)
    const stopped = startClient('test', command, day, '--settle', '2000')
    await eventually('the bot', running, count => count > 0)
    stopped.child.kill('SIGINT')
    expect(await stopped.ended).toBe(130)
    // It was killed before the lab ended, but the system takes its time for that.
    await eventually('the end of what the bot has left', running, count => count === 0)
  },
)

test('[BL1] a wrong call is exit code 2, and a sentence gives the remedy', async () => {
  const { day } = lab()
  const wrong = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await runClient(['test', ...args], '')
    expect([code, stdout]).toEqual([2, ''])
    return stderr
  }
  expect(await wrong()).toContain('rxchat test ./bot.sh day.ndjson')
  expect(await wrong('./bot.sh', '/nowhere')).toContain('There is no /nowhere')
  expect(await wrong('./nope.sh', day)).toMatch(
    /^rxchat: The command cannot be run: .*nope\.sh.* Give one that the shell finds/,
  )
  expect(await wrong('./bot.sh', day, '--cuts', 'many')).toContain('--cuts must be a whole number')
  expect(await wrong('./bot.sh', day, '--name', 'a b')).toContain('is no name')
})

test('[BL4] a hostile record puts no control character on the screen', async () => {
  const { write } = lab()
  const text = '\u001b]0;owned\u0007\u202e!up\r\n✓ all is well'
  const line = JSON.stringify({ type: 'said', seq: 1, at: 1, room: 'lobby', from: 'eve\u001b[2J', text })
  const record = write(
    'hostile.ndjson',
    `${line}\n`.repeat(3).replaceAll('"seq":1', () => `"seq":${Math.random()}`),
  )
  const { stdout } = await runClient(['test', `echo 'x\u001b[31m'; cat > /dev/null`, record], '')
  expect(stdout).toContain('no command')
  expect([...stdout].filter(character => character < ' ' && character !== '\n')).toEqual([])
})
