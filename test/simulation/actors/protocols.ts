/** How commands are written and output is read in line mode and in the original's protocol. */
import type { QuestionCommand, Wish } from './person.ts'
import type { Tongue } from './textual.ts'

const LOBBY = 'lobby'
/** A message that waits for a keeper is shown to its author, and to keepers who may release it. */
const WAITS = / waits (?:for a keeper|until somebody)/
const STAMP = /^\[\d\d:\d\d:\d\d\] /

export const line: Tongue = {
  protocol: 'line',
  greeting: name => `${name}\n`,
  phrase: wish => {
    const typed = phrase(wish)
    return typed === null ? null : `${typed}\n`
  },
  farewell: '/quit\n',
  split: (rest, more) => {
    const parts = (rest + more).split('\n')
    return { whole: parts.slice(0, -1), rest: parts.at(-1) ?? '' }
  },
  list(names, text) {
    const bare = text.replace(STAMP, '')
    const list = /^server > In #lobby: Host, (.*)\.$/.exec(bare)?.[1]
    if (list !== undefined) return list.split(', ')
    if (names === null || !bare.startsWith('[*] ')) return names
    const [, who = '', what = ''] = /^\[\*\] (\S+) (.*)$/.exec(bare) ?? []
    const became = /^is now (\S+)\.$/.exec(what)?.[1]
    if (became !== undefined && names.includes(who)) return [...names.filter(name => name !== who), became]
    if (what.startsWith('entered.')) return [...names, who]
    return /^(exited( #lobby(, removed by .+)?)?\.|has been kicked out\.)/.test(what)
      ? names.filter(name => name !== who)
      : names
  },
  isWelcome: text => text.includes('server > Welcome, '),
  isPast: text => text.startsWith('| ') || WAITS.test(text),
  misses: ({ bulk = false }) => bulk,
  isPaced: false,
}

function phrase(wish: Wish): string | null {
  switch (wish.type) {
    case 'say':
      return wish.text
    case 'tell':
      return `/msg ${wish.to} ${wish.text}`
    case 'join':
      return `/join ${wish.room}`
    case 'part':
      return `/part ${wish.room}`
    case 'nick':
      return `/nick ${wish.name}`
    case 'topic':
      return `/topic ${wish.topic}`
    case 'away':
      return wish.note === null ? '/back' : `/away ${wish.note}`
    case 'delete':
      return `/delete ${wish.seq ?? ''}`
    case 'history':
      return '/history'
    case 'question':
      return questionPhrase(wish.command)
    default:
      return null
  }
}

function questionPhrase(command: QuestionCommand): string | null {
  switch (command.type) {
    case 'say': {
      const { kind = 'buzz', choices = [] } = command.ask ?? {}
      return kind === 'buzz' ? `/buzz ${command.text}` : `/${kind} ${[command.text, ...choices].join(' | ')}`
    }
    case 'answer':
      return `/answer ${command.seq} ${command.choice === undefined ? 'buzz' : command.choice + 1}`
    case 'close':
      return `/close ${command.seq}`
    case 'hand':
      return command.next ? '/hand next' : command.off ? '/hand off' : '/hand'
  }
}

/** People at the original's clients answer by their words. */
const spoken = (wish: Wish): string | null => {
  if (wish.type === 'say') return wish.text
  const isAnswer = wish.type === 'question' && wish.command.type === 'answer'
  return isAnswer ? (['yes', 'no', 'later'][(wish.command as { choice?: number }).choice ?? 0] ?? 'buzz') : null
}

export const classic: Tongue = {
  protocol: 'classic',
  greeting: name => name,
  phrase: spoken,
  farewell: null,
  split: (_, more) => ({ whole: [more], rest: '' }),
  list(names, text) {
    if (text.startsWith('&Host')) return text.split('&').slice(2)
    const [, who = '', what] = /^\[\d\d:\d\d:\d\d\] \[\*\] (\S+) (entered|exited)(?: #lobby)?\.$/.exec(text) ?? []
    if (names === null || what === undefined) return names
    return what === 'entered' ? [...names, who] : names.filter(name => name !== who)
  },
  isWelcome: text => text === 'OK',
  isPast: text => WAITS.test(text),
  misses: ({ kind, room }) => kind === 'deleted' || (room !== null && room !== LOBBY),
  isPaced: true,
}
