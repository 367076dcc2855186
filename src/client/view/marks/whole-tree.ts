/** All that a text has: links, code, names and the marks of Markdown. The page loads this file after its first drawing. */
import { type TextNode, type TextReader, textTree } from '../text-tree.ts'
import { markedTree } from './marked-tree.ts'

export type WholeTree = (text: string, reader: Omit<TextReader, 'marks'>) => readonly TextNode[]

export const wholeTree: WholeTree = (text, reader) => textTree(text, { ...reader, marks: markedTree })
