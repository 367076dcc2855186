// What `npm publish` would send, installed as a stranger would: it is whole, it is small, and both programs run.
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { Watched } from '../helpers/program.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const node = join(root, 'node_modules', 'node', 'bin', 'node')
const manifest: { readonly dependencies?: Record<string, string>; readonly devDependencies: Record<string, string> } =
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

const scratch = mkdtempSync(join(tmpdir(), 'rxchat-package-'))
afterAll(() => rmSync(scratch, { recursive: true }))

/** As outside of this repository: without what npm tells its scripts of it, under the Node that the package pins. */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_(?!config_)|RXCHAT_)/i.test(name))),
  PATH: `${dirname(node)}:${process.env['PATH']}`,
  XDG_STATE_HOME: join(scratch, 'state'),
}
const execute = promisify(execFile)
const run = (folder: string, command: string, ...args: string[]) => execute(command, args, { cwd: folder, env })

let tarball = ''
beforeAll(async () => {
  // dist/ was built before the tests, and other tests run what is in it: it is packed as it is.
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
    'docs/scripting.md',
    'deploy/rxchat-server.service',
    'man/rxchat.1',
  ]) {
    expect(files).toContain(`package/${file}`)
  }
  expect(files.filter(file => /\.(ts|map|tgz|log)$/.test(file))).toEqual([])
})

test('what is built needs Node and nothing else: it runs without any node_modules', async () => {
  const bare = folder('bare')
  await run(bare, 'tar', '-xzf', tarball)
  const bin = join(bare, 'package', 'bin')
  await talk(join(bin, 'rxchat-server.js'), join(bin, 'rxchat.js'))
})

test('npm installs it with its dependencies alone, and links both commands', async () => {
  const home = folder('home')
  writeFileSync(join(home, 'package.json'), '{ "private": true }')
  await run(home, 'npm', 'install', '--omit=dev', '--prefer-offline', '--no-audit', '--no-fund', tarball)
  const installed = readdirSync(join(home, 'node_modules')).filter(name => !name.startsWith('.'))
  expect(installed).toContain('rxchat')
  for (const name of Object.keys(manifest.dependencies ?? {})) expect(installed).toContain(name.split('/')[0])
  for (const name of Object.keys(manifest.devDependencies)) expect(installed).not.toContain(name.split('/')[0])
  const bin = join(home, 'node_modules', '.bin')
  expect(readdirSync(bin)).toEqual(expect.arrayContaining(['rxchat', 'rxchat-server']))
  await talk(join(bin, 'rxchat-server'), join(bin, 'rxchat'))
})
