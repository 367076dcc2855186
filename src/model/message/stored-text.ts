/**
 * The text beside the input of a message: the words, and behind them the names of its files. So code that erases,
 * searches or filters the text does the same with the names.
 */
import type { FileRef, MessageFile } from './file.ts'

/** The record separator (ECMA-48). Ingress leaves none in a text or in a name. */
const SEPARATOR = '\u001e'

export type StoredText = { readonly text: string; readonly names: readonly string[] }

const NONE: readonly string[] = []

export const storedText = (text: string, names: readonly string[]): string => [text, ...names].join(SEPARATOR)

export function readStoredText(stored: string): StoredText {
  if (!stored.includes(SEPARATOR)) return { text: stored, names: NONE }
  const [text = '', ...names] = stored.split(SEPARATOR)
  return { text, names }
}

/** The files with their names. A name that is missing is that of the kind of file. */
export const namedFiles = (files: readonly FileRef[], names: readonly string[]): readonly MessageFile[] =>
  files.map((file, at) => ({ ...file, name: names[at] ?? 'file' }))
