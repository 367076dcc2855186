// People at terminals: two plain clients and the host, each a real process in a real pseudo-terminal. The assertions
// are about their screens. Times are read as [time].
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { KEYS, openTerminal, type Size, type Terminal } from '../helpers/terminal.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const node = join(root, 'node_modules', 'node', 'bin', 'node')
const python = spawnSync('python3', ['--version']).status === 0
if (!python) console.warn('Skipped: people at terminals, as there is no python3 to make one (apt-get install python3)')

const time = /\[\d{2}:\d{2}:\d{2}\]/g
const read = (lines: readonly string[]) => lines.map(line => line.replace(time, '[time]'))

/** Waits until the last lines on the screen are these. */
const ends = (terminal: Terminal, ...last: string[]) =>
  terminal.shows(`these last lines:\n${last.join('\n')}\n`, lines => {
    return JSON.stringify(read(lines).slice(-last.length)) === JSON.stringify(last)
  })

/** Waits for the cursor: it is moved by a write of its own, after that of the text. */
const stands = (terminal: Terminal, row: number, column: number) =>
  terminal.shows(`the cursor in row ${row}, column ${column}`, () => {
    const at = terminal.screen.cursor()
    return at.row === row && at.column === column
  })

async function hostServer(...flags: readonly string[]) {
  const anyPort = flags.includes('--port') ? [] : ['--port', '0']
  const host = openTerminal([node, join(root, 'bin', 'rxchat-server.js'), '--plain', ...anyPort, ...flags])
  await ends(host, '[time] Host >')
  const [, port = ''] = /Chat running localhost:(\d+)/.exec(host.screen.lines().join('\n')) ?? []
  return { host, port }
}

/** A shell runs the client and then says how it left, and how the terminal was left behind. */
async function sitDown(port: string, name: string, size?: Size) {
  const script = `"$@"; echo "left with $?"; stty -a | tr ';' '\\n' | tr ' ' '\\n' | grep -xE -- '-?(icanon|echo)' | tr '\\n' ' '`
  const client = [node, join(root, 'bin', 'rxchat.js'), `localhost:${port}`, '--plain', '--name', name]
  const terminal = openTerminal(['bash', '-c', script, 'bash', ...client], size)
  await terminal.shows('the room and a prompt', lines => {
    return lines[0]?.startsWith('Room #lobby: ') === true && lines.at(-1) === `${name} >`
  })
  return terminal
}

/** Waits for the end, and for nothing but these lines after `before`; the terminal is as it was. */
async function left(terminal: Terminal, code: number, ...last: string[]) {
  await ends(terminal, ...last, `left with ${code}`, 'icanon echo')
  await terminal.exit
}

const GONE = 'The server is shutting down. Trying again…'

/** Is told that the server is gone, and goes too. */
async function leftAlone(terminal: Terminal, ...before: string[]) {
  await ends(terminal, ...before, GONE, 'alice >')
  terminal.type(KEYS.ctrlC)
  await left(terminal, 0, ...before, GONE, 'Goodbye.')
}

describe.skipIf(!python)('two people and their host', () => {
  test('talk, and the prompt stays below what arrives', async () => {
    const { port } = await hostServer()
    const alice = await sitDown(port, 'alice')
    expect(read(alice.screen.lines())).toEqual(['Room #lobby: alice', 'alice >'])
    const bob = await sitDown(port, 'bob')
    await ends(alice, 'Room #lobby: alice', '[time] [*] bob entered.', 'alice >')
    bob.type(`hello, all${KEYS.enter}`)
    await ends(bob, 'Room #lobby: alice, bob', '[time] bob > hello, all', 'bob >')
    alice.type(`hi bob${KEYS.enter}`)
    const talk = ['[time] bob > hello, all', '[time] alice > hi bob']
    await ends(alice, 'Room #lobby: alice', '[time] [*] bob entered.', ...talk, 'alice >')
    await ends(bob, 'Room #lobby: alice, bob', ...talk, 'bob >')
    await stands(alice, 4, 'alice > '.length)
  })

  test('a half-typed line survives what arrives, and can still be edited', async () => {
    const { port } = await hostServer()
    const alice = await sitDown(port, 'alice')
    const bob = await sitDown(port, 'bob')
    await ends(alice, '[time] [*] bob entered.', 'alice >')
    alice.type('half a')
    await ends(alice, 'alice > half a')
    bob.type(`am I disturbing?${KEYS.enter}`)
    await ends(alice, '[time] bob > am I disturbing?', 'alice > half a')
    alice.type(`${KEYS.ctrlA}not `)
    await ends(alice, 'alice > not half a')
    bob.type(`sorry${KEYS.enter}`)
    await ends(alice, '[time] bob > am I disturbing?', '[time] bob > sorry', 'alice > not half a')
    await stands(alice, 4, 'alice > not '.length)
    alice.type(`that ${KEYS.enter}`)
    await ends(alice, '[time] bob > sorry', '[time] alice > not that half a', 'alice >')
    await ends(bob, '[time] bob > sorry', '[time] alice > not that half a', 'bob >')
  })

  test('a half-typed line of several rows survives too, and leaves none of them behind', async () => {
    const { port } = await hostServer()
    const alice = await sitDown(port, 'alice', { columns: 30, rows: 10 })
    const bob = await sitDown(port, 'bob')
    await ends(alice, '[time] [*] bob entered.', 'alice >')
    const typed = 'this line takes more than two rows on a narrow screen'
    const rows = `alice > ${typed}`.match(/.{1,30}/g) ?? []
    expect(rows).toHaveLength(3)
    alice.type(typed)
    await ends(alice, '[time] [*] bob entered.', ...rows)
    bob.type(`a word${KEYS.enter}`)
    await ends(alice, '[time] [*] bob entered.', '[time] bob > a word', ...rows)
    alice.type(KEYS.enter)
    const said = [`[time] alice > ${typed}`]
    await ends(bob, '[time] bob > a word', ...said, 'bob >')
    await alice.shows('what was said, once, right below', lines => {
      const text = read([lines.join('')])[0] ?? ''
      return text.endsWith(`[time] bob > a word${said}alice >`) && text.split('narrow screen').length === 2
    })
  })

  test('earlier lines come back with the arrow keys', async () => {
    const { port } = await hostServer()
    const alice = await sitDown(port, 'alice')
    for (const text of ['one', 'two']) {
      alice.type(`${text}${KEYS.enter}`)
      await ends(alice, `[time] alice > ${text}`, 'alice >')
    }
    alice.type(KEYS.up)
    await ends(alice, 'alice > two')
    alice.type(KEYS.up)
    await ends(alice, 'alice > one')
    alice.type(KEYS.down)
    await ends(alice, 'alice > two')
    alice.type(` and a half${KEYS.enter}`)
    await ends(alice, '[time] alice > one', '[time] alice > two', '[time] alice > two and a half', 'alice >')
  })

  test('the tab key completes commands, names and rooms', async () => {
    const { port } = await hostServer()
    const alice = await sitDown(port, 'alice')
    await sitDown(port, 'Robert')
    await ends(alice, '[time] [*] Robert entered.', 'alice >')
    const completes = async (typed: string, whole: string) => {
      alice.type(typed)
      await ends(alice, `alice > ${typed}`)
      alice.type(KEYS.tab)
      await alice.shows(whole, () => alice.screen.cursor().column === `alice > ${whole}`.length)
      await ends(alice, `alice > ${whole.trimEnd()}`)
      alice.type(KEYS.ctrlU)
      await ends(alice, 'alice >')
    }
    await completes('/he', '/help ')
    await completes('ro', 'Robert: ')
    await completes('/msg rob', '/msg Robert ')
    await completes('see #lo', 'see #lobby ')
    await sitDown(port, 'Romeo')
    await ends(alice, '[time] [*] Romeo entered.', 'alice >')
    await completes('/msg rom', '/msg Romeo ')
    alice.type('/msg r')
    await ends(alice, 'alice > /msg r')
    alice.type(KEYS.tab)
    await ends(alice, 'alice > /msg Ro')
    alice.type(KEYS.tab)
    await ends(alice, 'alice > /msg Ro', 'Robert   Romeo', '', 'alice > /msg Ro')
  })

  test('every slash command does what /help says', async () => {
    const { port } = await hostServer()
    const alice = await sitDown(port, 'alice')
    const bob = await sitDown(port, 'bob')
    await ends(alice, '[time] [*] bob entered.', 'alice >')
    const enter = (terminal: Terminal, line: string) => terminal.type(line + KEYS.enter)

    enter(alice, '/help')
    await ends(
      alice,
      '  /logout [everywhere]                    sign out of your account here, or on a',
      'll devices',
      '  /help keep lists the commands for keeping order.',
      'alice >',
    )
    enter(alice, '/msg bob psst')
    await ends(alice, '[time] alice (to bob alone) > psst', 'alice >')
    await ends(bob, '[time] alice (to bob alone) > psst', 'bob >')
    enter(alice, '/me waves')
    await ends(bob, '[time] * alice waves', 'bob >')
    enter(alice, '/nick Alicia')
    await ends(alice, '[time] [*] alice is now Alicia.', 'Alicia >')
    await ends(bob, '[time] [*] alice is now Alicia.', 'bob >')
    enter(alice, '/away tea')
    await ends(bob, '[time] [*] Alicia is away. (tea)', 'bob >')
    enter(alice, '/back')
    await ends(bob, '[time] [*] Alicia is back.', 'bob >')
    enter(alice, '/ignore bob')
    await ends(alice, 'You ignore bob now.', 'Alicia >')
    enter(bob, 'can you see me?')
    await ends(bob, '[time] bob > can you see me?', 'bob >')
    enter(alice, '/ignores')
    await ends(alice, 'You ignore bob now.', 'People whom you ignore:', 'bob', 'Alicia >')
    enter(alice, '/unignore bob')
    await ends(alice, 'You see what bob writes again.', 'Alicia >')
    enter(alice, '/join ops')
    await ends(alice, 'Room #ops: Alicia', '#ops Alicia >')
    enter(alice, 'nobody hears this')
    await ends(alice, '[time] #ops Alicia > nobody hears this', '#ops Alicia >')
    enter(alice, '/topic disk full')
    await ends(alice, '[time] [*] Alicia set the topic of #ops: disk full', '#ops Alicia >')
    enter(alice, '/who lobby')
    await ends(alice, 'In #lobby: Alicia, bob', '#ops Alicia >')
    enter(alice, '/rooms')
    await ends(alice, 'Rooms: #lobby (2), #ops (1)', '#ops Alicia >')
    enter(alice, '/part')
    await ends(alice, '[time] [*] Alicia exited #ops.', 'Alicia >')
    enter(alice, '/nonsense')
    await ends(alice, 'There is no command /nonsense. Try /help.', 'Alicia >')
    enter(alice, '//etc')
    await ends(alice, '[time] Alicia > /etc', 'Alicia >')
    await ends(bob, '[time] bob > can you see me?', '[time] Alicia > /etc', 'bob >')
    enter(alice, '/quit tea time')
    await left(alice, 0, '[time] Alicia > /etc', 'Goodbye.')
    await ends(bob, '[time] Alicia > /etc', '[time] [*] Alicia exited. (tea time)', 'bob >')
  })

  test('lines pasted behind /join go to the new room, and /join goes back to a room that one is in', async () => {
    const { port } = await hostServer()
    const alice = await sitDown(port, 'alice')
    const bob = await sitDown(port, 'bob')
    await ends(alice, '[time] [*] bob entered.', 'alice >')
    alice.type(`/join #Ops${KEYS.enter}for ops alone${KEYS.enter}`)
    await ends(alice, 'Room #ops: alice', '[time] #ops alice > for ops alone', '#ops alice >')
    alice.type(`/join lobby${KEYS.enter}for the lobby${KEYS.enter}`)
    await ends(alice, '[time] #ops alice > for ops alone', '[time] alice > for the lobby', 'alice >')
    await ends(bob, 'Room #lobby: alice, bob', '[time] alice > for the lobby', 'bob >')
    alice.type(`/join a/b${KEYS.enter}`)
    await ends(alice, 'The room name contains "/". Use 1 to 32 letters, digits, - _ or a dot.', 'alice >')
    alice.type(`/join ops${KEYS.enter}/part${KEYS.enter}back again${KEYS.enter}`)
    await ends(alice, '[time] [*] alice exited #ops.', '[time] alice > back again', 'alice >')
  })

  test.each([
    ['Ctrl-C', KEYS.ctrlC],
    ['Ctrl-D', KEYS.ctrlD],
  ])('%s leaves with exit code 0', async (_, key) => {
    const { port } = await hostServer()
    const alice = await sitDown(port, 'alice')
    const bob = await sitDown(port, 'bob')
    await ends(alice, '[time] [*] bob entered.', 'alice >')
    alice.type(key)
    await left(alice, 0, 'Room #lobby: alice', '[time] [*] bob entered.', 'Goodbye.')
    await ends(bob, '[time] [*] alice exited.', 'bob >')
  })

  test('Ctrl-C in the middle of a line leaves nothing of it behind', async () => {
    const { port } = await hostServer()
    const alice = await sitDown(port, 'alice')
    alice.type('half a li')
    await ends(alice, 'alice > half a li')
    alice.type(KEYS.ctrlC)
    await left(alice, 0, 'Room #lobby: alice', 'Goodbye.')
  })

  test('a person who closes the window has left, at once', async () => {
    const { port } = await hostServer()
    const alice = await sitDown(port, 'alice')
    const bob = await sitDown(port, 'bob')
    alice.hangUp()
    await ends(bob, 'Room #lobby: alice, bob', '[time] [*] alice exited.', 'bob >')
  })

  test('a kick says by whom and why, and leaves with exit code 5', async () => {
    const { host, port } = await hostServer()
    const alice = await sitDown(port, 'alice')
    const bob = await sitDown(port, 'bob')
    await ends(bob, 'Room #lobby: alice, bob', 'bob >')
    bob.type('half a li')
    await ends(bob, 'bob > half a li')
    host.type(`KICK bob too much spam${KEYS.enter}`)
    await left(bob, 5, 'Room #lobby: alice, bob', 'You have been kicked out by Host: too much spam.')
    await ends(alice, '[time] [*] bob has been kicked out. (too much spam)', 'alice >')
  })

  test('a server that stops says so, and the client waits for it until one has enough', async () => {
    const { host, port } = await hostServer()
    const alice = await sitDown(port, 'alice')
    host.type(`EXIT${KEYS.enter}`)
    await leftAlone(alice, 'Room #lobby: alice')
    expect(await host.exit).toBe(0)
  })

  test('lines typed without a server are kept, shown as waiting, and said when it is back, in their room [K1]', async () => {
    const data = mkdtempSync(join(tmpdir(), 'rxchat-plain-'))
    onTestFinished(() => rmSync(data, { recursive: true }))
    const { host, port } = await hostServer('--data', join(data, 'data'))
    const alice = await sitDown(port, 'alice')
    alice.type(`/join ops${KEYS.enter}`)
    await ends(alice, 'Room #ops: alice', '#ops alice >')
    host.type(`EXIT${KEYS.enter}`)
    await ends(alice, GONE, '#ops alice >')
    await host.exit
    alice.type(`one${KEYS.enter}two${KEYS.enter}`)
    await ends(alice, GONE, '(waiting) "one"', '(waiting) "two"', '#ops alice >')
    await hostServer('--data', join(data, 'data'), '--port', port)
    const said = ['[time] #ops alice > one', '[time] #ops alice > two']
    await alice.shows('that they are said', lines => {
      return JSON.stringify(read(lines).slice(-3)) === JSON.stringify([...said, '#ops alice >'])
    })
    expect(read(alice.screen.lines())).toContain('Connected again.')
    alice.type(`/part${KEYS.enter}`)
    await ends(alice, '[time] [*] alice exited #ops.', 'alice >')
    alice.type(KEYS.ctrlD)
    await left(alice, 0, 'Goodbye.')
  })

  test('a person who leaves before they could be said is told their number, with exit code 6', async () => {
    const { host, port } = await hostServer()
    const alice = await sitDown(port, 'alice')
    host.type(`EXIT${KEYS.enter}`)
    await ends(alice, GONE, 'alice >')
    alice.type(`never said${KEYS.enter}`)
    await ends(alice, '(waiting) "never said"', 'alice >')
    alice.type(`/quit${KEYS.enter}`)
    await left(alice, 6, '(waiting) "never said"', '1 message was not acknowledged.')
  })

  test.each([
    [
      'on this machine',
      [],
      /^rxchat: another rxchat on this machine already uses the name ALICE at localhost:\d+\. Wait until it/,
    ],
    ['elsewhere', ['env', 'XDG_STATE_HOME=/nonexistent'], /^The name is taken by alice\b.* Choose another name\.$/],
  ])('a name that is taken %s is told, with exit code 4', async (_, prefix, words) => {
    const { port } = await hostServer()
    await sitDown(port, 'alice')
    const client = [node, join(root, 'bin', 'rxchat.js'), `localhost:${port}`, '--plain', '--name', 'ALICE']
    const other = openTerminal([...prefix, ...client])
    expect(await other.exit).toBe(4)
    expect(other.screen.lines().join('')).toMatch(words)
  })

  test('Ctrl-C also ends the wait for a server that does not answer', async () => {
    const mute = createServer(() => {}).listen(0, '127.0.0.1')
    onTestFinished(() => void mute.close())
    await once(mute, 'listening')
    const heard = once(mute, 'connection')
    const { port } = mute.address() as AddressInfo
    const alice = openTerminal([node, join(root, 'bin', 'rxchat.js'), `127.0.0.1:${port}`, '--plain'])
    await heard
    alice.type(KEYS.ctrlC)
    expect(await alice.exit).toBe(130)
  })
})

describe.skipIf(!python)("the host's console", () => {
  test('is the transcript of the room, with the user list after each change', async () => {
    const { host, port } = await hostServer()
    const alice = await sitDown(port, 'alice')
    await ends(host, '', '[*] alice entered.', '', 'USERS: [Host,alice]', '[time] Host >')
    await sitDown(port, 'bob')
    await ends(host, '', '[*] bob entered.', '', 'USERS: [Host,alice,bob]', '[time] Host >')
    alice.type(`hello${KEYS.enter}`)
    await ends(host, 'USERS: [Host,alice,bob]', '[time] alice > hello', '[time] Host >')
    host.type('good')
    await ends(host, '[time] Host > good')
    alice.type(`anybody here?${KEYS.enter}`)
    await ends(host, '[time] alice > hello', '[time] alice > anybody here?', '[time] Host > good')
    host.type(` morning${KEYS.enter}`)
    await ends(host, '[time] alice > anybody here?', '[time] Host > good morning', '[time] Host >')
    await ends(alice, '[time] Host > good morning', 'alice >')
    host.type(`KICK bob spam${KEYS.enter}`)
    const kicked = ['', '[*] bob has been kicked out. (spam)', '', 'USERS: [Host,alice]', '[time] Host >']
    await ends(host, '[time] Host > KICK bob spam', ...kicked)
    host.type(`LIST_USERS${KEYS.enter}`)
    await ends(host, '[time] Host > LIST_USERS', 'USERS: [Host,alice]', '[time] Host >')
    alice.type(`/quit${KEYS.enter}`)
    await ends(host, '', '[*] alice exited.', '', 'USERS: [Host]', '[time] Host >')
    host.type(`EXIT${KEYS.enter}`)
    expect(await host.exit).toBe(0)
    expect(host.screen.lines().slice(-2)).toEqual([expect.stringMatching(/Host > EXIT$/), ''])
  })

  test('completes commands and names', async () => {
    const { host, port } = await hostServer()
    await sitDown(port, 'alice')
    await ends(host, 'USERS: [Host,alice]', '[time] Host >')
    host.type('KI')
    await ends(host, '[time] Host > KI')
    host.type(KEYS.tab)
    await ends(host, '[time] Host > KICK')
    host.type('al')
    await ends(host, '[time] Host > KICK al')
    host.type(KEYS.tab)
    await ends(host, '[time] Host > KICK alice')
  })

  test('stops with Ctrl-C, after a goodbye', async () => {
    const { host, port } = await hostServer()
    const alice = await sitDown(port, 'alice')
    host.type(KEYS.ctrlC)
    expect(await host.exit).toBe(0)
    await leftAlone(alice)
  })

  test('goes on without its terminal when that ends with Ctrl-D', async () => {
    const { host, port } = await hostServer()
    host.type(KEYS.ctrlD)
    const alice = await sitDown(port, 'alice')
    alice.type(`still here${KEYS.enter}`)
    await ends(alice, '[time] alice > still here', 'alice >')
    await host.shows('what is said', lines => read(lines).includes('[time] alice > still here'))
  })

  test('stops when its window is closed, after a goodbye', async () => {
    const { host, port } = await hostServer()
    const alice = await sitDown(port, 'alice')
    host.hangUp()
    await leftAlone(alice)
    expect(await host.exit).toBe(0)
  })

  test('started with setsid, the server outlives the window', async () => {
    const log = join(mkdtempSync(join(tmpdir(), 'rxchat-setsid-')), 'chat.log')
    onTestFinished(() => rmSync(dirname(log), { recursive: true }))
    const server = join(root, 'bin', 'rxchat-server.js')
    const script = `setsid "${node}" "${server}" --port 0 < /dev/null > "$0" 2>&1 & echo "pid $!"; tail -n +1 -F "$0" 2> /dev/null`
    const window = openTerminal(['bash', '-c', script, log])
    const shown = await window.shows('where to join', lines =>
      lines.some(line => line.startsWith('Chat running local')),
    )
    const [, pid = '', port = ''] = /pid (\d+)\n[\s\S]*localhost:(\d+)\n/.exec(shown.join('\n')) ?? []
    onTestFinished(() => kill(Number(pid), 'SIGKILL'))
    window.hangUp()
    await window.exit
    const alice = await sitDown(port, 'alice')
    alice.type(`still here${KEYS.enter}`)
    await ends(alice, '[time] alice > still here', 'alice >')
    kill(Number(pid), 'SIGTERM')
    await leftAlone(alice, '[time] alice > still here')
  })
})

/** A process that is gone has been killed already. */
function kill(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal)
  } catch {}
}
