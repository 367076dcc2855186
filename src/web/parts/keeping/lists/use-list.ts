/** A list about keeping order, asked for anew whenever an act of moderation or a held message comes. */
import { useEffect, useState } from 'react'
import { filter } from 'rxjs'
import { type EntriesOf, type Listing, listingIn } from '../../../../client/chat/keeping/listing.ts'
import type { Client } from '../../../../client/session/connection.ts'
import type { ListName } from '../../../../model/command.ts'
import { HISTORY_PAGE_MAX } from '../../../../model/limits.ts'
import { request } from '../../../visit/requests.ts'

/** Null: no answer yet. A text: why there is none. */
type Asked<W extends ListName> = EntriesOf<W> | string | null

const UNKNOWN = 'The server gave an answer that this page does not know. Reload the page.'

/** `room` null: of the whole server. `name`: only entries about this name. */
export function useList<W extends ListName>(client: Client, what: W, room: string | null, name = ''): Asked<W> {
  const [got, set] = useState<{ readonly key: string; readonly list: Listing | string } | null>(null)
  const key = `${what} ${room} ${name}`
  useEffect(() => {
    let [isOver, isBusy, isStale] = [false, false, false]
    /** One question at a time: many acts may come at once. */
    async function load(): Promise<void> {
      isStale = isBusy
      if (isBusy) return
      isBusy = true
      const about = name === '' ? {} : { name }
      const answer = await request(client, { type: 'list', what, room, ...about, limit: HISTORY_PAGE_MAX })
      isBusy = false
      if (isOver) return
      set({ key, list: answer.ok ? (listingIn(answer.reply) ?? UNKNOWN) : answer.why })
      if (isStale) void load()
    }
    void load()
    const watching = client.incoming$
      .pipe(filter(({ reply: { type } }) => type === 'moderated' || type === 'held'))
      .subscribe(() => void load())
    return () => {
      isOver = true
      watching.unsubscribe()
    }
  }, [client, key, what, room, name])
  if (got?.key !== key) return null
  if (typeof got.list === 'string') return got.list
  return got.list.what === what ? (got.list.entries as Asked<W>) : UNKNOWN
}
