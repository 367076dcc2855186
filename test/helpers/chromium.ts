/** Chromium from a package: nothing needs to be installed. */
import Chromium from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'
import { PATIENCE_MS } from './patience.ts'

/** `more`: further arguments of the command line. */
export const launchChromium = async (...more: readonly string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: await Chromium.executablePath(),
    // The package's own arguments are left out: they switch off much of the web's security, which these tests check.
    timeout: PATIENCE_MS,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none', ...more],
  })
