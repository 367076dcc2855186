/** A chat as a journal has it: a school that talks in a few rooms, comes and goes, and changes its names. */
import type { Command } from '../../src/model/command.ts'
import type { Body, Draft } from '../../src/model/input.ts'
import { LOBBY } from '../../src/model/name/standing.ts'
import { stamper } from '../../src/server/ingress/stamp.ts'
import { vet } from '../../src/server/ingress/vetting/vet.ts'
import { vetName } from '../../src/server/ingress/vetting/vetted.ts'
import { systemClock } from '../../src/transport/clock.ts'
import { systemEntropy } from '../../src/transport/entropy.ts'

const PEOPLE = 500
const ROOMS = [LOBBY, 'tea', 'homework', 'football', 'music']
const TEXT = 'As far as I know the bus is late again, so begin without me and tell me what I missed. See you at lunch!'

/** `session` null: not here. */
type Person = { name: string; session: string | null; n: number; readonly rooms: Set<string> }

/** Of 0 up to `sides` - 1, the same at every run (a linear congruential generator, Numerical Recipes). */
type Dice = (sides: number) => number

/** Nobody here changes messages. */
type Said = Exclude<Command, { type: 'delete' | 'edit' | 'react' | 'pin' | 'answer' | 'close' | 'finish' }>

/** People's acts, and how often each occurs in a hundred. */
const HABITS: readonly (readonly [number, (person: Person, dice: Dice) => Said])[] = [
  [91, (person, dice) => ({ type: 'say', room: oneOf([...person.rooms], dice), text: words(dice), action: false })],
  [3, (_, dice) => ({ type: 'tell', to: `pupil-${dice(PEOPLE)}`, text: words(dice), action: false })],
  [2, (person, dice) => moved(person, oneOf(ROOMS.slice(1), dice))],
  [1, person => ({ type: 'nick', name: renamed(person) })],
  [1, (_, dice) => ({ type: 'away', note: dice(2) === 0 ? null : 'lunch' })],
  [1, (_, dice) => ({ type: 'topic', room: LOBBY, topic: words(dice) })],
  [1, person => left(person)],
]
const DECK = HABITS.flatMap(([times, act]) => Array.from({ length: times }, () => act))

/** So many inputs, one after the other, as ingress would hand them to the journal: vetted, stamped and numbered. */
export function* talk(inputs: number, origin: string, members: number = PEOPLE): Generator<Draft> {
  const dice = diceOf(1)
  const run = systemEntropy.id()
  const stamp = stamper(systemClock, origin, () => run)
  const people = Array.from(
    { length: members },
    (_, k): Person => ({ name: `pupil-${k}`, session: null, n: 0, rooms: new Set() }),
  )
  for (let count = 0; count < inputs; count++) {
    const person = oneOf(people, dice)
    if (person.session === null) {
      const session = enter(person)
      yield stamp(session, null, hello(person), null)
    } else {
      const { session } = person
      const vetted = vet(oneOf(DECK, dice)(person, dice))
      if (!vetted.ok) throw new Error(`what was made up is refused: ${vetted.code}`)
      yield stamp(session, ++person.n, vetted.body, vetted.text)
    }
  }
}

function enter(person: Person): string {
  const session = systemEntropy.id()
  person.session = session
  person.n = 0
  person.rooms.clear()
  person.rooms.add(LOBBY)
  return session
}

function hello({ name }: Person): Body {
  const vetted = vetName(name)
  if (!vetted.ok) throw new Error(`${name} is refused: ${vetted.code}`)
  const token = systemEntropy.digest(systemEntropy.secret())
  return { type: 'hello', name: vetted.value, room: LOBBY, protocol: 'native', token }
}

function moved({ rooms }: Person, room: string): Said {
  if (rooms.delete(room)) return { type: 'part', room, reason: null }
  rooms.add(room)
  return { type: 'join', room }
}

function renamed(person: Person): string {
  person.name = person.name.endsWith('-zzz') ? person.name.slice(0, -4) : `${person.name}-zzz`
  return person.name
}

function left(person: Person): Said {
  person.session = null
  return { type: 'quit', reason: null }
}

const words = (dice: Dice): string => TEXT.slice(0, 5 + dice(TEXT.length - 5))
const oneOf = <T>(values: readonly T[], dice: Dice): T => values[dice(values.length)] as T

function diceOf(seed: number): Dice {
  let state = seed
  return sides => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}
