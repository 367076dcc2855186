/** The size of a picture, in pixels, and whether a page may show it: a few bytes can ask for gigabytes of pixels. */
import { PICTURE_PIXELS_MAX, SIDE_MAX } from '../model/limits.ts'
import { must } from './reading.ts'

export type Size = { readonly width: number; readonly height: number }

export function sizeOf(width: number, height: number): Size {
  must(width > 0 && height > 0, 'it has no size')
  return { width, height }
}

export const isShown = ({ width, height }: Size): boolean =>
  width <= SIDE_MAX && height <= SIDE_MAX && width * height <= PICTURE_PIXELS_MAX

/** Large enough for both. */
export const around = (one: Size, other: Size): Size => ({
  width: Math.max(one.width, other.width),
  height: Math.max(one.height, other.height),
})
