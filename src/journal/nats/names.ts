/**
 * The streams and subjects of a chat at its brokers. deploy/cluster/permissions.mjs allows a node those that it needs.
 */
import type { MessageKind } from '../replicated/stream/stream.ts'

/** The log, and the marks of quarantine. */
export const LOG = 'RXCHAT'
export const MARKS = 'RXCHAT_MARKS'

const KIND_WORDS: Readonly<Record<MessageKind, string>> = { inputs: 'in', text: 'text', beat: 'beat' }
const KINDS = new Map((Object.keys(KIND_WORDS) as MessageKind[]).map(kind => [KIND_WORDS[kind], kind]))

export const LOG_SUBJECTS = 'rx.>'
export const subjectOf = (kind: MessageKind, node: string): string => `rx.${KIND_WORDS[kind]}.${node}`

/** The node and the kind that a subject of the log names; null: it isn't one of the log. */
export function readSubject(subject: string): { readonly kind: MessageKind; readonly node: string } | null {
  const [, word = '', node] = subject.split('.')
  const kind = KINDS.get(word)
  return kind === undefined || node === undefined ? null : { kind, node }
}

/** The brokers send every message of the log there, when it is stored. */
export const HEARD_SUBJECTS = 'out.>'

export const SIGNAL_SUBJECTS = 'signal.*'
export const signalSubject = (node: string): string => `signal.${node}`
export const signalNode = (subject: string): string => subject.slice('signal.'.length)

export const MARK_SUBJECTS = 'mark.*'
export const markSubject = (seq: number): string => `mark.${seq}`
export const markSeq = (subject: string): number => Number(subject.slice('mark.'.length))

/** Things under names. The description of one is at its subject, and its pieces at that of one storing of it. */
export type ObjectSubjects = {
  readonly stream: string
  /** All of them, and those of the descriptions. */
  readonly all: string
  readonly descriptions: string
  readonly description: (name: string) => string
  readonly pieces: (name: string, storing: string) => string
  readonly nameIn: (description: string) => string
}

/** Names may have any characters. */
function objectSubjects(stream: string, word: string): ObjectSubjects {
  const description = (name: string): string => `${word}.${Buffer.from(name).toString('base64url')}`
  return {
    ...{ stream, all: `${word}.>`, descriptions: `${word}.*`, description },
    pieces: (name, storing) => `${description(name)}.${storing}`,
    nameIn: subject => Buffer.from(subject.slice(word.length + 1), 'base64url').toString('utf8'),
  }
}

/** The states that nodes share, and files. */
export const STATES = objectSubjects('RXCHAT_STATES', 'state')
export const FILES = objectSubjects('RXCHAT_FILES', 'file')

/** Answers come to a subject that no other node may listen to. */
export const inboxPrefix = (node: string): string => `_INBOX.${node}`
