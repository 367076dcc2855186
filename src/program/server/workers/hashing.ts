/** Passwords are hashed by the parent, so that all workers together hash no more at once than one server does. */
import { HASHES_AT_ONCE } from '../../../model/limits.ts'
import type { PasswordHasher } from '../../../port/password-hasher.ts'
import { scryptHasher } from '../../../server/ingress/authentication/scrypt.ts'
import type { FromWorker, ToWorker } from './messages.ts'

type Asked = Extract<FromWorker, { type: 'hash' | 'matches' }>

/** The parent's side. Each worker bounds its waiting hashes (HASHES_WAITING_MAX). */
export class SharedHasher {
  readonly #hasher: Pick<PasswordHasher, 'hash' | 'matches'>
  readonly #waiting: (() => Promise<void>)[] = []
  #underWay = 0

  constructor(hasher: Pick<PasswordHasher, 'hash' | 'matches'> = scryptHasher()) {
    this.#hasher = hasher
  }

  ask(asked: Asked, answer: (message: ToWorker) => void): void {
    this.#waiting.push(async () => {
      const found =
        asked.type === 'hash' ? this.#hasher.hash(asked.password) : this.#hasher.matches(asked.password, asked.hash)
      answer({ type: 'hashed', k: asked.k, answer: await found.catch(() => null) })
    })
    this.#go()
  }

  #go(): void {
    while (this.#underWay < HASHES_AT_ONCE) {
      const work = this.#waiting.shift()
      if (!work) return
      this.#underWay++
      void work().finally(() => {
        this.#underWay--
        this.#go()
      })
    }
  }
}

/** The worker's side: `hashed` gets the parent's answers. */
export function parentsHasher(say: (message: FromWorker) => void): {
  readonly hasher: PasswordHasher
  readonly hashed: (message: Extract<ToWorker, { type: 'hashed' }>) => void
} {
  const { isCheap, nobody } = scryptHasher()
  const waiting = new Map<number, (answer: string | boolean | null) => void>()
  let count = 0
  const ask = (asked: (k: number) => Asked): Promise<string | boolean> =>
    new Promise((resolve, reject) => {
      const k = ++count
      waiting.set(k, answer => (answer === null ? reject(new Error('the password was not hashed')) : resolve(answer)))
      say(asked(k))
    })
  return {
    hasher: {
      hash: async password => String(await ask(k => ({ type: 'hash', k, password }))),
      matches: async (password, hash) => (await ask(k => ({ type: 'matches', k, password, hash }))) === true,
      isCheap,
      nobody,
    },
    hashed({ k, answer }) {
      waiting.get(k)?.(answer)
      waiting.delete(k)
    },
  }
}
