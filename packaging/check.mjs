/**
 * `npm run check`: everything a machine can judge without running the product. Two checks run at a time,
 * each gets one line, and only a failing one shows what it said.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './bootstrap.mjs'

/**
 * `needs` names the folder without which a check has nothing to look at.
 *
 * @type {{ name: string, command: string[], needs?: string }[]}
 */
const checks = [
  { name: 'types of the interface', command: ['vue-tsc', '-p', 'ui'], needs: 'ui/main.ts' },
  { name: 'types of the tests', command: ['vue-tsc', '-p', 'tests'] },
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'types of the contracts', command: ['tsc', '-p', 'contracts'], needs: 'contracts' },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  {
    name: 'lint of the templates',
    command: ['eslint', '--max-warnings=0', '--no-error-on-unmatched-pattern', 'ui/**/*.vue'],
    needs: 'ui/main.ts',
  },
  { name: 'layers', command: ['depcruise', '--config', '.dependency-cruiser.mjs', '.'] },
  { name: 'dead code', command: ['knip', '--no-progress'] },
  { name: 'format', command: ['prettier', '--check', '--log-level=warn', '.'] },
]

const atOnce = 2

/** @param {string[]} command */
function execute([program = '', ...args]) {
  return new Promise((/** @type {(result: { passed: boolean, output: string }) => void} */ resolve) => {
    const child = spawn(program, args, {
      cwd: projectRoot,
      shell: process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => resolve({ passed: false, output: error.message }))
    child.on('close', (code) => resolve({ passed: code === 0, output }))
  })
}

/** @type {{ name: string, output: string }[]} */
const failures = []
const waiting = [...checks]

async function work() {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    if (check.needs && !existsSync(join(projectRoot, check.needs))) {
      console.log(`skipped  ${check.name}: there is no ${check.needs}`)
      continue
    }
    const began = performance.now()
    const { passed, output } = await execute(check.command)
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    console.log(`${passed ? 'ok      ' : 'FAILED  '} ${check.name} (${seconds} s)`)
    if (!passed) failures.push({ name: check.name, output })
  }
}

await Promise.all(Array.from({ length: atOnce }, work))
for (const { name, output } of failures) console.log(`\n--- ${name} ---\n${output.trimEnd()}`)
process.exitCode = failures.length === 0 ? 0 : 1
