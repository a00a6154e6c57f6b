/**
 * Runs one of the project's own scripts the way the product runs: `node packaging/run.mjs [--ui] <script>
 * [arguments]`. With `--ui` the interface is built first.
 */
import { canSetUp, tooOldMessage } from './bootstrap/node-version.mjs'

if (canSetUp(process.version)) {
  const { launch } = await import('./bootstrap/launch.mjs')
  const given = process.argv.slice(2)
  const withInterface = given[0] === '--ui'
  const [script = '', ...args] = withInterface ? given.slice(1) : given
  await launch(script, args, { withInterface })
} else {
  process.stderr.write(`${tooOldMessage(process.version)}\n`)
  process.exitCode = 1
}
