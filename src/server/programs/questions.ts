/** Questions of a token, over HTTP: it answers, closes, and raises a hand under its name. */
import type { ListedQuestion } from '../../codec/codec.ts'
import type { Draft } from '../../model/input.ts'
import type { Hand } from '../../model/question.ts'
import type { Grant } from '../../model/state/grant.ts'
import type { State } from '../../model/state.ts'
import type { History } from '../../port/history.ts'
import { openIn, questionOf } from '../delivery/answers/answer-questions.ts'
import { inForce } from '../ingress/in-force.ts'
import { answering } from '../ingress/questions/answering.ts'
import type { Stamper } from '../ingress/stamp.ts'
import { passed, type Refused, refused, type Vetted } from '../ingress/vetting/vetted.ts'
import type { Posting, PostOutcome } from './posting.ts'

type Deps = {
  readonly history: History
  readonly state: () => State
  readonly draft: Stamper
  readonly submit: (draft: Draft) => void
  readonly posting: Posting
}

/** Promises resolve when the input is stored and shown, or refused. */
export type Questions = {
  readonly open: (room: string) => { readonly open: readonly ListedQuestion[]; readonly hands: readonly Hand[] }
  /** Null: there is none in this room. */
  readonly find: (room: string, seq: number) => ListedQuestion | null
  readonly answer: (
    grant: Grant,
    room: string,
    answer: { readonly seq: number; readonly choice?: number | undefined; readonly word?: string | undefined },
  ) => Promise<PostOutcome>
  readonly close: (grant: Grant, room: string, seq: number) => Promise<PostOutcome>
  readonly hand: (grant: Grant, room: string, act: 'raise' | 'lower' | 'next') => Promise<PostOutcome>
}

export function questionsOf({ history, state, draft, submit, posting }: Deps): Questions {
  async function carryOut(grant: Grant, vetted: Vetted | Refused): Promise<PostOutcome> {
    const known = vetted.ok ? inForce(state(), vetted) : vetted
    if (!known.ok) return known
    const outcome = await posting.carryOut(draft(grant.id, null, known.body, null), submit)
    return outcome.ok || outcome.code !== 'not-entered' ? outcome : { ...outcome, code: 'token-unknown' }
  }

  /** A question of another room isn't found here. */
  const isHere = (room: string, seq: number): boolean =>
    (state().questions.get(seq) ?? state().ended.get(seq))?.room === room

  const unknown = (seq: number): Refused => refused('question-unknown', `${seq}`)

  return {
    open: room => ({ open: openIn(state(), history, room), hands: state().rooms.get(room)?.hands ?? [] }),
    find: (room, seq) => questionOf(state(), history, room, seq),
    answer: (grant, room, { seq, choice, word }) =>
      carryOut(
        grant,
        isHere(room, seq)
          ? answering({ type: 'answer', seq, room, choice, word }, { state: state(), session: grant.id })
          : unknown(seq),
      ),
    close: (grant, room, seq) =>
      carryOut(grant, isHere(room, seq) ? passed({ type: 'close', question: seq }) : unknown(seq)),
    hand: (grant, room, act) => carryOut(grant, passed({ type: 'hand', room, act })),
  }
}
