/** Bugs to plant in questions, polls, buzzes and hands. */
import type { Planted } from './planted.ts'

export const PLANTED_ASKING: readonly Planted[] = [
  {
    name: 'a second answer decides again',
    file: 'src/reducer/questions/open.ts',
    from: 'questions: state.questions.delete(question.seq),',
    to: 'questions: state.questions,',
  },
  {
    name: 'an answer of somebody who is not entitled counts',
    seed: 14,
    file: 'src/reducer/questions/answering.ts',
    from: "  if (!isEntitled(state, question, id)) return fault('not-entitled', entitledText(state, question))\n",
    to: '',
  },
  {
    name: 'an answer of somebody who has left the room counts',
    seed: 15,
    file: 'src/reducer/questions/answering.ts',
    from: "  if (!may(state, session, 'write', { room })) return fault(",
    to: '  if (seq < 0) return fault(',
  },
  {
    name: 'a repeat of a key asks twice',
    file: 'src/reducer/questions/asking.ts',
    from: 'const seq = key && state.askKeys.get(key.hash)',
    to: "const seq = key && state.askKeys.get('')",
  },
  {
    name: "a poll's old vote still counts",
    seed: 94,
    file: 'src/reducer/questions/answering.ts',
    from: 'count + Number(at === choice) - Number(at === before?.choice)',
    to: 'count + Number(at === choice)',
  },
  {
    name: 'one can buzz twice',
    seed: 39,
    file: 'src/reducer/questions/answering.ts',
    from: 'if (before && before.choice === choice) return []',
    to: "if (before && before.choice === choice && kind !== 'buzz') return []",
  },
  {
    name: 'hands lose their order',
    seed: 14,
    file: 'src/reducer/questions/hands.ts',
    from: '[...hands, own]',
    to: '[own, ...hands]',
  },
  {
    name: 'whoever leaves keeps a hand up',
    file: 'src/reducer/questions/raised.ts',
    from: 'view.hands?.filter(one => one.name !== name)',
    to: 'view.hands?.filter(() => true)',
  },
  {
    name: 'a client that enters a room sees no hands',
    seed: 14,
    file: 'src/client/session/view.ts',
    from: 'hands.length === 0 ? {}',
    to: 'hands.length >= 0 ? {}',
  },
  {
    name: 'an expired question still takes answers',
    file: 'src/reducer/questions/open.ts',
    from: 'return question && untilOf(state, question) > state.at ? question : undefined',
    to: 'return question',
    // A tick ends it at once. Only at another node an answer may come before that.
    ...{ seed: 1336, amongNodes: true },
  },
  {
    name: 'a question does not end by itself',
    file: 'src/reducer/keeping/expiry.ts',
    from: '  if (question) return [isOver(question)]\n',
    to: '',
  },
]
