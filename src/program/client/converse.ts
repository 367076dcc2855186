/** Enters a chat that isn't drawn, under a name or with a token, and reads its end. */

import type { Client } from '../../client/session/connection.ts'
import type { Wish } from '../../client/session/state.ts'
import { ERRORS } from '../../model/error.ts'
import { hostAndPort } from '../../system/address.ts'
import { systemClock } from '../../transport/clock.ts'
import { systemEntropy } from '../../transport/entropy.ts'
import type { OwnAccount } from './account/own-account.ts'
import { dialers, type Reached, reachFor } from './connect/dialer.ts'
import { type Visited, wantsAccount, wantsPassword } from './connect/visit.ts'
import type { ConnectionSettings } from './connection-settings.ts'
import { leaveOnSignals } from './signals.ts'
import { sessionOf } from './upload/session-of.ts'
import type { UploadPorts } from './upload/upload.ts'

/** The work once there is a client. Resolves with the exit code when the chat is over. */
export type Talk = (client: Client) => Promise<number>

/** How the files of this client are uploaded. */
export type Uploads = (client: Client) => Promise<UploadPorts>

/** `load` runs before there is a connection, so that no message of the server is missed. */
export type Purpose = {
  readonly load: (account: OwnAccount | null, uploads: Uploads) => Promise<Talk>
  readonly wish: Pick<Wish, 'reconnect' | 'insist' | 'patience' | 'awaitsName' | 'history' | 'catchUp'> & {
    /** Null: the account's own rooms. */
    readonly room: string | null
  }
  /** With a token: whether the events of the room are wanted. */
  readonly listens: boolean
  /** It handles signals itself. Absent: the first one leaves. */
  readonly leavesItself?: boolean
}

export type Entering = ConnectionSettings & {
  /** The account's password was typed by hand, so this machine gets a key for the next time. */
  readonly hasTyped: boolean
  readonly register: boolean
}

type Complain = (text: string) => void

/** For a command: it doesn't ask for passwords, and doesn't register. Resolves with the exit code. */
export async function connected(
  connection: ConnectionSettings,
  purpose: Purpose,
  env: NodeJS.ProcessEnv,
  complain: Complain,
): Promise<number> {
  const settings = { ...connection, hasTyped: false, register: false }
  const { address, fingerprint, token } = settings
  if (token !== null) return (await speakByToken(settings, token, purpose, env, complain)).exit
  const reach = await dialers(address.tls, env, complain)
  return (await converse(settings, reach(address, fingerprint), purpose, env, complain)).exit
}

export async function ownAccountAt(
  { address: { host, port } }: Pick<ConnectionSettings, 'address'>,
  seen: () => string,
  tell: (text: string) => void,
  env: NodeJS.ProcessEnv,
): Promise<OwnAccount> {
  const [{ ownAccount }, { keysFolder }] = await Promise.all([
    import('./account/own-account.ts'),
    import('./account/own-keys.ts'),
  ])
  return ownAccount({ folder: keysFolder(env), address: hostAndPort(host, port), seen, tell })
}

export async function converse(
  settings: Entering,
  reached: Reached,
  { load, wish: wanted, leavesItself = false }: Purpose,
  env: NodeJS.ProcessEnv,
  complain: (text: string) => void,
): Promise<Visited> {
  const { name, password, address } = settings
  const [{ connectOwn }, { NOTHING, ownSession, takenHere }, { entranceFor, NO_KEY }, account] = await Promise.all([
    import('./connect/own-client.ts'),
    import('./connect/own-session.ts'),
    import('./account/entrance.ts'),
    ownAccountAt(settings, reached.seen, complain, env),
  ])
  const server = hostAndPort(address.host, address.port)
  const entrance = entranceFor(settings, account)
  if (entrance === null) {
    complain(NO_KEY)
    return { exit: 2, needs: null }
  }
  const { isGuest, ...way } = entrance
  const own = isGuest ? await ownSession(server, name, env) : NOTHING
  if (own === null) {
    complain(takenHere(server, name))
    return { exit: ERRORS['name-taken'].exit, needs: null }
  }
  // Loaded before there is a connection, so that no message of the server is missed.
  const talk = await load(account, async client => ({
    reach: await reachFor(address, settings.fingerprint, env, complain),
    host: server,
    authorization: () => sessionOf(client),
  }))
  let mayExist = false
  const client = connectOwn(own, reached, { name, password, ...way, ...wanted }, account.prove, () => {
    mayExist = true
  })
  account.follow(client)
  const stay = leavesItself ? () => {} : leaveOnSignals(client)
  let [entered, hasEnded] = [false, false]
  client.incoming$.subscribe(({ reply }) => {
    hasEnded ||= reply.type === 'closed'
  })
  client.status$.subscribe(({ state }) => {
    entered ||= state === 'online'
  })
  const exit = await talk(client)
  stay()
  const status = client.status$.value
  // The server may have gone away before it let the session in, or before it ended it. Then its token is still needed.
  const isRefused = status.state === 'ended' && status.end.by === 'server'
  own.release(entered ? hasEnded && client.remember() === null : !mayExist || isRefused)
  if (status.state !== 'ended' || entered) return { exit, needs: null }
  if (way.register?.key !== undefined && status.end.by === 'server') account.settle(name, way.register.key, false)
  const secret = wantsPassword(status.end) ? 'server' : wantsAccount(status.end) ? 'account' : null
  const hint = secret === 'account' ? account.elsewhere(name) : null
  if (hint !== null) complain(hint)
  return { exit, needs: secret && { secret } }
}

/** Any number of processes may use a token at once, and none of them is a member. */
export async function speakByToken(
  settings: ConnectionSettings,
  token: string,
  { load, wish: { patience = null }, listens, leavesItself = false }: Purpose,
  env: NodeJS.ProcessEnv,
  complain: (text: string) => void,
): Promise<Visited> {
  const { address, fingerprint, room } = settings
  const [{ connectByToken }, talk] = await Promise.all([
    import('./token/client.ts'),
    load(null, async () => ({ reach, host, authorization: () => `Bearer ${token}` })),
  ])
  const reach = await reachFor(address, fingerprint, env, complain)
  const host = hostAndPort(address.host, address.port)
  const client = connectByToken(
    {
      ...{ clock: systemClock, random: Math.random, secret: systemEntropy.secret },
      ...{ reach, host },
    },
    {
      token,
      room,
      listens,
      patience,
    },
  )
  const stay = leavesItself ? () => {} : leaveOnSignals(client)
  const exit = await talk(client)
  stay()
  return { exit, needs: null }
}
