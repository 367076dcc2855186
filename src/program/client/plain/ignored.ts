/** A person's messages, without those of ignored members. */
import { Observable } from 'rxjs'
import type { Incoming } from '../../../client/session/incoming.ts'

type Written = { readonly id?: string }

/** The server sends the ignored members with the welcome, and then the changes. */
export const withoutIgnored = (incoming$: Observable<Incoming>): Observable<Incoming> =>
  new Observable(out => {
    let ignored: ReadonlySet<string> = new Set()
    const isShown = ({ id }: Written): boolean => id === undefined || !ignored.has(id)
    return incoming$.subscribe({
      next(spoken) {
        const { reply } = spoken
        switch (reply.type) {
          case 'welcome':
            ignored = new Set(reply.ignored?.map(({ id }) => id))
            return out.next(spoken)
          case 'ignored':
            ignored = new Set(reply.off ? [...ignored].filter(id => id !== reply.id) : [...ignored, reply.id])
            return out.next(spoken)
          case 'said':
          case 'told':
          case 'edited':
          case 'reacted':
            return isShown(reply) ? out.next(spoken) : undefined
          case 'history':
          case 'found':
          case 'pins':
          case 'messages':
            return out.next({ ...spoken, reply: { ...reply, messages: reply.messages.filter(isShown) } })
          default:
            return out.next(spoken)
        }
      },
      error: error => out.error(error),
      complete: () => out.complete(),
    })
  })
