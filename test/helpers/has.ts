/** Whether this system has a program, which a test may need and rxchat does not. */
import { spawnSync } from 'node:child_process'

/** `flag` is one with which it does nothing. */
export const has = (program: string, flag = '--version'): boolean =>
  spawnSync(program, [flag], { stdio: 'ignore' }).error === undefined
