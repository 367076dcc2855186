/** Files that are dragged onto the page. */
import { listen } from './listen.ts'

export const hasFiles = (event: Event): event is DragEvent =>
  event instanceof DragEvent && (event.dataTransfer?.types.includes('Files') ?? false)

/** If nothing takes dropped files, a browser would leave the page and open them. */
export function stayWhenDropped(): void {
  const stay = (event: Event): void => {
    if (hasFiles(event)) event.preventDefault()
  }
  for (const type of ['dragover', 'drop']) listen(window, type, stay)
}
