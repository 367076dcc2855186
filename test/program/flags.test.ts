/** A person's arguments to the programs, and the sentence with a remedy for a wrong one. */
import { writeFileSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { readFlags as readClient } from '../../src/program/client/flags.ts'
import { UsageError } from '../../src/program/config/usage.ts'
import { readFlags as readServer } from '../../src/program/server/settings/flags.ts'
import { nobody } from '../../src/transport/trust.ts'
import { cast } from '../helpers/cast.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const words = (line: string): string[] => line.split(' ').filter(word => word !== '')
/** Without the configuration of the person who runs the tests. */
const server = (line: string, env: NodeJS.ProcessEnv = {}) =>
  readServer(words(line), { RXCHAT_CONFIG: '/dev/null', ...env })
const client = (line: string, env: NodeJS.ProcessEnv = {}) => readClient(words(line), env)
const onTerminal = (line: string, env: NodeJS.ProcessEnv = {}) => readClient(words(line), env, true)
const refusal = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
  return 'nothing was refused'
}

describe.each([
  { name: 'rxchat', read: client },
  { name: 'rxchat-server', read: server },
])('$name', ({ name, read }) => {
  test.each(['--help', '-h', '--nonsense --help', '--help --port x'])('%s prints help', line => {
    const help = read(line)
    expect(help).toMatch(new RegExp(`\\nUsage\\n {2}${name} .*\\n`))
    expect(help).toBe(read('--help'))
  })

  test('help fits into 80 columns, ends its last line, and has no blanks at the ends of lines', () => {
    const help = String(read('--help'))
    for (const line of help.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
    expect(help).toMatch(/[^\n]\n$/)
    expect(help).not.toMatch(/ $/m)
    for (const part of ['Usage', 'Examples', 'Flags', 'Exit codes', 'Environment'])
      expect(help).toContain(`\n${part}\n`)
  })

  test('help has no empty default', () => {
    expect(String(read('--help'))).not.toContain('()')
  })

  test('--version and -V print the version', () => {
    expect(read('--version')).toBe(`${manifest.version}\n`)
    expect(read('-V')).toBe(`${manifest.version}\n`)
  })

  test.each([
    ['--hlep', 'There is no flag --hlep. Did you mean --help?'],
    ['--no-help', 'There is no flag --no-help. See --help.'],
    ['--nonsense', 'There is no flag --nonsense. See --help.'],
    ['-x', 'There is no flag -x. See --help.'],
    ['--constructor', 'There is no flag --constructor. See --help.'],
  ])('%s is refused', (line, sentence) => {
    expect(refusal(() => read(line))).toBe(sentence)
  })

  test('a variable that there is not is refused, with the one that was meant', () => {
    expect(refusal(() => read('', { RXCHAT_PROT: '1' }))).toBe(
      'There is no variable RXCHAT_PROT. Did you mean RXCHAT_PORT?',
    )
    expect(refusal(() => read('', { RXCHAT_MAX_CLIENT: '1' }))).toContain('Did you mean RXCHAT_MAX_CLIENTS?')
    expect(refusal(() => read('', { RXCHAT_NMAE: 'x' }))).toContain('Did you mean RXCHAT_NAME?')
    const sentence = refusal(() => read('', { RXCHAT_SECRET_SAUCE: '1' }))
    expect(sentence).toMatch(/^There is no variable RXCHAT_SECRET_SAUCE\. Unset it; there are RXCHAT_NAME, RXCHAT_/)
  })

  test("the other program's variables are none of its business", () => {
    expect(read('', { RXCHAT_NAME: 'alice', RXCHAT_PORT: '4000', OTHER: 'x' })).toBeTypeOf('object')
  })
})

describe('rxchat', () => {
  const usual = {
    ...{ room: 'lobby', hasAddress: false, hasName: false, plain: false, theme: null, mouse: true, images: true },
    ...{ json: false, follow: false, exec: null, since: null, search: null, reply: null, files: null, cursor: null },
    ...{ live: null, get: null },
  }

  test('without anything goes to the lobby of this machine under the login name', () => {
    const address = { host: 'localhost', port: 3001, tls: false }
    const open = { fingerprint: null, password: null, token: null, warning: null }
    const guest = { accountPassword: null, hasTyped: false, register: false, invite: null, hasRoom: false }
    expect(client('')).toEqual({ address, name: userInfo().username, ...open, ...guest, ...usual })
  })

  test.each([
    ['--patience 0s', {}, 0],
    ['--patience 90s', {}, 90_000],
    ['--patience 1h', { RXCHAT_PATIENCE: '5m' }, 3_600_000],
    ['--patience off', { RXCHAT_PATIENCE: '5m' }, null],
    ['', { RXCHAT_PATIENCE: '2d' }, 172_800_000],
    ['', { RXCHAT_PATIENCE: 'off' }, null],
    ['', {}, undefined],
  ])('%s with %j is patient for %s ms', (line, env, patience) => {
    expect(client(line, env)).toMatchObject({ patience })
  })

  test.each([
    ['--patience 5', {}, '--patience must be a time such as 30s, 5m, 1h or 1d, or off, not "5".'],
    ['--patience=', {}, '--patience needs a value: --patience TIME, or --patience=TIME.'],
    [
      '',
      { RXCHAT_PATIENCE: 'never' },
      'RXCHAT_PATIENCE must be a time such as 30s, 5m, 1h or 1d, or off, not "never".',
    ],
  ])('%s with %j is refused', (line, env, sentence) => {
    expect(refusal(() => client(line, env))).toBe(sentence)
  })

  test.each([
    ['chat.example', 'chat.example', 3001],
    ['chat.example:4000', 'chat.example', 4000],
    ['[2001:db8::1]:4000', '2001:db8::1', 4000],
    ['[::1]', '::1', 3001],
    ['2001:db8::1', '2001:db8::1', 3001],
    ['http://chat.example:4000/', 'chat.example', 4000],
    ['http://[::1]:4000/?x#ops', '::1', 4000],
    ['http://chat.example', 'chat.example', 80],
    ['https://chat.example/', 'chat.example', 443],
    ['alice@chat.example', 'chat.example', 3001],
  ])('%s is an address', (word, host, port) => {
    expect(client(word)).toMatchObject({ address: { host, port } })
  })

  test.each([
    'chat.example:',
    'chat.example:0',
    'chat.example:70000',
    ':4000',
    'ftp://chat.example',
    '@b',
    'a@',
    'a/b',
    '[::1',
  ])('%s is none', word => {
    expect(refusal(() => client(word))).toBe(
      `"${word}" is not an address. Give HOST, HOST:PORT or [IPV6]:PORT, with tls:// before it for TLS.`,
    )
  })

  test.each(cast)('%s may stand before an @, as ssh has it', name => {
    const read = readClient([`${name}@[::1]:4000`], { RXCHAT_NAME: 'other' })
    expect(read).toMatchObject({ name, hasName: true, address: { host: '::1', port: 4000, tls: false } })
  })

  test('a browser’s address is an address, with its room; a flag goes before that', () => {
    expect(client('https://a:1/#%E7%94%B0%E4%B8%AD')).toMatchObject({ room: '田中', address: { tls: true } })
    expect(client('http://a:1/#ops --room dev')).toMatchObject({ room: 'dev', address: { tls: false } })
    expect(refusal(() => client('alice@a --name bob'))).toBe(
      '--name bob and alice@ in the address contradict each other. Give one of them.',
    )
  })

  test('[I9] the link of an invite is an address, with its token and its room', () => {
    const link = 'http://a:3001/#invite=Tok-en_1&room=%E7%94%B0%E4%B8%AD'
    const address = { host: 'a', port: 3001, tls: false }
    expect(client(link)).toMatchObject({ address, invite: 'Tok-en_1', room: '田中', hasRoom: true })
    expect(client('https://a/#invite=T')).toMatchObject({ invite: 'T', room: 'lobby', hasRoom: false })
    expect(client('http://a:3001/#invite=')).toMatchObject({ invite: null })
  })

  test('[I17] the password of an account comes from a file or a variable, and a token has no account', () => {
    expect(client('', { RXCHAT_ACCOUNT_PASSWORD: 'open says me' })).toMatchObject({ accountPassword: 'open says me' })
    expect(refusal(() => client('--account-password-file /no/such/file'))).toBe(
      '--account-password-file: /no/such/file is not there.',
    )
    expect(client('--register')).toMatchObject({ register: true })
    expect(refusal(() => client('--register --token rxchat_1 --json'))).toBe(
      '--register is for a name of your own. Leave out the token.',
    )
  })

  test('[A9] on a terminal a token is for a tool, and for a person only the variable is left aside, with a sentence', () => {
    expect(refusal(() => onTerminal('--token rxchat_1'))).toContain('A token is for scripts. To join as a person,')
    for (const tool of ['--json', '--follow', '--exec ./bot', '--since 1h', '--search x'])
      expect(onTerminal(`--token rxchat_1 ${tool}`)).toMatchObject({ token: 'rxchat_1', warning: null })
    expect(onTerminal('--name bob', { RXCHAT_TOKEN: 'rxchat_1' })).toMatchObject({
      ...{ token: null, name: 'bob' },
      warning: 'RXCHAT_TOKEN is for scripts, so it is not used on a terminal.',
    })
    expect(onTerminal('--follow', { RXCHAT_TOKEN: 'rxchat_1' })).toMatchObject({ token: 'rxchat_1', warning: null })
  })

  test.each([
    ['--room=bad!room', 'contains "!"'],
    ['--room=bad!room --token t', 'contains "!"'],
    ['http://a/#bad%20room', 'contains'],
    [`--room=${'x'.repeat(33)}`, 'is too long'],
  ])('[E1] a room that cannot be is refused before anything is dialled: %s', (line, fault) => {
    expect(refusal(() => client(line))).toContain(`The room name ${fault}`)
  })

  test.each(['2026-02-30', '2025-02-29', '2026-13-01', '2026-00-10', '2026-04-31T10:00', '2026-02-30T10:00Z'])(
    'a day that the calendar does not have is no time: --since %s',
    day => {
      expect(refusal(() => client(`--since ${day}`))).toContain('--since must be')
    },
  )

  test('[A9] a token goes from the flag before the variable, and has a name of its own', () => {
    expect(client('--token rxchat_1', { RXCHAT_TOKEN: 'rxchat_2' })).toMatchObject({ token: 'rxchat_1' })
    expect(client('', { RXCHAT_TOKEN: 'rxchat_2', RXCHAT_NAME: 'bob' })).toMatchObject({ token: 'rxchat_2', name: '' })
    const sentence = 'A token has its own name. Leave out the name bob.'
    expect(refusal(() => client('--token t --name bob'))).toBe(sentence)
    expect(refusal(() => client('bob@a --token t'))).toBe(sentence)
    expect(refusal(() => client('', { RXCHAT_TOKEN: 'one two' }))).not.toContain('one two')
  })

  test('takes every flag, long and short, before or after the address', () => {
    const wanted = { name: 'bob', room: 'ops', json: true, follow: true, exec: './bot' }
    expect(client('a:1 --name bob --room ops --plain --json --follow --exec ./bot')).toMatchObject(wanted)
    expect(client('-n bob -r ops -cf --json --exec=./bot a:1')).toMatchObject(wanted)
    expect(client('--name=-bob- a:1')).toMatchObject({ name: '-bob-', address: { host: 'a', port: 1 } })
  })

  test.each([
    ['Asia/Tokyo', Date.UTC(2026, 10, 21, 15)],
    ['America/New_York', Date.UTC(2026, 10, 22, 5)],
    ['UTC', Date.UTC(2026, 10, 22)],
  ])('a day of --since begins where it begins in %s', (zone, midnight) => {
    vi.stubEnv('TZ', zone)
    onTestFinished(() => void vi.unstubAllEnvs())
    expect(client('--since 2026-11-22')).toMatchObject({ since: { since: midnight } })
    expect(client('--since 2026-11-22T10:00')).toMatchObject({ since: { since: midnight + 10 * 3_600_000 } })
    expect(client('--since 2026-11-22T10:00Z')).toMatchObject({ since: { since: Date.UTC(2026, 10, 22, 10) } })
  })

  test('[LV8] refuses --live -- without a command', () => {
    expect(() => readClient(['h', '--live', '--'], {})).toThrow('Give a command after --.')
    expect(readClient(['h', '--name', 'ci', '--live', '--', '--help'], {})).toMatchObject({
      live: { command: ['--help'] },
    })
  })

  test('[CU5] refuses --retries together with --skip-after', () => {
    const argv = ['h', '--name', 'ci', '--cursor', 'etl', '--exec', 'cat']
    expect(readClient([...argv, '--retries', '0'], {})).toMatchObject({ cursor: { retries: 0, skipAfter: null } })
    expect(() => readClient([...argv, '--retries', '1', '--skip-after', '2'], {})).toThrow('Leave out one.')
  })

  test('[Y9] refuses a search without a word', () => {
    expect(client('--search C++')).toMatchObject({ search: 'C++' })
    expect(refusal(() => client('--search ++'))).toBe(
      '--search needs a word with a letter or a digit, and "++" has none.',
    )
  })

  test('takes an input, a while or a time for --since', () => {
    const since = (text: string) => {
      const read = client(`--since ${text}`)
      return typeof read === 'string' ? null : read.since
    }
    expect(since('1042')).toEqual({ after: 1042 })
    const hour = since('1h')
    expect(hour && 'since' in hour && Math.abs(Date.now() - 3_600_000 - hour.since) < 60_000).toBe(true)
    expect(since('2026-11-22T10:00')).toEqual({ since: new Date(2026, 10, 22, 10).getTime() })
    expect(since('2026-11-22')).toEqual({ since: new Date(2026, 10, 22).getTime() })
    expect(since('2026-11-22T10:00:00Z')).toEqual({ since: Date.UTC(2026, 10, 22, 10) })
    expect(since('cursor:a|b/etl')).toEqual({ cursor: 'a|b/etl' })
    for (const wrong of ['yesterday', '-1', '1w', '2026-13-45', 'cursor:', 'cursor:a|b/']) {
      expect(refusal(() => client(`--since=${wrong}`))).toContain('--since must be')
    }
    expect(client('--search deploy')).toMatchObject({ search: 'deploy' })
    expect(client('--mouse off')).toMatchObject({ mouse: false })
    expect(client('')).toMatchObject({ mouse: true, images: true })
    expect(client('--images off')).toMatchObject({ images: false })
    expect(client('', { RXCHAT_IMAGES: 'off' })).toMatchObject({ images: false })
    expect(client('--theme dark')).toMatchObject({ theme: 'dark', hasAddress: false })
    expect(client('http://chat.example:3001/#ops/1042')).toMatchObject({ room: 'ops', hasRoom: true })
    expect(client('a:1 -n bob')).toMatchObject({ hasAddress: true, hasName: true })
  })

  test('takes the name from --name, else from the environment, else from the system', () => {
    expect(client('--name bob', { RXCHAT_NAME: 'eve' })).toMatchObject({ name: 'bob' })
    expect(client('', { RXCHAT_NAME: 'eve' })).toMatchObject({ name: 'eve' })
    expect(client('', { RXCHAT_NAME: '' })).toMatchObject({ name: userInfo().username })
  })

  test.each([
    ['a b', 'Give only one address, without "b". See --help.'],
    ['--nmae bob', 'There is no flag --nmae. Did you mean --name?'],
    ['--name', '--name needs a value: --name NAME, or --name=NAME.'],
    ['--name=', '--name needs a value: --name NAME, or --name=NAME.'],
    ['--name --json', '--name needs a value: --name NAME, or --name=NAME.'],
    ['-n', '--name needs a value: --name NAME, or --name=NAME.'],
    ['-cn', '--name needs a value: --name NAME, or --name=NAME.'],
    ['--name a --name', '--name needs a value: --name NAME, or --name=NAME.'],
    ['--name.first a', 'The flag --name takes no dot. See --help.'],
    ['--exec', '--exec needs a value: --exec COMMAND, or --exec=COMMAND.'],
    ['--name a --name b', '--name is given twice. Once is enough.'],
    ['-n a --name b', '--name is given twice. Once is enough.'],
    ['--json --json', '--json is given twice. Once is enough.'],
    ['--json=yes', '--json takes no value. Leave out "=yes".'],
    ['--no-json', 'There is no flag --no-json. See --help.'],
    ['--mouse left', '--mouse must be on or off, not "left".'],
  ])('%s is refused', (line, sentence) => {
    expect(refusal(() => client(line))).toBe(sentence)
  })

  const PIN = `SHA256:${'A'.repeat(43)}`

  test('takes TLS from the address, the flag, the fingerprint or the environment', () => {
    const tls = (line: string, env: NodeJS.ProcessEnv = {}): unknown => {
      const settings = client(line, env)
      return typeof settings === 'string' ? settings : [settings.address, settings.fingerprint]
    }
    const there = { host: 'chat.example', port: 3001, tls: true }
    expect(tls('tls://chat.example')).toEqual([there, null])
    expect(tls('TLS://chat.example:4000/')).toEqual([{ ...there, port: 4000 }, null])
    expect(tls('tls://[::1]:4000')).toEqual([{ host: '::1', port: 4000, tls: true }, null])
    expect(tls('--tls chat.example')).toEqual([there, null])
    expect(tls('chat.example', { RXCHAT_TLS: 'on' })).toEqual([there, null])
    expect(tls('chat.example', { RXCHAT_TLS: 'off' })).toEqual([{ ...there, tls: false }, null])
    expect(tls(`chat.example --fingerprint ${PIN}`)).toEqual([there, PIN])
    expect(tls('chat.example', { RXCHAT_FINGERPRINT: '00:'.repeat(32).slice(0, -1) })).toEqual([there, PIN])
    expect(refusal(() => client('a --fingerprint SHA256:short'))).toMatch(
      /^"SHA256:short" is not a fingerprint\. Give SHA256:/,
    )
    expect(refusal(() => client('a', { RXCHAT_TLS: 'maybe' }))).toBe('RXCHAT_TLS must be on or off, not "maybe".')
  })

  test('takes a password from a file or the environment, and shows it nowhere', () => {
    const file = join(temporaryFolder(), 'password')
    writeFileSync(file, 'open sesame\nand more\n')
    expect(client(`--password-file ${file}`)).toMatchObject({ password: 'open sesame' })
    expect(client('', { RXCHAT_PASSWORD_FILE: file })).toMatchObject({ password: 'open sesame' })
    expect(client('', { RXCHAT_PASSWORD: 'x' })).toMatchObject({ password: 'x' })
    expect(client(`--password-file ${file}`, { RXCHAT_PASSWORD: 'x' })).toMatchObject({ password: 'open sesame' })
    writeFileSync(file, '\n')
    expect(refusal(() => client(`--password-file ${file}`))).toMatch(/^There is no password in the first line of /)
    expect(refusal(() => client('--password-file /nowhere'))).toBe('--password-file: /nowhere is not there.')
    const long = refusal(() => client('', { RXCHAT_PASSWORD: 'secret'.repeat(1000) }))
    expect(long).toMatch(/longer than 1024/)
    expect(long).not.toContain('secret')
  })

  test('a name that looks like a number stays as it was typed', () => {
    expect(client('--name 007 --room 1e3')).toMatchObject({ name: '007', room: '1e3' })
  })
})

describe('rxchat-server', () => {
  const others = {
    workers: null,
    cluster: null,
    advertise: null,
    drain: 0,
    allowPrivateHooks: false,
    config: '/dev/null',
    quiet: false,
    logLevel: 'warn',
    tls: null,
    passwordFile: null,
    warnings: [],
    plain: false,
    theme: null,
  }
  const accounts = { tlsSeen: null, registration: 'open', guests: true }
  const files = { most: 10_000_000, quota: 1_000_000_000 }
  const open = { files, editTime: 86_400_000, password: null, tlsOnly: false, trusts: nobody, ...accounts }
  const usual = {
    grace: 60_000,
    rate: { perSecond: 10, burst: 40 },
    perAddress: 256,
    maxClients: 10_000,
    keep: null,
    ...open,
  }

  test('without anything listens on port 3001, everywhere', () => {
    const data = join(homedir(), '.local', 'state', 'rxchat')
    const allowOrigins: string[] = []
    expect(server('')).toEqual({ port: 3001, host: undefined, data, allowOrigins, options: usual, ...others })
  })

  test('takes every flag', () => {
    const line =
      '--port 0 --host 127.0.0.1 --data /srv/chat --grace 5 --rate 100 --per-address 1 --max-clients=2 --keep 30d --allow-origin https://a.example'
    const options = {
      grace: 5000,
      rate: { perSecond: 100, burst: 400 },
      perAddress: 1,
      maxClients: 2,
      keep: { age: 30 * 86_400_000 },
      ...open,
    }
    const allowOrigins = ['https://a.example']
    expect(server(line)).toEqual({ port: 0, host: '127.0.0.1', data: '/srv/chat', allowOrigins, options, ...others })
    expect(server('--files 500KB --files-quota 2GB')).toMatchObject({
      options: { files: { most: 500_000, quota: 2_000_000_000 } },
    })
    expect(server('--ephemeral')).toMatchObject({ options: { files: { most: 10_000_000, quota: 100_000_000 } } })
    expect(server('--ephemeral --workers 2')).toMatchObject({ options: { files: null } })
    expect(server('--files off')).toMatchObject({ options: { files: null } })
    expect(server('--plain --theme light')).toMatchObject({ plain: true, theme: 'light' })
    expect(server('--quiet --log-level debug')).toMatchObject({ quiet: true, logLevel: 'debug' })
    expect(server('--rate off --per-address off')).toMatchObject({ options: { rate: null, perAddress: null } })
  })

  test('takes TLS, a password and proxies, and refuses what does not fit together', () => {
    const file = join(temporaryFolder(), 'password')
    writeFileSync(file, 'open sesame\n')
    expect(server('--tls')).toMatchObject({ tls: { files: null } })
    expect(server('--tls-cert /c --tls-key /k --tls-only')).toMatchObject({
      tls: { files: { cert: '/c', key: '/k' } },
      options: { tlsOnly: true },
    })
    expect(server(`--password-file ${file}`)).toMatchObject({ options: { password: 'open sesame' }, warnings: [] })
    expect(server('', { RXCHAT_PASSWORD: 'x' })).toMatchObject({ options: { password: 'x' }, warnings: [] })
    expect(server('--password x')).toMatchObject({
      options: { password: 'x' },
      warnings: [expect.stringContaining('visible in process lists')],
    })
    for (const [line, sentence] of [
      ['--tls-only', '--tls-only needs TLS. Give --tls, or --tls-cert and --tls-key, too.'],
      ['--tls-cert /c', '--tls-key is missing. Give a certificate together with its key.'],
      ['--tls-key /k', '--tls-cert is missing. Give a certificate together with its key.'],
      [
        `--password x --password-file ${file}`,
        '--password and --password-file contradict each other. Give one of them.',
      ],
      ['--password-file /nowhere', '--password-file: /nowhere is not there.'],
      [
        '--trust-proxy chat.example',
        '--trust-proxy must be addresses or networks such as 10.0.0.1 or 10.0.0.0/8, or none, not "chat.example".',
      ],
      [
        '--tls-seen plain',
        '--tls-seen must be the SHA-256 fingerprint of a certificate, as openssl and browsers show it, or none, not "plain".',
      ],
      ['--registration maybe', '--registration must be open, invite or closed, not "maybe".'],
      ['--guests maybe', '--guests must be on or off, not "maybe".'],
    ] as const) {
      expect(refusal(() => server(line))).toBe(sentence)
    }
    expect(server(`--registration closed --guests off --tls-seen ${'AB:'.repeat(31)}AB`)).toMatchObject({
      options: { registration: 'closed', guests: false, tlsSeen: 'ab'.repeat(32) },
    })
    const several = server('--trust-proxy 10.0.0.1 --trust-proxy 192.0.2.0/24')
    const trusts = typeof several === 'string' ? undefined : several.options.trusts
    expect(['10.0.0.1', '192.0.2.7', '10.0.0.2'].map(one => trusts?.(one))).toEqual([true, true, false])
  })

  test.each([
    ['--edit-time 10m', 600_000],
    ['--edit-time off', 0],
    ['--edit-time any', Number.POSITIVE_INFINITY],
  ])('%s says how long a message can be edited', (line, editTime) =>
    expect(server(line)).toMatchObject({ options: { editTime } }),
  )

  test('takes every variable; a flag goes before it, and an empty one is none', () => {
    const env = {
      RXCHAT_PORT: '4000',
      RXCHAT_HOST: '::1',
      RXCHAT_DATA: '/srv/chat',
      RXCHAT_KEEP: '1000',
      RXCHAT_GRACE: '1',
      RXCHAT_RATE: 'off',
      RXCHAT_PER_ADDRESS: 'off',
      RXCHAT_MAX_CLIENTS: '3',
      RXCHAT_ALLOW_ORIGIN: 'https://a.example, http://localhost:5173',
    }
    const allowOrigins = ['https://a.example', 'http://localhost:5173']
    const options = { grace: 1000, rate: null, perAddress: null, maxClients: 3, keep: { count: 1000 }, ...open }
    expect(server('', env)).toEqual({ port: 4000, host: '::1', data: '/srv/chat', allowOrigins, options, ...others })
    expect(server('', { RXCHAT_QUIET: 'on', RXCHAT_LOG_LEVEL: 'off' })).toMatchObject({ quiet: true, logLevel: 'off' })
    expect(server('--port 4001 --rate 10', env)).toMatchObject({ port: 4001, options: { rate: usual.rate } })
    expect(server('', { RXCHAT_PORT: '', RXCHAT_HOST: '' })).toMatchObject({ port: 3001, host: undefined })
  })

  test('takes several origins, each with a flag of its own or with commas between, and refuses what is none', () => {
    const several = '--allow-origin https://a.example --allow-origin http://b.example:81,https://C.example/'
    expect(server(several)).toMatchObject({
      allowOrigins: ['https://a.example', 'http://b.example:81', 'https://c.example'],
    })
    for (const none of ['a.example', 'https://a.example/path', '*', 'ws://a.example']) {
      expect(refusal(() => server(`--allow-origin ${none}`))).toBe(
        `--allow-origin must be origins such as https://chat.example, without a path, separated by commas, not "${none}".`,
      )
    }
    expect(refusal(() => server('--allow-origin https://a.example --allow-origin'))).toMatch(/needs a value/)
  })

  test('keeps its data where it is told, else where the system wants state, or nowhere', () => {
    const data = (line: string, env: NodeJS.ProcessEnv = {}) => {
      const read = server(line, env)
      return typeof read === 'string' ? read : read.data
    }
    expect(data('', { XDG_STATE_HOME: '/var/state' })).toBe('/var/state/rxchat')
    expect(data('--data chat')).toBe(join(process.cwd(), 'chat'))
    expect(data('--ephemeral')).toBeNull()
    expect(data('', { RXCHAT_EPHEMERAL: 'on', RXCHAT_DATA: '/a' })).toBeNull()
    expect(data('', { RXCHAT_EPHEMERAL: 'off', RXCHAT_DATA: '/a' })).toBe('/a')
    expect(data('--data /b', { RXCHAT_EPHEMERAL: 'on', RXCHAT_DATA: '/a' })).toBe('/b')
    expect(data('--ephemeral', { RXCHAT_DATA: '/a' })).toBeNull()
    expect(refusal(() => server('--ephemeral --data /a'))).toContain('contradict')
    expect(refusal(() => server('', { RXCHAT_EPHEMERAL: 'maybe' }))).toBe(
      'RXCHAT_EPHEMERAL must be on or off, not "maybe".',
    )
  })

  test.each([
    ['--port', '--port needs a value: --port N, or --port=N.'],
    ['--port --host x', '--port needs a value: --port N, or --port=N.'],
    ['--port 1 --port 2', '--port is given twice. Once is enough.'],
    ['--port 65536', '--port must be a whole number from 0 to 65535, not "65536".'],
    ['--port 0x10', '--port must be a whole number from 0 to 65535, not "0x10".'],
    ['--port 1e3', '--port must be a whole number from 0 to 65535, not "1e3".'],
    ['--port=-1', '--port must be a whole number from 0 to 65535, not "-1".'],
    ['--rate 0', '--rate must be a whole number from 1 to 1000000, or off, not "0".'],
    ['--files 10', '--files must be a size such as 500KB, 10MB or 2GB, at most 2GB, or off, not "10".'],
    [
      '--files-quota off',
      '--files-quota must be a size such as 500KB, 10MB or 2GB, at most 100000GB, or auto, not "off".',
    ],
    ['--per-address none', '--per-address must be a whole number from 1 to 1000000, or off, not "none".'],
    ['--max-clients off', '--max-clients must be a whole number from 1 to 1000000, not "off".'],
    ['--keep 30y', '--keep must be a time such as 30d or 12h, a number of messages, or all, not "30y".'],
    ['--keep 0', '--keep must be a time such as 30d or 12h, a number of messages, or all, not "0".'],
    ['--log-level loud', '--log-level must be debug, info, warn, error or off, not "loud".'],
    ['--theme pink', '--theme must be dark or light, not "pink".'],
    ['--quiet=no', '--quiet takes no value. Leave out "=no".'],
    ['--grace 1.5', '--grace must be a whole number from 0 to 604800, not "1.5".'],
    ['--perAddress', '--per-address needs a value: --per-address N, or --per-address=N.'],
    ['4000', '"4000" is not a flag. Name the address to listen on with --port 4000.'],
    ['reindx', 'There is no command reindx. Did you mean reindex?'],
    ['--port 1 replay', 'The command must come first: rxchat-server replay.'],
    ['0.0.0.0:4000', '"0.0.0.0:4000" is not a flag. Name the address to listen on with --host and --port.'],
    ['--port 1 -- x', '"x" is not a flag. Name the address to listen on with --host and --port.'],
  ])('%s is refused', (line, sentence) => {
    expect(refusal(() => server(line))).toBe(sentence)
  })

  const THREE = 'nats://a:4222,tls://b.example, nats://[::1]:4223'
  const alone = { nkey: null, creds: null, ca: null, certificate: null, monitors: [], replicas: 3 }

  test('[R14] is a node among several with the brokers that they share', () => {
    const brokers = ['nats://a:4222', 'tls://b.example:4222', 'nats://[::1]:4223']
    expect(server('--node 7_of-9', { RXCHAT_NATS: THREE })).toMatchObject({
      cluster: { ...alone, brokers, node: '7_of-9' },
    })
    expect(server('--nats a --nats b:1 --nats-replicas 1 --node x')).toMatchObject({
      cluster: { brokers: ['nats://a:4222', 'nats://b:1'], replicas: 1 },
    })
    const files = '--nats-nkey /k.nk --nats-ca /ca.pem --nats-cert /c.pem --nats-key /k.pem'
    expect(server(`--nats a --node x ${files} --nats-monitor http://a:8222/,https://b`)).toMatchObject({
      cluster: {
        ...{ nkey: '/k.nk', creds: null, ca: '/ca.pem', certificate: { cert: '/c.pem', key: '/k.pem' } },
        monitors: ['http://a:8222', 'https://b'],
      },
    })
    expect(server('--advertise [2001:db8::1]:4000 --drain 1d')).toMatchObject({
      ...{ cluster: null, advertise: '[2001:db8::1]:4000', drain: 86_400_000 },
    })
  })

  test.each([
    ['--nats http://a', 'be brokers such as nats://a.example:4222 or tls://a.example, separated by commas, or off'],
    ['--nats nats://u:p@a', 'be brokers such as nats://a.example:4222 or tls://a.example, separated by commas, or off'],
    ['--nats a,,b', 'be brokers such as nats://a.example:4222 or tls://a.example, separated by commas, or off'],
    ['--nats a:x', 'be brokers such as nats://a.example:4222 or tls://a.example, separated by commas, or off'],
    ['--node a.b', 'be up to 32 letters, digits, - and _'],
    ['--node 李', 'be up to 32 letters, digits, - and _'],
    ['--nats-monitor a:8222', 'be URLs such as http://a.example:8222, separated by commas, or none'],
    ['--nats-replicas 6', 'be a whole number from 1 to 5'],
    ['--advertise https://a', 'be HOST:PORT, or none'],
    ['--drain 2d', 'be a time up to 1d, such as 30s or 10m, or off'],
  ])('[R14] %s is refused', (line, must) => {
    const [flag, value] = line.split(' ')
    expect(refusal(() => server(line))).toBe(`${flag} must ${must}, not "${value}".`)
  })

  test.each([
    ['--nats a --workers 2', '--nats with --workers does not work. Start one node for each core instead.'],
    ['--nats a --ephemeral', '--nats with --ephemeral does not work. A node needs a data directory.'],
    ['--node a', '--node is for a node among several. Give --nats, the brokers that they share, too.'],
    [
      '--nats a --nats-nkey /k --nats-creds /c',
      '--nats-nkey and --nats-creds contradict each other. Give one of them.',
    ],
    ['--nats a --nats-cert /c', '--nats-key is missing. Give the certificate of this node together with its key.'],
  ])('[R14] %s does not fit together', (line, sentence) => {
    expect(refusal(() => server(`--node x ${line}`.replace('--node x --node', '--node')))).toBe(sentence)
  })

  test('a variable with a wrong value is told by its own name', () => {
    const sentence = 'RXCHAT_PORT must be a whole number from 0 to 65535, not "abc".'
    expect(refusal(() => server('', { RXCHAT_PORT: 'abc' }))).toBe(sentence)
  })
})

describe('rxchat --reply', () => {
  test.each([
    ['--reply 0', '--reply must be the number of a message, such as 1042, not "0".'],
    ['--reply 1e3', '--reply must be the number of a message, such as 1042, not "1e3".'],
    ['--reply 1042 --json', '--reply with --json does not work. Write "reply":1042 in the command.'],
    ['--reply 1042 --exec ./bot.sh', '--reply with --exec does not work. Write "reply":1042 in the command.'],
    ['--reply 1042 --search x', '--reply with --search does not work. Run rxchat twice.'],
  ])('%s is refused', (line, sentence) => {
    expect(refusal(() => client(line))).toBe(sentence)
  })

  test('goes with an input that is followed', () => {
    expect(client('--reply 1042 --follow')).toMatchObject({ reply: 1042, follow: true })
  })
})

describe('rxchat --get', () => {
  test.each([
    ['--get 0', '--get must be the number of a message, such as 1042, not "0".'],
    ['--get 1042 --json', '--get with --json does not work. Run rxchat twice.'],
    [
      '--get 1042 --follow --token rxchat_x',
      '--get with --follow needs a name, not a token. Give --name, or leave out --follow.',
    ],
  ])('%s is refused', (line, sentence) => {
    expect(refusal(() => client(line))).toBe(sentence)
  })
})
