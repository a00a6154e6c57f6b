import { describe, expect, it } from 'vitest'
import { StageReader } from '../../../workers/image/engines/embedded/stage-reader.ts'
import type { EngineReport } from '../../../workers/image/engines/engine.ts'

describe('the stage reader', () => {
  it('tells the phases and steps of a batch with a tiled VAE and a source picture', () => {
    const reports: EngineReport[] = []
    const reader = new StageReader((report) => reports.push(report))
    const log = (text: string) => reader.read({ type: 'log', level: 2, text })
    const tick = (step: number, total: number) => reader.read({ type: 'tick', step, total })

    expect(tick(1, 9)).toBe(true)
    log('stable-diffusion.cpp:6108 - generating image: 1/2 - seed 1')
    tick(1, 3)
    log('stable-diffusion.cpp:6108 - generating image: 2/2 - seed 2')
    tick(3, 3)
    log('stable-diffusion.cpp:5759 - decoding 2 latents')
    tick(4, 9)
    reader.read({ type: 'image', png_base64: 'AAAA' })
    reader.read({ type: 'image', png_base64: 'AAAA' })

    const png = Buffer.from([0, 0, 0])
    expect(reports).toEqual([
      { type: 'phase', phase: 'encoding' },
      { type: 'phase', phase: 'sampling' },
      { type: 'step', step: 1, total: 6 },
      { type: 'step', step: 6, total: 6 },
      { type: 'phase', phase: 'decoding' },
      { type: 'image', index: 0, png },
      { type: 'image', index: 1, png },
    ])
  })

  it('takes neither a heartbeat nor idle talk for progress', () => {
    const reader = new StageReader(() => undefined)
    expect(reader.read({ type: 'beat' })).toBe(false)
    expect(reader.read({ type: 'log', level: 1, text: 'running in eps-prediction mode' })).toBe(false)
  })
})
