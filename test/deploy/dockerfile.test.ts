/**
 * deploy/Dockerfile, without an engine: each of its RUN lines but `npm ci` is run by a shell, in a folder that is empty
 * but for the files of COPY, and the result is started as the image would start it. Steps that need an engine are not
 * run: the images of FROM (the Node here is the one that package.json pins), USER and --chown, VOLUME, EXPOSE,
 * STOPSIGNAL.
 */
import { execFile, execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import lock from '../../package-lock.json' with { type: 'json' }
import { Watched } from '../helpers/program.ts'
import { type Instruction, readDockerfile, type Stage, variablesOf } from './dockerfile.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const node = join(root, 'node_modules', 'node', 'bin')
const file = readFileSync(join(root, 'deploy', 'Dockerfile'), 'utf8')
const stages = readDockerfile(file)
const image = stages.at(-1) as Stage
const of = (name: string): readonly Instruction[] => image.instructions.filter(one => one.name === name)

const scratch = mkdtempSync(join(tmpdir(), 'rxchat-image-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))
const rooted = (stage: string, path: string): string => join(scratch, stage, path)

/** As outside of this repository: without npm's variables for its scripts, under the Node that the package pins. */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_(?!config_)|RXCHAT_)/i.test(name))),
  PATH: [node, process.env['PATH']].join(delimiter),
  npm_config_prefer_offline: 'true',
}

/** The context that docker would send: files of the repository that Dockerfile.dockerignore lets through. */
function context(): readonly string[] {
  const ignore = readFileSync(join(root, 'deploy', 'Dockerfile.dockerignore'), 'utf8').split('\n')
  const tops = ignore.filter(line => line.startsWith('!')).map(line => line.slice(1))
  for (const top of tops) expect(existsSync(join(root, top)), top).toBe(true)
  const held = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  return held.split('\n').filter(path => path !== '' && tops.includes(path.split('/')[0] ?? ''))
}

function copy(stage: string, folder: string, { flags, rest }: Instruction): void {
  const paths = rest.split(/\s+/)
  const to = paths.pop() ?? ''
  const from = flags.get('from')
  if (from !== undefined) {
    const target = rooted(stage, to)
    cpSync(rooted(from, paths[0] ?? ''), target, { recursive: true, verbatimSymlinks: true })
    const mode = flags.get('chmod')
    if (mode !== undefined) chmodSync(target, Number.parseInt(mode, 8))
    return
  }
  const wanted = paths[0] === '.' ? context() : paths
  for (const path of wanted) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    cpSync(join(root, path), join(folder, path))
  }
}

const ran: string[] = []
async function build({ name, instructions }: Stage): Promise<void> {
  let folder = rooted(name, '/')
  for (const one of instructions) {
    if (one.name === 'WORKDIR') folder = rooted(name, one.rest)
    mkdirSync(folder, { recursive: true })
    if (one.name === 'COPY') copy(name, folder, one)
    if (one.name !== 'RUN') continue
    // .ci/run has just done it, for the same lock file. Once more takes as long as all else here.
    if (one.rest.startsWith('npm ci ')) symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    else await promisify(execFile)('sh', ['-c', one.rest], { cwd: folder, env })
    ran.push(one.rest)
  }
}

beforeAll(async () => {
  for (const stage of stages) await build(stage)
})

test('each of its RUN lines was run, in an empty folder', () => {
  expect(ran).toEqual([...file.matchAll(/^RUN (.*)$/gm)].map(([, line]) => line))
  expect(ran.length).toBeGreaterThan(2)
})

test('it is based on the Node that the package pins, and leaves behind what built it', () => {
  const major = /\d+/.exec(manifest.devDependencies.node)?.[0]
  for (const { base } of stages) expect(base).toMatch(new RegExp(`^node:${major}-.*-slim$`))
  expect(image.instructions.map(({ name }) => name)).not.toContain('RUN')
  const isInstalled = (name: string): boolean => existsSync(rooted(image.name, `/opt/rxchat/node_modules/${name}`))
  const { dependencies, devDependencies } = manifest
  for (const name of ['rxchat', ...Object.keys(dependencies)]) expect(isInstalled(name), name).toBe(true)
  for (const name of Object.keys(devDependencies)) expect(isInstalled(name), name).toBe(false)
  expect(globSync('**/*.tgz', { cwd: rooted(image.name, '/opt/rxchat') })).toEqual([])
})

test('npm installs the same without scripts as with them, but for packages that only the tests use', () => {
  const scripted = Object.entries<object>(lock.packages).filter(([, about]) => 'hasInstallScript' in about)
  // The image has a Node of its own; the other one reads the sources for `npm run lint`.
  expect(scripted.map(([path]) => path)).toEqual(['node_modules/@swc/core', 'node_modules/node'])
})

test('it runs as a user of its own, on a volume that only that user reads', () => {
  expect(of('USER').map(({ rest }) => rest)).toEqual(['node'])
  const [volume] = of('VOLUME')
  const data = of('COPY').find(({ rest }) => rest.endsWith(` ${volume?.rest}`))
  expect(Object.fromEntries(data?.flags ?? [])).toMatchObject({ chown: 'node:node', chmod: '700' })
  expect(statSync(rooted(image.name, volume?.rest ?? '')).mode & 0o777).toBe(0o700)
})

test('it starts, is found healthy, keeps its data on the volume, tells no text, and stops', async () => {
  const variables = Object.fromEntries(of('ENV').flatMap(({ rest }) => variablesOf(rest)))
  const inside = (value: string): string =>
    value.replaceAll(/\/(opt|var\/lib)\/rxchat/g, path => rooted(image.name, path)).replace('$PATH', env.PATH)
  const environment = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, inside(value)]))
  const [entry = ''] = JSON.parse(of('ENTRYPOINT')[0]?.rest ?? '[]')
  const server = execFile(entry, { env: { ...env, ...environment, RXCHAT_PORT: '0', RXCHAT_CONFIG: '/dev/null' } })
  onTestFinished(() => void server.kill('SIGKILL'))
  const [out, log] = [new Watched(), new Watched()]
  server.stdout?.on('data', (text: string) => out.add(text))
  server.stderr?.on('data', (text: string) => log.add(text))
  const port = await out.until(text => /Chat running localhost:(\d+)/.exec(text)?.[1])

  const client = join(rooted(image.name, '/opt/rxchat/node_modules/.bin'), 'rxchat')
  const saying = promisify(execFile)(client, [`localhost:${port}`, '--name', 'ci'], { env })
  saying.child.stdin?.end('it floats\n')
  expect(await saying).toEqual({ stdout: '', stderr: '' })
  expect(existsSync(rooted(image.name, '/var/lib/rxchat/journal.db'))).toBe(true)

  const [, check = '[]'] = /CMD (\[.*\])$/.exec(of('HEALTHCHECK')[0]?.rest ?? '') ?? []
  const [command = '', ...args] = JSON.parse(check)
  const healthy = () => promisify(execFile)(command, args, { env: { ...env, RXCHAT_PORT: port } })
  expect(await healthy()).toEqual({ stdout: '', stderr: '' })

  server.kill(of('STOPSIGNAL')[0]?.rest as NodeJS.Signals)
  await new Promise(resolve => server.once('close', resolve))
  expect(server.exitCode).toBe(0)
  expect(out.text + log.text).not.toContain('it floats')
  expect(log.text).toContain('"event":"listening"')
  await expect(healthy()).rejects.toMatchObject({ code: 1 })
  console.log(
    `${basename(entry)} in the image is ${size(rooted(image.name, '/opt/rxchat'))} with all that it needs but Node`,
  )
})

const size = (folder: string): string => execFileSync('du', ['-sh', folder], { encoding: 'utf8' }).split('\t')[0] ?? ''
