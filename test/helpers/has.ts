/** Whether this system has a program that a test needs and rxchat does not. */
import { spawnSync } from 'node:child_process'

/** `flag` makes the program do nothing. A missing program is reported: a test that needs it is skipped. */
export function has(program: string, flag = '--version'): boolean {
  const there = spawnSync(program, [flag], { stdio: 'ignore' }).error === undefined
  if (!there) console.warn(`Skipped: what needs ${program}, which is not here (see .ci/run for its package)`)
  return there
}
