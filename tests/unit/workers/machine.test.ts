import { describe, expect, it } from 'vitest'
import { modelKey } from '../../../workers/image/health.ts'
import { isSameModel } from '../../../workers/image/engines/engine.ts'
import { chooseThreads, countCores } from '../../../workers/image/threads.ts'
import { parseStatus, readProcessMemory } from '../../../workers/runtime/process-memory.ts'
import { modelOf } from '../../support/image-requests.ts'

const entry = (socket: number, core: number) =>
  `processor\t: 1\nphysical id\t: ${socket}\ncore id\t\t: ${core}\n`

describe('threads', () => {
  it('counts cores, not their threads', () => {
    expect(countCores([entry(0, 0), entry(0, 1), entry(0, 0), entry(0, 1), entry(1, 0)].join('\n'))).toBe(3)
    expect(countCores('processor : 0\nmodel name : something else\n')).toBeNull()
  })

  it('keeps to what a person has set, and finds at least one otherwise', () => {
    expect(chooseThreads(7)).toBe(7)
    expect(chooseThreads(0)).toBeGreaterThanOrEqual(1)
  })
})

describe('memory of a process', () => {
  it('is read in bytes', () => {
    expect(parseStatus('Name:\tx\nVmHWM:\t    2048 kB\nVmRSS:\t    1024 kB\n')).toEqual({
      resident: 1_048_576,
      peak: 2_097_152,
    })
    expect(parseStatus('Name:\tzombie\n')).toEqual({ resident: 0, peak: 0 })
  })

  it('is known of this process and nothing of one that is not there', async () => {
    const { resident, peak } = await readProcessMemory(process.pid)
    expect(resident).toBeGreaterThan(10_000_000)
    expect(peak).toBeGreaterThanOrEqual(resident / 2)
    expect(await readProcessMemory(2 ** 30)).toEqual({ resident: 0, peak: 0 })
  })
})

describe('the identity of a model', () => {
  it('is the same whatever the order of its fields', () => {
    const model = modelOf('/m/a.gguf')
    const { placement } = model
    const turned = { placement, files: { vae: '/m/v', model: '/m/a.gguf' } }
    const straight = { files: { model: '/m/a.gguf', vae: '/m/v' }, placement }
    expect(isSameModel(turned, straight)).toBe(true)
    expect(modelKey(turned)).toBe(modelKey(straight))
    expect(isSameModel(model, straight)).toBe(false)
    expect(isSameModel(model, { ...model, placement: { ...placement, offload: true } })).toBe(false)
    expect(modelKey(model)).toMatch(/^a\.gguf#[0-9a-f]{12}$/)
  })
})
