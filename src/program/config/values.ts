/** The values given to a program. A flag overrides a variable, a variable the file, and the file the default. */

import { InvalidSetting, type Setting, type SettingTable, type Value } from './setting.ts'
import { UsageError } from './usage.ts'

export type Given = {
  readonly text: string
  /** The source, as --print-config shows it: `--port`, `RXCHAT_PORT`, `/etc/rxchat/server.toml:3`, `default`. */
  readonly source: string
  /** The name of the setting in an error. */
  readonly name: string
}

/** One source of settings. */
export type Layer = ReadonlyMap<string, Given>

/** A switch has no value: giving it turns it on. */
export const flagLayer = (given: ReadonlyMap<string, string>, settings: SettingTable): Layer =>
  new Map(
    Array.from(given, ([name, text]) => [
      name,
      { text: settings[name]?.value === undefined ? 'on' : text, source: `--${name}`, name: `--${name}` },
    ]),
  )

export const variableLayer = (env: NodeJS.ProcessEnv, settings: SettingTable): Layer =>
  new Map(
    Object.entries(settings).flatMap(([name, setting]) => {
      const text = variable(env, setting.variable)
      return text === undefined ? [] : [[name, { text, source: setting.variable, name: setting.variable }] as const]
    }),
  )

/** The first layer that has the setting decides. */
export const firstGiven = (layers: readonly Layer[], name: string, otherwise: string): Given =>
  layers.find(layer => layer.has(name))?.get(name) ?? { text: otherwise, source: 'default', name }

/** Throws UsageError. */
export function readSetting<One extends Setting>(setting: One, { text, name }: Given): Value<One> {
  const value = setting.read(text)
  if (!(value instanceof InvalidSetting)) return value as Value<One>
  throw new UsageError(`${name} must ${value.must}${setting.secret ? '' : `, not "${text}"`}.`)
}

/** The variable's value; an empty one counts as not set. */
export const variable = (env: NodeJS.ProcessEnv, name: string): string | undefined => env[name] || undefined
