/** A name for this device, such as "Firefox on Linux", so that its owner recognises it in the list. */

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg\w*\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMacintosh\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
]

const named = (rows: typeof BROWSERS, agent: string): string | undefined =>
  rows.find(([pattern]) => pattern.test(agent))?.[1]

/** It has nothing that a browser doesn't tell every server anyway. */
export function deviceName(agent: string): string {
  const browser = named(BROWSERS, agent) ?? 'Browser'
  const system = named(SYSTEMS, agent)
  return system === undefined ? browser : `${browser} on ${system}`
}

export const thisDevice = (): string => deviceName(navigator.userAgent)
