import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * An npm that takes its time and installs a vite that copies one file. The real npm is used where its
 * own behaviour matters; this one makes installations slow, countable and offline.
 */
const slowNpm = `
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
appendFileSync('npm-runs.log', process.pid + '\\n')
rmSync('node_modules', { recursive: true, force: true })
await new Promise((done) => setTimeout(done, Number(process.env.NPM_TAKES ?? 0)))
mkdirSync('node_modules/vite/bin', { recursive: true })
writeFileSync('node_modules/vite/package.json', '{"type":"module"}')
writeFileSync('node_modules/vite/bin/vite.js', process.env.FAKE_VITE ?? '')
`

const fakeVite = `
import { appendFileSync, cpSync, mkdirSync, readFileSync } from 'node:fs'
appendFileSync('vite-runs.log', 'run\\n')
const folder = process.argv[process.argv.indexOf('--outDir') + 1]
mkdirSync(folder, { recursive: true })
cpSync('ui/main.ts', folder + '/main.js')
if (readFileSync('ui/main.ts', 'utf8').includes('broken')) {
  console.error('Unexpected token in ui/main.ts')
  process.exit(1)
}
`

const defaultProgram = `console.log(JSON.stringify({ args: process.argv.slice(2), path: process.env.PATH }))`

export interface Finished {
  code: number | null
  stdout: string
  stderr: string
}

export type Checkout = ReturnType<typeof createCheckout>

interface StartOptions {
  env?: NodeJS.ProcessEnv
  nodeOptions?: string[]
}

interface CheckoutOptions {
  /** The text of orchestrator/cli.ts. */
  program?: string
  npm?: 'real' | 'slow'
}

/** A small copy of the project: the real packaging scripts around a program and packages of one's own. */
export function createCheckout({ program = defaultProgram, npm = 'real' }: CheckoutOptions = {}) {
  const root = mkdtempSync(join(tmpdir(), 'mysticanvas-checkout-'))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  cpSync(join(projectRoot, 'packaging'), join(root, 'packaging'), {
    recursive: true,
    filter: (path) => !path.includes('node_modules'),
  })
  write('orchestrator/cli.ts', program)
  write('package.json', JSON.stringify({ name: 'copy', version: '1.0.0', type: 'module' }))
  write('package-lock.json', lockfile({}))
  write('slow-npm/npm-cli.js', slowNpm)
  write('slow-npm/package.json', '{"type":"module"}')

  const environment = {
    ...process.env,
    npm_config_cache: join(root, 'npm-cache'),
    npm_config_fetch_retries: '0',
    FAKE_VITE: fakeVite,
    ...(npm === 'slow' && { npm_execpath: join(root, 'slow-npm/npm-cli.js') }),
  }

  const start = (args: string[], { env = {}, nodeOptions = [] }: StartOptions = {}): ChildProcess =>
    spawn(process.execPath, [...nodeOptions, join(root, 'packaging/mysticanvas.mjs'), ...args], {
      cwd: root,
      env: { ...environment, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })

  return {
    write,
    start,
    run: (...given: Parameters<typeof start>) => finished(start(...given)),
    has: (path: string) => existsSync(join(root, path)),
    read: (path: string) => readFileSync(join(root, path), 'utf8'),
    linesOf: (path: string) =>
      existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8').trim().split('\n') : [],
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** Waits until a started command has ended and collects what it said. */
export function finished(child: ChildProcess): Promise<Finished> {
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  return new Promise((done) => {
    child.on('close', (code) => {
      done({ code, stdout, stderr })
    })
  })
}

/** The text of a package-lock.json whose root wants these exact versions. */
export function lockfile(dependencies: Record<string, string>) {
  const entries = Object.entries(dependencies).map(([name, version]) => [`node_modules/${name}`, { version }])
  const root = { name: 'copy', version: '1.0.0', dependencies }
  return JSON.stringify({
    name: 'copy',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: { '': root, ...Object.fromEntries(entries) },
  })
}
