import { listen } from './listen.ts'
import { chosenElsewhere, SETTINGS_KEY, settings$ } from './settings.ts'

/** The style sheet follows the choices, and so do the other tabs. Lives as long as the page. */
export function followSettings(): void {
  listen(window, 'storage', event => {
    if ((event as StorageEvent).key === SETTINGS_KEY) chosenElsewhere()
  })
  settings$.subscribe(({ theme, density }) => {
    document.documentElement.dataset['theme'] = theme
    document.documentElement.dataset['density'] = density
  })
}
