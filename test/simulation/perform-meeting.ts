/** Things that seldom meet by chance: two of them at the same moment, or one right after the other. */
import type { Secret } from './accounts.ts'
import { Native } from './actors/native.ts'
import type { Person } from './actors/person.ts'
import type { Act, MeetingKind } from './acts.ts'
import { keyOf } from './keys.ts'
import { RUDE } from './perform-keeping.ts'
import type { Random } from './random.ts'
import type { World } from './world.ts'

type Scene = {
  readonly act: Act
  readonly world: World
  readonly cast: readonly Person[]
  readonly who: Person
  readonly chance: Random
}

/** Longer than a command takes on a disk that isn't slow. */
const DONE_MS = 400

export function performMeeting(kind: MeetingKind, scene: Scene): void {
  switch (kind) {
    case 'claim together':
      return claimTogether(scene)
    case 'react and delete':
      return reactAndDelete(scene)
    case 'revoke and enter':
      return revokeAndEnter(scene)
    case 'warn at a cut':
      return warnAtCut(scene)
    case 'edit and delete':
      return editAndDelete(scene)
  }
}

const nativesIn = (cast: readonly Person[]): readonly Native[] =>
  cast.filter(one => one instanceof Native).filter(({ member }) => member !== '')

const later = ({ clock }: World, steps: readonly (() => void)[]): void =>
  steps.forEach((step, k) => void clock.alarm(k * DONE_MS, step))

const secretOf = ({ i }: Act): Secret => ({
  kind: 'password',
  text: `secret of act ${i}`.replaceAll(' ', '-').padEnd(43, '_'),
})

/** Two sessions of one account want the same cursor. */
function claimTogether({ act, world, cast, chance }: Scene): void {
  const [one, other] = nativesIn(cast)
  if (!one || !other) return
  const { accounts, truth } = world
  const isKnown = accounts.members.includes(one.member) && truth.state.accounts.has(one.member)
  const secret = isKnown ? accounts.secretOf(one.member, chance) : secretOf(act)
  const claim = (by: Native): void =>
    by.ask({ type: 'cursor', command: { type: 'cursor-claim', cursor: 'etl', room: 'lobby', from: 0 } })
  later(world, [
    () => (isKnown ? undefined : one.ask({ type: 'register', secret })),
    () => (other.member === one.member ? undefined : other.ask({ type: 'login', name: one.name, secret })),
    () => {},
    () => claim(one),
    () => claim(other),
  ])
}

/** Everybody reacts to a message, and then its author deletes it. */
function reactAndDelete({ act, world, cast, who }: Scene): void {
  const here = nativesIn(cast)
  const by = who instanceof Native && who.member !== '' ? who : here[0]
  const [room] = by?.rooms ?? []
  if (!by || room === undefined) return
  const mark = keyOf(act.i, 0)
  const seqOf = (): number | undefined => world.truth.itemsOf(mark)[0]?.seq
  later(world, [
    () => by.ask({ type: 'say', room, text: `${mark} hi` }),
    () => {
      const seq = seqOf()
      if (seq !== undefined) for (const one of here) one.ask({ type: 'react', seq, emoji: '🎉', off: false })
    },
    () => {
      const seq = seqOf()
      if (seq !== undefined) by.ask({ type: 'delete', seq, room })
    },
  ])
}

/** A credential goes while somebody enters with it: the revocation is on its way to the disk, or just behind. */
function revokeAndEnter({ act, world, cast, chance }: Scene): void {
  const { accounts, truth, storage } = world
  const here = nativesIn(cast)
  const owner = here.find(({ member }) => truth.state.accounts.has(member)) ?? here[0]
  const guest = cast.find(one => one instanceof Native && one.isGone) ?? here.find(one => one !== owner)
  if (!owner || !guest) return
  const secret: Secret = { kind: 'kept', text: `secret of act ${act.i}`.replaceAll(' ', '-').padEnd(43, '_') }
  const known = (): ReadonlySet<string> => new Set(truth.state.accounts.get(owner.member)?.credentials.keys() ?? [])
  const enter = (): void => {
    if (guest.isGone) guest.enter(owner.name, 'lobby', { secret })
    else guest.ask({ type: 'login', name: owner.name, secret })
  }
  let before = known()
  const { slow } = storage
  later(world, [
    () => (truth.state.accounts.has(owner.member) ? undefined : owner.ask({ type: 'register', secret: secretOf(act) })),
    () => {
      before = known()
      owner.ask({ type: 'add', secret, old: accounts.passwordOf(owner.member) })
    },
    () => {
      const credential = [...known()].find(one => !before.has(one))
      if (credential === undefined) return
      storage.slow = DONE_MS
      const [revoking, entering] = [chance.below(60), chance.below(60)]
      world.clock.alarm(revoking, () => owner.ask({ type: 'revoke', credential }))
      world.clock.alarm(entering, enter)
    },
    () => {},
    () => {},
    () => {
      storage.slow = slow
    },
  ])
}

/** A filter warns of a message, and an operator's connection ends between the warning and the message. */
function warnAtCut({ act, world, cast, who, chance }: Scene): void {
  const host = world.running?.server.host
  const here = nativesIn(cast)
  const keeper = here.find(one => one !== who)
  if (!keeper || !host) return
  const room = keeper.rooms.find(one => who.rooms.includes(one))
  if (room === undefined) return
  later(world, [
    () => {
      host({ type: 'op', who: keeper.name, room })
      host({ type: 'filter', is: 'words', pattern: RUDE, action: 'warn', room })
    },
    () => {
      keeper.cable?.cut({ direction: 'down', bytes: 100 + chance.below(400), silent: false })
      who.ask({ type: 'say', room, text: `${keyOf(act.i, 0)} ${RUDE} hi` })
    },
  ])
}

/** A message is edited at one server, and deleted at another one at the same moment. */
function editAndDelete({ act, world, cast, who, chance }: Scene): void {
  const by = who instanceof Native && who.member !== '' ? who : nativesIn(cast)[0]
  const [room] = by?.rooms ?? []
  if (!by || room === undefined) return
  const [mark, edited] = [keyOf(act.i, 0), keyOf(act.i, 1)]
  const seqOf = (): number | undefined => world.truth.itemsOf(mark)[0]?.seq
  const origin = world.truth.state.sessions.get(by.session)?.origin
  const others = world.allRunning.filter(({ process }) => process.origin !== origin)
  later(world, [
    () => by.ask({ type: 'say', room, text: `${mark} hi` }),
    () => {
      const seq = seqOf()
      if (seq === undefined) return
      by.ask({ type: 'edit', seq, text: `${edited} hi` })
      const host = (others.length > 0 ? chance.pick(others) : world.running)?.server.host
      world.clock.alarm(chance.below(12), () => host?.({ type: 'delete', seq, room }))
    },
  ])
}
