/** Keeping order with a token: acts under its name, and the lists and trials that an administrator sees. */
import type { Outgoing } from '../../codec/codec.ts'
import { nativeEncoding } from '../../codec/native/encoding.ts'
import type { Command, KeepingCommand, Query } from '../../model/command.ts'
import type { Body, Draft, SessionId } from '../../model/input.ts'
import type { Grant } from '../../model/state/grant.ts'
import type { State } from '../../model/state.ts'
import type { Clock } from '../../port/clock.ts'
import type { History } from '../../port/history.ts'
import type { TrialOutcome, TrialRequest } from '../../port/rehearser.ts'
import type { Trusts } from '../../transport/trust.ts'
import { answerQuery } from '../delivery/answers/answer-query.ts'
import type { Stamper } from '../ingress/stamp.ts'
import { deletion } from '../ingress/targets/deletion.ts'
import type { KeptTexts } from '../ingress/texts.ts'
import { vetUnnumbered } from '../ingress/vetting/vet-unnumbered.ts'
import type { Refused } from '../ingress/vetting/vetted.ts'
import type { Posting, PostOutcome } from './posting.ts'

/** Acts that a token of a keeper may ask for. */
export type ActCommand = KeepingCommand | Extract<Command, { type: 'kick' | 'delete' }>

/** `json`: the answer, as in the native protocol. */
export type KeepingAnswer = { readonly ok: true; readonly json: string } | Refused

export type Keeping = {
  /** Resolves when the act is stored and done, or refused. */
  readonly act: (grant: Grant, command: ActCommand) => Promise<PostOutcome>
  readonly ask: (
    grant: Grant,
    query: Extract<Query, { type: 'list' | 'try' }>,
    signal: AbortSignal,
  ) => Promise<KeepingAnswer>
}

type Deps = {
  readonly clock: Clock
  readonly history: History
  readonly texts: KeptTexts
  readonly tries: (request: TrialRequest, signal: AbortSignal) => Promise<TrialOutcome>
  readonly registry: { readonly addressOf: (sessions: Iterable<SessionId>) => string | null }
  readonly trusts: Trusts
  readonly draft: Stamper
  readonly state: () => State
  /** Erases a text from everything that is stored. If that fails, it rejects; the failure has been reported. */
  readonly erase: (...targets: readonly number[]) => Promise<void>
  readonly submit: (draft: Draft) => void
  readonly posting: Posting
}

export function keepingOf(deps: Deps): Keeping {
  const { clock, history, state, texts } = deps

  async function done(grant: Grant, body: Body, text: string | null): Promise<PostOutcome> {
    const outcome = await deps.posting.carryOut(deps.draft(grant.id, null, body, text), deps.submit)
    // The token was revoked meanwhile.
    return !outcome.ok && outcome.code === 'not-entered' ? { ...outcome, code: 'token-unknown' } : outcome
  }

  async function deletes(grant: Grant, command: Extract<Command, { type: 'delete' }>): Promise<PostOutcome> {
    const found = deletion(history, state(), grant.id, command)
    if (!found.ok) return found
    try {
      await deps.erase(...found.targets)
    } catch {
      return { ok: false, code: 'storage', detail: '' }
    }
    return done(grant, found.body, null)
  }

  return {
    async act(grant, command) {
      if (command.type === 'delete') return deletes(grant, command)
      const vetted = vetUnnumbered(command, grant.id, deps)
      if (!vetted.ok) return vetted
      return done(grant, vetted.body, vetted.text)
    },
    async ask(grant, query, signal) {
      const context = { state: state(), history, session: grant.id, n: null, at: clock.now(), ...texts }
      const tries = (request: TrialRequest): Promise<TrialOutcome> => deps.tries(request, signal)
      return answered(await answerQuery(query, { ...context, tries }))
    },
  }
}

function answered(outgoing: Outgoing): KeepingAnswer {
  if (outgoing.type === 'rejected') return { ok: false, code: outgoing.code, detail: outgoing.detail }
  const [json] = nativeEncoding.encode(outgoing)
  return typeof json === 'string' ? { ok: true, json } : { ok: false, code: 'internal', detail: '' }
}
