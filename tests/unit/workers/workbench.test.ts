import { describe, expect, it } from 'vitest'
import { Workbench, type Work } from '../../../workers/image/workbench.ts'

/** Work that goes on until it is cancelled. */
const untilCancelled = (work: Work) =>
  new Promise<'cancelled'>((resolve) => work.signal.addEventListener('abort', () => resolve('cancelled')))

describe('the workbench', () => {
  it('does one thing at a time', async () => {
    const bench = new Workbench()
    const first = bench.run('one', untilCancelled)
    await expect(bench.run('two', untilCancelled)).rejects.toMatchObject({ code: 'worker_busy' })
    expect(await bench.cancel('two')).toBe(false)
    expect(await bench.cancel('one')).toBe(true)
    expect(await first).toBe('cancelled')
    expect(bench.current).toBeNull()
    expect(await bench.run('three', async () => 'completed')).toBe('completed')
  })

  it('says that it cancelled only where the work ended so', async () => {
    const bench = new Workbench()
    const { promise, resolve } = Promise.withResolvers<'completed'>()
    const work = bench.run('one', () => promise)
    const cancel = bench.cancel('one')
    resolve('completed')
    expect(await cancel).toBe(false)
    expect(await work).toBe('completed')
  })

  it('resolves a cancel only when the work has ended', async () => {
    const bench = new Workbench()
    const { promise, resolve } = Promise.withResolvers<'cancelled'>()
    const work = bench.run('one', () => promise)
    let answered = false
    const cancel = bench.cancel('one').then(() => (answered = true))
    await new Promise(setImmediate)
    expect(answered).toBe(false)
    resolve('cancelled')
    await Promise.all([cancel, work])
    expect(answered).toBe(true)
  })

  it('is free again after work that threw', async () => {
    const bench = new Workbench()
    await expect(bench.run('one', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(bench.current).toBeNull()
  })

  it('takes nothing new once it is closed, and cancels what it has', async () => {
    const bench = new Workbench()
    const work = bench.run('one', untilCancelled)
    await bench.close()
    expect(await work).toBe('cancelled')
    await expect(bench.run('two', untilCancelled)).rejects.toMatchObject({ code: 'shutting_down' })
  })
})
