/** The session that asks a query, and the sources of the answer. */
import type { Outgoing } from '../../../codec/codec.ts'
import type { ErrorCode } from '../../../model/error.ts'
import type { SessionId } from '../../../model/input.ts'
import type { State } from '../../../model/state.ts'
import type { History } from '../../../port/history.ts'
import type { TrialOutcome, TrialRequest } from '../../../port/rehearser.ts'
import { vetRoom } from '../../ingress/vetting/vetted.ts'

/** The session that asks, and the sources of the answer. */
export type QueryContext = {
  readonly state: State
  readonly history: History
  readonly session: SessionId
  readonly n: number | null
  /** Milliseconds since the epoch. */
  readonly at: number
  /** The network of a sanction; null: this server doesn't have it. */
  readonly networkOf: (sanction: number) => string | null
  /** The text beside an input; null: it is gone. */
  readonly textOf: (seq: number) => string | null
  /** The key that browsers subscribe to notifications with. Absent: this server sends none. */
  readonly pushKey?: string | undefined
  readonly tries: Tries
}

/** Tries a rule on the past, if no other is being tried. Never rejects. */
export type Tries = (request: TrialRequest) => Promise<TrialOutcome>

export function inRoom<T>(raw: string, asking: QueryContext, next: (room: string) => T): T | Outgoing {
  const room = vetRoom(raw)
  return room.ok ? next(room.value) : rejected(asking, room.code, room.detail)
}

export const rejected = ({ at, n }: QueryContext, code: ErrorCode, detail: string): Outgoing => ({
  type: 'rejected',
  at,
  n,
  code,
  detail,
})
