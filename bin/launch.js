// The start of both commands. A new enough Node imports the bundled program, which runs as it is imported, and the
// launcher is out of its way. An older Node runs this same command once more, under the Node that npm installed.
import module from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isNewEnough, neededVersion } from './node-version.js'

const { env, versions } = process
const home = dirname(dirname(fileURLToPath(import.meta.url)))

/** @param {'server' | 'client'} program */
export async function launch(program) {
  if (!isNewEnough(versions.node)) return relaunch()
  module.enableCompileCache?.()
  if (env.RXCHAT_LAUNCHER_FD) await import('./tether.js')
  const bundle = new URL(`../dist/${program}.js`, import.meta.url)
  try {
    await import(bundle.href)
  } catch (error) {
    // Looked for only now: to import node:fs takes a third of the time in which the program starts.
    const { existsSync } = await import('node:fs')
    if (existsSync(bundle)) throw error
    giveUp(`rxchat is not built yet: run \`npm run build\` in ${home}`)
  }
}

async function relaunch() {
  const { findNode, runUnder } = await import('./older-node.js')
  const node = findNode(home)
  if (node) return runUnder(node)
  const remedy = `install one, or run \`npm install\` in ${home}, which brings one`
  giveUp(`rxchat needs Node ${neededVersion} or newer, this is ${versions.node}: ${remedy}`)
}

function giveUp(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exitCode = 1
}
