/** A thread that uploads the files and sends each with a message. Posts how many seconds all of them took. */
import { parentPort, workerData } from 'node:worker_threads'
import { enter, FILE_BYTES, FILES } from './visitor.ts'

/** Uploads at once, as a browser does. */
const AT_ONCE = 4

const { port } = workerData as { readonly port: number }
const { token, socket } = await enter(port, 'sender')
socket.resume()
const begun = performance.now()
let left = FILES

async function one(): Promise<void> {
  while (left-- > 0) {
    const name = `${left}.bin`
    const answer = await fetch(`http://127.0.0.1:${port}/files?name=${name}`, {
      method: 'POST',
      headers: { authorization: `Session ${token}`, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(FILE_BYTES).fill(left),
    })
    const { id } = (await answer.json()) as { id?: string }
    if (id === undefined) throw new Error(`An upload was answered with ${answer.status}.`)
    socket.write(`${JSON.stringify({ type: 'say', text: '', files: [{ id, name }] })}\n`)
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, one))
parentPort?.postMessage((performance.now() - begun) / 1000)
socket.destroy()
