/** Questions, votes, buzzes and hands as sentences, for line mode, the original's protocol and the screens. */
import type { AnsweredEvent, ConcludedEvent, HandsEvent } from '../model/event.ts'
import { HOST_NAME, LOBBY } from '../model/name/standing.ts'
import { BUZZ_WORD, type Entitled, type QuestionKind } from '../model/question.ts'

const within = (room: string): string => (room === LOBBY ? '' : ` in #${room}`)

/** The blocks of scripts such as Hebrew, Arabic, Syriac, Thaana, N'Ko and Adlam. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFEFC\u{1E800}-\u{1EFFF}]/u

/**
 * A name or a label in the middle of a sentence. Digits and names after a text in Arabic or Hebrew would be drawn before it
 * (UAX #9); a left-to-right mark keeps them behind it.
 */
const inSentence = (text: string): string => (RIGHT_TO_LEFT.test(text) ? `${text}\u200E` : text)

const whoText = (name = 'Somebody'): string => (name === HOST_NAME ? 'The host' : name)

/** The names that a sentence lists. */
const LISTED = 10

/** `Bob voted yes in poll 1042.` */
export function answeredText({ kind, by, target, label = '', place, room }: AnsweredEvent): string {
  switch (kind) {
    case 'ask':
      return `${whoText(by)} answered question ${target}${within(room)}: ${inSentence(label)}.`
    case 'poll':
      return `${whoText(by)} voted ${inSentence(label)} in poll ${target}${within(room)}.`
    case 'buzz':
      return place === 1
        ? `${whoText(by)} buzzed first (question ${target}${within(room)}).`
        : `${whoText(by)} buzzed as number ${place} (question ${target}${within(room)}).`
  }
}

/** `Bob answered question 1042 of Alice: yes.` */
export function concludedText(event: ConcludedEvent): string {
  const { kind, target, asker, room, outcome, choice } = event
  const what = `${NAMES[kind]} ${target} of ${asker}${within(room)}`
  const by = whoText(event.by)
  switch (outcome) {
    case 'decided':
      return `${by} answered ${what}: ${inSentence(event.choices[choice ?? -1] ?? '')}.`
    case 'expired':
      return `Nobody answered ${what} in time.`
    case 'withdrawn':
      return `${by} withdrew ${what}.`
    case 'ended':
      return `${capital(what)} has ended: ${endText(event)}.`
    case 'deleted':
      return `${capital(what)} was deleted.`
  }
}

const NAMES: Readonly<Record<QuestionKind, string>> = { ask: 'question', poll: 'poll', buzz: 'buzz' }

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

function endText({ kind, choices, counts = [], order = [] }: ConcludedEvent): string {
  if (kind === 'buzz') return order.length === 0 ? 'nobody buzzed' : namesText(order.map(({ name }) => name))
  return countsText(choices, counts)
}

/** `yes 3, no 5`. */
export const countsText = (choices: readonly string[], counts: readonly number[]): string =>
  choices.map((label, at) => `${inSentence(label)} ${counts[at] ?? 0}`).join(', ')

export function namesText(names: readonly string[]): string {
  const more = names.length - LISTED
  const listed = names.slice(0, LISTED).map(inSentence).join(', ')
  return more > 0 ? `${listed} and ${more} more` : listed
}

/** `Bob raised a hand (2 wait).` */
export function handsText({ change, who, by, room, hands }: HandsEvent): string {
  switch (change) {
    case 'raised':
      return `${who} raised a hand${within(room)}${hands.length > 1 ? `, as number ${hands.length}` : ''}.`
    case 'lowered':
      return `${who} took the hand down${within(room)}.`
    case 'called':
      return `${whoText(by)} calls on ${who}${within(room)}.`
  }
}

/** The addressee of a question, if it's not for all: `an operator`, `bob`. */
export function toText(to: Entitled | undefined): string | null {
  if (to === undefined) return null
  if ('id' in to) return to.name
  if (to.role === 'account') return 'people with an account'
  return `${to.role === 'administrator' || to.role === 'operator' ? 'an' : 'a'} ${to.role} or above`
}

type Asks = { readonly kind: QuestionKind; readonly choices: readonly string[]; readonly to?: Entitled }

/**
 * How to answer a question, for somebody who types: `Answer with /answer 1042 yes, or just: yes.` The word alone is left
 * out if it could answer another question too.
 */
export function howToAnswer(seq: number, { kind, choices, to }: Asks, isOfSeveral = false): string {
  if (kind === 'buzz') return `Buzz with /buzz, or by saying ${BUZZ_WORD}.${onlyText(to)}`
  const first = inSentence(choices[0] ?? '')
  return `${VERBS[kind]} with /answer ${seq} ${first}${isOfSeveral ? '' : `, or just: ${first}`}.${onlyText(to)}`
}

/** The same for somebody who has no commands. */
export function wordToAnswer({ kind, choices, to }: Asks): string {
  if (kind === 'buzz') return `Buzz by saying ${BUZZ_WORD}.${onlyText(to)}`
  return `${VERBS[kind]} by saying one of: ${choices.map(inSentence).join(', ')}.${onlyText(to)}`
}

const VERBS = { ask: 'Answer', poll: 'Vote' } as const

function onlyText(to: Entitled | undefined): string {
  const whom = toText(to)
  return whom === null ? '' : ` Only ${whom} can.`
}

/** `question 1042`. */
export const askNote = (seq: number, { kind }: Pick<Asks, 'kind'>): string => `${NAMES[kind]} ${seq}`
