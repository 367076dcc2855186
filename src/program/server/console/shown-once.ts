/** A secret that is shown once: alone on its line, so that it can be selected and copied. */
export const shownOnce = (what: string, secret: string): readonly string[] => [
  `${what} Its secret is shown this once, on the next line:`,
  secret,
]
