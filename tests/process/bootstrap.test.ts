import { afterEach, expect, test } from 'vitest'
import { type Checkout, createCheckout, lockfile } from '../support/checkout.ts'

const stamp = 'node_modules/.mysticanvas-stamp'
const checkouts: Checkout[] = []

function checkout(...given: Parameters<typeof createCheckout>) {
  const made = createCheckout(...given)
  checkouts.push(made)
  return made
}

afterEach(() => {
  for (const made of checkouts.splice(0)) made.remove()
})

test('[setup-two-commands] the first start installs with the real npm, the second is silent', async () => {
  const copy = checkout()
  const first = await copy.run(['version', '--json'])
  expect(first.code).toBe(0)
  expect(first.stderr).toContain('Installing packages')
  expect(JSON.parse(first.stdout)).toMatchObject({ args: ['version', '--json'] })

  const second = await copy.run(['version'])
  expect(second.code).toBe(0)
  expect(second.stderr).toBe('')
})

test('[setup-two-commands] a ready checkout adds little to a start', async () => {
  const copy = checkout({ npm: 'slow' })
  await copy.run(['version'])
  const began = performance.now()
  await copy.run(['version'])
  expect(performance.now() - began).toBeLessThan(2_000)
  expect(copy.linesOf('npm-runs.log')).toHaveLength(1)
})

test('a changed lockfile is installed again', async () => {
  const copy = checkout({ npm: 'slow' })
  await copy.run(['version'])
  copy.write('package-lock.json', `${lockfile({})}\n`)
  await copy.run(['version'])
  expect(copy.linesOf('npm-runs.log')).toHaveLength(2)
})

test('what a plain npm install has put in place is taken as it is', async () => {
  const copy = checkout({ npm: 'slow' })
  copy.write('package-lock.json', lockfile({ one: '1.0.0' }))
  copy.write('node_modules/.package-lock.json', lockfile({ one: '1.0.0' }))
  const { code, stderr } = await copy.run(['version'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(copy.has('npm-runs.log')).toBe(false)
})

test('what an older npm install has put in place is not', async () => {
  const copy = checkout({ npm: 'slow' })
  copy.write('package-lock.json', lockfile({ one: '1.1.0' }))
  copy.write('node_modules/.package-lock.json', lockfile({ one: '1.0.0' }))
  await copy.run(['version'])
  expect(copy.linesOf('npm-runs.log')).toHaveLength(1)
})

test('the program finds its own Node.js and the packages first on PATH', async () => {
  const { stdout } = await checkout({ npm: 'slow' }).run(['version'])
  const [first, second] = JSON.parse(stdout).path.split(':')
  expect(process.execPath.startsWith(first)).toBe(true)
  expect(second).toMatch(/node_modules\/\.bin$/)
})

test('what was compiled is kept for the next start, where nobody keeps it elsewhere', async () => {
  const program = `console.log(process.env.NODE_COMPILE_CACHE)`
  const copy = checkout({ npm: 'slow', program })
  expect((await copy.run(['version'])).stdout).toMatch(/\.bootstrap[/\\]compile-cache\n$/)
  const elsewhere = await copy.run(['version'], { env: { NODE_COMPILE_CACHE: 'elsewhere' } })
  expect(elsewhere.stdout).toBe('elsewhere\n')
})

test('an unreachable registry is named in a sentence, and nothing counts as installed', async () => {
  const copy = checkout()
  copy.write(
    'package.json',
    JSON.stringify({ name: 'copy', version: '1.0.0', dependencies: { one: '1.0.0' } }),
  )
  copy.write('package-lock.json', lockfile({ one: '1.0.0' }))
  const { code, stdout, stderr } = await copy.run(['version'], {
    env: { npm_config_registry: 'http://127.0.0.1:9/' },
  })
  expect(code).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toContain('the npm registry cannot be reached')
  expect(copy.has(stamp)).toBe(false)
})

test('[setup-interrupted] a failed installation shows the reason npm gave and leaves no stamp', async () => {
  const copy = checkout()
  const dependencies = { one: 'file:one' }
  copy.write('one/package.json', JSON.stringify({ name: 'one', version: '1.0.0' }))
  copy.write('package.json', JSON.stringify({ name: 'copy', version: '1.0.0', dependencies }))
  const { code, stderr } = await copy.run(['version'])
  expect(code).toBe(1)
  expect(stderr).toContain('start again to retry')
  expect(stderr).toContain('in sync')
  expect(stderr).not.toContain('    at ')
  expect(copy.has(stamp)).toBe(false)
})

test('an old Node.js is told so before anything is tried', async () => {
  const copy = checkout({ npm: 'slow' })
  const pretend = `data:text/javascript,Object.defineProperty(process, 'version', { value: 'v18.20.4' })`
  const { code, stderr } = await copy.run(['version'], { nodeOptions: ['--import', pretend] })
  expect(code).toBe(1)
  expect(stderr).toContain('needs Node.js 20 or newer')
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(copy.has('npm-runs.log')).toBe(false)
})
