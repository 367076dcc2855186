/** People's acts on questions and hands: mostly allowed ones, and now and then ones without the right, or too late. */
import type { State } from '../../src/model/state.ts'
import type { Person, QuestionCommand } from './actors/person.ts'
import type { Act, AskingKind } from './acts.ts'
import { keyOf } from './keys.ts'
import type { Random } from './random.ts'
import type { World } from './world.ts'

const CHOICES = ['yes', 'no', 'later']
const TO = [...Array.from({ length: 8 }, () => undefined), 'account', 'operator', 'voice', 'administrator']

export function performAsking(
  kind: AskingKind,
  { i }: Act,
  world: World,
  cast: readonly Person[],
  who: Person,
  chance: Random,
): void {
  const put = (command: QuestionCommand): void => who.ask({ type: 'question', command })
  const room = who.rooms.length > 0 ? chance.pick(who.rooms) : 'lobby'
  switch (kind) {
    case 'ask': {
      const is = chance.pick(['ask', 'ask', 'poll', 'buzz'] as const)
      const named = chance.chance(0.1) ? `@${chance.pick(cast).name}` : chance.pick(TO)
      const ask = {
        ...{ kind: is, choices: is === 'buzz' ? [] : CHOICES, timeout: chance.pick([1, 60, 600, 600]) },
        ...(named && named !== '@' && { to: named }),
        ...(chance.chance(0.5) && { key: `key of act ${i}` }),
      }
      return put({ type: 'say', room, text: `${keyOf(i, 0)} hi?`, action: false, ask })
    }
    case 'ask again': {
      // A killed asker doesn't know whether it has asked: one key, several times, and from several sessions of one name.
      const ask = { kind: 'ask', choices: CHOICES, timeout: 60, key: `key ${chance.below(3)}` } as const
      for (let k = 0; k < 1 + chance.below(3); k++) {
        put({ type: 'say', room: 'lobby', text: chance.chance(0.1) ? 'another' : 'again?', action: false, ask })
      }
      return
    }
    case 'answer a question': {
      const seq = someQuestion(world.truth.state, who, chance)
      const place = chance.below(4)
      const isBuzz = world.truth.state.questions.get(seq)?.kind === 'buzz'
      const choice = isBuzz ? undefined : place
      // Several at once: who is first?
      const others = chance.chance(0.3) ? cast : [who]
      for (const one of others) one.ask({ type: 'question', command: { type: 'answer', seq, room, choice } })
      return
    }
    case 'say a choice':
      return who.ask({ type: 'say', room, text: chance.pick([...CHOICES, 'buzz']) })
    case 'react to a question': {
      const seq = someQuestion(world.truth.state, who, chance)
      return who.ask({ type: 'react', seq, emoji: chance.pick(['1️⃣', '2️⃣', '3️⃣', '🔔']), off: false })
    }
    case 'close a question':
      return put({ type: 'close', seq: someQuestion(world.truth.state, who, chance), room })
    case 'delete a question':
      return who.ask({ type: 'delete', seq: someQuestion(world.truth.state, who, chance), room })
    case 'hand': {
      const act = chance.pick([{}, {}, {}, { off: true }, { next: true }, { next: true }])
      return put({ type: 'hand', room, ...act })
    }
  }
}

/** Mostly one that is open where the person is, now and then another one, or one that has ended. */
function someQuestion({ questions, ended }: State, who: Person, chance: Random): number {
  const open = [...questions.values()]
  const near = open.filter(one => who.rooms.includes(one.room))
  const some = chance.chance(0.8) && near.length > 0 ? near : chance.chance(0.5) ? open : [...ended.values()]
  return some.length === 0 ? 1 : chance.pick(some.slice(-5)).seq
}
