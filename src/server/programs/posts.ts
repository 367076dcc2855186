/** Messages of tokens on their way into the journal, whichever route they came by. */
import type { AskSpec, SentFile } from '../../model/command.ts'
import type { Draft } from '../../model/input.ts'
import type { Grant } from '../../model/state/grant.ts'
import type { State } from '../../model/state.ts'
import type { Entropy } from '../../port/entropy.ts'
import type { History } from '../../port/history.ts'
import { costOf } from '../ingress/bounds/token-bucket.ts'
import { inForce } from '../ingress/in-force.ts'
import type { Stamper } from '../ingress/stamp.ts'
import { attaching } from '../ingress/targets/attaching.ts'
import { refused } from '../ingress/vetting/vetted.ts'
import type { Posting, PostOutcome } from './posting.ts'

/** A message that a program posts. A repeat is known by its `key`. */
export type Post = {
  readonly room: string
  readonly text: string
  readonly action: boolean
  readonly key: string | null
  /** The message that it answers. */
  readonly reply?: number | undefined
  readonly files?: readonly SentFile[] | undefined
  /** The question that it asks. A repeat is known by its own key. */
  readonly ask?: AskSpec | undefined
  /** It grows. */
  readonly live?: boolean | undefined
}

type Deps = {
  readonly entropy: Pick<Entropy, 'digest'>
  readonly history: History
  readonly state: () => State
  readonly draft: Stamper
  readonly posting: Posting
  readonly submit: (draft: Draft) => void
}

/** `slow` gets the cost of the message, and returns the detail of the refusal if that's too much now; null: it isn't. */
export type PostMessage = (grant: Grant, message: Post, slow: (cost: number) => string | null) => Promise<PostOutcome>

export function postsOf({ entropy, history, state, draft, posting, submit }: Deps): PostMessage {
  return async (grant, { room, text, action, key, reply, files = [], ask, live }, slow) => {
    const asking = { history, state: state(), session: grant.id }
    const said = attaching({ type: 'say', room, text, action, reply, files, ask, live }, asking)
    const vetted = said.ok ? inForce(asking.state, said) : said
    if (!vetted.ok) return vetted
    if (vetted.body.type !== 'say') return refused('internal')
    const early = slow(costOf(vetted.text ?? ''))
    if (early !== null) return refused('slow-down', early)
    const { type: _, room: named, ...attached } = vetted.body
    const print = short(
      entropy.digest(
        JSON.stringify([
          named,
          vetted.text,
          action,
          ...(reply === undefined ? [] : [reply]),
          ...(live ? ['live'] : []),
        ]),
      ),
    )
    const known = key === null ? null : { hash: keyHash(entropy, key), print }
    const body = { type: 'post', room: named, ...attached, key: known } as const
    return posting.carryOut(draft(grant.id, null, body, vetted.text), submit)
  }
}

/** The hash by which a grant recognises a message that was posted with this key. */
export const keyHash = (entropy: Pick<Entropy, 'digest'>, key: string): string => short(entropy.digest(key))

/** 128 bits: enough that nobody finds another message with the same hash, and short, since many are kept. */
const short = (digest: string): string => digest.slice(0, 32)
