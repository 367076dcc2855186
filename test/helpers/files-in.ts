/** All files in a folder and the folders in it, such as a data directory. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

export const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap(one =>
    one.isFile() ? [join(one.parentPath, one.name)] : [],
  )
