/** The manual of a program, as data for its help, man page and completions. */
import type { Flags } from '../config/arguments.ts'

export type Manual = {
  /** The command: `rxchat-server`, `rxchat-server replay`. */
  readonly name: string
  /** One sentence. */
  readonly about: string
  /** The text after the name, one line for each form of the call. */
  readonly usage: readonly string[]
  /** A line for a shell, and its effect; empty if that's obvious. */
  readonly examples: readonly (readonly [run: string, what: string])[]
  /** The arguments that aren't flags. */
  readonly words?: Words
  readonly flags: Flags<string>
  /** Commands, given as its first word. */
  readonly commands?: readonly Manual[]
  readonly sections: readonly Section[]
  readonly exits: readonly (readonly [code: number, meaning: string])[]
  /** Files that it reads or writes, and their purpose. */
  readonly files?: readonly (readonly [path: string, what: string])[]
  /** Pages with more on the subject. */
  readonly more: string
}

export type Section = { readonly title: string; readonly text: string }

export type Words = Section & { readonly completes: 'hosts' | 'files' | readonly string[] }
