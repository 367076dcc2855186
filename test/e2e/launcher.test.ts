// The launchers in bin/, as real processes: on a new Node, which imports the program, and on an older one, which runs
// it as a child. Both must look the same from outside, so that nearly every test runs on both. dist/ is a stand-in.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { patiently } from '../helpers/patience.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const terminalScript = fileURLToPath(new URL('launcher.terminal.py', import.meta.url))
const pinnedNode = join(root, 'node_modules', 'node', 'bin', 'node')
const olderNode = onPath('node').find(node => isTooOld(execFileSync(node, ['--version'], { encoding: 'utf8' })))
const python = onPath('python3')[0]
if (!olderNode) console.warn('Skipped: the launchers on an older Node, as the PATH has no Node before 22.18')
if (!python) console.warn('Skipped: the launchers in a terminal, as the PATH has no python3 to make one')

const standIn = `
const [verb, ...words] = process.argv.slice(2)
const say = line => process.stdout.write(line + '\\n')
const verbs = {
  name: () => say(name),
  words: () => say(JSON.stringify(words)),
  copy: () => process.stdin.pipe(process.stdout),
  exit: () => process.exit(Number(words[0])),
  die: () => process.kill(process.pid, words[0]),
  tidy: () => {
    process.on('SIGTSTP', () => {
      say('tidied')
      process.kill(0, 'SIGSTOP')
    })
    verbs.hear()
  },
  hear: () => {
    for (const signal of words) process.on(signal, () => say(signal))
    setInterval(() => {}, 1000)
    say(process.pid)
    say('ready')
  },
}
verbs[verb]()
`

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'rxchat-launcher-')))
afterAll(() => rmSync(scratch, { recursive: true }))

/** A copy of the package, with the parts of it that a test wants. */
function install(name: string, parts: { dist: boolean; modules: boolean }) {
  const home = join(scratch, name)
  cpSync(join(root, 'bin'), join(home, 'bin'), { recursive: true })
  writeFileSync(join(home, 'package.json'), '{ "type": "module" }')
  if (parts.modules) symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'))
  if (parts.dist) {
    mkdirSync(join(home, 'dist'))
    for (const name of ['server', 'client']) {
      writeFileSync(join(home, 'dist', `${name}.js`), `const name = '${name}'\n${standIn}`)
    }
  }
  return home
}

const whole = install('whole', { dist: true, modules: true })
const unbuilt = install('unbuilt', { dist: false, modules: true })
const bare = install('bare', { dist: true, modules: false })
const command = (home: string, name = 'rxchat-server') => join(home, 'bin', `${name}.js`)

function start(file: string, args: string[]) {
  const child = spawn(file, args, { stdio: 'pipe' })
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()

  /** Reads up to the line that is wanted, or to the end, and returns the lines before it. */
  async function until(wanted?: string) {
    const before: string[] = []
    for (;;) {
      const line = await patiently(wanted ?? 'the end', lines.next(), () => before)
      if (line.done || line.value === wanted) {
        expect(line.value, `what came after ${JSON.stringify(before)}`).toBe(wanted)
        return before
      }
      before.push(line.value)
    }
  }
  return { child, until, errors: text(child.stderr), exit: once(child, 'exit') }
}

describe.each([
  { title: 'on a new Node', node: pinnedNode },
  { title: 'on an older Node', node: olderNode },
])('$title', ({ title, node = '' }) => {
  describe.skipIf(!node)('a launcher', () => {
    const run = (...args: string[]) => start(node, [command(whole), ...args])

    test('runs its own program', async () => {
      const server = start(node, [command(whole, 'rxchat-server'), 'name'])
      const client = start(node, [command(whole, 'rxchat'), 'name'])
      await server.until('server')
      await client.until('client')
    })

    test('runs through a link, as in node_modules/.bin', async () => {
      const link = join(scratch, `link on ${title}`)
      symlinkSync(command(whole), link)
      await start(node, [link, 'name']).until('server')
    })

    test('passes the arguments on as they are', async () => {
      const args = ['--port', '1', '', 'two words', '"quoted" $HOME *', '--', 'ünï']
      await run('words', ...args).until(JSON.stringify(args))
    })

    test('passes stdin and stdout through, and the end of stdin', async () => {
      const { child, until, exit } = run('copy')
      child.stdin.end('one\ntwo\n')
      expect(await until()).toEqual(['one', 'two'])
      expect(await exit).toEqual([0, null])
    })

    test.each([0, 1, 6, 255])('gives back exit code %i', async code => {
      expect(await run('exit', String(code)).exit).toEqual([code, null])
    })

    test.each(['SIGTERM', 'SIGKILL', 'SIGINT', 'SIGHUP'])('dies of the %s of which the program died', async signal => {
      expect(await run('die', signal).exit).toEqual([null, signal])
    })

    test.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1'] as const)('passes %s on, once', async signal => {
      const { child, until } = run('hear', signal, 'SIGUSR2')
      await until('ready')
      child.kill(signal)
      await until(signal)
      child.kill('SIGUSR2')
      expect(await until('SIGUSR2')).toEqual([])
    })

    test('dies of a signal to which the program does not listen', async () => {
      const { child, until, exit } = run('hear')
      await until('ready')
      child.kill('SIGTERM')
      expect(await exit).toEqual([null, 'SIGTERM'])
    })

    test('leaves no program behind when it is killed', async () => {
      const { child, until } = run('hear')
      await until('ready')
      child.kill('SIGKILL')
      await until() // the program has the same stdout: its end is the program's end
    })

    test('says in one sentence that the program is not built yet', async () => {
      const { errors, exit } = start(node, [command(unbuilt), '--port', '1'])
      expect(await exit).toEqual([1, null])
      expect(await errors).toBe(`rxchat is not built yet: run \`npm run build\` in ${unbuilt}\n`)
    })
  })

  describe.skipIf(!node || !python)('a launcher in a terminal', () => {
    const press = { ctrlC: 'keys 03\n', ctrlZ: 'keys 1a\n', ctrlBackslash: 'keys 1c\n' }

    const sitDown = (verb: 'hear' | 'tidy', ...signals: string[]) => sitDownWith([], verb, ...signals)

    async function sitDownWith(options: string[], verb: 'hear' | 'tidy', ...signals: string[]) {
      const { child, until } = start(python ?? '', [terminalScript, node, ...options, command(whole), verb, ...signals])
      const before = await until('shown ready')
      const [launcher = 0, program = 0] = before.map(line => Number(line.split(' ')[1]))
      return { launcher, program, until, order: (what: string) => child.stdin.write(what) }
    }

    test.each([
      ['Ctrl-C', press.ctrlC, 'SIGINT'],
      ['Ctrl-\\', press.ctrlBackslash, 'SIGQUIT'],
    ])('lets the program hear %s once each time', async (_, key, signal) => {
      const { launcher, until, order } = await sitDown('hear', signal, 'SIGUSR2')
      for (const _ of ['first', 'second']) {
        order(key)
        await until(`shown ${signal}`)
        process.kill(launcher, 'SIGUSR2')
        expect(await until('shown SIGUSR2')).toEqual([])
      }
    })

    test('dies of Ctrl-C with a program that does not listen', async () => {
      const { until, order } = await sitDown('hear')
      order(press.ctrlC)
      await until('ended -2')
    })

    test('stops on Ctrl-Z with the program, and both continue on fg, time after time', async () => {
      const { program, until, order } = await sitDown('hear', 'SIGCONT')
      for (const _ of ['first', 'second']) {
        order(press.ctrlZ)
        await until('stopped')
        await expect.poll(() => stateOf(program)).toBe('T')
        order('fg\n')
        await until('shown SIGCONT')
      }
      order(press.ctrlC)
      await until('ended -2')
    })

    test('stops with the program when it alone is told to, and continues likewise', async () => {
      const { launcher, program, until, order } = await sitDown('hear', 'SIGCONT')
      process.kill(launcher, 'SIGTSTP')
      await until('stopped')
      await expect.poll(() => stateOf(program)).toBe('T')
      process.kill(launcher, 'SIGCONT')
      await until('shown SIGCONT')
      expect(stateOf(program)).not.toBe('T')
      order('fg\n')
      await until('shown SIGCONT')
      order(press.ctrlC)
      await until('ended -2')
    })

    test('continues a program that was continued by itself before', async () => {
      const { launcher, program, until, order } = await sitDown('hear', 'SIGCONT')
      order(press.ctrlZ)
      await until('stopped')
      order('fg\n')
      await until('shown SIGCONT')
      process.kill(program, 'SIGSTOP')
      process.kill(launcher, 'SIGSTOP')
      await until('stopped')
      await expect.poll(() => stateOf(program)).toBe('T')
      process.kill(launcher, 'SIGCONT')
      await (launcher === program ? until('shown SIGCONT') : expect.poll(() => stateOf(program)).not.toBe('T'))
    })

    if (node !== pinnedNode) {
      test('sends no SIGCONT to a program that has had the one of fg, however late it is itself', async () => {
        const { options, goOn } = late()
        const { launcher, until, order } = await sitDownWith(options, 'hear', 'SIGCONT', 'SIGUSR2')
        order(press.ctrlZ)
        await until('stopped')
        order('fg\n')
        await until('shown SIGCONT')
        await goOn(1)
        process.kill(launcher, 'SIGUSR2')
        expect(await until('shown SIGUSR2')).toEqual([])
      })

      test('stops with the program on a Ctrl-Z that comes while it hears of an earlier fg', async () => {
        const { options, goOn, stands } = late()
        const { until, order } = await sitDownWith(options, 'hear', 'SIGCONT')
        for (const _ of ['first', 'second']) {
          order(press.ctrlZ)
          await until('stopped')
          order('fg\n')
          await until('shown SIGCONT')
        }
        await goOn(1)
        await stands(2)
        order(press.ctrlZ)
        await goOn(2)
        await until('stopped')
      })
    }

    test('lets a program that tidies the terminal before it stops do so once each time', async () => {
      const { launcher, until, order } = await sitDown('tidy', 'SIGUSR2')
      for (const stop of [() => order(press.ctrlZ), () => process.kill(launcher, 'SIGTSTP')]) {
        stop()
        const beforeStop = await until('stopped')
        order('fg\n')
        process.kill(launcher, 'SIGUSR2')
        expect([...beforeStop, ...(await until('shown SIGUSR2'))]).toEqual(['shown tidied'])
      }
    })
  })
})

describe('an older Node alone', () => {
  test.skipIf(!olderNode)('says in one sentence what is needed', async () => {
    const { errors, exit } = start(olderNode ?? '', [command(bare)])
    expect(await exit).toEqual([1, null])
    expect(await errors).toMatch(/^rxchat needs Node 22\.18 or newer, this is \d+\.\d+\.\d+: install one, or run .*\n$/)
    expect(await errors).toContain(`run \`npm install\` in ${bare}, which brings one\n`)
  })

  test.skipIf(!olderNode)('finds a Node beside the package, installed as a dependency', async () => {
    const app = join(scratch, 'app', 'node_modules')
    mkdirSync(app, { recursive: true })
    symlinkSync(join(root, 'node_modules', 'node'), join(app, 'node'))
    const home = install(join('app', 'node_modules', 'rxchat'), { dist: true, modules: false })
    await start(olderNode ?? '', [command(home), 'name']).until('server')
  })

  test.skipIf(!olderNode)('lets the server say that its launcher is gone', async () => {
    const args = ['--ephemeral', '--port', '0', '--host', '127.0.0.1', '--log-level', 'info']
    const { child, until, errors } = start(olderNode ?? '', [join(root, 'bin', 'rxchat-server.js'), ...args])
    const listening = new Promise<void>(resolve => {
      child.stderr.on('data', data => String(data).includes('"listening"') && resolve())
    })
    await patiently('the start', listening, () => '')
    child.kill('SIGKILL')
    await until()
    expect(await errors).toContain('"why":"the launcher is gone"')
  })

  test.skipIf(!olderNode)("kills in the end a program that does not heed its launcher's death", async () => {
    const { child, until } = start(olderNode ?? '', [command(whole), 'hear', 'SIGTERM'])
    await until('ready')
    child.kill('SIGKILL')
    await until('SIGTERM')
    await until()
  })
})

/** A launcher whose loop stands still at each SIGCONT until it may go on; then no timer of it waits. */
function late() {
  const folder = mkdtempSync(join(scratch, 'late-'))
  const [isOn, isThere] = [(k: number) => join(folder, `on ${k}`), (k: number) => join(folder, `there ${k}`)]
  const module = `
    import { existsSync, writeFileSync } from 'node:fs'
    const { setTimeout } = globalThis
    if (!process.env.RXCHAT_LAUNCHER_FD) {
      const folder = ${JSON.stringify(folder)}
      const parent = process.ppid
      let k = 0
      globalThis.setTimeout = (call, ms, ...rest) => setTimeout(call, k > 0 ? 0 : ms, ...rest)
      process.on('SIGCONT', () => {
        k += 1
        writeFileSync(folder + '/there ' + k, '')
        while (!existsSync(folder + '/on ' + k) && process.ppid === parent);
      })
    }`
  return {
    options: ['--import', `data:text/javascript,${encodeURIComponent(module)}`],
    stands: (k: number) => expect.poll(() => existsSync(isThere(k))).toBe(true),
    async goOn(k: number) {
      await expect.poll(() => existsSync(isThere(k))).toBe(true)
      writeFileSync(isOn(k), '')
    },
  }
}

/** Every program of that name on the PATH but those that npm put there. */
function onPath(name: string) {
  const { PATH = '' } = process.env
  const directories = PATH.split(delimiter).filter(directory => !directory.includes('node_modules'))
  return directories.map(directory => join(directory, name)).filter(existsSync)
}

function isTooOld(version: string) {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number)
  return major < 22 || (major === 22 && minor < 18)
}

/** The letter that `ps` has for a process: T for a stopped one. */
function stateOf(pid: number) {
  return execFileSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' }).trim()
}
