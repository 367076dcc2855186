/** The entry of the thread that checks passkeys. */
import { parentPort } from 'node:worker_threads'
import type { Passkey } from '../../../../port/passkeys.ts'
import { checkPasskey } from './checks.ts'
import type { PasskeyCheck } from './passkeys.ts'
import type { Answer, Question } from './thread.ts'

parentPort?.on('message', async ({ id, question }: Question<PasskeyCheck>) => {
  const answer = await checkPasskey(question)
  parentPort?.postMessage({ id, answer } satisfies Answer<Passkey | null>)
})
