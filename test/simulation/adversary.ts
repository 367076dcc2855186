/** Somebody who has read or relayed the proof of a key, and tries to enter with it. It must never be let in. */
import type { Reply } from '../../src/codec/native/reply.ts'
import { readReply } from '../../src/codec/native/reply.ts'
import type { Dialling } from '../../src/port/dialer.ts'
import type { Secret } from './accounts.ts'
import type { World } from './world.ts'

type Key = Extract<Secret, { kind: 'key' }>

/** Says hello with somebody's key, and answers the challenge with a proof that was read on the way before. */
export function replayProof(world: World, at: number): void {
  const { proofs } = world.accounts
  const seen = proofs[at % Math.max(1, proofs.length)]
  if (!seen) return
  world.story.count('fault: a proof is replayed')
  attempt(world, 'a proof counts once', seen.name, seen.key, () => seen.signature)
}

/**
 * The owner of the key signs in to another server, which asks this one for a challenge and passes it on under its own
 * name.
 */
export function relayProof(world: World, name: string, key: Key): void {
  world.story.count('fault: a proof is relayed')
  attempt(world, 'a proof counts for one server', name, key.key, challenge => {
    const asked = { ...challenge, server: 'another server' }
    const { signature } = world.accounts.prove(key, name, asked) as { signature: string }
    world.accounts.proofs.pop()
    return signature
  })
}

type Challenge = Extract<Reply, { type: 'challenge' }>

function attempt(
  world: World,
  rule: string,
  name: string,
  key: string,
  signatureFor: (challenge: Challenge) => string,
): void {
  const wire: Dialling = world.dial('adversary', () => {}, true)
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
    if (reply?.type === 'challenge') return say({ type: 'prove', signature: signatureFor(reply), seen: 'plain' })
    if (reply?.type !== 'welcome' && reply?.type !== 'rejected') return
    world.story.check(rule, reply.type === 'rejected', () => `the adversary is in as ${name}`)
    wire.destroy()
  }
}
