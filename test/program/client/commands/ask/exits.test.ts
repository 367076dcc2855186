/** The exit codes of `rxchat ask`: none of an error is a choice, however the process ends. */
import { expect, test } from 'vitest'
import { exitOf, exitOfError, guardExit } from '../../../../../src/program/client/commands/ask/exits.ts'

test('[K9] a decision is the place of its choice, and nothing else is', () => {
  expect(exitOf({ outcome: 'decided', choice: 9 })).toBe(9)
  for (const outcome of ['decided', 'expired', 'withdrawn', 'ended', 'deleted'] as const)
    expect(exitOf({ outcome })).toBeGreaterThan(9)
})

test('[K9] errors are above all choices', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 130].map(exitOfError)).toEqual([67, 65, 66, 67, 68, 69, 70, 130])
})

test('[K9] an end without an outcome is an error, and an outcome stays', () => {
  const listeners: ((code: number) => void)[] = []
  const program = { on: (_: 'exit', listener: (code: number) => void) => listeners.push(listener), exitCode: 0 }
  const settle = guardExit(program)
  const end = (code: number): number => {
    for (const listener of listeners) listener(code)
    return program.exitCode
  }
  expect(end(0)).toBe(67)
  expect(end(1)).toBe(65)
  settle(0)
  expect(end(0)).toBe(0)
})
