/** Past messages of a room, followed by live ones: each message once, in order. */
import { distinctUntilChanged, filter, map, Observable, startWith, switchMap } from 'rxjs'
import { HISTORY_PAGE_MAX } from '../model/limits.ts'
import type { ChatEvent, Entered, Said } from './chat-event.ts'
import type { Message, Page, Range } from './past.ts'

/**
 * After message `after`, or since a time, in milliseconds since the epoch. `epoch` is the journal that `after` belongs
 * to. In another journal that number means nothing, so all messages are emitted.
 */
export type Since = { readonly after: number; readonly epoch?: string } | { readonly since: number }

type Sources = {
  readonly room: string
  readonly said$: Observable<Said>
  readonly event$: Observable<ChatEvent>
  readonly history: (range: Range) => Promise<Page>
  /** Our name and the journal; null before we are in. */
  readonly self: () => Pick<Entered, 'name' | 'epoch'> | null
}

/** Errors as the chat does, or with the ChatError of a refused question. A new journal is read from its beginning. */
export const since$ = (sources: Sources, from: Since): Observable<Said> => {
  const known = sources.self()
  return sources.event$.pipe(
    filter((event): event is Entered => event.type === 'entered'),
    map(({ epoch }) => epoch),
    startWith(...(known ? [known.epoch] : [])),
    distinctUntilChanged(),
    switchMap((epoch, journals) =>
      readOn$(sources, 'since' in from ? from : { after: placeIn(epoch, journals, from) }),
    ),
  )
}

/** `journals`: how many were read before this one. */
function placeIn(epoch: string, journals: number, from: Extract<Since, { readonly after: number }>): number {
  return journals === 0 && (from.epoch ?? epoch) === epoch ? from.after : 0
}

const readOn$ = (sources: Sources, from: Range): Observable<Said> =>
  new Observable(out => {
    /** Live messages that arrive while the past is being read; null: it has been read. */
    let held: Said[] | null = []
    let last = from.after ?? 0

    const tell = (said: Said): void => {
      if (said.seq <= last) return
      last = said.seq
      out.next(said)
    }
    const hearing = sources.said$.subscribe({
      next: said => (held ? void held.push(said) : tell(said)),
      error: error => out.error(error),
      complete: () => out.complete(),
    })

    async function read(range: Range): Promise<void> {
      const { messages, more } = await sources.history({ ...range, limit: HISTORY_PAGE_MAX })
      for (const message of messages) if (message.text !== null) tell(replayed(message, message.text))
      const end = messages.at(-1)
      if (more && end && !out.closed) return read({ after: end.seq })
      for (const said of held ?? []) tell(said)
      held = null
    }

    const replayed = (
      { seq, at, from, id, account, action, mentions, reply, files, ask, live }: Message,
      text: string,
    ): Said => {
      const own = from === sources.self()?.name
      const author = { from, id, account, action, own }
      return {
        type: 'said',
        room: sources.room,
        seq,
        at,
        ...author,
        text,
        mentions,
        reply,
        files,
        ask,
        live: live !== null,
        replayed: true,
      }
    }

    read(from).catch((error: unknown) => out.error(error))
    return () => hearing.unsubscribe()
  })
