/**
 * Rights, according to the events in their order: credentials that are gone, names that are accounts', uses of invites,
 * and read positions.
 */
import type { Event } from '../../src/model/event.ts'
import type { MemberId, SessionId } from '../../src/model/input.ts'
import type { Name } from '../../src/model/name/name.ts'
import { placeKey } from '../../src/model/state/reads.ts'
import type { Story } from './story.ts'

export class Rights {
  readonly #story: Story
  /** The account and the credential of each session. */
  readonly #sessions = new Map<SessionId, string>()
  readonly #gone = new Set<string>()
  readonly #names = new Map<MemberId, Name>()
  readonly #uses = new Map<string, number>()
  readonly #reads = new Map<string, number>()

  constructor(story: Story) {
    this.#story = story
  }

  /** The positions of a member, by the key of the place. */
  position(member: MemberId, place: string): number | undefined {
    return this.#reads.get(`${member} ${place}`)
  }

  note(event: Event): void {
    switch (event.type) {
      case 'welcomed': {
        const { session, member, name, credential } = event
        if (credential !== undefined) this.#sessions.set(session, `${member} ${credential}`)
        this.#mayEnter(session)
        return this.#mayBeCalled(member, name)
      }
      case 'resumed':
      case 'returned':
        return this.#mayEnter(event.session)
      case 'registered':
        this.#sessions.set(event.session, `${event.member} ${event.credential.id}`)
        return
      case 'account-added':
        this.#names.set(event.account, event.name)
        return
      case 'account-renamed':
        return this.#renamed(event.account, event.name)
      case 'renamed':
        if (this.#names.has(event.member)) return this.#renamed(event.member, event.name)
        return this.#mayBeCalled(event.member, event.name)
      case 'account-removed':
        this.#names.delete(event.account)
        return
      case 'credentialed': {
        const { account, credential, replaces, session } = event
        if (replaces !== null) this.#gone.add(`${account} ${replaces}`)
        if (session !== null) this.#sessions.set(session, `${account} ${credential.id}`)
        return
      }
      case 'withdrawn':
        this.#gone.add(`${event.account} ${event.credential}`)
        return
      case 'invited':
        this.#uses.set(event.id, event.uses)
        return
      case 'invite-used':
        return this.#used(event.invite)
      case 'read':
        for (const { place, seq } of event.reads) this.#read(event.member, placeKey(place), seq)
        return
      default:
        return
    }
  }

  /** The name of a guest became an account. */
  registered(member: MemberId, name: Name): void {
    this.#names.set(member, name)
  }

  #renamed(member: MemberId, name: Name): void {
    this.#mayBeCalled(member, name)
    this.#names.set(member, name)
  }

  #mayEnter(session: SessionId): void {
    const credential = this.#sessions.get(session)
    const isRight = credential === undefined || !this.#gone.has(credential)
    this.#story.check('nobody goes on by a credential that is gone', isRight, () => `${session}, by ${credential}`)
  }

  #mayBeCalled(member: MemberId, name: Name): void {
    const owner = [...this.#names].find(
      ([id, owned]) => id !== member && owned.keys.some(key => name.keys.includes(key)),
    )
    this.#story.check('the name of an account is nobody else’s', !owner, () => `${name.text}, which is ${owner?.[0]}'s`)
  }

  #used(invite: string): void {
    const left = (this.#uses.get(invite) ?? 0) - 1
    this.#uses.set(invite, left)
    this.#story.check('an invite lets in no more than it says', left >= 0, () => invite)
  }

  #read(member: MemberId, place: string, seq: number): void {
    const before = this.position(member, place) ?? 0
    this.#story.check('read positions go forward', seq > before, () => `${member} in ${place}: ${before} to ${seq}`)
    this.#reads.set(`${member} ${place}`, seq)
  }
}
