/** Files that are dragged onto the page. True while they are over it. */
import { useEffect, useRef, useState } from 'react'
import { hasFiles } from '../../browser/dropped-files.ts'
import { listen } from '../../browser/listen.ts'

export function useDropped(onFiles: (files: Iterable<File>) => void): boolean {
  const [isOver, set] = useState(false)
  const now = useRef(onFiles)
  now.current = onFiles
  useEffect(() => {
    const over = (event: Event): void => {
      if (!hasFiles(event)) return
      event.preventDefault()
      set(true)
    }
    const left = (event: Event): void => {
      if (hasFiles(event) && event.relatedTarget === null) set(false)
    }
    const dropped = (event: Event): void => {
      if (!hasFiles(event)) return
      event.preventDefault()
      set(false)
      now.current(event.dataTransfer?.files ?? [])
    }
    const stops = [listen(window, 'dragover', over), listen(window, 'dragleave', left), listen(window, 'drop', dropped)]
    return () => {
      for (const stop of stops) stop()
    }
  }, [])
  return isOver
}
