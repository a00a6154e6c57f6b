import { once } from 'node:events'
import { afterEach, expect, test, vi } from 'vitest'
import { type Checkout, createCheckout, finished } from '../support/checkout.ts'

/** Does what its first argument says, and leaves a file when it hears that its parent is gone. */
const program = `
import { writeFileSync } from 'node:fs'
process.on('disconnect', () => { writeFileSync('orphaned', ''); process.exit() })
process.channel?.unref()
const [what] = process.argv.slice(2)
if (what === 'exit') process.exit(7)
if (what === 'die') process.kill(process.pid, 'SIGKILL')
if (what === 'wait') {
  process.on('SIGTERM', () => process.exit(21))
  process.on('SIGINT', () => process.exit(22))
  writeFileSync('waiting', '')
  setInterval(() => {}, 1000)
}
`
const patience = { timeout: 10_000, interval: 20 }
let copy: Checkout

afterEach(() => copy.remove())

async function startWaiting() {
  copy = createCheckout({ program, npm: 'slow' })
  const child = copy.start(['wait'])
  await vi.waitUntil(() => copy.has('waiting'), patience)
  return child
}

test.each([
  ['nothing', 0],
  ['exit', 7],
  ['die', 137],
])('a program told to do %s ends the command with %i', async (what, code) => {
  copy = createCheckout({ program, npm: 'slow' })
  expect((await copy.run([what])).code).toBe(code)
})

test.each([
  ['SIGTERM', 21],
  ['SIGINT', 22],
] as const)('%s reaches the program, whose exit code comes back', async (signal, code) => {
  const child = await startWaiting()
  child.kill(signal)
  expect((await finished(child)).code).toBe(code)
})

test('the program hears of the death of the command that started it', async () => {
  const child = await startWaiting()
  child.kill('SIGKILL')
  await once(child, 'exit')
  await vi.waitFor(() => expect(copy.has('orphaned')).toBe(true), patience)
})
