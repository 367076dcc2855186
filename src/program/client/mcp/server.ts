/** The tools as a server of the Model Context Protocol, over the streams of this process. */
import type { Readable, Writable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { printable } from '../../../codec/native/sanitiser.ts'
import { flatten } from '../../../model/text.ts'
import { Trouble } from './api.ts'
import type { Tool } from './tools.ts'

/** The most bytes of a message of the agent. */
const MESSAGE_MAX_BYTES = 1_048_576

/**
 * How long calls may go on when the agent has left, in milliseconds: its messages are still sent, and its reads are
 * answered.
 */
const FAREWELL_MS = 5000

type Streams = { readonly input: Readable; readonly output: Writable; readonly complain: (text: string) => void }

/** Resolves when the agent has left, or `stop` is aborted. */
export async function serveTools(
  tools: readonly Tool[],
  about: { readonly version: string; readonly instructions: string },
  { input, output, complain }: Streams,
  stop: AbortSignal,
): Promise<void> {
  const { version, instructions } = about
  const server = new McpServer({ name: 'rxchat', title: 'rxchat', version }, { instructions })
  const under = new Set<Promise<unknown>>()
  const leaving = new AbortController()
  for (const one of tools) {
    const { name, title, description, input: inputSchema, output: outputSchema, readOnly, waits = false, run } = one
    const annotations = { readOnlyHint: readOnly, destructiveHint: false, openWorldHint: true }
    server.registerTool(name, { title, description, inputSchema, outputSchema, annotations }, async (args, extra) => {
      const token = extra._meta?.progressToken
      let told = 0
      const progress = (message: string): void => {
        if (token === undefined) return
        const params = { progressToken: token, progress: ++told, message }
        // An agent that has left doesn't need it.
        extra.sendNotification({ method: 'notifications/progress', params }).catch(() => {})
      }
      const signal = waits ? AbortSignal.any([extra.signal, leaving.signal]) : extra.signal
      const running = run(args as never, { signal, progress })
      under.add(running)
      try {
        const structuredContent = await running
        return { content: [{ type: 'text', text: printable(structuredContent) }], structuredContent }
      } catch (error) {
        if (!(error instanceof Trouble) && !signal.aborted) complain(`${name}: ${String(error)}`)
        const text = error instanceof Trouble ? error.message : signal.aborted ? GIVEN_UP : DEFECT
        return { isError: true, content: [{ type: 'text', text }] }
      } finally {
        under.delete(running)
      }
    })
  }
  const left = new Promise<void>(resolve => {
    for (const event of ['end', 'close', 'error']) input.once(event, () => resolve())
    output.once('error', () => resolve())
    stop.addEventListener('abort', () => resolve(), { once: true })
  })
  const transport = new StdioServerTransport(input, output, { maxBufferSize: MESSAGE_MAX_BYTES })
  server.server.onerror = error => {
    const fault = faultOf(error)
    complain(fault ? fault.message : flatten(error.message))
    // JSON-RPC answers an unreadable line under no id. An agent that has left doesn't need it.
    if (fault) transport.send({ jsonrpc: '2.0', id: null, error: fault } as never).catch(() => {})
  }
  await server.connect(transport)
  await left
  leaving.abort()
  const impatient = new Promise(resolve => setTimeout(resolve, FAREWELL_MS).unref())
  await Promise.race([Promise.allSettled(under), impatient])
  // Their results are on their way.
  await turn()
  await server.close()
}

type Fault = { readonly code: number; readonly message: string }

/** The SDK gives no answer to a line that is no message. Null: the line was read, and something else went wrong. */
function faultOf(error: Error): Fault | null {
  if (error instanceof SyntaxError) return { code: -32700, message: `A line is not JSON: ${flatten(error.message)}.` }
  return error.name.endsWith('ZodError') ? { code: -32600, message: 'A line is no message of JSON-RPC 2.0.' } : null
}

const GIVEN_UP = 'The call was given up.'
const DEFECT =
  'That went wrong inside of rxchat, which is a defect: its stderr says more. Try again, or without this tool.'
