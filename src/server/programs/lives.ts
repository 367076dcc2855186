/** Live messages of a token, over HTTP: their output grows and ends, each request once, however often it's repeated. */
import { LIVE_PIECE_BYTES } from '../../model/limits.ts'
import type { Grant } from '../../model/state/grant.ts'
import { inForce } from '../ingress/in-force.ts'
import { changing } from '../ingress/targets/changing.ts'
import { type Refused, refused } from '../ingress/vetting/vetted.ts'
import type { ChangesDeps } from './changes.ts'
import type { PostOutcome } from './posting.ts'

type Grown = { readonly ok: true; readonly size: number }

export type ApiLives = {
  /**
   * Bytes of message `seq` of this room, from `offset` on; null: at its end. Bytes that are there already are passed
   * over. No bytes: the message goes on, and nothing is added. Resolves when they are stored.
   */
  readonly grow: (
    grant: Grant,
    room: string,
    seq: number,
    offset: number | null,
    bytes: Buffer,
  ) => Promise<Grown | Failed>
  readonly finish: (grant: Grant, room: string, command: Finish) => Promise<PostOutcome>
}

type Failed = Extract<PostOutcome, { readonly ok: false }>
type Finish = Extract<Parameters<typeof changing>[0], { type: 'finish' }>

export function livesOf({ clock, history, state, draft, submit, posting }: ChangesDeps): ApiLives {
  /** Null: the message is of this room, and grows; or another server has said it, and this one hasn't heard of it. */
  const faultOf = (room: string, seq: number): Refused | null =>
    state().lives.get(seq)?.room === room || seq > state().seq ? null : refused('live-over', `${seq}`)

  /**
   * Resolves when this server has heard of all pieces that others had stored before. Whether the message takes this one, of no
   * bytes, doesn't matter.
   */
  async function caughtUp(grant: Grant, seq: number): Promise<void> {
    if (state().nodes.size < 2) return
    const body = { type: 'grow', target: seq, begin: state().lives.get(seq)?.size ?? 0, size: 0 } as const
    await posting.carryOut(draft(grant.id, null, body, ''), submit)
  }

  return {
    async grow(grant, room, seq, offset, bytes) {
      const unfit = faultOf(room, seq)
      if (unfit) return unfit
      const size = (): number => state().lives.get(seq)?.size ?? 0
      const begin = offset ?? 0
      // An earlier request stored the bytes that are there already. Another server may have stored more than this one has
      // heard of: the order of the journal decides, also where the end is.
      let at = offset === null ? 0 : Math.max(begin, size())
      do {
        const piece = bytes.subarray(at - begin, at - begin + LIVE_PIECE_BYTES)
        const body = { type: 'grow', target: seq, begin: offset === null ? null : at, size: piece.length } as const
        const outcome = await posting.carryOut(draft(grant.id, null, body, piece.toString('base64')), submit)
        if (!outcome.ok) return outcome
        at += piece.length
      } while (at < begin + bytes.length)
      return { ok: true, size: offset === null ? size() : Math.max(at, size()) }
    },
    async finish(grant, room, command) {
      const unfit = faultOf(room, command.seq)
      if (unfit) return unfit
      // Its last lines are looked up here.
      await caughtUp(grant, command.seq)
      const asking = { history, state: state(), session: grant.id, now: clock.now(), editTime: 0 }
      const vetted = changing(command, asking)
      const known = vetted.ok ? inForce(state(), vetted) : vetted
      return known.ok ? posting.carryOut(draft(grant.id, null, known.body, known.text), submit) : known
    },
  }
}
