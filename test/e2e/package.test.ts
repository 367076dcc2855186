// The files that `npm publish` would send: they are whole, and both programs run. Npm installs it in
// test/deploy/dockerfile.test.ts.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { Watched } from '../helpers/program.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const node = join(root, 'node_modules', 'node', 'bin', 'node')
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')

const scratch = mkdtempSync(join(tmpdir(), 'rxchat-package-'))
afterAll(() => rmSync(scratch, { recursive: true }))

/** As outside of this repository: without npm's variables for its scripts, under the Node that the package pins. */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_(?!config_)|RXCHAT_)/i.test(name))),
  PATH: `${dirname(node)}:${process.env['PATH']}`,
  XDG_STATE_HOME: join(scratch, 'state'),
}
const execute = promisify(execFile)
const run = (folder: string, command: string, ...args: string[]) => execute(command, args, { cwd: folder, env })

let tarball = ''
beforeAll(async () => {
  // dist/ was built before the tests, and other tests run its files: it is packed as it is.
  await run(root, 'npm', 'pack', '--ignore-scripts', '--pack-destination', scratch)
  tarball = join(scratch, readdirSync(scratch).find(name => name.endsWith('.tgz')) ?? '')
})

const folder = (name: string) => {
  const path = join(scratch, name)
  mkdirSync(path)
  return path
}

/** Hosts a room with one program and says something in it with the other. */
async function talk(server: string, client: string) {
  const hosting = execFile(server, ['--port', '0', '--host', '127.0.0.1'], { env })
  onTestFinished(() => void hosting.kill('SIGKILL'))
  const room = new Watched()
  hosting.stdout?.on('data', (text: string) => room.add(text))
  hosting.once('close', () => room.end())
  const address = await room.until(text => /Chat running (\S+)\n/.exec(text)?.[1])
  const saying = execute(client, [address, '--name', 'parcel'], { env })
  saying.child.stdin?.end('it came whole\n')
  expect(await saying).toEqual({ stdout: '', stderr: '' })
  await room.has(/\] parcel > it came whole\n/)
  hosting.stdin?.write('EXIT\n')
  await new Promise(resolve => hosting.once('close', resolve))
  expect(hosting.exitCode).toBe(0)
}

test('it has the programs, the documents and the licences, and nothing else', async () => {
  const { stdout } = await run(scratch, 'tar', '-tzf', tarball)
  const files = stdout.trim().split('\n')
  const tops = new Set(files.map(file => file.split('/')[1]))
  const wanted = [
    'CHANGELOG.md',
    'LICENSE',
    'NOTICE',
    'README.md',
    'bin',
    'deploy',
    'dist',
    'docs',
    'man',
    'package.json',
  ]
  expect([...tops].sort()).toEqual(wanted)
  for (const file of [
    'bin/rxchat.js',
    'bin/rxchat-server.js',
    'dist/client.js',
    'dist/server.js',
    'dist/index.js',
    'dist/index.d.ts',
    'dist/passkey-thread.js',
    'docs/scripting.md',
    'deploy/rxchat-server.service',
    'man/rxchat.1',
  ]) {
    expect(files).toContain(`package/${file}`)
  }
  const sources = files.filter(file => /\.ts$/.test(file) && !/^package\/docs\/examples\//.test(file))
  expect(sources).toEqual(['package/dist/index.d.ts'])
  expect(files.filter(file => /\.(map|tgz|log)$/.test(file))).toEqual([])
})

test('the build needs Node and nothing else: it runs without any node_modules', async () => {
  const bare = folder('bare')
  await run(bare, 'tar', '-xzf', tarball)
  const bin = join(bare, 'package', 'bin')
  await talk(join(bin, 'rxchat-server.js'), join(bin, 'rxchat.js'))
  const thread = new Worker(join(bare, 'package', 'dist', 'passkey-thread.js'))
  const site = { host: 'localhost', origin: 'http://localhost' }
  thread.postMessage({ id: 1, question: { site, challenge: 'c', response: {}, passkey: null } })
  expect(await once(thread, 'message')).toEqual([{ id: 1, answer: null }])
  await thread.terminate()
})

/** A folder of a stranger, with the package and of all that it depends on rxjs alone. */
async function stranger(name: string) {
  const home = folder(name)
  const packages = join(home, 'node_modules')
  mkdirSync(join(packages, 'rxchat'), { recursive: true })
  await run(home, 'tar', '-xzf', tarball, '--strip-components', '1', '-C', join(packages, 'rxchat'))
  for (const needed of ['rxjs', 'tslib']) symlinkSync(join(root, 'node_modules', needed), join(packages, needed))
  writeFileSync(join(home, 'package.json'), '{ "private": true, "type": "module" }')
  const compilerOptions = { target: 'es2024', module: 'nodenext', strict: true, noEmit: true, types: [] }
  writeFileSync(join(home, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  return home
}

const PROGRAM = `
import { firstValueFrom, Observable } from 'rxjs'
import { filter, map } from 'rxjs/operators'
import { type ChatEvent, ChatError, connect, createServer } from 'rxchat'

const server = await createServer()
const chat = connect(server.address, { name: 'stranger' })
const text$: Observable<string> = chat.room('lobby').said$.pipe(filter(({ own }) => own), map(({ text }) => text))
const heard = firstValueFrom(text$)
const { seq } = await chat.room().say('it came whole')
console.log(await heard, Number.isInteger(seq))
const refused: unknown = await chat.tell('nobody', 'hi').catch(error => error)
if (refused instanceof ChatError && refused.code === 'member-unknown') console.log(refused.performed)
const kinds = (event: ChatEvent): number => event.type === 'said' ? event.text.length : event.seq
await chat.leave()
await server.close()

function wrong() {
  // @ts-expect-error a name is needed
  connect(server.address, {})
  // @ts-expect-error there is no such code
  if (refused instanceof ChatError && refused.code === 'name-token') kinds({})
  // @ts-expect-error not every event has a text
  chat.event$.subscribe(event => event.text)
}
`

test('[M7] a program in an empty folder imports it, under plain Node and past a compiler', async () => {
  const home = await stranger('stranger')
  writeFileSync(join(home, 'program.ts'), PROGRAM)
  const compiled = () => run(home, node, tsc, '-p', home)
  expect(await compiled()).toEqual({ stdout: '', stderr: '' })
  const said = { stdout: 'it came whole true\nno\n', stderr: '' }
  expect(await run(home, node, 'program.ts')).toEqual(said)

  // Two copies of rxjs: the operators of one work on the observables of the other.
  const own = join(home, 'node_modules', 'rxchat', 'node_modules')
  cpSync(join(root, 'node_modules', 'rxjs'), join(own, 'rxjs'), { recursive: true })
  cpSync(join(root, 'node_modules', 'tslib'), join(own, 'tslib'), { recursive: true })
  expect(await compiled()).toEqual({ stdout: '', stderr: '' })
  expect(await run(home, node, 'program.ts')).toEqual(said)
})

test('[M7] the code of docs/library.md compiles', async () => {
  const home = await stranger('reader')
  const page = readFileSync(join(root, 'docs', 'library.md'), 'utf8')
  const blocks = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code)
  expect(blocks.length).toBeGreaterThan(4)
  writeFileSync(join(home, 'page.ts'), blocks.join('\n'))
  expect(await run(home, node, tsc, '-p', home)).toEqual({ stdout: '', stderr: '' })
})

test('[M7] a bot that only talks loads no server', () => {
  const library = readFileSync(join(root, 'dist', 'index.js'), 'utf8')
  const atOnce = [...library.matchAll(/^import .*from "(.+)"/gm)].map(([, name]) => name)
  expect(atOnce).toContain('rxjs')
  expect(atOnce).not.toContain('./library-create-server.js')
  expect(library).toContain('import("./library-create-server.js")')
})

test('`npm start` builds nothing that is built', async () => {
  const built = () => statSync(join(root, 'dist', 'server.js')).mtimeMs
  const before = built()
  await run(root, node, join('scripts', 'build-if-changed.ts'))
  expect(built()).toBe(before)
})
