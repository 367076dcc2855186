/** TOKEN at the console: what programs may do over HTTP, and under which name. A token is shown once, here. */
import { errorText } from '../../../../model/error.ts'
import type { Grant } from '../../../../model/state/grant.ts'
import type { State } from '../../../../model/state.ts'
import type { TokenRequest } from '../../../../server/host/tokens.ts'
import type { Host } from '../host.ts'

type Deps = Pick<Host, 'server' | 'state' | 'print' | 'showSecret'>

const USAGE = 'TOKEN ADD name [--room r] [--read] [--write] | LIST | REVOKE name'

const FLAGS: readonly string[] = ['--room', '--read', '--write']

/** Whether the line is a TOKEN command. One with wrong arguments counts too, so that it isn't sent to everyone. */
export const isTokenCommand = (rest: string): boolean => /^(?:(?:ADD|LIST|REVOKE)\b|$)/i.test(rest)

/** Completions for the next word of the line. */
export function tokenWords([verb, ...more]: readonly string[], { grants, rooms }: State): readonly string[] {
  if (verb === undefined) return ['ADD', 'LIST', 'REVOKE']
  if (verb === 'REVOKE' && more.length === 0) return [...grants.values()].map(({ name }) => name.text).sort()
  if (more.at(-1) === '--room') return [...rooms.keys()].sort()
  return verb === 'ADD' && more.length > 0 ? FLAGS.filter(flag => !more.includes(flag)) : []
}

export function runToken({ server, state, print, showSecret }: Deps, rest: string): void {
  const [verb = '', ...words] = rest.split(/\s+/)
  const [name] = words
  const wrong = (): void => print(errorText('usage', USAGE))
  switch (verb.toUpperCase()) {
    case 'ADD': {
      const asked = readAsked(words)
      if (!asked) return wrong()
      const refused = server.grants.add(asked, token => showSecret(`TOKEN: ${scopeOf(asked)} as ${asked.name}.`, token))
      return refused ? print(errorText(refused.code, refused.detail)) : undefined
    }
    case 'LIST':
      if (words.length > 0) return wrong()
      for (const line of listed(state())) print(line)
      return
    case 'REVOKE':
      if (name === undefined || words.length > 1) return wrong()
      return server.grants.revoke(name, () => print(`TOKEN: ${name} is revoked.`))
    default:
      return wrong()
  }
}

/** Without --read and --write, both are granted. Null: invalid. */
function readAsked(words: readonly string[]): TokenRequest | null {
  const [name, ...flags] = words
  if (name === undefined || FLAGS.includes(name)) return null
  let [room, read, write]: [string | null, boolean, boolean] = [null, false, false]
  for (let at = 0; at < flags.length; at++) {
    const flag = flags[at]
    if (flag === '--read') read = true
    else if (flag === '--write') write = true
    else if (flag === '--room' && flags[at + 1] !== undefined) room = flags[++at] ?? null
    else return null
  }
  return read || write ? { name, room, read, write } : { name, room, read: true, write: true }
}

function listed({ grants }: State): readonly string[] {
  const lines = [...grants.values()].map(grant => `${grant.name.text} ${scopeOf(grant)}`).sort()
  return [`TOKENS: ${lines.length}`, ...lines]
}

const scopeOf = ({ read, write, room }: Pick<Grant, 'read' | 'write' | 'room'>): string => {
  const may = read && write ? 'reads and writes' : read ? 'reads' : 'writes'
  return `${may} in ${room ?? 'every room'}`
}
