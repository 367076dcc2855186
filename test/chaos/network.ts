/**
 * A bad network in front of a port. Each connection through it gets trouble by chance, after some bytes each time: it
 * is cut, stalls in one or both directions, or is half-open, so that only one of its ends learns that it is over.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Random } from '../simulation/random.ts'

const TROUBLES = ['cut', 'cut', 'stall', 'stall', 'half-open'] as const
export type Trouble = (typeof TROUBLES)[number]

export type Network = {
  readonly port: number
  /** The troubles that happened, on all connections. */
  readonly troubles: readonly Trouble[]
  readonly unleash: () => void
  /** From now on the network is sound: stalled connections go on, half-open ones are over. */
  readonly heal: () => void
  readonly close: () => void
}

/** Bytes before the next trouble: in the greeting, or somewhere after it. */
const GREETING_BYTES = 1000
const MOST_BYTES = 300_000
/** Longest stall, and longest time that one end of a half-open connection takes it for open, in milliseconds. */
const MOST_MS = 2500

/** A network in front of `port`. Until `unleash` there is no trouble. */
export async function badNetwork(port: number, random: Random): Promise<Network> {
  const troubles: Trouble[] = []
  const ending = new Set<() => void>()
  let isWell = true

  function later(ms: number, run: () => void): void {
    const done = (): void => {
      clearTimeout(timer)
      ending.delete(done)
      run()
    }
    const timer = setTimeout(done, ms)
    ending.add(done)
  }

  const server = createServer(near => {
    const far = connect(port, '127.0.0.1')
    let left = 1 + random.below(random.chance(0.3) ? GREETING_BYTES : MOST_BYTES)
    const stalled = new Set<Socket>()
    const deaf = new Set<Socket>()

    function begin(): void {
      left = 1 + random.below(MOST_BYTES)
      if (isWell) return
      const trouble = random.pick(TROUBLES)
      troubles.push(trouble)
      const [one, other] = random.chance(0.5) ? [near, far] : [far, near]
      const isBothWays = random.chance(0.5)
      const ms = random.below(MOST_MS)
      if (trouble === 'cut') {
        one.resetAndDestroy()
        if (isBothWays) other.resetAndDestroy()
        else other.end()
      } else if (trouble === 'stall') {
        for (const side of isBothWays ? [one, other] : [one]) stalled.add(side.pause())
        later(ms, () => {
          for (const side of stalled) side.resume()
          stalled.clear()
        })
      } else if (trouble === 'half-open') {
        deaf.add(one).add(other)
        other.destroy()
        later(ms, () => one.destroy())
      }
    }

    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.setNoDelay(true)
      from.on('data', (bytes: Buffer) => {
        if (deaf.has(from)) return
        const passing = bytes.length < left ? bytes : bytes.subarray(0, left)
        if (!to.write(passing)) from.pause()
        left -= passing.length
        if (left > 0) return
        begin()
        const rest = bytes.subarray(passing.length)
        if (!deaf.has(from) && !to.destroyed && rest.length > 0) to.write(rest)
      })
      to.on('drain', () => {
        if (!stalled.has(from)) from.resume()
      })
      from.on('error', () => {})
      from.on('close', hadError => {
        if (deaf.has(from)) return
        if (hadError) to.destroy()
        else to.end()
      })
    }
  })

  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    troubles,
    unleash() {
      isWell = false
    },
    heal() {
      isWell = true
      for (const done of [...ending]) done()
    },
    close: () => void server.close(),
  }
}
