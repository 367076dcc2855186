/** An export of ws that its types lack: its parser, without a socket. */
import type { Writable } from 'node:stream'

declare module 'ws' {
  export class Receiver extends Writable {
    constructor(options: {
      readonly isServer: boolean
      readonly maxPayload: number
      readonly maxFragments: number
      readonly maxBufferedChunks: number
    })
  }
}
