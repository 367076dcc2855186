/**
 * A journal without texts and names, for a bug report. Texts become as many signs, and names become pseudonyms. Every
 * input still leads to events of the same types. Times, ids and the codes of refusals stay.
 */
import { DataError } from '../journal/data-error.ts'
import type { Base } from '../journal/recording.ts'
import { type Body, type Entry, type Input, textsOf } from '../model/input.ts'
import type { Grant } from '../model/state/grant.ts'
import { Results } from '../model/state/results.ts'
import type { Lapsed, Member, Session, State } from '../model/state.ts'
import type { RoomView, Topic } from '../model/view.ts'
import { mentionsOf } from '../reducer/rules/room.ts'
import { fromSnapshot, toSnapshot } from '../reducer/snapshot.ts'
import { blank, Pseudonyms, unless } from './pseudonyms.ts'
import {
  redactedAbout,
  redactedAccount,
  redactedIdentity,
  redactedInvite,
  redactedPush,
  redactedReads,
} from './redact-accounts.ts'
import { redactedAboutCursors, redactedCursors } from './redact-cursors.ts'
import { redactedHooking, redactedHooks } from './redact-hooks.ts'
import { matchedOf, redactedAttached, redactedKeeping, redactedState } from './redact-keeping.ts'
import { redactedLiving, redactedMessages } from './redact-messages.ts'
import { redactedAnswer, redactedAsking, redactedQuestions } from './redact-questions.ts'

export class Redaction {
  readonly #by = new Pseudonyms()

  entry({ seq, input, texts, quarantined }: Entry): Entry {
    const blanked = textsOf(unless(texts.text ?? null, blank))
    return { seq, input: this.#input(input), texts: blanked, quarantined: unless(quarantined, errorClass) }
  }

  /** Throws DataError if another version of the reducer wrote the snapshot. */
  base({ seq, state }: Base): Base {
    if (state === null) return { seq, state }
    const room = fromSnapshot(state)
    if (room) return { seq, state: toSnapshot(this.#state(room)) }
    throw new DataError(`The snapshot after input ${seq} is from another version. Use the rxchat that made it.`)
  }

  /**
   * Copies field by field, so a field added later isn't in the report until somebody has decided about it. If an input
   * can't be read (which may be the bug), only its stamp and type remain.
   */
  #input(input: Input): Input {
    const { type, id, at, set, offset, origin, session, n } = input
    let body = { type } as Body
    try {
      body = this.#body(input) ?? body
    } catch {}
    const clock = { ...(set === undefined ? {} : { set }), ...(offset === undefined ? {} : { offset }) }
    return { ...body, id, at, ...clock, origin, session, n }
  }

  #body(body: Body): Body {
    const by = this.#by
    switch (body.type) {
      case 'hello': {
        const { type, protocol } = body
        const token = unless(body.token, hash => by.token(hash))
        return {
          type,
          name: by.name(body.name),
          room: by.room(body.room),
          protocol,
          token,
          ...redactedIdentity(by, body),
        }
      }
      case 'resume': {
        const { type, enter, known } = body
        const was = { ...(known && { known }), ...(body.nets && { nets: body.nets }), ...matchedOf(body) }
        const token = by.token(body.token)
        if (!enter) return { type, token, ...(enter === null ? { enter } : {}), ...was }
        const { name, room, protocol } = enter
        const who = redactedIdentity(by, enter)
        return { type, token, enter: { name: by.name(name), room: by.room(room), protocol, ...who }, ...was }
      }
      case 'say':
        return {
          type: body.type,
          room: by.room(body.room),
          action: body.action,
          ...(body.live && { live: body.live }),
          ...mentionsOf(body),
          ...redactedAttached(by, body),
          ...redactedAsking(by, body),
          ...matchedOf(body),
        }
      case 'tell':
        return {
          type: body.type,
          to: by.target(body.to),
          action: body.action,
          ...redactedAttached(by, body),
          ...matchedOf(body),
        }
      case 'join':
        return {
          ...{ type: body.type, room: by.room(body.room) },
          ...(body.key === undefined ? {} : { key: by.token(body.key) }),
          ...matchedOf(body),
          ...(body.noted && { noted: body.noted }),
        }
      case 'part':
        return { type: body.type, room: by.room(body.room), reason: unless(body.reason, blank), ...matchedOf(body) }
      case 'topic':
        return { type: body.type, room: by.room(body.room), topic: blank(body.topic), ...matchedOf(body) }
      case 'nick':
        return { type: body.type, name: by.name(body.name), ...matchedOf(body) }
      case 'away':
        return { type: body.type, note: unless(body.note, note => by.note(note)), ...matchedOf(body) }
      case 'kick': {
        const kick = { type: body.type, who: by.target(body.who), reason: unless(body.reason, blank) }
        return body.room === undefined ? kick : { ...kick, room: by.room(body.room) }
      }
      case 'quit':
        return { type: body.type, reason: unless(body.reason, blank), ...matchedOf(body) }
      case 'delete': {
        const { type, target, members, everyone, bulk, author, texts } = body
        const room = unless(body.room, one => by.room(one))
        return {
          type,
          target,
          room,
          members,
          everyone,
          ...(bulk && { bulk }),
          ...(author === undefined ? {} : { author }),
          ...(texts && { texts }),
        }
      }
      case 'lost':
        return { type: body.type, via: body.via, until: body.until }
      case 'tick':
        return { type: body.type }
      case 'started': {
        const { type, until, address, reads } = body
        const said = {
          ...(address !== undefined && { address: blank(address) }),
          ...(reads !== undefined && { reads }),
        }
        return { type, until, ...said }
      }
      case 'stopped':
        return { type: body.type, until: body.until }
      case 'down':
        return { type: body.type, node: body.node, run: body.run, until: body.until }
      case 'format':
        return { type: body.type, format: body.format }
      case 'grant': {
        const { type, grant, read, write, audit, keep } = body
        const room = unless(body.room, one => by.room(one))
        return {
          type,
          grant,
          name: by.name(body.name),
          secret: by.token(body.secret),
          room,
          read,
          write,
          ...(audit && { audit }),
          ...(keep && { keep }),
        }
      }
      case 'revoke':
        return { type: body.type, who: by.target(body.who) }
      case 'post': {
        const { type, action, key } = body
        const other = key === null ? null : { hash: by.token(key.hash), print: by.token(key.print) }
        return {
          type,
          room: by.room(body.room),
          action,
          ...(body.live && { live: body.live }),
          key: other,
          ...mentionsOf(body),
          ...redactedAttached(by, body),
          ...redactedAsking(by, body),
          ...matchedOf(body),
        }
      }
      case 'hook':
      case 'unhook':
      case 'forward':
      case 'rotate-hook':
        return redactedHooks(by, body)
      case 'register':
      case 'credential':
      case 'rehash':
      case 'withdraw':
      case 'logout':
      case 'read':
      case 'push':
      case 'unpush':
      case 'push-gone':
      case 'carry-push':
      case 'account-add':
      case 'account-reset':
      case 'account-rename':
      case 'account-remove':
      case 'account-erased':
      case 'invite':
      case 'uninvite':
      case 'room-remove':
        return redactedAbout(by, body)
      case 'answer':
      case 'close':
      case 'hand':
        return redactedAnswer(by, body)
      case 'edit':
      case 'show-edit':
      case 'react':
      case 'pin':
      case 'upload':
      case 'files-erased':
      case 'files-forgotten':
      case 'picture':
      case 'grow':
      case 'finish':
        return redactedMessages(by, body)
      case 'cursor-claim':
      case 'cursor-move':
      case 'cursor-leave':
      case 'cursor-set':
      case 'cursor-remove':
        return redactedAboutCursors(by, body)
      default:
        return redactedKeeping(by, body)
    }
  }

  /** Only the fields that a snapshot holds: `names` is rebuilt from the rest. */
  #state(state: State): State {
    const rooms = state.rooms.mapEntries(([room, view]) => [this.#by.room(room), this.#view(view)])
    const topics = state.topics.mapEntries(([room, { topic, until }]) => [
      this.#by.room(room),
      { topic: this.#topic(topic), until },
    ])
    const members = state.members.map(member => this.#member(member))
    const sessions = state.sessions.map(session => this.#session(session))
    const tokens = state.tokens.mapKeys(hash => this.#by.token(hash))
    const lapsed = state.lapsed.map(one => this.#lapsed(one))
    const grants = state.grants.map(grant => this.#grant(grant))
    return {
      ...state,
      rooms,
      topics,
      members,
      sessions,
      tokens,
      lapsed,
      grants,
      ...redactedHooking(this.#by, state),
      accounts: state.accounts.map(account => redactedAccount(this.#by, account)),
      reads: state.reads.map(reads => redactedReads(this.#by, reads)),
      erasing: state.erasing.map(name => this.#by.text(name)),
      pushes: state.pushes.map(push => redactedPush(this.#by, push)),
      invites: state.invites.map(invite => redactedInvite(this.#by, invite)),
      founders: state.founders.mapKeys(room => this.#by.room(room)),
      ...redactedState(this.#by, state),
      ...redactedLiving(this.#by, state),
      ...redactedQuestions(this.#by, state),
      ...redactedCursors(this.#by, state),
      nodes: state.nodes.map(node => ({
        ...node,
        ...(node.address !== undefined && { address: blank(node.address) }),
      })),
    }
  }

  #grant({ id, name, secret, room, read, write, audit, keep, posted }: Grant): Grant {
    const by = this.#by
    return {
      id,
      name: by.name(name),
      secret: by.token(secret),
      room: unless(room, one => by.room(one)),
      read,
      write,
      ...(audit && { audit }),
      ...(keep && { keep }),
      posted: posted.mapEntries(([key, { seq, at, print }]) => [by.token(key), { seq, at, print: by.token(print) }]),
    }
  }

  #lapsed({ session, name, rooms, left, until }: Lapsed): Lapsed {
    const by = this.#by
    return {
      session: this.#session(session),
      name: by.name(name),
      rooms: rooms.map(room => by.room(room)),
      ...(left === undefined ? {} : { left }),
      until,
    }
  }

  #topic({ text, by: author, at }: Topic): Topic {
    return { text: blank(text), by: this.#by.author(author), at }
  }

  #view({ room, topic, members, roles, modes, opened, pins, hands }: RoomView): RoomView {
    const by = this.#by
    return {
      room: by.room(room),
      topic: unless(topic, one => this.#topic(one)),
      roles,
      modes,
      ...(opened === undefined ? {} : { opened }),
      ...(hands && { hands: hands.map(({ id, name }) => ({ id, name: this.#by.author(name) })) }),
      ...(pins && { pins: pins.map(({ seq, by: who, at }) => ({ seq, by: by.author(who), at })) }),
      members: members.mapEntries(([key, { id, name, since, away, account, picture }]) => [
        by.text(key),
        {
          ...{ id, name: by.text(name), since, away: unless(away, note => by.note(note)) },
          ...(account && { account }),
          ...(picture !== undefined && { picture: by.token(picture) }),
        },
      ]),
    }
  }

  #member({ id, name, away, rooms, sessions, named, noted }: Member): Member {
    const by = this.#by
    return {
      id,
      name: by.name(name),
      away: unless(away, note => by.note(note)),
      rooms: rooms.map(room => by.room(room)),
      sessions,
      ...(named && { named }),
      ...(noted && { noted }),
    }
  }

  /** The detail of a refusal may contain names. */
  #session(session: Session): Session {
    const { id, member, origin, via, protocol, last, credential, invite, nets } = session
    const results = Results.of(
      session.results.list().map(({ n, seq, code, detail }) => ({ n, seq, code, detail: blank(detail) })),
    )
    return {
      id,
      member,
      origin,
      via,
      protocol,
      token: unless(session.token, hash => this.#by.token(hash)),
      ...(credential === undefined ? {} : { credential }),
      ...(invite === undefined ? {} : { invite }),
      ...(nets && { nets }),
      last,
      results,
    }
  }
}

/** Gives `TypeError` for `TypeError: alice is not a function`. */
const errorClass = (reason: string): string => /^[A-Za-z]*Error\b/.exec(reason)?.[0] ?? 'Error'
