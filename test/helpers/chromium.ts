/** A Chromium that comes inside a package: nothing needs to be installed. */
import Chromium from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'
import { PATIENCE_MS } from './patience.ts'

export const launchChromium = async (): Promise<Browser> =>
  chromium.launch({
    executablePath: await Chromium.executablePath(),
    // Its own arguments switch much of the web's security off; what is tested here is that it holds.
    timeout: PATIENCE_MS,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'],
  })
