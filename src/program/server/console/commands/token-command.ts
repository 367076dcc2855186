/** TOKEN at the console: the rights of programs over HTTP, and their names. A token is shown once, here. */
import { errorText } from '../../../../model/error.ts'
import type { State } from '../../../../model/state.ts'
import type { TokenRequest } from '../../../../server/host/tokens.ts'
import type { Host } from '../host.ts'

type Deps = Pick<Host, 'server' | 'state' | 'print' | 'showSecret' | 'hookLink'>

const USAGE = 'TOKEN ADD name [--room r] [--read] [--write] [--audit] [--keep] | LIST | REVOKE name'

const FLAGS: readonly string[] = ['--room', '--read', '--write', '--audit', '--keep']

/** Whether the line is a TOKEN command. One with wrong arguments counts too, so that it isn't sent to everyone. */
export const isTokenCommand = (rest: string): boolean => /^(?:(?:ADD|LIST|REVOKE)\b|$)/i.test(rest)

/** Completions for the next word of the line. */
export function tokenWords([verb, ...more]: readonly string[], { grants, rooms }: State): readonly string[] {
  if (verb === undefined) return ['ADD', 'LIST', 'REVOKE']
  if (verb === 'REVOKE' && more.length === 0) return [...grants.values()].map(({ name }) => name.text).sort()
  if (more.at(-1) === '--room') return [...rooms.keys()].sort()
  return verb === 'ADD' && more.length > 0 ? FLAGS.filter(flag => !more.includes(flag)) : []
}

export function runToken({ server, state, print, showSecret, hookLink }: Deps, rest: string): void {
  const [verb = '', ...words] = rest.split(/\s+/)
  const [name] = words
  const wrong = (): void => print(errorText('usage', USAGE))
  switch (verb.toUpperCase()) {
    case 'ADD': {
      const asked = readAsked(words)
      if (!asked) return wrong()
      const refused = server.grants.add(asked, token =>
        showSecret(
          `TOKEN: ${scopeOf(asked)} as ${asked.name}.`,
          token,
          asked.write ? [`Its hook: ${hookLink(token)}`] : [],
        ),
      )
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

/** Without any right, it reads and writes. Null: invalid. */
function readAsked(words: readonly string[]): TokenRequest | null {
  const [name, ...flags] = words
  if (name === undefined || FLAGS.includes(name)) return null
  let room: string | null = null
  const rights = new Set<Right>()
  for (let at = 0; at < flags.length; at++) {
    const flag = flags[at]
    const right = RIGHTS.find(one => flag === `--${one}`)
    if (right) rights.add(right)
    else if (flag === '--room' && flags[at + 1] !== undefined) room = flags[++at] ?? null
    else return null
  }
  const isUsual = rights.size === 0
  const [read, write] = [isUsual || rights.has('read'), isUsual || rights.has('write')]
  return { name, room, read, write, audit: rights.has('audit'), keep: rights.has('keep') }
}

function listed({ grants }: State): readonly string[] {
  const lines = [...grants.values()].map(grant => `${grant.name.text} ${scopeOf(grant)}`).sort()
  return [`TOKENS: ${lines.length}`, ...lines]
}

const RIGHTS = ['read', 'write', 'audit', 'keep'] as const
type Right = (typeof RIGHTS)[number]
const DOES: Readonly<Record<Right, string>> = {
  read: 'reads',
  write: 'writes',
  audit: 'sees the log',
  keep: 'keeps order',
}

/** `reads and writes in ops`, `sees the log and keeps order in every room`. */
function scopeOf(grant: Pick<TokenRequest, Right | 'room'>): string {
  const does = RIGHTS.filter(right => grant[right]).map(right => DOES[right])
  const last = does.pop() ?? ''
  return `${does.length === 0 ? last : `${does.join(', ')} and ${last}`} in ${grant.room ?? 'every room'}`
}
