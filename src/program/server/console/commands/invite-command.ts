/** INVITE at the console: links that let people in. A link is shown once, with its QR code. */
import { readDuration } from '../../../../model/duration.ts'
import { errorText } from '../../../../model/error.ts'
import { INVITE_MAX_MS, INVITE_MS, INVITE_USES_MAX } from '../../../../model/limits.ts'
import type { Invite } from '../../../../model/state/account.ts'
import type { State } from '../../../../model/state.ts'
import type { InviteRequest } from '../../../../server/host/invites.ts'
import type { Host } from '../host.ts'
import { tableLines } from './table.ts'

type Deps = Pick<Host, 'server' | 'print' | 'showWide' | 'showLink' | 'inviteLink' | 'stamp'>

const USAGE = 'INVITE [--room r] [--uses n] [--for 7d] | LIST | REVOKE id'

/** Whether the line is an INVITE command. Alone, it makes a link for one person. `INVITE ?` explains the rest. */
export const isInviteCommand = (rest: string): boolean => /^(?:--|\?$|(?:LIST|REVOKE)\b|$)/i.test(rest)

/** Completions for the next word of the line. */
export function inviteWords(typed: readonly string[], { invites, rooms }: State): readonly string[] {
  const last = typed.at(-1)
  if (last === '--room') return [...rooms.keys()].sort()
  if (typed[0] === 'REVOKE') return typed.length === 1 ? [...invites.keys()] : []
  if (typed.length % 2 === 1) return []
  const flags = ['--room', '--uses', '--for'].filter(flag => !typed.includes(flag))
  return typed.length === 0 ? [...flags, 'LIST', 'REVOKE'] : flags
}

export function runInvite(host: Deps, rest: string): void {
  const { server, print, showWide } = host
  const [verb = '', id, ...more] = rest.split(/\s+/)
  const wrong = (): void => print(errorText('usage', USAGE))
  switch (verb.toUpperCase()) {
    case 'LIST': {
      if (id !== undefined) return wrong()
      const invites = server.invites.list()
      return showWide(columns => listed(invites, host.stamp, columns))
    }
    case 'REVOKE':
      if (id === undefined || more.length > 0) return wrong()
      return server.invites.revoke(id, () => print(`INVITE ${id}: revoked.`))
    default: {
      const asked = readAsked(rest === '' ? [] : rest.split(/\s+/))
      return asked ? invite(host, asked) : wrong()
    }
  }
}

function invite({ server, print, showLink, inviteLink, stamp }: Deps, asked: InviteRequest): void {
  const refused = server.invites.add(asked, (made, token) =>
    showLink(`INVITE ${made.id}: ${scopeOf(made, stamp)}.`, inviteLink(token, made.room)),
  )
  if (refused) print(errorText(refused.code, refused.detail))
}

/** Null: invalid. */
function readAsked(words: readonly string[]): InviteRequest | null {
  let asked: InviteRequest = { room: null, uses: 1, ms: INVITE_MS }
  for (let at = 0; at < words.length; at += 2) {
    const value = words[at + 1]
    if (value === undefined) return null
    const next = withFlag(asked, words[at], value)
    if (!next) return null
    asked = next
  }
  return asked
}

function withFlag(asked: InviteRequest, flag: string | undefined, value: string): InviteRequest | null {
  switch (flag) {
    case '--room':
      return { ...asked, room: value }
    case '--uses': {
      const uses = /^\d{1,9}$/.test(value) ? Number(value) : 0
      return uses >= 1 && uses <= INVITE_USES_MAX ? { ...asked, uses } : null
    }
    case '--for': {
      const ms = readDuration(value) ?? 0
      return ms > 0 && ms <= INVITE_MAX_MS ? { ...asked, ms } : null
    }
    default:
      return null
  }
}

const HEADS = ['ID', 'ROOM', 'USES', 'UNTIL'] as const

function listed(invites: readonly Invite[], stamp: (at: number) => string, columns: number): readonly string[] {
  const rows = invites.map(({ id, room, uses, until }) => [id, room ?? '-', `${uses}`, stamp(until)])
  const table = rows.length > 0 ? tableLines({ heads: HEADS, rows, leastNeeded: [] }, columns) : []
  return [`INVITES: ${invites.length}`, ...table]
}

const scopeOf = ({ room, uses, until }: Invite, stamp: (at: number) => string): string =>
  `${room === null ? '' : `to #${room}, `}${uses === 1 ? 'for one person' : `for ${uses} people`}, until ${stamp(until)}`
