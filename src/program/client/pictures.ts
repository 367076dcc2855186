/**
 * Pictures of messages on the drawn screen, if the terminal can draw them. Each is fetched from the server that one is
 * connected to, under the same trust in its certificate, and handed to the terminal.
 */
import { type BehaviorSubject, merge, type Observable, Subject } from 'rxjs'
import {
  PICTURE_FETCHED_MAX_BYTES,
  PICTURE_PIXELS_MAX,
  PICTURES_DRAWN_MAX,
  PICTURES_WANTED_MAX,
} from '../../model/limits.ts'
import type { MessageFile } from '../../model/message/file.ts'
import type { Reach } from '../../transport/webhook/http-request.ts'
import { cellsFor, type PictureCells } from '../../tui/pictures/cells.ts'
import { forgotten, sent } from '../../tui/pictures/kitty.ts'
import { pngSize } from '../../tui/pictures/png.ts'
import { fetchBytes } from './fetch-bytes.ts'

type Wanted = Pick<MessageFile, 'id' | 'kind' | 'size'> & { readonly url: string }

export type Pictures = {
  /** The terminal has one more. */
  readonly changed$: Observable<unknown>
  /** Its cells; null: the terminal doesn't have it. Then it's fetched, if it can be drawn. */
  readonly find: (file: Wanted) => PictureCells | null
  readonly dispose: () => void
}

type Outside = {
  readonly reach: () => Promise<Reach>
  readonly host: string
  /** Whether the terminal has said that it draws pictures. Until then, nothing is fetched. */
  readonly can$: BehaviorSubject<boolean>
  readonly write: (sequence: string) => void
}

export function createPictures({ reach, host, can$, write }: Outside): Pictures {
  const changed$ = new Subject<void>()
  /** The pictures that the terminal has, the latest used last. */
  const drawn = new Map<string, PictureCells>()
  const unfit = new Set<string>()
  const waiting = new Map<string, Wanted>()
  let isBusy = false
  let latest = 0
  let isOver = false

  function find(file: Wanted): PictureCells | null {
    const known = drawn.get(file.id)
    if (known) {
      drawn.delete(file.id)
      drawn.set(file.id, known)
      return known
    }
    const fits = file.kind === 'image/png' && file.size <= PICTURE_FETCHED_MAX_BYTES && !unfit.has(file.id)
    if (!can$.value || !fits || waiting.has(file.id) || waiting.size >= PICTURES_WANTED_MAX) return null
    waiting.set(file.id, file)
    if (!isBusy) void work()
    return null
  }

  /** One after another: pictures are less urgent than messages. */
  async function work(): Promise<void> {
    isBusy = true
    for (const [id, file] of waiting) {
      const png = isOver ? null : await fetched(file.url)
      waiting.delete(id)
      if (isOver) break
      const cells = png && fitting(png)
      if (png && cells) await hand(id, png, cells)
      else refuse(id)
    }
    isBusy = false
  }

  /** Null: it can't be had. Then its link is there. */
  async function fetched(url: string): Promise<Uint8Array | null> {
    try {
      return await fetchBytes(await reach(), host, url, PICTURE_FETCHED_MAX_BYTES)
    } catch {
      return null
    }
  }

  function fitting(png: Uint8Array): PictureCells | null {
    const size = pngSize(png)
    if (!size || size.width * size.height > PICTURE_PIXELS_MAX || size.width === 0 || size.height === 0) return null
    latest = (latest % ID_MAX) + 1
    return { id: latest, ...cellsFor(size.width, size.height) }
  }

  /** A piece a turn, since a slow terminal takes long for a large picture. */
  async function hand(id: string, png: Uint8Array, cells: PictureCells): Promise<void> {
    for (const piece of sent(png, cells)) {
      if (isOver) return
      write(piece)
      await new Promise(resolve => setImmediate(resolve))
    }
    drawn.set(id, cells)
    for (const [old, dropped] of drawn) {
      if (drawn.size <= PICTURES_DRAWN_MAX) break
      drawn.delete(old)
      write(forgotten(dropped))
    }
    changed$.next()
  }

  function refuse(id: string): void {
    if (unfit.size >= UNFIT_MAX) unfit.clear()
    unfit.add(id)
  }

  return {
    changed$: merge(can$, changed$),
    find,
    dispose() {
      isOver = true
      for (const cells of drawn.values()) write(forgotten(cells))
      drawn.clear()
    },
  }
}

/** An id is a colour of the cells, of 24 bits. */
const ID_MAX = 0xff_ff_ff
const UNFIT_MAX = 1000
