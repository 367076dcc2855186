/** The sequences of kitty's graphics protocol (APC G). Answers come as reports (stage/reports.ts). Pure. */
import type { PictureCells } from './cells.ts'

const ESC = '\u{1b}'

/** The pixel that the question is about is never drawn. */
const ASKED = 31
export const QUESTION = `${ESC}_Gi=${ASKED},s=1,v=1,a=q,t=d,f=24;AAAA${ESC}\\`
export const YES = `Gi=${ASKED};OK`

/**
 * Whether to ask this terminal at all: others show the question, or know the protocol and not the placeholders. tmux and
 * screen keep it from the terminal.
 */
export const mayDraw = ({ TERM = '' }: Readonly<Record<string, string | undefined>>): boolean =>
  TERM === 'xterm-kitty' || TERM === 'xterm-ghostty'

/** The most base64 of one sequence. */
const PIECE = 4096

/** The picture, a PNG, in pieces to be written in order. The terminal doesn't answer. */
export function sent(png: Uint8Array, { id, columns, rows }: PictureCells): readonly string[] {
  const data = Buffer.from(png.buffer, png.byteOffset, png.byteLength).toString('base64')
  const pieces = Array.from({ length: Math.max(1, Math.ceil(data.length / PIECE)) }, (_, k) =>
    data.slice(k * PIECE, (k + 1) * PIECE),
  )
  return pieces.map((piece, k) => {
    const first = k === 0 ? `a=T,U=1,q=2,f=100,i=${id},c=${columns},r=${rows},` : 'q=2,'
    return `${ESC}_G${first}m=${k < pieces.length - 1 ? 1 : 0};${piece}${ESC}\\`
  })
}

/** The terminal forgets the picture. */
export const forgotten = ({ id }: Pick<PictureCells, 'id'>): string => `${ESC}_Ga=d,d=I,q=2,i=${id}${ESC}\\`
