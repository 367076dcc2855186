/** Which files the page draws as pictures, and how large. */
import type { SentFile } from '../../../client/chat/conversation/timeline.ts'

/** In pixels: the largest picture in the messages, and a side of one of several. */
const WIDTH_MAX = 360
const HEIGHT_MAX = 300
const SMALL = 148
const LEAST = 32

/** Kinds that browsers draw. Of others, such as HEIC, only the small picture. */
const DRAWN: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif'])

export const isDrawn = ({ kind }: SentFile): boolean => DRAWN.has(kind)

export const isPicture = (file: SentFile): boolean =>
  (isDrawn(file) || file.thumb !== undefined) && dimensions(file) !== null

const dimensions = ({ width, height, thumb }: SentFile) =>
  width !== undefined && height !== undefined ? { width, height } : (thumb ?? null)

export function sizeIn(file: SentFile, isAlone: boolean): { readonly width: number; readonly height: number } {
  const { width, height } = dimensions(file) ?? { width: SMALL, height: SMALL }
  if (!isAlone) return { width: SMALL, height: SMALL }
  const scale = Math.min(1, WIDTH_MAX / width, HEIGHT_MAX / height)
  return { width: Math.max(LEAST, Math.round(width * scale)), height: Math.max(LEAST, Math.round(height * scale)) }
}
