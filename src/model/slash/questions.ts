/** Slash commands for questions, polls, buzzes and hands. */
import { CHOICES_MAX, CHOICES_MIN } from '../limits.ts'
import { textAsked } from '../question.ts'
import { command, NOTHING, query, type SlashCommand } from './row.ts'
import { numbered, numberIn } from './seq.ts'

/** `Deploy? | yes | no`. */
function asking(rest: string, room: string, kind: 'ask' | 'poll') {
  const [text = '', ...choices] = rest.split('|').map(part => part.trim())
  const isFit = choices.length >= CHOICES_MIN && choices.length <= CHOICES_MAX && !choices.includes('')
  if (text === '' || !isFit) return null
  return command({ type: 'say', room, text, action: false, ask: { kind, choices } })
}

export const QUESTIONS: readonly SlashCommand[] = [
  {
    name: 'ask',
    args: '<question> | <choice> | <choice>',
    help: 'ask here; the first answer decides',
    examples: ['/ask Deploy 2.1? | yes | no', `It is said as: ${textAsked('Deploy 2.1?', 'ask', ['yes', 'no'])}`],
    read: (rest, room) => asking(rest, room, 'ask'),
  },
  {
    name: 'poll',
    args: '<question> | <choice> | <choice>',
    help: 'let everybody here vote, until you /close it',
    examples: ['/poll Where to eat? | pizza | noodles | curry'],
    read: (rest, room) => asking(rest, room, 'poll'),
  },
  {
    name: 'buzz',
    args: '[question]',
    help: 'be the first; with a question, begin a round',
    examples: ['/buzz What is the capital of Peru?', '/buzz'],
    read: (rest, room) =>
      rest === ''
        ? command({ type: 'answer', seq: null, room })
        : command({ type: 'say', room, text: rest, action: false, ask: { kind: 'buzz', choices: [] } }),
  },
  {
    name: 'answer',
    args: '[number] <choice>',
    help: 'answer a question, by a choice or its place',
    examples: ['/answer yes', '/answer 2', '/answer 1042 yes', '/answer -- 3 beers'],
    read: (rest, room) => {
      const { seq, text } = numbered(rest)
      const word = text === '' ? rest : text
      return word === '' ? null : command({ type: 'answer', seq: text === '' ? null : seq, room, word })
    },
    next: () => NOTHING,
  },
  {
    name: 'close',
    args: '[number]',
    help: 'close a question, a poll or a round of yours',
    read: (rest, room) => {
      const seq = rest === '' ? null : numberIn(rest)
      return rest !== '' && seq === null ? null : command({ type: 'close', seq, room })
    },
    next: () => NOTHING,
  },
  {
    name: 'questions',
    args: '[number]',
    help: 'list the open questions here, or show one',
    read: (rest, room) => {
      const seq = rest === '' ? undefined : numberIn(rest)
      return seq === null ? null : query({ type: 'questions', room, ...(seq !== undefined && { seq }) })
    },
    next: () => NOTHING,
  },
  {
    name: 'hand',
    args: '[off|next]',
    help: 'raise your hand, take it down, or call the next',
    read: (rest, room) => {
      switch (rest.toLowerCase()) {
        case '':
          return command({ type: 'hand', room })
        case 'off':
          return command({ type: 'hand', room, off: true })
        case 'next':
          return command({ type: 'hand', room, next: true })
        default:
          return null
      }
    },
    next: typed => (typed.length === 0 ? { words: ['off', 'next'] } : NOTHING),
  },
  {
    name: 'hands',
    args: '',
    help: 'list the hands that are up here',
    read: (rest, room) => (rest === '' ? query({ type: 'questions', room, only: 'hands' }) : null),
    next: () => NOTHING,
  },
]
