/** What there is to say of a program, as data: help, man page and completions are three ways to write it down. */
import type { Flags } from '../arguments.ts'

export type Manual = {
  /** As it is called: `rxchat-server`, `rxchat-server replay`. */
  readonly name: string
  /** One sentence. */
  readonly about: string
  /** What follows the name, one line for each way to call it. */
  readonly usage: readonly string[]
  /** A line for a shell, and what it does; a blank for one that speaks for itself. */
  readonly examples: readonly (readonly [run: string, what: string])[]
  /** What the words are that are no flags. */
  readonly words?: Words
  readonly flags: Flags<string>
  /** Commands that are its first word. */
  readonly commands?: readonly Manual[]
  readonly sections: readonly Section[]
  readonly exits: readonly (readonly [code: number, meaning: string])[]
  /** Files that it reads or writes, and what they are. */
  readonly files?: readonly (readonly [path: string, what: string])[]
  /** Where to read on. */
  readonly more: string
}

export type Section = { readonly title: string; readonly text: string }

export type Words = Section & { readonly completes: 'hosts' | 'files' | readonly string[] }
