/** When V8 is to save memory, and that it knows how. */
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { type MemoryMode, memoryModes } from '../../../../src/program/server/start/memory.ts'

test('memory is saved after a storm, while it is quiet, for a while; and V8 is told only of a change', () => {
  const calm = [0.05, 0, 0.49, 0, 0]
  const shares = [...calm, 0.5, 0.2, 0.09, 0, 0.1, 0, 0, ...Array.from({ length: 30 }, () => 0.01)]
  const modes: MemoryMode[] = []
  let at = 0
  const look = memoryModes(
    () => shares[at] as number,
    mode => modes.push(mode),
  )
  const after = shares.map(() => {
    look()
    at++
    return modes.at(-1) ?? 'fast'
  })
  const fast = (looks: number): readonly MemoryMode[] => Array.from({ length: looks }, () => 'fast')
  const saving = (looks: number): readonly MemoryMode[] => Array.from({ length: looks }, () => 'saving')
  expect(after).toEqual([...fast(8), ...saving(1), ...fast(2), ...saving(28), ...fast(3)])
  expect(modes).toEqual(['saving', 'fast', 'saving', 'fast'])
})

test('V8 knows the modes: it says nothing about them, and nothing keeps the process', () => {
  const module = new URL('../../../../src/program/server/start/memory.ts', import.meta.url).href
  const script = `import { saveMemory } from '${module}'
    import { setFlagsFromString } from 'node:v8'
    for (const flag of ['--memory-saver-mode', '--no-memory-saver-mode']) setFlagsFromString(flag)
    saveMemory()
    console.log('over')`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  })
  expect([stdout, stderr]).toEqual(['over\n', ''])
})
