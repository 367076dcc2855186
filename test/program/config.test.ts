/**
 * Settings from a file, variables and flags: which of them holds, the fault of a wrong one, and the settings in effect.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FLAGS, SETTINGS } from '../../src/program/cli/server-settings.ts'
import { readConfigFile } from '../../src/program/config/file.ts'
import { printedConfig } from '../../src/program/config/print.ts'
import { text, whole } from '../../src/program/config/setting.ts'
import { UsageError } from '../../src/program/config/usage.ts'
import { type Given, readSetting } from '../../src/program/config/values.ts'
import { readFlags, type ServerSettings } from '../../src/program/server/settings/flags.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

function fileOf(content: string): string {
  const path = join(temporaryFolder(), 'server.toml')
  writeFileSync(path, content)
  return path
}

function settings(argv: readonly string[], env: NodeJS.ProcessEnv = {}): ServerSettings {
  const read = readFlags(argv, env)
  if (typeof read === 'string') throw new Error(read)
  return read
}

const inFile = (content: string): ServerSettings => settings(['--config', fileOf(content)])

/** The sentence, without the folder of this test. */
function refusal(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof UsageError) return error.message.replaceAll(/\/\S*\/(?=server\.toml)/g, '')
    throw error
  }
  return 'nothing was refused'
}

describe('a configuration file', () => {
  test('[O1] may hold every setting', () => {
    const values: Readonly<Record<keyof typeof SETTINGS, string>> = {
      port: '4000',
      host: '"::1"',
      data: '"/srv/chat"',
      ephemeral: 'false',
      keep: '"30d"',
      'edit-time': '"10m"',
      files: '"25MB"',
      'files-quota': '"2GB"',
      grace: '5',
      rate: '"off"',
      'per-address': '3',
      'max-clients': '1_000',
      'allow-origin': '"https://a.example, https://b.example"',
      tls: 'true',
      'tls-cert': '"cert.pem"',
      'tls-key': '"/etc/key.pem"',
      'tls-only': 'true',
      'password-file': '"none"',
      password: '"open sesame"',
      'trust-proxy': '["127.0.0.1", "10.0.0.0/8"]',
      'tls-seen': `"${'AB:'.repeat(31)}AB"`,
      registration: '"invite"',
      guests: '"off"',
      workers: '"off"',
      nats: '["nats://a.example", "tls://b.example:4223"]',
      node: '"a"',
      'nats-nkey': '"a.nk"',
      'nats-creds': '"none"',
      'nats-ca': '"/etc/ca.pem"',
      'nats-cert': '"a.pem"',
      'nats-key': '"a-key.pem"',
      'nats-monitor': '"http://a.example:8222"',
      'nats-replicas': '5',
      advertise: '"a.example"',
      drain: '"10m"',
      'allow-private-hooks': 'true',
      quiet: 'true',
      'log-level': '"debug"',
    }
    const lines = Object.entries(values).map(([key, value]) => `${key} = ${value}`)
    const path = fileOf(lines.join('\n'))
    expect(settings(['--config', path])).toEqual({
      port: 4000,
      host: '::1',
      data: '/srv/chat',
      allowOrigins: ['https://a.example', 'https://b.example'],
      tls: { files: { cert: join(dirname(path), 'cert.pem'), key: '/etc/key.pem' } },
      passwordFile: null,
      workers: null,
      cluster: {
        brokers: ['nats://a.example:4222', 'tls://b.example:4223'],
        node: 'a',
        nkey: join(dirname(path), 'a.nk'),
        creds: null,
        ca: '/etc/ca.pem',
        certificate: { cert: join(dirname(path), 'a.pem'), key: join(dirname(path), 'a-key.pem') },
        monitors: ['http://a.example:8222'],
        replicas: 5,
      },
      advertise: 'a.example:3001',
      drain: 600_000,
      warnings: [],
      allowPrivateHooks: true,
      options: {
        files: { most: 25_000_000, quota: 2_000_000_000 },
        password: 'open sesame',
        tlsOnly: true,
        trusts: expect.any(Function),
        grace: 5000,
        rate: null,
        perAddress: 3,
        maxClients: 1000,
        keep: { age: 30 * 86_400_000 },
        editTime: 600_000,
        tlsSeen: 'ab'.repeat(32),
        registration: 'invite',
        guests: false,
      },
      config: path,
      quiet: true,
      logLevel: 'debug',
      plain: false,
      theme: null,
    })
  })

  test('[O1] a flag goes before a variable, a variable before the file, the file before what holds otherwise', () => {
    const path = fileOf('port = 1\ngrace = 1\nrate = 1')
    const env = { RXCHAT_CONFIG: path, RXCHAT_PORT: '2', RXCHAT_GRACE: '2' }
    const read = settings(['--port', '3'], env)
    expect([read.port, read.options.grace, read.options.rate?.perSecond]).toEqual([3, 2000, 1])
    expect(read.options.maxClients).toBe(10_000)
  })

  test('is looked for where the user has configuration', () => {
    const home = temporaryFolder()
    const path = join(home, 'rxchat', 'server.toml')
    mkdirSync(dirname(path))
    writeFileSync(path, 'port = 4000')
    expect(settings([], { XDG_CONFIG_HOME: home })).toMatchObject({ port: 4000, config: path })
    expect(settings([], { XDG_CONFIG_HOME: home, RXCHAT_CONFIG: '/dev/null' }).port).toBe(3001)
  })

  test('a path in it is seen from where it is', () => {
    const path = fileOf('data = "chat"')
    expect(settings(['--config', path]).data).toBe(join(path, '..', 'chat'))
  })

  test('a list is its parts with commas between', () => {
    const [given] = readConfigFile(fileOf('port = ["a", 1, true]'), ['port']).values()
    expect(given?.text).toBe('a,1,on')
  })

  test.each([
    ['# ports\n\nprot = 1', 'server.toml:3: there is no key prot. Did you mean port?'],
    ['max_clients = 1', 'server.toml:1: there is no key max_clients. Did you mean max-clients?'],
    ['"log level" = "info"', 'server.toml:1: there is no key log level. Did you mean log-level?'],
    ['config = "x"', `server.toml:1: there is no key config. There are ${Object.keys(SETTINGS).join(', ')}.`],
    ['[server]\nport = 1', `server.toml:1: there is no key server. There are ${Object.keys(SETTINGS).join(', ')}.`],
    ['[port]\nx = 1', 'server.toml:1: port must be a string, a number, or a list of them.'],
    ['port = 1979-05-27', 'server.toml:1: port must be a string, a number, or a list of them.'],
    ['grace = 1\nport = "x"', 'server.toml:2: port must be a whole number from 0 to 65535, not "x".'],
    ['port = 1.5', 'server.toml:1: port must be a whole number from 0 to 65535, not "1.5".'],
    ['ephemeral = "perhaps"', 'server.toml:1: ephemeral must be on or off, not "perhaps".'],
    ['host = ""', 'server.toml:1: host must be a string, not "".'],
    [
      'data = "/a"\nephemeral = true',
      'server.toml:1: data and server.toml:2: ephemeral contradict each other. Give one of them.',
    ],
  ])('[O2] with %j is refused, by its line', (content, sentence) => {
    expect(refusal(() => inFile(content))).toBe(sentence)
  })

  test.each(['host = all', 'port = 1\nport = 2', 'port 4000', '{"port": 4000}'])(
    '[O2] %j is no TOML, which is said with its line',
    content => {
      expect(refusal(() => inFile(content))).toMatch(/^server\.toml:\d: not valid TOML: .*\. Put strings in quotes/)
      expect(refusal(() => inFile(content))).not.toContain('\n')
    },
  )

  test('[O2] that is not there, or is a directory, is refused', () => {
    expect(refusal(() => settings(['--config', '/nowhere/server.toml']))).toBe(
      'The configuration file server.toml is not there. See --config.',
    )
    expect(refusal(() => settings(['--config', '/tmp']))).toBe(
      'The configuration file /tmp is a directory. See --config.',
    )
  })

  test('of where the data is and whether there is any, the higher place decides', () => {
    const data = (content: string, argv: readonly string[] = [], env: NodeJS.ProcessEnv = {}): string | null =>
      settings(['--config', fileOf(content), ...argv], env).data
    expect(data('ephemeral = true')).toBeNull()
    expect(data('ephemeral = true', ['--data', '/b'])).toBe('/b')
    expect(data('ephemeral = true', [], { RXCHAT_DATA: '/b' })).toBe('/b')
    expect(data('data = "/a"', ['--ephemeral'])).toBeNull()
    expect(data('data = "/a"', [], { RXCHAT_EPHEMERAL: 'on' })).toBeNull()
    expect(data('ephemeral = true', [], { RXCHAT_EPHEMERAL: 'off', XDG_STATE_HOME: '/s' })).toBe('/s/rxchat')
    expect(data('data = "/a"\nephemeral = false')).toBe('/a')
  })
})

describe('--print-config', () => {
  test('[O3] says of each value where it comes from', () => {
    const path = fileOf('# for us\nmax-clients = 5\nkeep = "30d"')
    const env = { RXCHAT_RATE: 'off', RXCHAT_DATA: '/srv/chat' }
    const lines = String(readFlags(['--config', path, '--grace', '5', '--print-config'], env)).split('\n')
    const values = lines.filter(line => /^\w/.test(line)).map(line => line.replace(/ +# /, ' # '))
    expect(values).toEqual([
      'port = 3001 # default',
      'host = "all" # default',
      'data = "/srv/chat" # RXCHAT_DATA',
      'ephemeral = false # default',
      `keep = "30d" # ${path}:3`,
      'edit-time = "24h" # default',
      'files = "10MB" # default',
      'files-quota = "auto" # default',
      'grace = 5 # --grace',
      'rate = "off" # RXCHAT_RATE',
      'per-address = 256 # default',
      `max-clients = 5 # ${path}:2`,
      'allow-origin = "own" # default',
      'tls = false # default',
      'tls-cert = "own" # default',
      'tls-key = "own" # default',
      'tls-only = false # default',
      'password-file = "none" # default',
      'trust-proxy = "none" # default',
      'tls-seen = "none" # default',
      'registration = "open" # default',
      'guests = "on" # default',
      'workers = "off" # default',
      'nats = "off" # default',
      'node = "host" # default',
      'nats-nkey = "none" # default',
      'nats-creds = "none" # default',
      'nats-ca = "system" # default',
      'nats-cert = "none" # default',
      'nats-key = "none" # default',
      'nats-monitor = "none" # default',
      'nats-replicas = 3 # default',
      'advertise = "none" # default',
      'drain = "off" # default',
      'allow-private-hooks = false # default',
      'quiet = false # default',
      'log-level = "warn" # default',
    ])
  })

  test('[O3] of --data and --ephemeral shows the one that holds', () => {
    const shown = (argv: readonly string[], env: NodeJS.ProcessEnv): string =>
      String(readFlags([...argv, '--print-config'], { RXCHAT_CONFIG: '/dev/null', ...env }))
    expect(shown(['--ephemeral'], { RXCHAT_DATA: '/a' })).toMatch(/^ephemeral = true +# --ephemeral$/m)
    expect(shown(['--ephemeral'], { RXCHAT_DATA: '/a' })).not.toContain('/a')
    expect(shown(['--data', '/a'], { RXCHAT_EPHEMERAL: 'on' })).toMatch(/^ephemeral = false +# --data$/m)
  })

  test('[O2] refuses what the server would refuse', () => {
    expect(refusal(() => readFlags(['--port', 'x', '--print-config'], {}))).toContain('--port must be')
  })

  test('[O3] prints a configuration file that says the same, for any settings', () => {
    const number = (most: number) => fc.integer({ min: 1, max: most }).map(String)
    const path = fc.string({ unit: 'grapheme', minLength: 1 }).map(name => `/srv/${name.replaceAll('\0', '')}`)
    const given = fc.record(
      {
        port: number(65_535),
        host: fc.constantFrom('all', '::1', '127.0.0.1', 'chat.example'),
        data: path,
        keep: fc.oneof(
          fc.constant('all'),
          number(999),
          number(999).map(days => `${days}d`),
        ),
        grace: number(604_800),
        rate: fc.oneof(fc.constant('off'), number(1_000_000)),
        'per-address': fc.oneof(fc.constant('off'), number(1_000_000)),
        'max-clients': number(1_000_000),
        'log-level': fc.constantFrom(...FLAGS['log-level'].completes),
      },
      { requiredKeys: [] },
    )
    const folder = temporaryFolder()
    const again = join(folder, 'server.toml')
    fc.assert(
      fc.property(given, fc.boolean(), (values, quiet) => {
        const argv = Object.entries(values).map(([name, value]) => `--${name}=${value}`)
        const whole = [...argv, ...(quiet ? ['--quiet'] : [])]
        const env = { RXCHAT_CONFIG: '/dev/null' }
        writeFileSync(again, String(readFlags([...whole, '--print-config'], env)))
        expect({ ...settings(['--config', again]), config: '/dev/null' }).toEqual(settings(whole, env))
      }),
    )
  })

  test('[O4] never shows a secret, and neither does a refusal', () => {
    const password = { value: 'TEXT', help: '', otherwise: '', variable: 'X', read: text, secret: true } as const
    const given: Given = { text: 'hunter2', source: 'X', name: 'X' }
    const printed = printedConfig('it', { password }, new Map([['password', given]]), null, [])
    expect(printed).toMatch(/^# password is set \(not shown\) {2}# X$/m)
    const numeric = { ...password, read: whole(1, 2) }
    expect(refusal(() => readSetting(numeric, given))).toBe('X must be a whole number from 1 to 2.')
  })
})
