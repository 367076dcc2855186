/** Adds a style sheet that comes with a later part of the page (use-loaded.ts). */
export function addStyleSheet(href: string): Promise<void> {
  const link = document.createElement('link')
  link.rel = 'stylesheet'
  link.href = href
  document.head.append(link)
  return new Promise((resolve, reject) => {
    link.onload = () => resolve()
    // Removed, so that the next try adds it anew.
    link.onerror = () => {
      link.remove()
      reject(new Error(`${href} could not be loaded.`))
    }
  })
}
