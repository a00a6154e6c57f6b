import { once } from 'node:events'
import { afterEach, expect, test, vi } from 'vitest'
import { type Checkout, createCheckout, finished } from '../support/checkout.ts'

const patience = { timeout: 10_000, interval: 20 }
let copy: Checkout

afterEach(() => copy.remove())

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('[setup-interrupted] two starts at once install once; the second says that it waits', async () => {
  copy = createCheckout({ npm: 'slow' })
  const env = { NPM_TAKES: '1500' }
  const results = await Promise.all([copy.run(['a'], { env }), copy.run(['b'], { env })])
  expect(results.map((result) => result.code)).toEqual([0, 0])
  expect(copy.linesOf('npm-runs.log')).toHaveLength(1)
  const waited = results.filter((result) => result.stderr.includes('Another start is setting up'))
  expect(waited).toHaveLength(1)
})

test('[setup-interrupted] a start killed while installing takes the installer with it, and the next one begins anew', async () => {
  copy = createCheckout({ npm: 'slow' })
  const killed = copy.start(['a'], { env: { NPM_TAKES: '60000' } })
  const installer = await vi.waitUntil(() => Number(copy.linesOf('npm-runs.log')[0]), patience)
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  await vi.waitUntil(() => !isAlive(installer), patience)
  expect(copy.has('.bootstrap/lock')).toBe(true)

  const next = await copy.run(['b'])
  expect(next.code).toBe(0)
  expect(copy.linesOf('npm-runs.log')).toHaveLength(2)
  expect(copy.has('.bootstrap/lock')).toBe(false)
})

test('Ctrl+C while installing releases the lock and stops the installer', async () => {
  copy = createCheckout({ npm: 'slow' })
  const interrupted = copy.start(['a'], { env: { NPM_TAKES: '60000' } })
  const installer = await vi.waitUntil(() => Number(copy.linesOf('npm-runs.log')[0]), patience)
  interrupted.kill('SIGINT')
  expect((await finished(interrupted)).code).toBe(130)
  await vi.waitUntil(() => !isAlive(installer), patience)
  expect(copy.has('.bootstrap/lock')).toBe(false)
})
