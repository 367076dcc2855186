/**
 * Names become ids when a command comes in: those in a text, as mentions, and the one that a command names. A text that
 * is a choice of an open question becomes an answer to it. Absent
 * accounts count too. So it changes nothing if a name goes to somebody else before the input is folded.
 */
import type { Body, MemberId, SessionId, Target } from '../../../model/input.ts'
import { readStoredText } from '../../../model/message/stored-text.ts'
import { nameKey, readName } from '../../../model/name/name.ts'
import { mentionedIn } from '../../../model/prose/mentioned.ts'
import type { State } from '../../../model/state.ts'
import type { History } from '../../../port/history.ts'
import { knownName } from '../../../reducer/keeping/refusals.ts'
import { authorIdOf, holderOfKey, memberOf } from '../../../reducer/rules/lookup.ts'
import { answersOf } from '../questions/answering.ts'
import type { Stamper } from '../stamp.ts'
import { goneAs, goneWith } from './gone.ts'
import { KnownNames } from './known-names.ts'

/** A stamper that adds the ids to its inputs. `report` gets the error if the history can't be read. */
export function naming(
  stamp: Stamper,
  state: () => State,
  history: History,
  report: (error: unknown) => void,
): Stamper {
  const known = new KnownNames()

  function named(body: Body, session: SessionId, text: string | null): Body {
    switch (body.type) {
      case 'say':
      case 'post': {
        const now = state()
        if (text === null) return body
        const answers = answersOf(now, session, body, text)
        const said = answers ? { ...body, answers } : body
        if (!known.mayBeIn(text, now.names)) return said
        const mentions = mentionsOf(now, body.type, session, text)
        return mentions.length === 0 ? said : { ...said, mentions: together(body.mentions, mentions) }
      }
      case 'edit': {
        if (text === null || body.room === null) return body
        const mentions = mentionsOf(state(), body.type, session, text)
        return mentions.length === 0 ? body : { ...body, mentions }
      }
      case 'tell':
        return { ...body, to: found(state(), body.to) }
      case 'restrict': {
        const who = foundOrGone(state(), body.who, body.room)
        return { ...body, who, keys: who.text === body.who.text ? body.keys : keysOf(who.text) }
      }
      case 'purge':
        return { ...body, who: foundOrGone(state(), body.who, body.room) }
      case 'kick':
      case 'role':
      case 'admit':
      case 'ignore':
        return { ...body, who: found(state(), body.who) }
      case 'lift':
        return body.who === null ? body : { ...body, who: found(state(), body.who) }
      default:
        return body
    }
  }

  /**
   * The id of a member that is gone, or the name of an id, comes from the history: the client's own word is not relied
   * on. A token of the API has its name too, but is nobody to be found in the past.
   */
  function foundOrGone(now: State, who: Target, room: string | null): Target {
    const isKnown =
      who.id === undefined ? holderOfKey(now, who.key) !== undefined : knownName(now, who.id) !== undefined
    if (isKnown) return found(now, who)
    try {
      const gone = who.id === undefined ? goneAs(now, history, who.key, room) : goneWith(now, history, who.id, room)
      return gone ? { ...(who.id === undefined ? who : targetCalled(gone.name)), id: gone.id } : who
    } catch (error) {
      report(error)
      return who
    }
  }

  return (session, n, body, text) => stamp(session, n, named(body, session, text), text)
}

/** The member or account that has this name. A token of the API can't be talked to. */
export function idOfName(state: State, name: string): MemberId | undefined {
  return idOfKey(state, nameKey(name))
}

function idOfKey(state: State, key: string): MemberId | undefined {
  const holder = holderOfKey(state, key)
  return holder?.is === 'token' ? undefined : holder?.id
}

/** The author of the answered message, and the mentioned members. */
const together = (some: readonly MemberId[] = [], more: readonly MemberId[]): readonly MemberId[] =>
  some.length === 0 ? more : [...new Set([...some, ...more])]

function mentionsOf(
  state: State,
  type: 'say' | 'post' | 'edit',
  session: SessionId,
  stored: string,
): readonly MemberId[] {
  const author = type === 'post' || state.grants.has(session) ? session : authorIdOf(memberOf(state, { session }))
  const { text } = readStoredText(stored)
  return mentionedIn(text, author, key => idOfKey(state, key))
}

const targetCalled = (name: string): Target => ({ key: nameKey(name), text: name })

function keysOf(name: string): readonly string[] {
  const read = readName(name)
  return read.ok ? read.name.keys : []
}

/** An id from the client takes precedence over the name. */
function found(state: State, target: Target): Target {
  const id = target.id ?? idOfKey(state, target.key)
  return id === undefined ? target : { ...target, id }
}
