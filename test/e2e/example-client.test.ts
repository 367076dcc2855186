/** docs/examples/client.mjs, run as a stranger would: docs/protocol.md is enough to talk. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type RunningServer, startServer, Watched } from '../helpers/program.ts'

const CLIENT = fileURLToPath(new URL('../../docs/examples/client.mjs', import.meta.url))

function startExample(name: string, port: number) {
  const child = spawn(process.execPath, [CLIENT, name, String(port), '127.0.0.1'], { stdio: 'pipe' })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [out, errors] = [new Watched(), new Watched()]
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.add(text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.add(text))
  return {
    out,
    errors,
    type: (line: string) => void child.stdin.write(`${line}\n`),
    hush: () => void child.stdin.end(),
    ended: once(child, 'close').then(([code]) => code as number | null),
  }
}

/** A client that the server has let in. */
async function enter(name: string, server: RunningServer) {
  const example = startExample(name, server.port)
  await server.out.has(`[*] ${name} entered.\n`)
  return example
}

test('is a whole client in at most 40 lines, without dependencies', () => {
  const source = readFileSync(CLIENT, 'utf8').trimEnd()
  expect(source.split('\n').length).toBeLessThanOrEqual(40)
  const imports = [...source.matchAll(/(?:from|import) '([^']+)'/g)].map(([, name]) => name)
  expect(imports.length).toBeGreaterThan(0)
  for (const name of imports) expect(name).toMatch(/^node:/)
})

describe('against the real server', () => {
  test('two of them talk to each other, and leave when their input ends', async () => {
    const server = await startServer()
    const alice = await enter('alice', server)
    const bob = await enter('bob', server)
    alice.type('hi bob')
    await bob.out.has('alice: hi bob\n')
    bob.type('hi alice, ça va? 👋')
    await alice.out.has('bob: hi alice, ça va? 👋\n')
    bob.type('last words')
    bob.hush()
    expect(await bob.ended).toBe(0)
    await alice.out.has('bob: last words\n')
    alice.hush()
    expect(await alice.ended).toBe(0)
    expect(alice.out.lines).toEqual(['alice: hi bob', 'bob: hi alice, ça va? 👋', 'bob: last words'])
    expect(bob.out.lines).toEqual(alice.out.lines)
    expect([alice.errors.text, bob.errors.text]).toEqual(['', ''])
  })

  test('[D3] one that says more than the rate allows waits, and says each line once and in order', async () => {
    // Forty at once, and then one a second: no machine is so slow that the client stays below that by itself.
    const server = await startServer('--rate', '1')
    const bob = await enter('bob', server)
    const alice = await enter('alice', server)
    const said = Array.from({ length: 55 }, (_, n) => `line ${n}`)
    for (const line of said) alice.type(line)
    alice.hush()
    expect(await alice.ended).toBe(0)
    expect(alice.errors.text).toMatch(/^Slow down/)
    await bob.out.has(`alice: ${said.at(-1)}\n`)
    expect(bob.out.lines).toEqual(said.map(line => `alice: ${line}`))
  })

  test('a name that is taken ends it with 4, and the sentence that says so', async () => {
    const server = await startServer()
    await enter('alice', server)
    const other = startExample('alice', server.port)
    expect(await other.ended).toBe(4)
    expect(other.errors.text).toMatch(/^The name is taken/)
  })

  test('a refusal is told, and it ends with 6', async () => {
    const server = await startServer()
    const alice = await enter('alice', server)
    alice.type('   ')
    alice.hush()
    expect(await alice.ended).toBe(6)
    expect(alice.errors.text).toMatch(/^The message is empty/)
  })

  test('a kick ends it with 5', async () => {
    const server = await startServer()
    const alice = await enter('alice', server)
    server.type('KICK alice')
    expect(await alice.ended).toBe(5)
    expect(alice.errors.text).toMatch(/^You have been kicked out by Host/)
  })

  test('the end of the server ends it with 3; so does that there is none', async () => {
    const server = await startServer()
    const alice = await enter('alice', server)
    server.type('EXIT')
    expect(await alice.ended).toBe(3)
    expect(alice.errors.text).toMatch(/^The server is shutting down/)
    await server.ended
    const late = startExample('late', server.port)
    expect(await late.ended).toBe(3)
    expect(late.errors.text).toContain('ECONNREFUSED')
  })
})
