/**
 * Code as tokens. The parsers are those of CodeMirror: they read a line at a time, so a long text is read in pieces, and the
 * loop goes on in between.
 */
import { StringStream } from '@codemirror/streamparser'
import { CODE_CHARS_AT_ONCE } from '../../../model/limits.ts'
import type { Language } from './languages.ts'

export type TokenType = 'keyword' | 'string' | 'number' | 'comment' | 'name' | 'added' | 'removed'

/** `type` null: plain code. The texts of all tokens are the code. */
export type Token = { readonly type: TokenType | null; readonly text: string }

/** The parsers' names of the types. */
const TYPES: Readonly<Record<string, TokenType>> = {
  ...{
    keyword: 'keyword',
    controlKeyword: 'keyword',
    modifier: 'keyword',
    operatorKeyword: 'keyword',
    meta: 'keyword',
  },
  ...{ string: 'string', regexp: 'string', escape: 'string', url: 'string', character: 'string' },
  ...{ number: 'number', atom: 'number', bool: 'number', literal: 'number', null: 'number', unit: 'number' },
  ...{ comment: 'comment', lineComment: 'comment', blockComment: 'comment', quote: 'comment' },
  ...{ def: 'name', typeName: 'name', type: 'name', tagName: 'name', className: 'name', builtin: 'name' },
  ...{ standard: 'name', heading: 'name', inserted: 'added', deleted: 'removed' },
}

const TAB = 4
/** A parser that doesn't move on so often is stuck at this character. */
const STUCK = 16

/** Yields nothing, between two pieces. A parser that fails leaves the rest of the code plain. */
export function* tokensOf(code: string, language: Language): Generator<void, readonly Token[]> {
  const tokens: Token[] = []
  const state = language.startState?.(2) ?? {}
  let read = 0
  let readBefore = 0
  for (const line of code.split('\n')) {
    if (read > 0) add(tokens, null, '\n')
    const end = tokens.length
    try {
      readLine(tokens, line, language, state)
    } catch {
      tokens.length = end
      add(tokens, null, code.slice(read))
      return tokens
    }
    read += line.length + 1
    if (read - readBefore < CODE_CHARS_AT_ONCE) continue
    readBefore = read
    yield
  }
  return tokens
}

/** Reads only the beginning of a long line. */
function readLine(tokens: Token[], line: string, language: Language, state: unknown): void {
  const head = line.slice(0, CODE_CHARS_AT_ONCE)
  if (head === '') language.blankLine?.(state, 2)
  const stream = new StringStream(head, TAB, 2)
  const found: Token[] = []
  let stuck = 0
  while (!stream.eol()) {
    stream.start = stream.pos
    const style = language.token(stream, state) ?? ''
    stuck = stream.pos > stream.start ? 0 : stuck + 1
    if (stuck > STUCK) throw new Error('The parser does not move on.')
    add(found, typeOf(style), head.slice(stream.start, stream.pos))
  }
  for (const { type, text } of found) add(tokens, type, text)
  add(tokens, null, line.slice(head.length))
}

/** `variableName.definition` is a name that is defined here. */
function typeOf(style: string): TokenType | null {
  const [kind = '', ...more] = style.split(/[ .]/)
  if (more.includes('definition') || more.includes('function')) return 'name'
  return Object.hasOwn(TYPES, kind) ? (TYPES[kind] ?? null) : null
}

function add(tokens: Token[], type: TokenType | null, text: string): void {
  const last = tokens.at(-1)
  if (text === '') return
  if (last?.type === type) tokens[tokens.length - 1] = { type, text: last.text + text }
  else tokens.push({ type, text })
}
