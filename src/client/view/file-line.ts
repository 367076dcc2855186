/** A file in words: `shot.png`, `PNG, 640 × 480, 84 KB`. */
import type { MessageFile } from '../../model/message/file.ts'

type Described = Pick<MessageFile, 'name' | 'kind' | 'size' | 'width' | 'height'>

export function fileLine({ name, kind, size, width, height }: Described): {
  readonly name: string
  readonly about: string
} {
  const what = kind.startsWith('image/') ? kind.slice('image/'.length).toUpperCase() : 'file'
  const shape = width === undefined || height === undefined ? [] : [`${width} × ${height}`]
  return { name, about: [what, ...shape, sizeWords(size)].join(', ') }
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** A number of bytes, with at most one decimal: `840 B`, `1.2 MB`. */
function sizeWords(size: number): string {
  let value = size
  let unit = 0
  // A value that would be rounded up to 1000 is one of the next unit.
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  const shown = unit === 0 || value >= 10 ? Math.round(value).toString() : value.toFixed(1).replace(/\.0$/, '')
  return `${shown} ${UNITS[unit]}`
}
