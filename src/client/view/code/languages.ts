/** The languages that code is coloured in, each loaded when a block first names it, by the names that people write. */
import type { StreamParser } from '@codemirror/streamparser'

export type Language = StreamParser<unknown>

/** The common type of all languages. */
const of = <T>(language: StreamParser<T>): Language => language as Language

const clike = () => import('@codemirror/legacy-modes/mode/clike')
const script = () => import('@codemirror/legacy-modes/mode/javascript')
const ini = () => import('@codemirror/legacy-modes/mode/properties').then(mode => of(mode.properties))

const LANGUAGES: Readonly<Record<string, () => Promise<Language>>> = {
  'bash sh shell zsh console': () => import('@codemirror/legacy-modes/mode/shell').then(mode => of(mode.shell)),
  'c h': () => clike().then(mode => of(mode.c)),
  'cpp c++ cc cxx hpp': () => clike().then(mode => of(mode.cpp)),
  'csharp cs c#': () => clike().then(mode => of(mode.csharp)),
  'css scss less': () => import('@codemirror/legacy-modes/mode/css').then(mode => of(mode.css)),
  'diff patch': () => import('@codemirror/legacy-modes/mode/diff').then(mode => of(mode.diff)),
  'dockerfile docker': () => import('@codemirror/legacy-modes/mode/dockerfile').then(mode => of(mode.dockerFile)),
  'go golang': () => import('@codemirror/legacy-modes/mode/go').then(mode => of(mode.go)),
  'html xml svg': () => import('@codemirror/legacy-modes/mode/xml').then(mode => of(mode.html)),
  'ini properties conf env': ini,
  java: () => clike().then(mode => of(mode.java)),
  'javascript js jsx mjs cjs': () => script().then(mode => of(mode.javascript)),
  'json jsonc': () => script().then(mode => of(mode.json)),
  'kotlin kt': () => clike().then(mode => of(mode.kotlin)),
  lua: () => import('@codemirror/legacy-modes/mode/lua').then(mode => of(mode.lua)),
  'python py': () => import('@codemirror/legacy-modes/mode/python').then(mode => of(mode.python)),
  'ruby rb': () => import('@codemirror/legacy-modes/mode/ruby').then(mode => of(mode.ruby)),
  'rust rs': () => import('@codemirror/legacy-modes/mode/rust').then(mode => of(mode.rust)),
  sql: () => import('@codemirror/legacy-modes/mode/sql').then(mode => of(mode.standardSQL)),
  toml: () => import('@codemirror/legacy-modes/mode/toml').then(mode => of(mode.toml)),
  'typescript ts tsx': () => script().then(mode => of(mode.typescript)),
  'yaml yml': () => import('@codemirror/legacy-modes/mode/yaml').then(mode => of(mode.yaml)),
}

const byName = new Map(
  Object.entries(LANGUAGES).flatMap(([names, load]) => names.split(' ').map(name => [name, load] as const)),
)

/** Undefined: the code stays without colours. */
export const languageNamed = (name: string): (() => Promise<Language>) | undefined => byName.get(name.toLowerCase())
