/** A request to a hook, as far as a reader of it may look. */
import type { Json } from './json.ts'

export type Sent = {
  /** Headers by their names in lower case, each as text in UTF-8. */
  readonly header: (...names: readonly string[]) => string
  /** Parameters of the address. */
  readonly parameter: (...names: readonly string[]) => string
  /** The rest of the path after the token; ''. */
  readonly topic: string
  /** The body as text, at most TEXT_MAX_BYTES characters of it. */
  readonly text: string
  /** The body, if it's JSON; null. */
  readonly json: Json
  /** A digest of the body as it came. */
  readonly print: () => string
}
