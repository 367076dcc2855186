/** The author of a line in the textual protocols. */
import { HOST_NAME } from '../model/name/standing.ts'

/** The signature of the server's own lines in the textual protocols, which is also the host's. */
const SERVER = 'server'

export const server = (text: string): string => `${SERVER} > ${text}`

export const signature = (name: string): string => (name === HOST_NAME ? SERVER : name)
