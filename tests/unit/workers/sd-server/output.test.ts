import { describe, expect, it } from 'vitest'
import { MemorySizes } from '../../../../workers/image/engines/sd-server/memory-sizes.ts'
import { OutputReader, type Spoken } from '../../../../workers/image/engines/sd-server/output-reader.ts'
import { PhaseClock } from '../../../../workers/image/engines/sd-server/phase-clock.ts'

/** What a program prints, read in pieces of a length. */
function read(text: string, length: number): Spoken[] {
  const heard: Spoken[] = []
  const reader = new OutputReader((spoken) => heard.push(spoken))
  for (let at = 0; at < text.length; at += length) reader.push(text.slice(at, at + length))
  reader.end()
  return heard
}

const printed = [
  '[INFO ] stable-diffusion.cpp:710 - loading model\r\n',
  '\r  |##########>      | 686/1131 - 1.20GB/s\u001b[K',
  '\r  |################| 1131/1131 - 1.10GB/s\u001b[K\n',
  '\u001b[34m[DEBUG] generating image: 1/1 - seed 7\u001b[0m\n',
  '\r  |=====>          | 1/2 - 1.20s/it\u001b[K',
  '\r  |================| 2/2 - 3.10it/s\u001b[K\n',
  'cut off',
].join('')

describe('[engine-sd-server] the output of sd-server', () => {
  it.each([1, 7, 1000])('tells lines, weights and steps, in pieces of %i characters', (length) => {
    expect(read(printed, length)).toEqual([
      { type: 'log', level: 2, text: '[INFO ] stable-diffusion.cpp:710 - loading model' },
      { type: 'weights' },
      { type: 'weights' },
      { type: 'log', level: 2, text: '[DEBUG] generating image: 1/1 - seed 7' },
      { type: 'tick', step: 1, total: 2 },
      { type: 'tick', step: 2, total: 2 },
      { type: 'log', level: 2, text: 'cut off' },
    ])
  })

  it('tells a step at once, not only when the next one is drawn', () => {
    const heard: Spoken[] = []
    const reader = new OutputReader((spoken) => heard.push(spoken))
    reader.push('\r  |=====>          | 1/2 - 1.20s/it\u001b[K')
    expect(heard).toEqual([{ type: 'tick', step: 1, total: 2 }])
  })

  it('does not gather a stream without line ends', () => {
    const heard = read('x'.repeat(300_000), 10_000)
    expect(heard).toHaveLength(1)
    expect(heard[0]).toMatchObject({ type: 'log' })
    expect(heard[0]?.type === 'log' && heard[0].text.length).toBeLessThan(80_000)
  })

  it('measures phases, one after the other, also where one comes again', () => {
    let now = 0
    const clock = new PhaseClock(() => now)
    for (const [phase, until] of [
      ['encoding', 5],
      ['sampling', 25],
      ['encoding', 26],
    ] as const) {
      clock.enter(phase)
      now = until
    }
    expect(clock.stop()).toEqual({ encoding: 6, sampling: 20 })
  })
})

describe('[engine-sd-server] the sizes that sd-server tells', () => {
  const mebibyte = 1024 * 1024
  const line =
    'total params memory size = 2032.50MB (VRAM 1797.50MB, RAM 235.00MB): text_encoders 235.00MB(RAM), diffusion_model 1640.25MB(VRAM), vae 157.25MB(VRAM), controlnet 0.00MB(N/A)'

  it('reads weights by part, and the largest buffer on the card', () => {
    const sizes = new MemorySizes()
    expect([sizes.device, sizes.cardPeakBytes, sizes.weights]).toEqual([null, null, null])
    sizes.read(`[INFO ] stable-diffusion.cpp:1 - ${line}`)
    expect(sizes.weights).toEqual({
      card: 1797.5 * mebibyte,
      system: 235 * mebibyte,
      parts: { text_encoders: 235 * mebibyte, diffusion_model: 1640.25 * mebibyte, vae: 157.25 * mebibyte },
    })
    sizes.read('[DEBUG] ggml_extend.hpp:1763 - clip compute buffer size: 9000.00 MB(RAM)')
    sizes.read('[DEBUG] ggml_extend.hpp:1763 - unet compute buffer size: 559.50 MB(VRAM)')
    sizes.read('vae compute buffer size: 1664.00 MB(VRAM) on CUDA0 (peak across 1 segment)')
    expect([sizes.device, sizes.cardPeakBytes]).toEqual(['gpu', (1797.5 + 1664) * mebibyte])
  })

  it('knows a model that computes on the processor, and one that is only kept in system memory', () => {
    const sizes = new MemorySizes()
    sizes.read('total params memory size = 100.00MB (VRAM 0.00MB, RAM 100.00MB): vae 100.00MB(RAM)')
    expect([sizes.device, sizes.cardPeakBytes]).toEqual(['cpu', null])
    sizes.read('unet compute buffer size: 12.50 MB(VRAM)')
    expect([sizes.device, sizes.cardPeakBytes]).toEqual(['gpu', 12.5 * mebibyte])
  })
})
