/** The names by which people know their devices again. */
import { expect, test } from 'vitest'
import { LABEL_MAX_CHARS } from '../../../src/model/limits.ts'
import { deviceName } from '../../../src/web/browser/device.ts'

const SAFARI = 'Version/18.1 Mobile/15E148 Safari/604.1'

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
  ['Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/147.0 Mobile Safari/537.36', 'Chrome on Android'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/147.0 Safari/537.36 Edg/147.0',
    'Edge on Windows',
  ],
  [`Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 ${SAFARI}`, 'Safari on iPhone'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15',
    'Safari on Mac',
  ],
  ['Lynx/2.9', 'Browser'],
  ['', 'Browser'],
])('[G18] %s is %s', (agent, name) => {
  expect(deviceName(agent)).toBe(name)
  expect(name.length).toBeLessThanOrEqual(LABEL_MAX_CHARS)
})
