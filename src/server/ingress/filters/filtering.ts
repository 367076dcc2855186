/**
 * What the word filters say about a text or a name is found when it comes in, and carried in its input. The reducer, which
 * knows the filters, but no text, gives the verdict. The reasons of those who keep order aren't looked at.
 */
import type { Body, Identity, SessionId } from '../../../model/input.ts'
import type { State } from '../../../model/state.ts'
import { memberOf, nameOf } from '../../../reducer/rules/lookup.ts'
import type { Stamper } from '../stamp.ts'
import type { FilterSet } from './filter-set.ts'

/** A stamper that puts the filters that match into what it stamps. Without filters, nothing changes. */
export function filtering(stamp: Stamper, state: () => State, filters: FilterSet): Stamper {
  function matched(body: Body, session: SessionId, text: string | null): readonly number[] {
    switch (body.type) {
      case 'say':
      case 'post':
        return inRoom(text, body.room)
      case 'tell':
        return inRoom(text, null)
      case 'topic':
        return inRoom(body.topic, body.room)
      case 'part':
        return inRoom(body.reason, body.room)
      case 'quit':
        return anywhere(body.reason)
      case 'away':
        return anywhere(body.note)
      case 'nick':
        return anywhere(body.name.text)
      case 'hello':
        return anywhere(body.account ? accountName(state(), body.account) : body.name.text)
      case 'join':
        return inRoom(nameOf(state(), session), body.room)
      case 'register':
        return anywhere(nameOf(state(), session))
      case 'resume':
        return body.enter ? NONE : anywhere(lapsedName(state(), body.token))
      default:
        return NONE
    }
  }

  const inRoom = (text: string | null, room: string | null): readonly number[] =>
    text === null ? NONE : filters.inRoom(state(), text, room)
  const anywhere = (text: string | null): readonly number[] => (text === null ? NONE : filters.anywhere(state(), text))

  function filtered(body: Body, session: SessionId, text: string | null): Body {
    const ids = matched(body, session, text)
    return ids.length === 0 ? body : ({ ...body, filters: ids } as Body)
  }

  /** A resume may enter by another name. */
  function entering(body: Body): Body {
    if (body.type !== 'resume' || !body.enter) return body
    const { account, name } = body.enter
    const ids = anywhere(account ? accountName(state(), account) : name.text)
    return ids.length === 0 ? body : { ...body, enter: { ...body.enter, filters: ids } }
  }

  /** Whoever joins brings the note that it is away. */
  function noted(body: Body, session: SessionId): Body {
    if (body.type !== 'join') return body
    const ids = inRoom(memberOf(state(), { session })?.away ?? null, body.room)
    return ids.length === 0 ? body : { ...body, noted: ids }
  }

  return (session, n, body, text) => stamp(session, n, noted(entering(filtered(body, session, text)), session), text)
}

const NONE: readonly number[] = []

const accountName = ({ accounts }: State, { id }: NonNullable<Identity['account']>): string | null =>
  accounts.get(id)?.name.text ?? null

/** Under which the session would return; null: it's none that has lapsed. */
const lapsedName = ({ lapsed, tokens }: State, token: string): string | null =>
  lapsed.get(tokens.get(token) ?? '')?.name.text ?? null
