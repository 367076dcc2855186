/**
 * Machines in network namespaces, and a cable between each two that are to talk. A cable that is cut loses everything
 * without a word, as a broken switch does: no end learns of it. Its namespaces go with this process.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, readlinkSync } from 'node:fs'
import { until } from '../until.ts'

/** The machine of this process. */
export const HERE = 'here'

export type Wires = {
  readonly addressOf: (machine: string) => string
  /** The beginning of a command that runs the rest of it on this machine. */
  readonly on: (machine: string) => readonly string[]
  readonly cut: (one: string, other: string) => void
  readonly mend: (one: string, other: string) => void
}

type Pair = readonly [string, string]

/** `machines` besides this one, each with a name of a few letters. This process must be in a namespace of its own. */
export async function layWires(machines: readonly string[], pairs: readonly Pair[]): Promise<Wires> {
  const all = [HERE, ...machines]
  const addressOf = (machine: string): string => `10.77.0.${all.indexOf(machine) + 1}`
  const holders = new Map(machines.map(machine => [machine, holder()]))
  await until('all machines have a namespace', () => [...holders.values()].every(isApart))
  const on = (machine: string): readonly string[] => {
    const pid = holders.get(machine)?.pid
    return pid === undefined ? [] : ['nsenter', `--net=/proc/${pid}/ns/net`]
  }

  ip([], pairs.flatMap(([one, other]) => cable(one, other)).join('\n'))
  for (const machine of all) {
    const peers = pairs.flatMap(pair => (pair.includes(machine) ? pair.filter(one => one !== machine) : []))
    ip(on(machine), ends(machine, peers).join('\n'))
  }

  /** Both ends stay up: only the cable between them fails. */
  function cable(one: string, other: string): readonly string[] {
    const bridge = bridgeOf(one, other)
    return [
      `link add ${bridge} type bridge forward_delay 0`,
      ...[one, other].flatMap(machine => {
        const pid = holders.get(machine)?.pid
        const far = machine === one ? other : one
        const socket = `${bridge}.${machine === one ? 1 : 2}`
        return [
          `link add ${socket} type veth peer name to-${far}${pid === undefined ? '' : ` netns ${pid}`}`,
          `link set ${socket} master ${bridge} up`,
        ]
      }),
      `link set ${bridge} up`,
    ]
  }

  function ends(machine: string, peers: readonly string[]): readonly string[] {
    return [
      'link set lo up',
      `addr add ${addressOf(machine)}/32 dev lo`,
      ...peers.flatMap(peer => [
        `link set to-${peer} up`,
        `route add ${addressOf(peer)}/32 dev to-${peer} src ${addressOf(machine)}`,
      ]),
    ]
  }

  function bridgeOf(one: string, other: string): string {
    const pair = pairs.find(two => two.includes(one) && two.includes(other))
    if (!pair) throw new Error(`there is no cable between ${one} and ${other}`)
    return pair.join('-')
  }

  return {
    addressOf,
    on,
    cut: (one, other) => ip([], `link set ${bridgeOf(one, other)} down`),
    mend: (one, other) => ip([], `link set ${bridgeOf(one, other)} up`),
  }
}

/** A namespace lasts as long as a process in it. */
function holder(): ChildProcess {
  const child = spawn('unshare', ['--net', 'sleep', 'infinity'], { stdio: 'ignore' })
  process.once('exit', () => child.kill('SIGKILL'))
  return child
}

function isApart({ pid }: ChildProcess): boolean {
  const own = `/proc/${pid}/ns/net`
  return pid !== undefined && existsSync(own) && readlinkSync(own) !== readlinkSync('/proc/self/ns/net')
}

function ip(on: readonly string[], commands: string): void {
  const [program = '', ...args] = [...on, 'ip', '-batch', '-']
  execFileSync(program, args, { input: commands, stdio: ['pipe', 'ignore', 'inherit'] })
}
