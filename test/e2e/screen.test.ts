// People at drawn screens: the real programs on real pseudo-terminals, seen through a headless xterm.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { makeCertificate } from '../../src/transport/tls/certificate.ts'
import { fingerprintOf } from '../../src/transport/tls/fingerprint.ts'
import { say } from '../helpers/actors.ts'
import { type Drawn, openDrawn, type Setting } from '../helpers/drawn.ts'
import { launcherOf, startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { KEYS, type Size } from '../helpers/terminal.ts'

const NODE = join(import.meta.dirname, '../../node_modules/node/bin/node')
const SIZE: Size = { columns: 100, rows: 24 }

/** Names of places are at the left, and messages right of them: the searched text is the end of a row. */
const ends = (rows: readonly string[], text: string): boolean => rows.some(row => row.endsWith(text))
const shows = (screen: Drawn, text: string): Promise<readonly string[]> =>
  screen.shows(`... ${text}`, rows => ends(rows, text))

const chat = (
  server: { port: number },
  name: string,
  size: Size = SIZE,
  more: Setting = {},
  node: readonly string[] = [],
): Drawn =>
  openDrawn([NODE, ...node, launcherOf('rxchat'), `127.0.0.1:${server.port}`, '--name', name], size, {
    XDG_STATE_HOME: temporaryFolder(),
    ...more,
  })

/** At their screen, and in. */
async function sitDown(server: { port: number }, name: string, size: Size = SIZE, more: Setting = {}): Promise<Drawn> {
  const screen = chat(server, name, size, more)
  await screen.has('online')
  return screen
}

async function talk(server: { port: number }): Promise<readonly [Drawn, Drawn]> {
  const alice = await sitDown(server, 'alice')
  const bob = await sitDown(server, 'bob')
  await alice.has('bob entered')
  return [alice, bob]
}

/** The terminal as a shell needs it, and these words on it. */
function restored(screen: Drawn, ...words: readonly string[]): void {
  expect(screen.isAlternate()).toBe(false)
  expect(screen.wraps()).toBe(true)
  expect(screen.terminal.modes.bracketedPasteMode).toBe(false)
  expect(screen.terminal.modes.mouseTrackingMode).toBe('none')
  expect(screen.raw().split('\u{1b}[23;2t')).toHaveLength(screen.raw().split('\u{1b}[22;2t').length)
  expect(screen.raw().lastIndexOf('\u{1b}[?25h')).toBeGreaterThan(screen.raw().lastIndexOf('\u{1b}[?25l'))
  for (const word of words) expect(screen.rows().join('\n')).toContain(word)
}

describe('[U1] two people at their screens', () => {
  test('talk in any script, are spoken of, renamed, and kicked', async () => {
    const server = await startServer()
    const [alice, bob] = await talk(server)
    alice.type(`hello, all${KEYS.enter}`)
    await shows(bob, 'alice hello, all')
    bob.type(`日本語のテキスト 👨‍👩‍👧 مرحبا بالعالم z\u0324\u0308algo${KEYS.enter}`)
    await alice.has('日本語のテキスト 👨‍👩‍👧 مرحبا بالعالم z\u0324\u0308algo')
    expect(alice.bells()).toBe(0)
    bob.type(`look here, Alice${KEYS.enter}`)
    await alice.shows('what speaks of her, marked', rows =>
      rows.some(row => row.includes('▌') && row.endsWith(' look here, Alice')),
    )
    expect(alice.bells()).toBe(1)
    bob.type(`/nick rob${KEYS.enter}`)
    await shows(alice, '[*] bob is now rob.')
    alice.type(`/msg rob ${'a long line '.repeat(20)}${KEYS.enter}`)
    await bob.has('@alice')
    bob.type('\u{1b}a')
    await bob.shows(
      'the long line in several rows',
      rows => rows.filter(row => row.includes('a long line a long')).length > 2,
    )
    server.type('KICK rob too loud')
    expect(await bob.ended).toBe(5)
    restored(bob, 'You have been kicked out by Host: too loud.')
    alice.type(`${KEYS.ctrlC}/join lobby${KEYS.enter}`)
    await shows(alice, '[*] rob has been kicked out. (too loud)')
  })

  test('a resize in the middle breaks nothing', async () => {
    const server = await startServer()
    const [alice, bob] = await talk(server)
    bob.type(`${'the quick brown fox jumps over the lazy dog '.repeat(4)}日本語 an end${KEYS.enter}`)
    await alice.has('日本語')
    for (const size of [
      { columns: 20, rows: 5 },
      { columns: 200, rows: 50 },
      { columns: 60, rows: 20 },
    ]) {
      alice.resize(size)
      await alice.shows(`the whole at ${size.columns} by ${size.rows}`, rows => {
        const [first = ''] = rows
        return rows.length === size.rows && first.startsWith(' #lobby') && rows.at(-1)?.trimEnd() === '›'
      })
      await alice.shows('the end of it', rows => rows.some(row => row.endsWith(' end')))
      // Of a frame that was drawn before nothing is left.
      expect(alice.rows().filter(row => row.startsWith('›'))).toHaveLength(1)
      expect(alice.rows().filter(row => row.includes(' online')).length).toBeLessThanOrEqual(1)
    }
  })

  test('the text being written is kept for each place, and completed from a list', async () => {
    const server = await startServer()
    const [alice] = await talk(server)
    alice.type('half a sentence')
    alice.type(`${KEYS.ctrlU}/join tea${KEYS.enter}`)
    await alice.has(' #tea')
    alice.type(`${KEYS.altUp}for the lobby`)
    await shows(alice, '› for the lobby')
    alice.type(KEYS.altDown)
    await alice.shows('an empty line', rows => rows.at(-1)?.trimEnd() === '›')
    alice.type(KEYS.altUp)
    await shows(alice, '› for the lobby')
    alice.type(`${KEYS.ctrlU}b${KEYS.tab}`)
    await shows(alice, '› bob:')
    alice.type(`${KEYS.ctrlU}/n${KEYS.tab}`)
    await shows(alice, '› /nick')
    alice.type(`${KEYS.ctrlU}/${KEYS.tab}`)
    await alice.has('/msg <name> <text>')
    alice.type(`${KEYS.escape}`)
    await alice.lacks('/msg <name> <text>')
    alice.type(`${KEYS.ctrlU}/help${KEYS.enter}`)
    await alice.has('send a direct message')
    alice.type(KEYS.escape)
    await alice.lacks('send a direct message')
  })
})

describe('[U4] the line being typed', () => {
  test('a paste of 200 lines is shown before it is sent, and sent as one', async () => {
    const server = await startServer()
    const [alice, bob] = await talk(server)
    const lines = Array.from({ length: 200 }, (_, k) => `line ${k + 1} of the log`)
    alice.paste(lines.join('\n'))
    await alice.has('200 lines: Enter sends them, Esc discards them')
    expect(bob.rows().join()).not.toContain('of the log')
    alice.type(KEYS.escape)
    await alice.lacks('200 lines')
    alice.paste(lines.join('\n'))
    await alice.has('200 lines')
    alice.type(KEYS.enter)
    await bob.has('line 200 of the log')
    // The console may print later than bob's screen draws.
    await server.out.has('line 200 of the log')
    const said = server.out.lines.filter(line => line.includes('of the log'))
    expect(said).toHaveLength(200)
    expect(said.filter(line => line.includes('alice > line 1 of'))).toHaveLength(1)
  })

  test('the cursor stands where the next character comes, also behind wide ones', async () => {
    const server = await startServer()
    const alice = await sitDown(server, 'alice')
    alice.type('日本')
    await alice.shows('the cursor behind them', () => alice.cursor().x === 6 && alice.cursor().y === SIZE.rows - 1)
    alice.type(KEYS.left)
    await alice.shows('the cursor between them', () => alice.cursor().x === 4)
  })
})

describe('[U4] keys typed before the screen is drawn', () => {
  /** Types all the keys while a shell still reads its first line, so that the program finds the rest typed already. */
  function typedAhead(command: readonly string[], ...lines: readonly string[]): Drawn {
    const waiting = ['sh', '-c', 'read -r line; exec "$@"', 'sh', NODE, ...command]
    const screen = openDrawn(waiting, SIZE, { XDG_STATE_HOME: temporaryFolder() })
    screen.type(['', ...lines, ''].join(KEYS.enter))
    return screen
  }

  test('are pressed on it: a command is performed, and its password is hidden and not said', async () => {
    const server = await startServer()
    const secret = 'open says me'
    const command = [launcherOf('rxchat'), `127.0.0.1:${server.port}`, '--name', 'Mr.Blue']
    const blue = typedAhead(command, '/register', secret, secret, 'here I am')
    await shows(blue, 'Mr.Blue here I am')
    await blue.has('Mr.Blue has registered this name.')
    await server.out.has('Mr.Blue > here I am')
    expect(server.out.text).not.toContain('says')
    expect(blue.rows().join('\n')).not.toContain('says')
  })

  test('are pressed on the host’s screen too', async () => {
    const screen = typedAhead(
      [launcherOf('rxchat-server'), '--port', '0', '--host', '127.0.0.1', '--ephemeral'],
      'the server is starting',
      'EXIT',
    )
    expect(await screen.ended).toBe(0)
    restored(screen, 'The server has stopped.')
  })

  test('are pressed when it comes back from Ctrl-Z', async () => {
    const server = await startServer()
    const shell = openDrawn(['sh', '-i'], SIZE, { XDG_STATE_HOME: temporaryFolder(), PS1: 'shell$ ' })
    await shell.has('shell$')
    shell.type(`'${NODE}' '${launcherOf('rxchat')}' 127.0.0.1:${server.port} --name 李${KEYS.enter}`)
    await shell.has('online')
    shell.type(KEYS.ctrlZ)
    await shell.has('Stopped')
    shell.type(`fg${KEYS.enter}one line${KEYS.enter}and another${KEYS.enter}`)
    await shows(shell, '李 one line')
    // The second has no name of its own: it's in one group with the first.
    await shell.shows('and another', rows => rows.some(row => /\d\d:\d\d .* and another$/.test(row)))
  })
})

describe('[U6] on a terminal that draws a joined emoji as its parts', () => {
  test('text typed behind one stands in its place', async () => {
    const server = await startServer()
    const alice = await sitDown(server, 'alice')
    for (const [typed, shown] of [
      ['so 👨‍👩‍👧', '› so 👨‍👩‍👧'],
      [' a', '› so 👨‍👩‍👧 a'],
      ['b', '› so 👨‍👩‍👧 ab'],
      [KEYS.backspace, '› so 👨‍👩‍👧 a'],
      ['cd', '› so 👨‍👩‍👧 acd'],
    ] as const) {
      alice.type(typed)
      await alice.shows(shown, rows => rows.at(-1)?.trimEnd() === shown)
    }
  })
})

describe('[U5] a connection that is lost', () => {
  test('a message of the meantime is marked, and said once when the server is back; nothing moves', async () => {
    const data = temporaryFolder()
    const server = await startServer('--data', data, '--rate', 'off')
    const alice = await sitDown(server, 'alice')
    const bob = await dialNative(server.port, 'bob')
    for (let k = 1; k <= 60; k++) bob.send(say(`message ${k}`))
    await shows(alice, ' message 60')
    alice.type(KEYS.pageUp)
    await alice.has('more below')
    const before = alice.rows().slice(1, -2)
    server.child.kill('SIGKILL')
    await alice.has('reconnecting')
    expect(alice.rows().slice(1, -2)).toEqual(before)
    const again = await startServer('--data', data, '--rate', 'off', '--port', `${server.port}`)
    await alice.has('online')
    expect(alice.rows().slice(1, -2)).toEqual(before)
    again.child.kill('SIGKILL')
    await alice.has('reconnecting')
    alice.type(`said while away${KEYS.enter}`)
    await alice.shows('it, marked', rows =>
      rows.some(row => row.includes('…') && row.endsWith('alice said while away')),
    )
    const third = await startServer('--data', data, '--rate', 'off', '--port', `${server.port}`)
    await third.out.has('alice > said while away')
    await alice.shows(
      'it, not marked any more',
      rows => rows.filter(row => /\d\d:\d\d +alice said while away$/.test(row)).length === 1,
    )
    expect(third.out.lines.filter(line => line.endsWith('said while away'))).toHaveLength(1)
  })
})

describe('[U8] the past', () => {
  test('is loaded by scrolling up, without a jump', async () => {
    const server = await startServer('--rate', 'off')
    const bob = await dialNative(server.port, 'bob')
    for (let k = 1; k <= 300; k++) bob.send(say(`message ${k} of many`))
    await server.out.has('message 300 of many')
    const alice = await sitDown(server, 'alice')
    await shows(alice, ' message 300 of many')
    alice.type(KEYS.home)
    await shows(alice, ' message 251 of many')
    // Its answer comes after the answer to the scrolling.
    alice.type(`/rooms${KEYS.enter}`)
    await shows(alice, 'Rooms: #lobby (2)')
    alice.type(KEYS.home)
    await shows(alice, ' message 51 of many')
    alice.type(KEYS.pageDown)
    await shows(alice, ' message 80 of many')
    alice.type(KEYS.end)
    await shows(alice, ' message 300 of many')
  })

  test('is found', async () => {
    const server = await startServer()
    const [alice, bob] = await talk(server)
    bob.type(`the needle is here${KEYS.enter}`)
    await alice.has('the needle is here')
    alice.type(`/search needle${KEYS.enter}`)
    await alice.has('Found for "needle"')
    alice.type(KEYS.escape)
    await alice.lacks('Found for')
  })

  test('[U14] leads to it, also where it is older than all that is loaded, and on from there to the end', async () => {
    const server = await startServer('--rate', 'off')
    const speaker = await dialNative(server.port, 'Spider-Man')
    speaker.send(say('the first needle'))
    for (let k = 1; k <= 260; k++) speaker.send(say(`message ${k} of many`))
    speaker.send(say('the second needle'))
    await server.out.has('the second needle')
    const alice = await sitDown(server, 'alice')
    await alice.has('the second needle')
    alice.type(`/search needle${KEYS.enter}`)
    await alice.has('Found for "needle": 2')
    alice.type(`${KEYS.down}${KEYS.enter}`)
    await alice.lacks('Found for')
    await alice.has('the first needle')
    await alice.has(' c copy ')
    await alice.has('message 1 of many')
    for (let from = 1; from < 200; ) {
      alice.type(KEYS.pageDown)
      const last = (rows: readonly string[]): number =>
        Math.max(0, ...rows.map(row => Number(/message (\d+) of many/.exec(row)?.[1] ?? 0)))
      const next = from
      from = last(await alice.shows(`what follows ${next}`, rows => last(rows) > next))
    }
    alice.type(KEYS.end)
    await alice.has('the second needle')
  })

  test("[U14] is found at the host's console, also where it is older than this start of the server", async () => {
    const data = temporaryFolder()
    const server = await startServer('--data', data, '--rate', 'off')
    const speaker = await dialNative(server.port, 'Spider-Man')
    speaker.send(say('the first needle\nin two lines'))
    for (let k = 1; k <= 130; k++) speaker.send(say(`message ${k} of many`))
    await server.out.has('message 130 of many')
    server.type('EXIT')
    await server.ended
    const command = [NODE, launcherOf('rxchat-server'), '--port', '0', '--host', '127.0.0.1', '--data', data]
    const host = openDrawn(command, SIZE)
    await host.has('HELP lists')
    host.type(`the second needle${KEYS.enter}`)
    await host.shows('it, said', rows => rows.some(row => row.endsWith('Host the second needle')))
    host.type(`SEARCH needle${KEYS.enter}`)
    await host.has('Found for "needle": 2')
    await host.has('the first needle in two lines')
    host.type(`${KEYS.down}${KEYS.enter}`)
    await host.lacks('Found for')
    await host.has('message 1 of many')
    const [, seq] = /DELETE (\d+) deletes/.exec((await host.has('deletes the message')).join('\n')) ?? []
    const last = (rows: readonly string[]): number =>
      Math.max(0, ...rows.map(row => Number(/message (\d+) of many/.exec(row)?.[1] ?? 0)))
    for (let from = 1; from < 130; ) {
      host.type(KEYS.pageDown)
      const next = from
      from = last(await host.shows(`what follows ${next}`, rows => last(rows) > next))
    }
    host.type(KEYS.escape)
    await host.lacks('Esc returns')
    host.type(`DELETE ${seq}${KEYS.enter}SEARCH needle${KEYS.enter}`)
    await host.has('Found for "needle": 1')
    host.type(KEYS.enter)
    await host.shows('it, in the life', rows => rows.some(row => row.endsWith('Host the second needle')))
    host.type(KEYS.ctrlC)
    expect(await host.ended).toBe(0)
  })

  test('/history shows what was said before', async () => {
    const server = await startServer('--rate', 'off')
    const speaker = await dialNative(server.port, '田中')
    for (let k = 1; k <= 60; k++) speaker.send(say(`message ${k} of many`))
    await server.out.has('message 60 of many')
    const alice = await sitDown(server, 'alice')
    await alice.has('message 60 of many')
    alice.type(`/history${KEYS.enter}`)
    await alice.has('message 1 of many')
  })
})

describe('[U9] the terminal is as it was', () => {
  test('after leaving', async () => {
    const server = await startServer()
    const alice = await sitDown(server, 'alice')
    expect(alice.isAlternate()).toBe(true)
    expect(alice.wraps()).toBe(false)
    alice.type(KEYS.ctrlC)
    expect(await alice.ended).toBe(0)
    restored(alice, 'Goodbye.')
  })

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('after %s', async signal => {
    const server = await startServer()
    const alice = await sitDown(server, 'alice')
    alice.signal(signal)
    expect(await alice.ended).toBe(0)
    restored(alice, 'Goodbye.')
  })

  /** It rings when SIGUSR2 comes, and fails. */
  const failing = (how: string): readonly string[] => [
    '--import',
    `data:text/javascript,process.on('SIGUSR2',()=>{process.stdout.write('\\x07');${how}})`,
  ]

  test.each([
    ['anywhere', `throw new Error('boom')`],
    ['in a promise', `Promise.reject(new Error('boom'))`],
    ['while drawing', `Date.now=()=>{throw new Error('boom')}`],
  ])('after an error %s, which stands below', async (_, how) => {
    const server = await startServer()
    const alice = chat(server, 'alice', SIZE, {}, failing(how))
    await alice.has('online')
    alice.signal('SIGUSR2')
    await alice.shows('the bell', () => alice.bells() > 0)
    alice.type('x')
    expect(await alice.ended).toBe(1)
    restored(alice, 'boom')
  })

  test('after a name that is taken, and the form asks for another', async () => {
    const server = await startServer()
    await sitDown(server, 'alice')
    const other = chat(server, 'ALICE')
    await other.has('The name is taken by alice')
    other.type(`${KEYS.ctrlU}bob${KEYS.enter}`)
    await other.has('online')
    other.type(KEYS.ctrlC)
    expect(await other.ended).toBe(0)
  })

  test('without a server', async () => {
    const alice = chat({ port: 1 }, 'alice')
    expect(await alice.ended).toBe(3)
    restored(alice, 'nothing listens at 127.0.0.1:1')
  })

  test('while it is stopped with Ctrl-Z, and it comes back', async () => {
    const server = await startServer()
    const state = temporaryFolder()
    const command = `'${NODE}' '${launcherOf('rxchat')}' 127.0.0.1:${server.port} --name alice`
    const shell = openDrawn(['bash', '--norc', '-i'], SIZE, { XDG_STATE_HOME: state, PS1: 'shell$ ', HISTFILE: '' })
    await shell.has('shell$')
    shell.type(`${command}${KEYS.enter}`)
    await shell.has('online')
    shell.type(KEYS.ctrlZ)
    await shell.has('Stopped')
    expect(shell.isAlternate()).toBe(false)
    expect(shell.wraps()).toBe(true)
    shell.type(`echo still $((40 + 2))${KEYS.enter}`)
    await shell.has('still 42')
    shell.type(`fg${KEYS.enter}`)
    await shell.has('online')
    expect(shell.isAlternate()).toBe(true)
    shell.type(`back again${KEYS.enter}`)
    await shows(shell, 'alice back again')
    shell.type(KEYS.ctrlC)
    await shell.has('Goodbye.')
    expect(shell.isAlternate()).toBe(false)
  })
})

describe('[K3] one name, one machine', () => {
  test('after kill -9 one is in again at once; two at once are told so in words', async () => {
    const server = await startServer()
    const state = temporaryFolder()
    const here = { XDG_STATE_HOME: state }
    const killed = await sitDown(server, 'Spider-Man', SIZE, here)
    killed.kill()
    await killed.ended
    const again = await sitDown(server, 'Spider-Man', SIZE, here)
    const second = chat(server, 'Spider-Man', SIZE, here)
    await second.has('Another rxchat on this machine already uses the name Spider-Man')
    second.type(`${KEYS.ctrlU}田中${KEYS.enter}`)
    await second.has('online')
    await again.has('田中 entered')
  })
})

describe('[S9] a server with a certificate of its own', () => {
  const tls = (address: string, state: string, size: Size = SIZE): Drawn =>
    openDrawn([NODE, launcherOf('rxchat'), `tls://${address}`, '--name', 'alice'], size, { XDG_STATE_HOME: state })

  test('is shown when it is first met, before anything is said; another one is refused, line by line', async () => {
    const folder = temporaryFolder()
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
    const certificates = [makeCertificate('a', [], Date.now()), makeCertificate('b', [], Date.now())] as const
    const lay = (which: 0 | 1): void => {
      writeFileSync(cert, certificates[which].cert)
      writeFileSync(key, certificates[which].key)
    }
    lay(0)
    const server = await startServer('--ephemeral', '--log-level', 'info', '--tls-cert', cert, '--tls-key', key)
    const [first, second] = [fingerprintOf(certificates[0].cert), fingerprintOf(certificates[1].cert)]
    const state = temporaryFolder()

    const careful = tls(server.address, state, { columns: 20, rows: 5 })
    await careful.shows('the whole fingerprint', rows => rows.join('').replaceAll(' ', '').includes(first))
    await careful.has('y accepts it')
    careful.type(KEYS.escape)
    expect(await careful.ended).toBe(4)
    expect(careful.rows().join('').replace(/\s/g, '')).toContain('Nothingwassent')
    expect(server.out.text).not.toContain('alice')

    const alice = tls(server.address, state)
    await alice.has(first)
    await alice.has('This is the first connection to')
    alice.type(KEYS.enter)
    alice.type('y')
    await alice.has('online')
    alice.type(KEYS.ctrlC)
    expect(await alice.ended).toBe(0)
    const known = tls(server.address, state)
    await known.has('online')
    known.type(KEYS.ctrlC)
    await known.ended

    lay(1)
    server.child.kill('SIGHUP')
    await server.errors.has(second)
    const refused = tls(server.address, state)
    expect(await refused.ended).toBe(4)
    expect(refused.rows()).toContain(`  known   ${first}`)
    expect(refused.rows()).toContain(`  shown   ${second}`)
  })
})

describe('[U10] the connect form', () => {
  const form = (more: Setting = {}): Drawn =>
    openDrawn([NODE, launcherOf('rxchat'), '--name', 'alice'], SIZE, { XDG_STATE_HOME: temporaryFolder(), ...more })

  test('tells what is wrong in its place, connects, and remembers', async () => {
    const server = await startServer()
    const state = temporaryFolder()
    const screen = form({ XDG_STATE_HOME: state })
    await screen.has('User name alice')
    screen.type(`${KEYS.ctrlU}al ice${KEYS.enter}`)
    await screen.has('The name contains')
    screen.type(`${KEYS.ctrlU}alice${KEYS.shiftTab}${KEYS.ctrlU}1${KEYS.tab}${KEYS.enter}`)
    await screen.has('cannot be reached')
    screen.type(`${KEYS.ctrlU}127.0.0.1${KEYS.tab}${KEYS.ctrlU}${server.port}${KEYS.tab}${KEYS.enter}`)
    await screen.has('online')
    screen.type(KEYS.ctrlC)
    expect(await screen.ended).toBe(0)
    const again = form({ XDG_STATE_HOME: state })
    await again.has(`Port      ${server.port}`)
    await again.has('Server    127.0.0.1')
    again.type(KEYS.escape)
    expect(await again.ended).toBe(130)
    restored(again)
  })

  test('begins anew where what was remembered cannot be read', async () => {
    const state = temporaryFolder()
    mkdirSync(join(state, 'rxchat'))
    writeFileSync(join(state, 'rxchat', 'client.json'), 'no JSON')
    const screen = form({ XDG_STATE_HOME: state })
    await screen.has('Server    localhost')
  })
})

/** Those of ECMA-48 and of terminals since, set by SGR. */
const COLOURS = /\[(3[0-7]|38;[25;\d]*|9[0-7])m/

describe('[U7] for every eye', () => {
  test('without colours where NO_COLOR says so', async () => {
    const server = await startServer()
    const alice = await sitDown(server, 'alice', SIZE, { NO_COLOR: '1' })
    for (const typed of ['so 👨‍👩‍👧', ' a', 'b']) {
      alice.type(typed)
      await alice.shows(typed, rows => rows.at(-1)?.trimEnd().endsWith(typed) === true)
    }
    expect(alice.raw()).not.toMatch(COLOURS)
  })

  test('line by line where the screen is read aloud', async () => {
    const server = await startServer()
    const alice = chat(server, 'alice', SIZE, { INK_SCREEN_READER: 'true' })
    await alice.has('Room #lobby: alice')
    expect(alice.isAlternate()).toBe(false)
    alice.type(KEYS.ctrlC)
    expect(await alice.ended).toBe(0)
  })
})

describe("[U11] the host's screen", () => {
  const host = (size: Size = { columns: 120, rows: 30 }): Drawn => {
    const command = [NODE, launcherOf('rxchat-server'), '--port', '0', '--host', '127.0.0.1', '--ephemeral']
    const screen = openDrawn(command, size)
    onTestFinished(() => void screen.type(KEYS.ctrlC))
    return screen
  }
  const portOf = (screen: Drawn): number => Number(/rxchat 127\.0\.0\.1:(\d+)/.exec(screen.rows().join('\n'))?.[1])

  test('shows where to join, who is here and what is said, and keeps the prompt', async () => {
    const screen = host()
    await screen.has('HELP lists the commands')
    const port = portOf(screen)
    const alice = await dialNative(port, 'alice')
    await shows(screen, '[*] alice entered.')
    await screen.shows('her among the people', rows => rows.some(row => /^ alice +native +\d\d:\d\d/.test(row)))
    screen.type('half a ')
    alice.send(say('hello, host'))
    await shows(screen, 'alice hello, host')
    screen.type(`line${KEYS.enter}`)
    await shows(screen, 'Host half a line')
    screen.type(`KI${KEYS.tab}al${KEYS.tab}`)
    await shows(screen, 'Host › KICK alice')
    screen.type(`for fun${KEYS.enter}`)
    await shows(screen, '[*] alice has been kicked out. (for fun)')
    screen.type(`QR${KEYS.enter}`)
    await screen.has(`http://127.0.0.1:${port}/`)
    screen.type(KEYS.escape)
    await screen.lacks(`http://127.0.0.1:${port}/`)
    screen.type(`HELP${KEYS.enter}`)
    await screen.has('PgDn shows more')
    screen.type(KEYS.pageDown)
    await screen.has('Any other line is a message to everyone.')
    screen.type(`EXIT${KEYS.enter}`)
    expect(await screen.ended).toBe(0)
    restored(screen, 'The server has stopped.')
  })

  test.each(['SIGTERM', 'SIGHUP'] as const)('gives the terminal back on %s', async signal => {
    const screen = host({ columns: 20, rows: 5 })
    await screen.has('›')
    screen.signal(signal)
    expect(await screen.ended).toBe(0)
    restored(screen)
  })
})
