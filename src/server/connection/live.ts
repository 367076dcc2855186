/** Requests of a session. */
import type { Ask } from '../../codec/codec.ts'
import type { AccountCommand } from '../../model/command.ts'
import type { SessionId } from '../../model/input.ts'
import { isAttached } from '../ingress/targets/attaching.ts'
import { isOnNetwork } from '../ingress/targets/member-network.ts'
import { vet } from '../ingress/vetting/vet.ts'
import { vetName, vetRoom } from '../ingress/vetting/vetted.ts'
import { askSecret, shown } from './prompts.ts'
import type { CodecNext, CodecState, Effect, PeerAsk } from './state.ts'

type AskOf<T extends Ask['type']> = Extract<Ask, { type: T }>
type Login = Extract<AccountCommand, { type: 'login' }>

export function onLive(state: CodecState, ask: PeerAsk): CodecNext {
  const { session } = state
  if (session === null) return [state, []]
  switch (ask.type) {
    case 'command':
      return command(state, session, ask)
    case 'secret':
      return secretWanted(state, ask)
    case 'typed':
      return typed(state, session, ask)
    // The answer to the challenge of a login.
    case 'prove':
      return [{ ...state, phase: 'entering', awaiting: true }, [{ type: 'prove', proof: ask.proof }]]
    default:
      return [state, effectsOf(session, ask)]
  }
}

function effectsOf(
  session: SessionId,
  ask: Exclude<PeerAsk, { type: 'command' | 'secret' | 'typed' | 'prove' }>,
): readonly Effect[] {
  switch (ask.type) {
    case 'hello':
    case 'resume':
      return [{ type: 'refuse', n: null, code: 'already-entered', detail: '' }]
    case 'malformed':
      return [{ type: 'refuse', n: ask.n, code: ask.code, detail: ask.detail }]
    case 'query':
      return [{ type: 'query', session, n: ask.n, query: ask.query }]
    case 'ping':
      return [{ type: 'pong', id: ask.id }]
    case 'typing':
      return [{ type: 'typing', session, where: ask.where }]
    case 'help':
      return [ask]
    case 'answered':
      return [{ type: 'reply', text: ask.text }]
    // Rings are of one encoding, so a session keeps the one that it began in.
    case 'negotiated':
      return []
    // The password is asked for only before there is a name.
    case 'password':
      return []
  }
}

function command(state: CodecState, session: SessionId, { n, command: asked }: AskOf<'command'>): CodecNext {
  switch (asked.type) {
    case 'read': {
      const { seq, type, ...where } = asked
      return [state, [{ type, session, n, where, seq }]]
    }
    case 'delete':
      return [state, [{ type: 'delete', session, n, seq: asked.seq, room: asked.room }]]
    case 'edit':
    case 'react':
    case 'pin':
    case 'answer':
    case 'close':
    case 'finish':
      return [state, [{ type: 'change', session, n, command: asked }]]
    case 'login':
      return logIn(state, session, n, asked)
    case 'register':
    case 'password':
    case 'keep':
    case 'add-key':
    case 'passkey':
    case 'add-passkey':
    case 'push':
      return [state, [{ type: 'account', session, n, command: asked }]]
    default: {
      if ((asked.type === 'say' || asked.type === 'tell') && isAttached(asked)) {
        return [state, [{ type: 'change', session, n, command: asked }]]
      }
      if (isOnNetwork(asked)) return [state, [{ type: 'on-network', session, n, command: asked }]]
      const vetted = vet(asked)
      if (!vetted.ok) return [state, [{ type: 'refuse', n, code: vetted.code, detail: vetted.detail }]]
      const { body, text } = vetted
      return [state, [{ type: 'submit', session, n, body, text }]]
    }
  }
}

/** Later requests wait, since they may be meant for the account. */
function logIn(
  state: CodecState,
  session: SessionId,
  n: number | null,
  { name: raw, room, account }: Login,
): CodecNext {
  const isNamed = raw !== '' || !('passkey' in account)
  const name = isNamed ? vetName(raw) : ({ ok: true, value: null } as const)
  if (!name.ok) return [state, [{ type: 'refuse', n, code: name.code, detail: name.detail }]]
  const into = room === undefined ? ({ ok: true, value: null } as const) : vetRoom(room)
  if (!into.ok) return [state, [{ type: 'refuse', n, code: into.code, detail: into.detail }]]
  const effect: Effect = { type: 'login', session, n, name: name.value, room: into.value, account }
  return [{ ...state, phase: 'entering', awaiting: true }, [effect]]
}

function secretWanted(state: CodecState, { what, name, room }: AskOf<'secret'>): CodecNext {
  switch (what) {
    case 'register':
      return askSecret(state, { for: 'register' })
    case 'password':
      return askSecret(state, { for: 'old-password' })
    case 'login':
      return askSecret(state, { for: 'login', name, room })
  }
}

/** A person has typed the secret that was asked for. */
function typed(before: CodecState, session: SessionId, { text, hidden }: AskOf<'typed'>): CodecNext {
  const { asked } = before
  const state: CodecState = { ...before, asked: null }
  const [after, effects] = asked ? answered(state, session, asked, text) : ([state, []] as const)
  return [after, [...shown(hidden), ...effects]]
}

function answered(
  state: CodecState,
  session: SessionId,
  asked: NonNullable<CodecState['asked']>,
  text: string,
): CodecNext {
  switch (asked.for) {
    case 'login':
      return logIn(state, session, null, { type: 'login', ...asked, account: { password: text } })
    case 'register':
      return [state, [{ type: 'account', session, n: null, command: { type: 'register', password: text } }]]
    case 'old-password':
      return askSecret(state, { for: 'new-password', old: text })
    case 'new-password':
      return [state, [{ type: 'account', session, n: null, command: { type: 'password', old: asked.old, new: text } }]]
    case 'hello':
      return [state, []]
  }
}
