/** How large the memory for new objects becomes, in V8 itself. */
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { growthFrom } from '../../../../src/program/server/start/young-generation.ts'

const MIB = 1024 * 1024

test('it grows up to a bound', () => {
  expect([1, 8, 15, 16, 32].map(mib => growthFrom(mib * MIB))).toEqual([2, 2, 2, 1, 1])
})

test('V8 does as it is told, however much there is to keep, and nothing keeps the process', () => {
  const module = new URL('../../../../src/program/server/start/young-generation.ts', import.meta.url).href
  // Most objects of each turn live for some turns, which makes V8 enlarge the memory.
  const script = `import { boundYoungGeneration } from '${module}'
    import { getHeapSpaceStatistics } from 'node:v8'
    const bytes = () => getHeapSpaceStatistics().find(one => one.space_name === 'new_space').space_size
    if (process.argv[1] === 'bound') boundYoungGeneration()
    const kept = []
    const sizes = []
    const turn = left => {
      for (let k = 0; k < 10_000; k++) kept[(left * 10_000 + k) % 200_000] = { k, more: [k, k, k], text: 'text ' + k }
      sizes.push(bytes())
      if (left > 0) setImmediate(turn, left - 1)
      else console.log(sizes.slice(-150).sort((a, b) => a - b)[75] / ${MIB})
    }
    turn(300)`
  /**
   * Its usual size after it has grown. During a collection it's more: there are both halves, and the objects that move.
   */
  const mostly = (...args: readonly string[]) => {
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script, ...args], {
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    return Number(stdout)
  }
  // V8 may double it once more before it's told.
  expect(mostly('bound')).toBeLessThanOrEqual(32)
  expect(mostly('free')).toBeGreaterThan(32)
})
