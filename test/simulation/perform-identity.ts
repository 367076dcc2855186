/** Performs the acts of accounts: people register, sign in on several devices, revoke, read; and others try to. */

import { keyFrom, type Secret } from './accounts.ts'
import type { Person } from './actors/person.ts'
import type { Act, IdentityKind } from './acts.ts'
import { relayProof, replayProof } from './adversary.ts'
import { keyOf } from './keys.ts'
import type { Random } from './random.ts'
import type { World } from './world.ts'

const DAY_MS = 86_400_000

export function performIdentity(
  kind: IdentityKind,
  act: Act,
  world: World,
  cast: readonly Person[],
  who: Person,
  chance: Random,
): void {
  const { accounts, running, story, truth } = world
  const members = accounts.members.filter(member => truth.state.accounts.has(member))
  const member = members.length === 0 ? null : chance.pick(members)
  const host = running?.server.accounts
  switch (kind) {
    case 'register':
      return who.ask({ type: 'register', secret: aSecret(act, chance, ['password', 'key']) })
    case 'sign in':
      if (member === null) return
      if (!who.isGone) return logIn(world, member, who, chance)
      return who.enter(nameOf(world, member), 'lobby', { secret: accounts.secretOf(member, chance) })
    case 'login':
      if (member === null || who.member === '') return
      return logIn(world, member, who, chance)
    case 'add a secret': {
      const secret = aSecret(act, chance, ['password', 'key', 'kept', 'kept'])
      return who.ask({ type: 'add', secret, old: accounts.passwordOf(who.member) })
    }
    case 'revoke': {
      const credentials = [...(truth.state.accounts.get(who.member)?.credentials.keys() ?? [])]
      if (credentials.length > 0) who.ask({ type: 'revoke', credential: chance.pick(credentials) })
      return
    }
    case 'revoke at the door': {
      const owner = cast.find(one => one.member === member)
      const secret = member === null ? null : accounts.secretOf(member, chance)
      if (!owner || member === null || secret === null) return
      const credential = credentialOf(world, member, secret)
      if (credential === undefined) return
      world.storage.slow = chance.pick([100, 500])
      const name = nameOf(world, member)
      who.enter(name, 'lobby', { secret })
      world.clock.alarm(chance.below(400), () => owner.ask({ type: 'revoke', credential }))
      return
    }
    case 'log out':
      return who.ask({ type: 'logout', everywhere: chance.chance(0.5) })
    case 'read': {
      const seq = Math.max(0, truth.state.seq - chance.below(6))
      const other = chance.pick(cast).member
      const room = other === '' || chance.chance(0.7) ? chance.pick(['lobby', 'ops', 'den']) : null
      return who.ask({ type: 'read', room, id: other, seq })
    }
    case 'tell by id': {
      const { everybody } = truth.presence
      if (everybody.length === 0) return
      // The name may be somebody else's by now.
      const { member: id, name } = chance.pick(everybody.slice(-6))
      // A direct message of a member appears on its other devices, so a member with two says it, if there is any.
      const twins = cast.filter(one => one.member !== '' && cast.some(other => other !== one && isSame(one, other)))
      const teller = twins.length > 0 ? chance.pick(twins) : who
      return teller.ask({ type: 'tell', to: name, id, text: `${keyOf(act.i, 0)} hi` })
    }
    case 'enter by a lookalike': {
      const name = member === null ? 'anna' : nameOf(world, member)
      return who.enter(chance.pick([name, name.toUpperCase(), name.replace('a', '\u0430')]), 'lobby')
    }
    case 'invite': {
      const uses = 1 + chance.below(2)
      const guests = cast.filter(({ isGone }) => isGone).slice(0, uses + 1)
      running?.server.invites.add({ room: null, uses, ms: DAY_MS }, (_, token) => {
        story.tell(`${guests.map(({ id }) => id).join()} come by one invite for ${uses}`)
        for (const guest of guests) guest.enter(`${guest.id}i`, 'lobby', { invite: token })
      })
      return
    }
    case 'replay a proof':
    case 'relay a proof': {
      const key = member === null ? undefined : accounts.keyOf(member)
      if (member === null || !key) return
      const steal = kind === 'replay a proof' ? replayProof : relayProof
      return steal(world, nameOf(world, member), key)
    }
    case 'host resets':
      if (member === null) return
      host?.reset(nameOf(world, member), (_, text) => {
        accounts.learn(member, nameOf(world, member), { kind: 'password', text })
      })
      return
    case 'host renames':
      if (member !== null) host?.rename(nameOf(world, member), `r${act.i}`, () => {})
      return
    case 'host removes':
      if (member !== null) host?.remove(nameOf(world, member), false, () => {})
      return
  }
}

const logIn = (world: World, member: string, who: Person, chance: Random): void =>
  who.ask({ type: 'login', name: nameOf(world, member), secret: world.accounts.secretOf(member, chance) })

const isSame = (one: Person, other: Person): boolean => one.member === other.member

const nameOf = ({ truth, accounts }: World, member: string): string =>
  truth.state.accounts.get(member)?.name.text ?? accounts.nameOf(member)

/** The id of the credential that this secret proves, if the account still has it. */
function credentialOf({ truth }: World, member: string, secret: Secret): string | undefined {
  const credentials = truth.state.accounts.get(member)?.credentials
  return credentials?.findKey(({ proof }) =>
    proof.kind === 'key'
      ? secret.kind === 'key' && proof.key === secret.key
      : proof.kind !== 'passkey' && secret.kind === proof.kind && proof.hash.endsWith(secret.text),
  )
}

function aSecret(act: Act, chance: Random, kinds: readonly Secret['kind'][]): Secret {
  const kind = chance.pick(kinds)
  const text = `secret of act ${act.i}`.padEnd(43, '_').replaceAll(' ', '-')
  return kind === 'key' ? keyFrom(text) : { kind, text }
}
