/**
 * `npm test`: prepares the checkout and a browser, runs the checks and all tests, and ends with one plain
 * line of counts. Arguments go to vitest (`npm test -- --project unit`).
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepare, projectRoot } from './bootstrap.mjs'
import { SetupError, say } from './bootstrap/progress.mjs'
import { findBrowser } from './test/browser.mjs'
import { countResults, summary } from './test/count.mjs'

const scratch = mkdtempSync(join(tmpdir(), 'mysticanvas-test-'))

try {
  const { node, flags, env } = await prepare()
  const interfaceBuilt = await buildInterface()
  const browser = findBrowser(say)
  const options = {
    cwd: projectRoot,
    env: browser ? { ...env, CHROMIUM_PATH: browser } : env,
    /** @type {'inherit'} */
    stdio: 'inherit',
  }
  const run = (/** @type {string[]} */ args) => spawnSync(node, [...flags, ...args], options).status === 0

  const checked = run([join('packaging', 'check.mjs')])
  const report = join(scratch, 'results.json')
  const vitest = join('node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const tested = run([vitest, 'run', ...reporters, ...process.argv.slice(2)])
  finish({ 'the build of the interface': interfaceBuilt, 'the checks': checked }, tested, report)
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  say(error.message)
  console.log(summary({ passed: 0, failed: 1, skipped: 0 }))
  process.exitCode = 1
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

/** A broken interface fails the run, but must not hide what the other tests have to say. */
async function buildInterface() {
  try {
    await prepare({ withInterface: true })
    return true
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    say(error.message)
    return false
  }
}

/**
 * Whatever else went wrong counts as a failure too: the last line must never read like a success when
 * the run was none.
 *
 * @param {Record<string, boolean>} steps
 * @param {boolean} tested
 * @param {string} report
 */
function finish(steps, tested, report) {
  // Vitest writes no report where it found no test at all, or did not get that far.
  const counts = countResults(
    existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { testResults: [] },
  )
  const ran = counts.passed + counts.failed > 0
  const complete = { ...steps, 'the test run': ran && (tested || counts.failed > 0) }
  for (const [name, succeeded] of Object.entries(complete)) {
    if (succeeded) continue
    counts.failed += 1
    console.log(`Failed: ${name} (see above).`)
  }
  console.log(summary(counts))
  process.exitCode = counts.failed === 0 ? 0 : 1
}
