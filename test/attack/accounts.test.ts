/** Attacks on accounts, over real sockets and with real hashes: guesses at once, proofs passed on, a flood of logins. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { HASHES_AT_ONCE, HASHES_WAITING_MAX, PASSWORD_FREE_TRIES } from '../../src/model/limits.ts'
import { loginText, PLAIN } from '../../src/model/proof.ts'
import { secure } from '../helpers/secure.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { dial, enter, hello, host, newcomerIsAnswered, object, type Wire } from './helpers.ts'

const MEBIBYTE = 1_048_576
const password = 'correct horse'
const as = (name: string, given = password): string => hello(name, { account: { password: given } })

/** The account is there, and nobody of it is here. */
async function register(port: number, name: string, more: object = { password }): Promise<void> {
  using wire = await dial(port)
  wire.send(hello(name, { register: more }))
  await wire.until(/"type":"welcome".*"account":true/)
  wire.send(object({ type: 'bye' }))
  await wire.over
}

/** The code of the first answer: `welcome`, or that of its refusal. */
async function answer(wire: Wire): Promise<string> {
  const [, type = '', code] = await wire.until(/"type":"(welcome|rejected|closed)"(?:,"n":\d+)?(?:,"code":"([\w-]+)")?/)
  return code ?? type
}

const times = <T>(count: number, make: (k: number) => T): T[] => Array.from({ length: count }, (_, k) => make(k))

describe('guessing', () => {
  test('on forty connections at once hashes no more guesses than one after another, and locks nobody out [I4]', async () => {
    await using server = await host()
    await register(server.port, 'Spider-Man')
    const wires = await Promise.all(times(40, () => dial(server.port, { from: '127.0.0.9' })))
    for (const [k, wire] of wires.entries()) wire.send(as('Spider-Man', `guess number ${k}`))
    const answers = await Promise.all(wires.map(answer))
    expect(answers.filter(code => code === 'credential-wrong')).toHaveLength(PASSWORD_FREE_TRIES)
    // The queue of one address is shorter than that.
    const others = answers.filter(code => code !== 'credential-wrong')
    expect(new Set(others)).toEqual(
      new Set(others.includes('busy') ? ['busy', 'credential-wait'] : ['credential-wait']),
    )
    const owner = await dial(server.port)
    owner.send(as('Spider-Man'))
    expect(await answer(owner)).toBe('welcome')
    for (const wire of [...wires, owner]) wire[Symbol.dispose]()
  })

  test('the same words for an unknown name, a guest’s name and a wrong credential of any kind [I15]', async () => {
    await using server = await host()
    await register(server.port, 'Spider-Man')
    using guest = await enter(server.port, 'bob')
    const words = new Set<string>()
    for (const account of [{ password: 'wrong one' }, { kept: 'k'.repeat(43) }]) {
      for (const name of ['Spider-Man', 'nobody', 'bob']) {
        using wire = await dial(server.port)
        wire.send(hello(name, { account }))
        words.add((await wire.until(/"type":"rejected".*\n/))[0])
      }
    }
    expect([...words]).toHaveLength(1)
    expect(guest.heard.text).not.toContain('nobody')
  })
})

describe('a key', () => {
  const pair = generateKeyPairSync('ed25519')
  const { x: key = '' } = pair.publicKey.export({ format: 'jwk' })
  const proof = (heard: string, seen: string, privateKey: KeyObject = pair.privateKey): string => {
    const [, nonce = '', epoch = ''] = /"nonce":"([\w-]+)","server":"([\w-]+)"/.exec(heard) ?? []
    const text = loginText({ epoch, name: 'Mr.Blue', key, nonce, seen })
    return object({ type: 'prove', signature: sign(null, Buffer.from(text), privateKey).toString('base64url'), seen })
  }
  const asked = hello('Mr.Blue', { account: { key } })

  test('signs in through TLS by the certificate that the client sees, and by no other [I5]', async () => {
    await using server = await host(['--tls'])
    await register(server.port, 'Mr.Blue', { key })
    const attempt = async (seenBy: (certificate: string) => string): Promise<string> => {
      const { socket, send, heard } = await secure(server.port)
      const certificate = createHash('sha256').update(socket.getPeerCertificate().raw).digest('hex')
      send(asked)
      const challenged = await heard.until(text => text.includes('"type":"challenge"') && text, 'a challenge')
      send(proof(challenged, seenBy(certificate)))
      const [, type = '', code] = await heard.until(
        text => /"type":"(welcome|rejected)"(?:,"code":"([\w-]+)")?/.exec(text),
        'an answer',
      )
      return code ?? type
    }
    expect(await attempt(certificate => certificate)).toBe('welcome')
    // Somebody in between has a certificate of their own; or says that there was none.
    expect(await attempt(() => 'ab'.repeat(32))).toBe('proof-wrong')
    expect(await attempt(() => PLAIN)).toBe('proof-wrong')
  })

  test('that is the only credential: no password opens the account, and an empty one neither [I5]', async () => {
    await using server = await host()
    await register(server.port, 'Mr.Blue', { key })
    for (const given of ['', 'null', 'undefined', key]) {
      using wire = await dial(server.port)
      wire.send(as('Mr.Blue', given))
      expect(await answer(wire)).toBe('credential-wrong')
    }
  })

  test('its proof is worth nothing on another server, and nothing after a restart of this one [I5]', async () => {
    const data = temporaryFolder()
    const challenged = async (port: number): Promise<Wire> => {
      const wire = await dial(port)
      wire.send(asked)
      await wire.until(/"type":"challenge".*\n/)
      return wire
    }
    let recorded = ''
    {
      await using server = await host(['--data', data])
      await register(server.port, 'Mr.Blue', { key })
      const wire = await challenged(server.port)
      recorded = proof(wire.heard.text, PLAIN)
      wire.send(recorded)
      expect(await answer(wire)).toBe('welcome')
      server.child.stdin.write('EXIT\n')
      await server.ended
    }
    await using again = await host(['--data', data])
    await using other = await host()
    await register(other.port, 'Mr.Blue', { key })
    for (const { port } of [again, other]) {
      using wire = await challenged(port)
      wire.send(recorded)
      expect(await answer(wire)).toBe('proof-wrong')
    }
  })
})

test('the token of a session opens nothing after a logout, also after a restart [I3]', async () => {
  const data = temporaryFolder()
  const token = 't'.repeat(40)
  const back = async (port: number): Promise<string> => {
    using wire = await dial(port)
    wire.send(hello('田中', { token }))
    return await answer(wire)
  }
  {
    await using server = await host(['--data', data])
    await register(server.port, '田中')
    using wire = await dial(server.port)
    wire.send(hello('田中', { account: { password }, token }))
    expect(await answer(wire)).toBe('welcome')
    wire.send(object({ type: 'logout' }))
    await wire.until(/"type":"closed","code":"signed-out"/)
    expect(await back(server.port)).toBe('name-registered')
    server.child.stdin.write('EXIT\n')
    await server.ended
  }
  await using again = await host(['--data', data])
  expect(await back(again.port)).toBe('name-registered')
})

test('a thousand logins at once: few are hashed, the others are told, and people go on talking [I4]', async () => {
  await using server = await host(['--rate', 'off'])
  await register(server.port, 'Spider-Man')
  using witness = await enter(server.port, 'witness')
  const before = server.memory()
  const wires = await Promise.all(times(1000, k => dial(server.port, { from: `127.0.1.${1 + (k % 20)}` })))
  let isOver = false
  let most = before
  const delays: number[] = []
  const talking = (async () => {
    for (let k = 0; !isOver; k++) {
      const begun = performance.now()
      witness.send(object({ type: 'ping', id: k }))
      await witness.until(new RegExp(`"type":"pong","id":${k},`))
      delays.push(performance.now() - begun)
      most = Math.max(most, server.memory())
    }
  })()
  for (const wire of wires) wire.send(as('Spider-Man'))
  const answers = wires.map(answer)
  // More than can wait have their answer before those that wait have theirs.
  const busy = await counted(answers, code => code === 'busy', 1000 - HASHES_WAITING_MAX - 4 * HASHES_AT_ONCE)
  const welcome = await counted(answers, code => code === 'welcome', 4)
  isOver = true
  await talking
  delays.sort((a, b) => a - b)
  const shown = [0.5, 0.99, 1].map(part => `${Math.round(delays[Math.ceil(part * delays.length) - 1] ?? 0)} ms`)
  console.log(`A thousand logins: a ping took ${shown[0]}, 99 of 100 at most ${shown[1]}, the longest ${shown[2]}`)
  expect([busy, welcome]).toEqual([true, true])
  expect((most - before) / MEBIBYTE, 'MiB: two hashes of 32, and the connections').toBeLessThan(256)
  await newcomerIsAnswered(server.port)
  for (const wire of wires) wire[Symbol.dispose]()
})

/** Resolves when so many of the answers are in, without the others. */
function counted(answers: readonly Promise<string>[], wanted: (code: string) => boolean, least: number): Promise<true> {
  const { promise, resolve } = Promise.withResolvers<true>()
  let count = 0
  for (const one of answers) {
    one.then(
      code => {
        if (wanted(code) && ++count === least) resolve(true)
      },
      () => {},
    )
  }
  return promise
}
