/**
 * Cursors of tokens. A program with a token has no session, so its turn is a lease: each of its requests renews it, and
 * `as` tells it from the other programs of the token.
 */
import type { Observable } from 'rxjs'
import type { ListedCursor } from '../../codec/codec.ts'
import type { CursorCommand } from '../../model/command.ts'
import type { CursorTurn, Event } from '../../model/event.ts'
import type { Draft } from '../../model/input.ts'
import {
  CURSOR_LEASE_MS,
  CURSOR_REQUESTS_MAX,
  CURSOR_REQUESTS_PER_TOKEN,
  CURSORS_MEASURED,
} from '../../model/limits.ts'
import type { Message } from '../../model/message/message.ts'
import { LOBBY } from '../../model/name/standing.ts'
import type { Cursor } from '../../model/state/cursor.ts'
import type { Grant } from '../../model/state/grant.ts'
import type { State } from '../../model/state.ts'
import type { Step } from '../../model/step.ts'
import type { Clock } from '../../port/clock.ts'
import type { History } from '../../port/history.ts'
import { isOfGuest, ownCursor } from '../../reducer/cursors/owners.ts'
import { isSame } from '../../reducer/cursors/turns.ts'
import { editOf } from '../../reducer/messages/editing.ts'
import { cursorsFor, listedCursor } from '../delivery/list-cursors.ts'
import { inForce } from '../ingress/in-force.ts'
import type { Stamper } from '../ingress/stamp.ts'
import { vetCursor, vetCursorName } from '../ingress/vetting/vet-cursor.ts'
import { type Refused, refused } from '../ingress/vetting/vetted.ts'
import type { Posting } from './posting.ts'

type CursorDeps = {
  readonly clock: Pick<Clock, 'alarm'>
  readonly history: History
  readonly state: () => State
  readonly draft: Stamper
  readonly submit: (draft: Draft) => void
  readonly posting: Posting
  readonly delivered$: Observable<readonly Step[]>
  readonly closing$: Observable<void>
}

/** `journal`: the input up to which this holds. */
export type CursorAnswer = { readonly ok: true; readonly journal: number; readonly at: number } & CursorTurn

export type Cursors = {
  readonly list: (grant: Grant) => readonly ListedCursor[]
  /** Undefined: the token has no such cursor. */
  readonly find: (grant: Grant, name: string) => ListedCursor | undefined
  /** The turn that it is now; 0: there is no such cursor. */
  readonly turnOf: (grant: Grant, name: string) => number
  /** The room that it's in, or in which the token makes a new one if it names none. */
  readonly roomOf: (grant: Grant, name: string) => string
  /** Cursors with metrics: the first of accounts and tokens, then of guests. */
  readonly measured: () => readonly ListedCursor[]
  /** Resolves when it's stored. The answer is how the cursor stands then for the program `as`. */
  readonly carryOut: (grant: Grant, command: CursorCommand, as: string) => Promise<CursorAnswer | Refused>
  /** Resolves with the next message, or null if there was none in time, or another program has the turn. */
  readonly next: (grant: Grant, cursor: string, as: string, ms: number, gone: AbortSignal) => Promise<NextMessage>
}

export type NextMessage = { readonly ok: true; readonly message: Message | null; readonly turn: number } | Refused

export function cursorsOf(deps: CursorDeps): Cursors {
  const { clock, history, state, draft, submit, posting } = deps
  /** Requests that wait: called when a message came, or somebody's turn ended. */
  const waiting = new Set<{ readonly grant: string; readonly look: () => void; readonly end: () => void }>()
  deps.delivered$.subscribe(steps => {
    if (waiting.size === 0 || !steps.some(isNews)) return
    for (const one of [...waiting]) one.look()
  })
  deps.closing$.subscribe(() => {
    for (const one of [...waiting]) one.end()
  })

  const standing = (grant: Grant, name: string, as: string): CursorAnswer | Refused => {
    const now = state()
    const cursor = ownCursor(now, grant.id, name)
    if (!cursor) return refused('cursor-unknown', name)
    const { room, seq: place, turn, holder } = cursor
    const is = isSame(holder, { session: grant.id, as }) ? 'holding' : 'waiting'
    return { ok: true, journal: now.seq, at: now.at, name, room, is, seq: place, turn }
  }

  const carryOut: Cursors['carryOut'] = async (grant, command, as) => {
    const vetted = vetCursor(command, as)
    if (!vetted.ok) return vetted
    const known = inForce(state(), vetted)
    if (!known.ok) return known
    const { body } = known
    const name = 'cursor' in body && typeof body.cursor === 'string' ? body.cursor : ''
    if (body.type === 'cursor-claim' && isLeased(state(), grant, body, as)) return standing(grant, name, as)
    const outcome = await posting.carryOut(draft(grant.id, null, body, null), submit)
    if (!outcome.ok) return outcome.code === 'not-entered' ? { ...outcome, code: 'token-unknown' } : outcome
    const { seq, at } = outcome
    if (body.type === 'cursor-remove')
      return { ok: true, journal: seq, at, name, room: '', is: 'removed', seq, turn: seq }
    return standing(grant, name, as)
  }

  /** The first message behind the cursor that is still there. One that is being edited has no text until it's shown again. */
  function firstAfter(cursor: Cursor): Message | null {
    const { room } = cursor
    let after = passed.get(cursor) ?? cursor.seq
    for (;;) {
      const { messages, more } = history.page({ room }, { after }, LOOKED)
      const found = messages.find(({ seq, text }) => text !== null || editOf(state(), seq) !== undefined)
      const last = messages.at(-1)
      if (found || !last) return found?.text == null ? null : found
      after = last.seq
      passed.set(cursor, after)
      if (!more) return null
    }
  }

  function look(grant: Grant, name: string, as: string): NextMessage {
    const cursor = ownCursor(state(), grant.id, name)
    if (!cursor) return refused('cursor-unknown', name)
    const isHolder = isSame(cursor.holder, { session: grant.id, as })
    return { ok: true, message: isHolder ? firstAfter(cursor) : null, turn: cursor.turn }
  }

  const isFull = (grant: Grant): boolean =>
    waiting.size >= CURSOR_REQUESTS_MAX ||
    [...waiting].filter(one => one.grant === grant.id).length >= CURSOR_REQUESTS_PER_TOKEN

  return {
    list: grant => cursorsFor(state(), grant.id).map(one => listedCursor(state(), history, one, grant.id)),
    find(grant, raw) {
      const name = vetCursorName(raw)
      const cursor = name.ok ? ownCursor(state(), grant.id, name.value) : undefined
      return cursor && listedCursor(state(), history, cursor, grant.id)
    },
    turnOf(grant, raw) {
      const name = vetCursorName(raw)
      return (name.ok ? ownCursor(state(), grant.id, name.value)?.turn : undefined) ?? 0
    },
    roomOf(grant, raw) {
      const name = vetCursorName(raw)
      return (name.ok ? ownCursor(state(), grant.id, name.value)?.room : undefined) ?? grant.room ?? LOBBY
    },
    measured() {
      const now = state()
      const all = [...now.cursors].sort(
        ([a, x], [b, y]) => Number(isOfGuest(x)) - Number(isOfGuest(y)) || (a < b ? -1 : 1),
      )
      return all.slice(0, CURSORS_MEASURED).map(([, cursor]) => listedCursor(now, history, cursor, null))
    },
    carryOut,
    next(grant, raw, as, ms, gone) {
      const name = vetCursorName(raw)
      if (!name.ok) return Promise.resolve(name)
      const found = look(grant, name.value, as)
      if (!found.ok || found.message || ms === 0) return Promise.resolve(found)
      if (isFull(grant)) return Promise.resolve(refused('too-many-waits'))
      return new Promise((resolve, reject) => {
        const end = (): void => done(() => look(grant, name.value, as))
        const one = {
          grant: grant.id,
          look() {
            done(() => {
              const news = look(grant, name.value, as)
              return news.ok && news.message === null ? null : news
            })
          },
          end,
        }
        const cancel = clock.alarm(ms, end)
        gone.addEventListener('abort', end)
        waiting.add(one)
        /** Null: it waits on. */
        function done(what: () => NextMessage | null): void {
          try {
            const answer = what()
            if (!answer) return
            stop()
            resolve(answer)
          } catch (error) {
            stop()
            reject(error)
          }
        }
        function stop(): void {
          waiting.delete(one)
          cancel()
          gone.removeEventListener('abort', end)
        }
      })
    },
  }
}

/** Messages that are looked at once for one that wasn't deleted. */
const LOOKED = 50

/**
 * All messages behind the cursor up to here are deleted, and none of them comes back: so each of them is looked at only
 * once, and not again with every new message. It changes no answer.
 */
const passed = new WeakMap<Cursor, number>()

const isNews = ({ events }: Step): boolean => events.some(({ event }) => NEWS.has(event.type))

/** A message whose edit is shown has a text again. One that is deleted meanwhile is waited for no longer. */
const NEWS: ReadonlySet<Event['type']> = new Set(['said', 'edited', 'deleted', 'cursored', 'uncursored'])

/** Its lease lasts for long enough, so that nothing need be journaled. */
function isLeased(
  state: State,
  grant: Grant,
  { cursor: name, room }: { readonly cursor: string; readonly room: string },
  as: string,
): boolean {
  const cursor = ownCursor(state, grant.id, name)
  if (!cursor || cursor.room !== room) return false
  const me = [cursor.holder, ...cursor.waiting].find(one => one !== null && isSame(one, { session: grant.id, as }))
  const isOver = cursor.holder?.until !== null && (cursor.holder?.until ?? 0) <= state.at
  return !!me && !isOver && (me.until ?? 0) > state.at + CURSOR_LEASE_MS / 2
}
