/** Puts a text on the clipboard, and says whether it is there. */
export async function copy(text: string): Promise<boolean> {
  try {
    // A browser offers this only to pages that came over HTTPS, or from this machine.
    if (window.isSecureContext) await navigator.clipboard.writeText(text)
    else return copySelected(text)
    return true
  } catch {
    return copySelected(text)
  }
}

/** The older way, which any page may take while a button is pressed. */
function copySelected(text: string): boolean {
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'unseen'
  const { activeElement } = document
  document.body.append(field)
  field.select()
  const done = document.execCommand('copy')
  field.remove()
  if (activeElement instanceof HTMLElement) activeElement.focus()
  return done
}
