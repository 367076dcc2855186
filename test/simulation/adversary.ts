/** Somebody who has read or relayed the proof of a key, and tries to enter with it. It must never be let in. */
import { type Reply, readReply } from '../../src/codec/native/reply.ts'
import { PLAIN } from '../../src/model/proof.ts'
import type { Dialling } from '../../src/port/dialer.ts'
import type { Secret } from './accounts.ts'
import type { World } from './world.ts'

type Key = Extract<Secret, { kind: 'key' }>

/**
 * The owner of the key signs in, which somebody on the way reads. Then that one says hello with the key, and answers
 * the challenge with the same proof.
 */
export function replayProof(world: World, name: string, key: Key): void {
  world.story.count('fault: a proof is replayed')
  signIn(world, name, key.key, challenge => {
    const { signature } = world.accounts.prove(key, name, challenge)
    attempt(world, 'a proof counts once', name, key.key, () => signature)
    return signature
  })
}

/**
 * The owner of the key signs in to another server, which asks this one for a challenge and passes it on under its own
 * name.
 */
export function relayProof(world: World, name: string, key: Key): void {
  world.story.count('fault: a proof is relayed')
  attempt(world, 'a proof counts for one server', name, key.key, challenge => {
    const asked = { ...challenge, server: 'another server' }
    const { signature } = world.accounts.prove(key, name, asked)
    return signature
  })
}

type Challenge = Extract<Reply, { type: 'challenge' }>

/** The adversary signs in, and must be refused. */
function attempt(
  world: World,
  rule: string,
  name: string,
  key: string,
  signatureFor: (challenge: Challenge) => string,
): void {
  signIn(world, name, key, signatureFor, reply =>
    world.story.check(rule, reply.type === 'rejected', () => `the adversary is in as ${name}`),
  )
}

/** Signs in with a key, by hand, and leaves. `answered` gets the answer. */
function signIn(
  world: World,
  name: string,
  key: string,
  signatureFor: (challenge: Challenge) => string,
  answered: (reply: Reply) => void = () => {},
): void {
  const wire: Dialling = world.dial('by hand', () => {}, true)
  let rest = ''
  const say = (object: object): void => wire.write(`${JSON.stringify(object)}\n`)
  wire.signals$.subscribe(what => {
    if (what.type !== 'bytes') return
    const lines = (rest + Buffer.from(what.bytes).toString('utf8')).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) hear(readReply(line))
  })
  say({ type: 'hello', name, account: { key } })

  function hear(reply: Reply | null): void {
    if (reply?.type === 'challenge') return say({ type: 'prove', signature: signatureFor(reply), seen: PLAIN })
    if (reply?.type !== 'welcome' && reply?.type !== 'rejected') return
    answered(reply)
    if (reply.type === 'welcome') say({ type: 'bye' })
    else wire.destroy()
  }
}
