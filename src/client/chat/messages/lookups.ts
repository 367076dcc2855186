/** Asks for single messages: those that screens want to quote, gathered for a turn, and those that a gap has made stale. */
import type { BehaviorSubject } from 'rxjs'
import type { Client } from '../../session/connection.ts'
import type { Change, Chat } from '../state.ts'
import { unknownOf } from './fetched.ts'
import { LOOKED_UP, staleHere } from './stale.ts'

export type MessageLookups = {
  readonly look: (seqs: readonly number[]) => void
  /** Asks for stale messages of the shown place, a few at a time, so that the user's own commands go in between. */
  readonly refresh: () => void
}

export function messageLookups(
  client: Pick<Client, 'ask'>,
  chat$: BehaviorSubject<Chat>,
  change: (by: Change) => void,
): MessageLookups {
  let wanted = new Set<number>()

  function ask(seqs: readonly number[]): void {
    const id = client.ask({ type: 'messages', seqs })
    change({ type: 'looking', id, seqs })
  }

  function askWanted(): void {
    const seqs = unknownOf(chat$.value, [...wanted])
    wanted = new Set()
    for (let k = 0; k < seqs.length; k += LOOKED_UP) ask(seqs.slice(k, k + LOOKED_UP))
  }

  return {
    look(seqs) {
      const unknown = unknownOf(chat$.value, seqs)
      if (unknown.length === 0) return
      if (wanted.size === 0) queueMicrotask(askWanted)
      for (const seq of unknown) wanted.add(seq)
    },
    refresh() {
      const { lookups, status } = chat$.value
      if (status.state !== 'online' || lookups.size > 0) return
      const seqs = staleHere(chat$.value)
      if (seqs === null) return
      if (seqs.length > 0) ask(seqs)
      else change({ type: 'refreshed' })
    },
  }
}
