/** Edits, reactions and pins of a token, over HTTP. */
import type { MessageCommand } from '../../model/command.ts'
import type { Draft } from '../../model/input.ts'
import type { Grant } from '../../model/state/grant.ts'
import type { State } from '../../model/state.ts'
import type { Clock } from '../../port/clock.ts'
import type { History } from '../../port/history.ts'
import { inForce } from '../ingress/in-force.ts'
import type { Stamper } from '../ingress/stamp.ts'
import { changing } from '../ingress/targets/changing.ts'
import { refused } from '../ingress/vetting/vetted.ts'
import type { Posting, PostOutcome } from './posting.ts'

export type ChangesDeps = {
  readonly clock: Pick<Clock, 'now'>
  readonly history: History
  readonly state: () => State
  /** How long an author may edit a message, in milliseconds; 0: not at all. */
  readonly editTime: number
  /** Calls `run` when no edit of this message is under way. */
  readonly shown: (target: number, run: () => void) => void
  readonly draft: Stamper
  readonly submit: (draft: Draft) => void
  readonly posting: Posting
}

/** Changes a message of this room. Resolves when the change is stored and shown, or refused. */
export type ChangeMessage = (grant: Grant, room: string, command: MessageCommand) => Promise<PostOutcome>

export function changesOf({
  clock,
  history,
  state,
  editTime,
  shown,
  draft,
  submit,
  posting,
}: ChangesDeps): ChangeMessage {
  return async (grant, room, command) => {
    const asking = { history, state: state(), session: grant.id, now: clock.now(), editTime }
    const vetted = changing(command, asking)
    if (!vetted.ok) return vetted
    const known = inForce(asking.state, vetted)
    if (!known.ok) return known
    const { body, text } = known
    if (!('target' in body) || !('room' in body) || body.room !== room) return unknown(command)
    const outcome = await posting.carryOut(draft(grant.id, null, body, text), submit)
    if (!outcome.ok) return outcome.code === 'not-entered' ? { ...outcome, code: 'token-unknown' } : outcome
    if (body.type !== 'edit') return outcome
    await new Promise<void>(resolve => shown(body.target, resolve))
    // It was deleted meanwhile.
    return history.find(body.target)?.text == null ? unknown(command) : outcome
  }
}

const unknown = ({ seq }: MessageCommand): PostOutcome => refused('message-unknown', `${seq}`)
