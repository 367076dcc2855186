/** One question of a script: `rxchat ask`, killed again and again and started again with the same key, to its end. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../../simulation/random.ts'
import { run } from '../process.ts'

/** The name or token that it asks as. With a token there is no session. */
export type Identity = readonly string[]

export type Asked = {
  readonly question: string
  readonly choices: readonly string[]
  /** Nobody answers it. */
  readonly isIgnored: boolean
}

/** The end of one process: its exit code, its output, and its duration in milliseconds. */
export type End = {
  readonly code: number
  readonly stdout: string
  readonly stderr: readonly string[]
  readonly ms: number
}

export type Asker = {
  readonly ends: readonly [first: End, again: End]
  readonly processes: number
  readonly kills: number
  /** Processes that found no server. */
  readonly unreachable: number
}

/** A process lives at most that long before it's killed, in milliseconds. */
const LIFE_MS = 900
const RETRY_MS = 150
const UNREACHABLE = 67
/** How long a question that nobody answers stays open. */
const SHORT = '1s'

/** Asks until there is an outcome, and then once more. */
export async function askToTheEnd(
  asked: Asked,
  identity: Identity,
  address: () => string,
  kills: number,
  by: Random,
): Promise<Asker> {
  let [processes, killed, unreachable] = [0, 0, 0]

  async function once(mayBeKilled: boolean): Promise<End | null> {
    processes++
    const lines: string[] = []
    const began = performance.now()
    const { question, choices, isIgnored } = asked
    // The patience is the usual one, which is longer than a server keeps the session, and so the name, of a killed asker.
    const flags = ['--key', question, '--server', address(), ...identity]
    const asker = run(
      'rxchat',
      ['ask', question, ...choices, ...flags, ...(isIgnored ? ['--timeout', SHORT] : [])],
      line => lines.push(line),
    )
    asker.hush()
    const over = new AbortController()
    if (mayBeKilled) {
      void sleep(by.below(LIFE_MS), null, { signal: over.signal }).then(
        () => asker.child.kill('SIGKILL'),
        () => {},
      )
    }
    const code = await asker.ended
    over.abort()
    if (code === 'SIGKILL') {
      killed++
      return null
    }
    if (code === UNREACHABLE) unreachable++
    return typeof code !== 'number' || code === UNREACHABLE
      ? null
      : { code, stdout: lines.join('\n'), stderr: asker.complaints, ms: Math.round(performance.now() - began) }
  }

  async function untilItEnds(kills: number): Promise<End> {
    for (let left = kills; ; left--) {
      const end = await once(left > 0)
      if (end !== null) return end
      await sleep(by.below(RETRY_MS))
    }
  }

  const first = await untilItEnds(by.below(kills + 1))
  const again = await untilItEnds(0)
  return { ends: [first, again], processes, kills: killed, unreachable }
}
