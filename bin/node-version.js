// Which Node the programs need, said once. Like all of bin/ this has to run on any Node from 18 up.
export const neededVersion = '22.18'

/** @param {string} version such as '20.20.2' or 'v24.21.0' */
export function isNewEnough(version) {
  const [major, minor] = version.replace('v', '').split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 18)
}
