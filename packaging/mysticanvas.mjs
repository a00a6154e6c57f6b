#!/usr/bin/env node
/**
 * The `mysticanvas` command. Everything newer than plain modules is imported only after the version of
 * Node.js has been looked at, so that an old one is told so in a sentence.
 */
import { canSetUp, tooOldMessage } from './bootstrap/node-version.mjs'

if (canSetUp(process.version)) {
  const { launch } = await import('./bootstrap/launch.mjs')
  const args = process.argv.slice(2)
  // Only `start` shows the interface; the other commands must not wait for it to be built.
  await launch('orchestrator/cli.ts', args, { withInterface: args[0] === 'start' })
} else {
  process.stderr.write(`${tooOldMessage(process.version)}\n`)
  process.exitCode = 1
}
