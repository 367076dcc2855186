/** A room with accounts to which inputs happen one after another, as ingress would have written them. */
import type { Event } from '../../src/model/event.ts'
import { FORMAT } from '../../src/model/format.ts'
import { type Body, HOST_SESSION, type Identity, type SessionId } from '../../src/model/input.ts'
import { LOBBY } from '../../src/model/name/standing.ts'
import type { Account, CredentialDraft, Proof } from '../../src/model/state/account.ts'
import { initialState, type State } from '../../src/model/state.ts'
import { step } from '../../src/reducer/step.ts'
import { entryOf, nameOf } from './arbitrary-inputs.ts'

export class AccountChat {
  state: State = initialState
  at = 1_000_000

  constructor(format = FORMAT) {
    this.host({ type: 'format', format })
    this.host({ type: 'started', until: this.at })
  }

  ask(session: SessionId, body: Body, n: number | null = null): readonly Event[] {
    const seq = this.state.seq + 1
    const done = step(this.state, entryOf({ ...body, id: `i${seq}`, at: this.at, origin: 'here', session, n }, seq))
    this.state = done.after
    return done.events.map(({ event }) => event)
  }

  host(body: Body): readonly Event[] {
    return this.ask(HOST_SESSION, body)
  }

  /** Time passes, and due things happen. */
  after(ms: number): readonly Event[] {
    this.at += ms
    return this.host({ type: 'tick' })
  }

  guest(session: SessionId, name: string, who: Identity & { readonly room?: string } = {}): readonly Event[] {
    const { room = LOBBY, ...identity } = who
    const token = `token of ${session}`
    return this.ask(session, { type: 'hello', name: nameOf(name), room, protocol: 'native', token, ...identity })
  }

  /** A guest enters and registers with the password `pw-SESSION`. */
  person(session: SessionId, name: string, room = LOBBY): Account {
    this.guest(session, name, { room })
    this.ask(session, { type: 'register', credential: password(`pw-${session}`) })
    return this.account(name)
  }

  /** The account enters once more, with one of its credentials. */
  enter(session: SessionId, { id, name }: Account, credential: string, room: string | null = null): readonly Event[] {
    return this.guest(session, name.text, { account: { id, credential, room } })
  }

  /** The link of a session breaks; its grace is a minute. */
  lose(session: SessionId): readonly Event[] {
    const via = this.state.sessions.get(session)?.via ?? ''
    return this.ask(session, { type: 'lost', via, until: this.at + 60_000 })
  }

  account(name: string): Account {
    const found = this.state.accounts.find(account => account.name.text === name)
    if (!found) throw new Error(`There is no account ${name}.`)
    return found
  }

  memberOf(session: SessionId): string {
    return this.state.sessions.get(session)?.member ?? ''
  }

  /** The members of a room, sorted. */
  names(room = LOBBY): readonly string[] {
    return [...(this.state.rooms.get(room)?.members.keys() ?? [])].sort()
  }
}

const draft = (id: string, proof: Proof): CredentialDraft => ({ id, label: `label of ${id}`, proof })

export const password = (id: string): CredentialDraft => draft(id, { kind: 'password', hash: `hash of ${id}` })
export const key = (id: string): CredentialDraft => draft(id, { kind: 'key', key: `key of ${id}` })
export const kept = (id: string): CredentialDraft => draft(id, { kind: 'kept', hash: `hash of ${id}` })
