import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Placement } from '../../../../contracts/entities/engine.ts'
import { toArguments } from '../../../../workers/image/engines/sd-server/arguments.ts'

const folder = mkdtempSync(join(tmpdir(), 'mysticanvas-'))
afterAll(() => rmSync(folder, { recursive: true }))

function put(name: string, header: string): string {
  const path = join(folder, name)
  writeFileSync(path, header)
  return path
}

const checkpoint = put('sd15.safetensors', '{"model.diffusion_model.input_blocks.0.0.weight":{}}')
const diffusion = put('flux.gguf', 'GGUF double_blocks.0.img_attn.qkv.weight')
const anywhere: Placement = { device: 'auto', text_encoder: 'device', vae: 'device', offload: false }

describe('[engine-sd-server] what sd-server is started with', () => {
  const serving = { port: 4711, threads: 3 }
  const ask = async (
    files: { model: string; vae?: string; clip_l?: string; llm?: string },
    placement = anywhere,
  ) => (await toArguments({ files, placement }, serving)).join(' ')

  it('serves this machine alone', async () => {
    expect(await ask({ model: checkpoint })).toBe(
      `--listen-ip 127.0.0.1 --listen-port 4711 --model ${checkpoint} --threads 3 --verbose`,
    )
  })

  it('tells a checkpoint with another VAE from a diffusion model with its parts', async () => {
    expect(await ask({ model: checkpoint, vae: '/m/vae' })).toContain(`--model ${checkpoint} --vae /m/vae`)
    expect(await ask({ model: diffusion, vae: '/m/vae', clip_l: '/m/l' })).toContain(
      `--diffusion-model ${diffusion} --vae /m/vae --clip_l /m/l`,
    )
  })

  it.each([
    [{ device: 'cpu', text_encoder: 'cpu' }, '--backend cpu '],
    [{ text_encoder: 'cpu' }, '--backend te=cpu '],
    [{ text_encoder: 'cpu', vae: 'cpu' }, '--backend te=cpu,vae=cpu '],
    [{ offload: true }, '--offload-to-cpu --max-vram -0.5 --stream-layers '],
  ] as const)('places %o', async (placement, expected) => {
    expect(await ask({ model: checkpoint }, { ...anywhere, ...placement })).toContain(expected)
  })

  it('fails where the file is gone', async () => {
    await expect(ask({ model: join(folder, 'gone'), vae: '/m/vae' })).rejects.toThrow('ENOENT')
  })
})
