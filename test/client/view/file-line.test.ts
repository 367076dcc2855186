import { expect, test } from 'vitest'
import { fileLine } from '../../../src/client/view/file-line.ts'

test.each([
  [{ name: 'shot.png', kind: 'image/png', size: 84_123, width: 640, height: 480 }, 'PNG, 640 × 480, 84 KB'],
  [{ name: '報告.pdf', kind: 'application/octet-stream', size: 1_240_000 }, 'file, 1.2 MB'],
  [{ name: '🦊', kind: 'image/jpeg', size: 0 }, 'JPEG, 0 B'],
  [{ name: 'a', kind: 'application/octet-stream', size: 999_600 }, 'file, 1 MB'],
] as const)('%j is %s', (file, about) => {
  expect(fileLine(file)).toEqual({ name: file.name, about })
})
