/** People and scripts with accounts, at real terminals: a name that is theirs, by a key or by a password that is hidden. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Drawn, openDrawn } from '../helpers/drawn.ts'
import { launcherOf, runClient, startClientIn, startServer } from '../helpers/program.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { KEYS, type Size } from '../helpers/terminal.ts'

const NODE = join(import.meta.dirname, '../../node_modules/node/bin/node')
const SIZE: Size = { columns: 100, rows: 24 }
const SECRET = 'open says me'

type Server = { readonly port: number }

/** `state`: the machine. */
const screenAt = (server: Server, state: string, args: readonly string[], size = SIZE, env = {}): Drawn =>
  openDrawn([NODE, launcherOf('rxchat'), `127.0.0.1:${server.port}`, ...args], size, { XDG_STATE_HOME: state, ...env })

async function sitDown(server: Server, state: string, name: string, ...more: readonly string[]): Promise<Drawn> {
  const screen = screenAt(server, state, ['--name', name, ...more])
  await screen.has('online')
  return screen
}

/** Registers under the name, with a password typed twice. */
async function register(screen: Drawn, name: string): Promise<void> {
  screen.type(`/register${KEYS.enter}`)
  await screen.has('Password:')
  screen.paste(SECRET)
  await screen.has('••••')
  screen.type(KEYS.enter)
  await screen.has('Once more:')
  screen.type(`${SECRET}${KEYS.enter}`)
  await screen.has(screen.terminal.cols < 40 ? 'registered' : `${name} has registered this name.`)
}

const keysIn = (state: string): readonly string[] => readdirSync(join(state, 'rxchat/keys'))

describe('[I17] a name of one’s own, at a drawn screen', () => {
  test('is registered with a password that nobody sees, and is there again by the key of the machine', async () => {
    const server = await startServer()
    const desk = temporaryFolder()
    const blue = await sitDown(server, desk, 'Mr.Blue')
    await register(blue, 'Mr.Blue')
    blue.type(KEYS.up)
    await blue.has('› /register')
    expect(blue.rows().join('\n')).not.toContain('says')
    blue.type(`${KEYS.ctrlU}still here${KEYS.enter}`)
    await server.out.has('Mr.Blue > still here')

    const again = await sitDown(server, desk, 'mr.blue')
    await again.has('✓')
    again.type(`me too${KEYS.enter}`)
    await server.out.has('Mr.Blue > me too')
    await blue.has('me too')

    blue.type(`/logout everywhere${KEYS.enter}`)
    expect(await blue.ended).toBe(0)
    expect(await again.ended).toBe(4)
    expect(blue.raw() + again.raw()).not.toContain(SECRET)
    const [file = ''] = keysIn(desk)
    expect(statSync(join(desk, 'rxchat/keys', file)).mode & 0o777).toBe(0o600)
  })

  test('is nobody else’s: elsewhere the form asks for the password, and that machine gets a key too', async () => {
    const server = await startServer()
    const [desk, phone] = [temporaryFolder(), temporaryFolder()]
    await register(await sitDown(server, desk, '田中'), '田中')

    const screen = screenAt(server, phone, ['--name', '田中'])
    await screen.has('Password')
    await screen.has('is an account')
    screen.type(`wrong one${KEYS.enter}`)
    await screen.has('The name or the password is wrong.')
    screen.type(`${SECRET}${KEYS.enter}`)
    await screen.has('The key of this machine can sign in to your account now.')
    expect(screen.raw()).not.toContain(SECRET)
    expect(screen.raw()).not.toContain('wrong one')

    screen.type(`/devices${KEYS.enter}`)
    await screen.has('What can sign in to 田中')
    expect(screen.rows().filter(row => / key /.test(row))).toHaveLength(2)
    screen.type(KEYS.escape)
    await screen.lacks('What can sign in to')
    screen.type(`/quit${KEYS.enter}`)
    await screen.ended
    await sitDown(server, phone, '田中')
  })

  test('is left by a device that is revoked', async () => {
    const server = await startServer()
    const [desk, phone] = [temporaryFolder(), temporaryFolder()]
    const one = await sitDown(server, desk, 'a|b')
    await register(one, 'a|b')
    const other = screenAt(server, phone, ['--name', 'a|b'])
    await other.has('Password')
    other.type(`${SECRET}${KEYS.enter}`)
    await other.has('The key of this machine')
    other.type(`/quit${KEYS.enter}`)
    await other.ended
    const back = await sitDown(server, phone, 'a|b')

    one.type(`/devices${KEYS.enter}`)
    await one.has('What can sign in to a|b')
    one.type(KEYS.end)
    one.type('\u{1b}[3~')
    await one.has('Its sessions end.')
    one.type(KEYS.enter)
    expect(await back.ended).toBe(4)
    await one.shows('two left', rows => rows.filter(row => /since \d{4}/.test(row)).length === 2)
  })

  test('fits into the smallest window', async () => {
    const server = await startServer()
    const screen = screenAt(server, temporaryFolder(), ['--name', '李'], { columns: 20, rows: 5 }, { NO_COLOR: '1' })
    await screen.has('online')
    await register(screen, '李')
    screen.type(`/devices${KEYS.enter}`)
    await screen.has('Up and Down')
  })

  test('has what it missed counted, right after the start', async () => {
    const server = await startServer()
    const desk = temporaryFolder()
    const blue = await sitDown(server, desk, 'Mr.Blue')
    await register(blue, 'Mr.Blue')
    blue.type(`/join ops${KEYS.enter}`)
    await blue.has('#ops')
    blue.type(`/quit${KEYS.enter}`)
    await blue.ended
    const lines = ['one', 'two, Mr.Blue', 'three'].map(
      text => `${JSON.stringify({ type: 'say', room: 'ops', text })}\n`,
    )
    const told = `${JSON.stringify({ type: 'tell', to: 'Mr.Blue', text: 'psst' })}\n`
    const said = await runClient(
      [`127.0.0.1:${server.port}`, '--name', 'Zed', '--room', 'ops', '--json'],
      `${lines.join('')}${told}`,
    )
    expect(said.code).toBe(0)
    const back = await sitDown(server, desk, 'Mr.Blue')
    await back.shows('what is unread', rows => rows.some(row => /#ops +3 !1/.test(row)))
    await back.shows('the direct conversation', rows => rows.some(row => /@Zed +1/.test(row)))
    back.type('\u{1b}a')
    await back.has('two, Mr.Blue')
    back.type('\u{1b}a')
    await back.has('psst')
  })
})

describe('[I17] a name of one’s own, line by line', () => {
  test('is registered and signed in to with passwords that are neither shown nor recalled', async () => {
    const server = await startServer()
    const [desk, phone] = [temporaryFolder(), temporaryFolder()]
    const plain = (state: string): Drawn => screenAt(server, state, ['--name', 'José', '--plain'])
    const one = plain(desk)
    await one.has('José >')
    one.type(`/register${KEYS.enter}`)
    await one.has('Password:')
    one.type(`${SECRET}${KEYS.enter}`)
    await one.has('Once more:')
    one.type(`something else${KEYS.enter}`)
    await one.has('These two differ.')
    one.type(`${SECRET}${KEYS.enter}`)
    await one.has('Once more:')
    one.paste(SECRET)
    one.type(KEYS.enter)
    await one.has('José has registered this name.')
    one.type(`/who${KEYS.enter}`)
    await one.has('José (registered)')
    one.type(`/login Zed ${SECRET}${KEYS.enter}`)
    await one.has('The name or the password is wrong.')
    one.type(KEYS.up)
    await one.has('José > /login Zed')
    one.type(`${KEYS.ctrlU}/devices${KEYS.enter}`)
    await one.has('What can sign in to José:')

    const other = plain(phone)
    await other.has('Password of José:')
    other.type(`${SECRET}${KEYS.enter}`)
    await other.has('The key of this machine can sign in to your account now.')
    other.type(`/logout${KEYS.enter}`)
    await other.has('You were signed out.')
    expect(await other.ended).toBe(0)
    expect(other.raw()).not.toContain(SECRET)
    // Typed behind the command, it is shown while it's typed, and then no more.
    expect(one.rows().join('\n')).not.toContain(SECRET)
  })

  test('is registered from a shell, which asks for a password too', async () => {
    const server = await startServer()
    const screen = screenAt(server, temporaryFolder(), ['--name', '李', '--register', '--plain'])
    await screen.has('李 becomes an account')
    screen.type(KEYS.enter)
    await screen.has('李 >')
    screen.type(`/account${KEYS.enter}`)
    await screen.has('李 is an account since')
  })
})

describe('[I17] a name of one’s own, in a pipe', () => {
  const env = (): NodeJS.ProcessEnv => ({ XDG_STATE_HOME: temporaryFolder() })

  test('is registered with a key, which then signs in by itself, in several programs at once', async () => {
    const server = await startServer()
    const machine = env()
    const registered = await runClient(
      [server.address, '--name', 'ci', '--register'],
      'registered, and said\n',
      machine,
    )
    expect(registered).toMatchObject({ code: 0, stdout: '' })
    await server.out.has('ci > registered, and said')
    expect(registered.stderr).toContain('ci is an account')
    const [one, two] = [1, 2].map(() => startClientIn(machine, server.address, '--name', 'ci', '--follow'))
    // A pipe gets messages from its entry on, so both have to be in first.
    for (const client of [one, two]) await client?.out.has('Room #lobby')
    one?.type('first')
    two?.type('second')
    await server.out.has('ci > first')
    await server.out.has('ci > second')
    await one?.out.has('second')
    await two?.out.has('first')
    expect(await runClient([server.address, '--name', 'ci'], 'hello\n', env())).toMatchObject({ code: 4 })
    const guests = [1, 2].map(() => startClientIn(machine, server.address, '--name', 'guest', '--follow'))
    await Promise.any(guests.map(({ ended }) => ended))
    expect(guests.map(({ errors }) => errors.text).join('')).toContain('already uses the name guest')
  })

  test('is signed in to with a password from the environment, which no output shows', async () => {
    const server = await startServer()
    const made = await runClient([server.address, '--name', 'José', '--register'], '', {
      ...env(),
      RXCHAT_ACCOUNT_PASSWORD: SECRET,
    })
    expect(made.code).toBe(0)
    const said = await runClient([server.address, '--name', 'José', '--json'], '', {
      ...env(),
      RXCHAT_ACCOUNT_PASSWORD: SECRET,
    })
    expect(said.code).toBe(0)
    expect(said.stdout).toContain('"account":true')
    const wrong = await runClient([server.address, '--name', 'José'], 'x\n', {
      ...env(),
      RXCHAT_ACCOUNT_PASSWORD: 'not this one',
    })
    expect(wrong).toMatchObject({ code: 4 })
    expect(wrong.stderr).toContain('The name or the password is wrong.')
    expect(made.stderr + said.stdout + said.stderr + server.out.text + server.errors.text).not.toContain(SECRET)
  })

  test('is not signed at another address, and the sentence says where the key was made', async () => {
    const machine = env()
    const { address, port } = await startServer()
    expect((await runClient([address, '--name', 'ci', '--register'], '', machine)).code).toBe(0)
    const elsewhere = `localhost:${port}`
    expect(address).not.toBe(elsewhere)
    const refused = await runClient([elsewhere, '--name', 'ci'], 'hello\n', machine)
    expect(refused).toMatchObject({ code: 4 })
    expect(refused.stderr).toContain(`The key for ci was made at 127.0.0.1:${port}`)
    expect(refused.stderr).toContain(`makes a key for ${elsewhere} too.`)
  })

  test('is not signed for another server at the same address, which is entered as a guest', async () => {
    const machine = env()
    const first = await startServer('--ephemeral')
    expect((await runClient([first.address, '--name', 'ci', '--register'], '', machine)).code).toBe(0)
    first.child.kill('SIGTERM')
    await first.ended
    const second = await startServer('--ephemeral', '--port', `${first.port}`)
    const said = await runClient([second.address, '--name', 'ci'], 'hello\n', machine)
    expect(said).toMatchObject({ code: 0 })
    expect(said.stderr).toContain('is not the one that the key for ci was made for')
    await second.out.has('ci > hello')
    const [file = ''] = keysIn(machine['XDG_STATE_HOME'] ?? '')
    expect(JSON.parse(readFileSync(join(machine['XDG_STATE_HOME'] ?? '', 'rxchat/keys', file), 'utf8'))).toMatchObject({
      addresses: [],
      accounts: ['ci'],
    })
  })
})
