import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of the built page: beside the server's bundle. It's found when running from source, too. */
export function pageFolder(): string {
  const here = import.meta.dirname
  const beside = join(here, 'web')
  return existsSync(beside) ? beside : join(here, '..', '..', '..', '..', 'dist', 'web')
}
