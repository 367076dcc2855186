/**
 * The secrets of webhooks as their receiver is told them: the host gives it a new one some deliveries after it was made, or
 * at once if the old one signs no more.
 */
import type { Hook, HookSecret } from '../../src/model/state/hook.ts'
import type { Story } from './story.ts'

/** Deliveries until the host has told the receiver a new secret, while the old one signs too. */
const UNTIL_TOLD = 3

type Told = { readonly salts: Set<string>; now: string; left: number }

export class Secrets {
  readonly #story: Story
  readonly #told = new Map<number, Told>()

  constructor(story: Story) {
    this.#story = story
  }

  /** Whether the receiver accepts it. `hook`: as the journal has it by now. */
  hear(hook: Hook, secrets: readonly HookSecret[], toldAtOnce: ReadonlySet<string>): boolean {
    const first = hook.old ?? hook
    const told = this.#told.get(hook.id) ?? { salts: new Set([first.salt]), now: first.salt, left: UNTIL_TOLD }
    this.#told.set(hook.id, told)
    if (told.now !== hook.salt) {
      told.left -= 1
      if (!hook.old || told.left < 0) this.#tell(told, hook.salt)
    }
    // A server that is behind may sign with one from before, but with none that the receiver hasn't been told.
    const known = secrets.filter(({ salt }) => told.salts.has(salt) || toldAtOnce.has(salt))
    this.#story.check(
      'a new secret of a hook never signs alone while the old one is in force',
      known.length > 0,
      () => `hook ${hook.id} is signed with ${secrets.map(({ salt }) => salt).join()} alone`,
    )
    if (secrets.length > 1) this.#story.count('signed twice for a hook')
    this.#story.check('a hook has two secrets at most', secrets.length <= 2, () => `${secrets.length}`)
    return secrets.some(({ salt }) => salt === told.now)
  }

  #tell(told: Told, salt: string): void {
    told.now = salt
    told.left = UNTIL_TOLD
    told.salts.add(salt)
    this.#story.count('a hook has a new secret')
  }
}
