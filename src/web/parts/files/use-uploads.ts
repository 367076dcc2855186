/** The files that are to go with the next message of each place. They stay while the reader looks at other places. */
import { useRef, useState } from 'react'
import type { Where } from '../../../client/chat/place.ts'
import { FILES_PER_MESSAGE } from '../../../model/limits.ts'
import style from '../../style/tray.css?url'
import { type Loader, loadPart, useLoaded } from '../use-loaded.ts'
import type { Sending } from './upload.ts'
import type { Upload, Uploads } from './uploads.ts'

const UPLOADING: Loader<typeof import('./upload.ts')> = { load: () => import('./upload.ts'), style }

const NONE: readonly Upload[] = []
const NOT_LOADED = 'The page could not load what it needs for files. Check the connection, and try again.'

/** `token`: of the session; null: there is none now. `complain` shows an error. */
export function useUploads(where: Where, token: () => string | null, complain: (message: string) => void): Uploads {
  const [places, set] = useState<Readonly<Partial<Record<Where, readonly Upload[]>>>>({})
  /** Null: it hasn't begun. An absent one was removed. */
  const sendings = useRef(new Map<number, Sending | null>())
  const last = useRef(0)
  const all = places[where] ?? NONE
  const alter = (at: Where, change: (all: readonly Upload[]) => readonly Upload[]): void =>
    set(before => ({ ...before, [at]: change(before[at] ?? NONE) }))

  function begin(at: Where, id: number, file: File): void {
    const become = (is: Upload['is']): void =>
      alter(at, list => list.map(one => (one.id === id ? { ...one, is } : one)))
    const fail = (why: string): void => become({ state: 'failed', why })
    become({ state: 'sending', part: 0 })
    sendings.current.set(id, null)
    loadPart(UPLOADING).then(
      ({ upload }) => {
        if (!sendings.current.has(id)) return
        const session = token()
        if (session === null) return fail('You are not in the chat now. Try again when you are.')
        const sending = upload(file, session, part => become({ state: 'sending', part }))
        sendings.current.set(id, sending)
        sending.done
          .then(
            sent => become({ state: 'done', sent }),
            (error: Error) => fail(error.message),
          )
          .finally(() => sendings.current.delete(id))
      },
      () => fail(NOT_LOADED),
    )
  }

  return {
    all,
    sent: all.every(({ is }) => is.state === 'done')
      ? all.flatMap(({ is }) => (is.state === 'done' ? [is.sent] : []))
      : null,
    add(files) {
      const wanted = [...files]
      const taken = wanted.slice(0, FILES_PER_MESSAGE - all.length)
      if (taken.length < wanted.length)
        complain(`A message has at most ${FILES_PER_MESSAGE} files. Send the others with another one.`)
      const added = taken.map((file): Upload => {
        last.current += 1
        return { id: last.current, file, is: { state: 'sending', part: 0 } }
      })
      alter(where, list => [...list, ...added])
      for (const { id, file } of added) begin(where, id, file)
    },
    remove(id) {
      alter(where, list => list.filter(one => one.id !== id))
      sendings.current.get(id)?.cancel()
      sendings.current.delete(id)
    },
    retry(id) {
      const one = all.find(upload => upload.id === id)
      if (one) begin(where, id, one.file)
    },
    clear: () => alter(where, () => NONE),
  }
}

/** Null: there is nothing to show, or not yet. */
export const useTray = (uploads: Uploads) => {
  const isNeeded = uploads.all.length > 0
  const part = useLoaded(UPLOADING)
  return isNeeded && part ? part.Tray : null
}
