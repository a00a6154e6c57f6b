import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Checkout, createCheckout } from '../support/checkout.ts'

let copy: Checkout

beforeEach(() => {
  copy = createCheckout({ npm: 'slow' })
  copy.write('ui/vite.config.ts', '')
  copy.write('ui/main.ts', 'export const page = 1')
  copy.write('contracts/errors.ts', 'export const codes = 1')
})

afterEach(() => copy.remove())

test('start builds the interface once; other commands do not build it', async () => {
  await copy.run(['version'])
  expect(copy.has('ui/dist')).toBe(false)
  const first = await copy.run(['start'])
  expect(first.stderr).toContain('Building the interface')
  expect(copy.read('ui/dist/main.js')).toBe('export const page = 1')
  expect((await copy.run(['start'])).stderr).toBe('')
  expect(copy.linesOf('vite-runs.log')).toHaveLength(1)
})

test.each(['ui/components/button.vue', 'contracts/errors.ts'])(
  'a change of %s builds it again',
  async (path) => {
    await copy.run(['start'])
    copy.write(path, 'export const changed = true')
    await copy.run(['start'])
    expect(copy.linesOf('vite-runs.log')).toHaveLength(2)
  },
)

test('a build that fails shows why, and leaves the last good interface', async () => {
  await copy.run(['start'])
  copy.write('ui/main.ts', 'broken')
  const { code, stderr } = await copy.run(['start'])
  expect(code).toBe(1)
  expect(stderr).toContain('Unexpected token in ui/main.ts')
  expect(copy.read('ui/dist/main.js')).toBe('export const page = 1')
})
