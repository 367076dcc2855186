/** Requests of a peer that has no session yet. */
import type { Ask, AskIdentity } from '../../codec/codec.ts'
import type { Name } from '../../model/name/name.ts'
import { vetName, vetRoom } from '../ingress/vetting/vetted.ts'
import { prompt, shown } from './prompts.ts'
import type { CodecNext, CodecState, Effect, PeerAsk } from './state.ts'

type AskOf<T extends Ask['type']> = Extract<Ask, { type: T }>

export function onGreeting(state: CodecState, ask: PeerAsk): CodecNext {
  switch (ask.type) {
    case 'hello':
      return hello(state, ask)
    case 'resume':
      return resume(state, ask)
    case 'prove':
      return [enteringFrom(state), [{ type: 'prove', proof: ask.proof }]]
    case 'password': {
      // A client that sent the password along with the name is not asked for it.
      if (state.codec.decoder.size(state.carry) > 0) return [state, []]
      return [state, [prompt('password', ask.hidden)]]
    }
    case 'typed':
      return typed(state, ask)
    case 'malformed': {
      const hidden = state.asked !== null && state.codec.decoder.hides?.(state.carry)
      const refuse: Effect = { type: 'refuse', n: ask.n, code: ask.code, detail: ask.detail }
      return refusedName(state, [...shown(hidden || undefined), refuse])
    }
    case 'command':
    case 'query':
      return [state, [{ type: 'refuse', n: ask.n, code: 'not-entered', detail: '' }]]
    case 'secret':
      return [state, [{ type: 'refuse', n: null, code: 'not-entered', detail: '' }]]
    // Nobody waits for an answer.
    case 'typing':
      return [state, []]
    case 'help':
      return [state, [ask]]
    case 'ping':
      return [state, [{ type: 'pong', id: ask.id }]]
    case 'answered':
      return [state, [{ type: 'reply', text: ask.text }]]
    case 'negotiated': {
      const { encoding } = ask
      return [{ ...state, codec: { ...state.codec, encoding } }, [{ type: 'write-in', encoding }]]
    }
  }
}

const enteringFrom = (state: CodecState): CodecState => ({ ...state, phase: 'entering', awaiting: true, asked: null })

function hello(state: CodecState, ask: AskOf<'hello'>): CodecNext {
  const { history, password = null } = ask
  const wanted = vetWanted(ask, ask)
  if (!wanted.ok) {
    const { code, detail } = wanted
    return refusedName(state, [...shown(ask.hidden), { type: 'refuse', n: null, code, detail }])
  }
  const effect: Effect = { type: 'enter', ...wanted.value, history, password, identity: identityOf(ask) }
  return [enteringFrom(state), [...shown(ask.hidden), effect]]
}

function resume(state: CodecState, ask: AskOf<'resume'>): CodecNext {
  const { token, cursor, epoch, whole, history, password = null } = ask
  const wanted = ask.enter && vetWanted(ask.enter, ask)
  if (wanted?.ok === false) {
    return refusedName(state, [{ type: 'refuse', n: null, code: wanted.code, detail: wanted.detail }])
  }
  const effect: Effect = {
    type: 'resume',
    resumption: { token, cursor, epoch, whole },
    ...{ history, password, enter: wanted?.value ?? null, identity: identityOf(ask) },
  }
  return [enteringFrom(state), [effect]]
}

/** A passkey tells the account, so its name may be missing. */
function vetWanted({ name, room }: { readonly name: string; readonly room: string | null }, { account }: AskIdentity) {
  const isNamed = name !== '' || !account || !('passkey' in account)
  const named = isNamed ? vetName(name) : ({ ok: true, value: null } as const)
  if (!named.ok) return named
  const into = room === null ? ({ ok: true, value: null } as const) : vetRoom(room)
  if (!into.ok) return into
  const value: { readonly name: Name | null; readonly room: string | null } = { name: named.value, room: into.value }
  return { ok: true, value } as const
}

const identityOf = ({ account, register, invite }: AskIdentity): AskIdentity => ({
  ...(account === undefined ? {} : { account }),
  ...(register === undefined ? {} : { register }),
  ...(invite === undefined ? {} : { invite }),
})

/** The name that a person has given is an account's, and this is its password. */
function typed(state: CodecState, { text, hidden }: AskOf<'typed'>): CodecNext {
  if (state.asked?.for !== 'hello') return [{ ...state, asked: null }, shown(hidden)]
  const { name, room } = state.asked
  const identity = { account: { password: text } }
  const effect: Effect = { type: 'enter', name, room, history: null, password: null, identity }
  return [enteringFrom(state), [...shown(hidden), effect]]
}

/**
 * After a refused name a program may try again, a person is asked again, and the original's clients expect the end.
 * Lines that a pipe has already sent after its name do not count as further names.
 */
export function refusedName(state: CodecState, effects: readonly Effect[]): CodecNext {
  const { onRefusal, decoder } = state.codec
  const waiting = state.ended || decoder.size(state.carry) > 0
  if (onRefusal === 'close' || (onRefusal === 'prompt' && waiting)) {
    return [{ ...state, phase: 'closing' }, [...effects, { type: 'conclude' }]]
  }
  const again = onRefusal === 'prompt' ? [prompt('name')] : []
  return [{ ...state, phase: 'greeting', asked: null }, [...effects, ...again]]
}
