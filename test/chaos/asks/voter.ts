/** A member in the room that answers open questions, in different ways, sometimes slowly. */
import { connect } from '../../../src/client/session/connection.ts'
import { systemClock } from '../../../src/transport/clock.ts'
import { tcpDialer } from '../../../src/transport/dial-tcp.ts'
import { systemEntropy } from '../../../src/transport/entropy.ts'
import type { Random } from '../../simulation/random.ts'

const LOOK_MS = 120

const KEYCAPS = ['1️⃣', '2️⃣', '3️⃣', '4️⃣', '5️⃣', '6️⃣', '7️⃣', '8️⃣', '9️⃣', '🔟']

/** `ignores`: the beginning of every question that isn't answered. Returns a function that ends it. */
export function voter(name: string, port: number, ignores: string, by: Random): () => void {
  const client = connect(
    { dial: tcpDialer('127.0.0.1', port), clock: systemClock, random: Math.random, secret: systemEntropy.secret },
    { name, room: 'lobby', reconnect: true, history: 0 },
  )
  let looked = 0

  function answer(seq: number, choices: readonly string[]): void {
    const choice = by.below(choices.length)
    const room = 'lobby'
    switch (by.below(4)) {
      case 0:
        return void client.ask({ type: 'react', seq, room, emoji: KEYCAPS[choice] ?? '', off: false })
      case 1:
        return void client.ask({ type: 'say', room, text: choices[choice] ?? '', action: false, reply: seq })
      default:
        return void client.ask({ type: 'answer', seq, room, choice })
    }
  }

  client.outcome$.subscribe(outcome => {
    if (outcome.id !== looked || outcome.is !== 'done' || outcome.reply.type !== 'questions') return
    for (const { seq, text = '', choices } of outcome.reply.open) {
      if (!text.startsWith(ignores) && by.chance(0.3)) answer(seq, choices)
    }
  })
  const looking = setInterval(() => {
    if (client.status$.value.state === 'online' && client.waiting$.value < 8)
      looked = client.ask({ type: 'questions', room: 'lobby' })
  }, LOOK_MS)
  return () => {
    clearInterval(looking)
    client.close()
  }
}
