/** Uploads the file that somebody has named by its path. */
import { NoSource, sourceOf } from './source.ts'
import { type UploadOutcome, type UploadPorts, upload } from './upload.ts'

/** Never rejects. */
export async function sendPath(ports: () => Promise<UploadPorts>, path: string): Promise<UploadOutcome> {
  try {
    return await upload(await ports(), await sourceOf(withHome(path), null, process.stdin))
  } catch (error) {
    if (error instanceof NoSource) return { ok: false, message: error.message }
    return { ok: false, message: `${path} was not sent: ${error instanceof Error ? error.message : String(error)}` }
  }
}

/** No shell has read the path. */
const withHome = (path: string): string => path.replace(/^~(?=\/)/, process.env['HOME'] ?? '~')
