/** The effective configuration as a configuration file, with the source of each value. */
import { stringify } from 'smol-toml'
import { aligned } from '../../model/text.ts'
import type { SettingTable } from './setting.ts'
import type { Given } from './values.ts'

/** `file` is the configuration file that was read, or null. Secrets in `given` aren't shown. */
export function printedConfig(
  program: string,
  settings: SettingTable,
  given: ReadonlyMap<string, Given>,
  file: string | null,
  places: readonly string[],
): string {
  const rows = Object.entries(settings).flatMap(([name, setting]) => {
    const one = given.get(name)
    if (one === undefined) return []
    if (setting.secret)
      return [[`# ${name} is ${one.text === '' ? 'not ' : ''}set (not shown)`, `# ${one.source}`] as const]
    return [
      [stringify({ [name]: tomlValue(one.text, setting.value === undefined) }).trim(), `# ${one.source}`] as const,
    ]
  })
  return [
    `# The configuration of ${program} in effect. This is a valid configuration file.`,
    `# ${file === null ? `No file was found. Looked for ${places.join(' and ')}.` : `Read from ${file}.`}`,
    '',
    ...aligned(rows),
    '',
  ].join('\n')
}

/** A TOML value that reads back as the same text. */
function tomlValue(text: string, isSwitch: boolean): string | number | boolean {
  if (isSwitch) return ['1', 'on', 'true', 'yes'].includes(text)
  return /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text
}
