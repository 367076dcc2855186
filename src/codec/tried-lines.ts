/** The result of a tried rule, as lines of text: for line mode, the plain client, the console and `rehearse`. */
import { STOPPABLE, type Tried, type TriedRule, VERDICTS, type Verdict } from '../model/keeping/trial.ts'
import type { TimeOfDay } from './sentence.ts'

const WOULD: Readonly<Record<Verdict, string>> = { refused: 'stopped', held: 'held', warned: 'warned about' }
const OTHERS: Readonly<Record<(typeof STOPPABLE)[number], string>> = {
  join: 'joined room',
  topic: 'topic',
  name: 'new name',
  note: 'reason or note',
}

/** `stamp` gives a time, with the day if that isn't today. */
export function triedLines(tried: TriedRule, stamp: TimeOfDay): readonly string[] {
  const { rule, room, from, messages, gone, most, people, rooms, samples, switchOn } = tried
  const where = room === null ? 'everywhere' : `in #${room}`
  if (from === null) return [`${rule} ${where}: nothing happened in that time.`]
  const others = STOPPABLE.flatMap(what =>
    tried.others[what] === 0 ? [] : [counted(tried.others[what], OTHERS[what])],
  )
  const named = most.map(({ name, count }) => `${name} ${grouped(count)}`).join(', ')
  const more = people > most.length ? `, and ${counted(people - most.length, 'other')}` : ''
  return [
    `${rule} ${where}, from ${stamp(from)} on: it would have ${stoppedText(tried)} of ${counted(messages, 'message')}${peopleText(people)}.`,
    ...(others.length === 0 ? [] : [`It would also have stopped: ${others.join(', ')}.`]),
    ...(people === 0 ? [] : [`By: ${named}${more}.`]),
    ...(room !== null || rooms.length === 0
      ? []
      : [`Mostly in: ${rooms.map(one => `#${one.room} ${grouped(one.count)}`).join(', ')}.`]),
    ...(gone === 0 ? [] : [`The texts of ${counted(gone, 'message')} are gone, so it could not look at them.`]),
    ...samples.map(({ at, from: author, room: place, text, what }) => {
      const kind = what === 'message' ? '' : ` (${OTHERS[what]})`
      return `[${stamp(at)}]${place === null || place === room ? '' : ` #${place}`} ${author}${kind} > ${flat(text ?? '…')}`
    }),
    `To switch it on: ${switchOn}`,
  ]
}

function stoppedText({ stopped }: Tried): string {
  const parts = VERDICTS.flatMap(verdict =>
    stopped[verdict] === 0 ? [] : [`${WOULD[verdict]} ${grouped(stopped[verdict])}`],
  )
  return parts.length === 0 ? 'stopped none' : parts.join(', ')
}

const peopleText = (people: number): string =>
  people === 0 ? '' : `, of ${people === 1 ? '1 person' : `${grouped(people)} people`}`

const counted = (count: number, noun: string): string => `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`

/** `1,204`. */
const grouped = (count: number): string => `${count}`.replaceAll(/\B(?=(?:\d{3})+$)/g, ',')

const flat = (text: string): string => text.replaceAll('\n', ' ')
