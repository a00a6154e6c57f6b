import { describe, expect, it } from 'vitest'
import {
  toAddonConfig,
  toAddonFiles,
  toAddonParameters,
} from '../../../workers/image/engines/embedded/addon-settings.ts'
import { imageRequest, modelOf } from '../../support/image-requests.ts'

const sd = { model: '/m/sd.safetensors' }
const flux = { model: '/m/flux.gguf', clip_l: '/m/l', t5xxl: '/m/t5', vae: '/m/vae' }
const flux2 = { model: '/m/flux2.gguf', llm: '/m/llm', vae: '/m/vae' }
const sd3 = { model: '/m/sd3.gguf', clip_l: '/m/l', clip_g: '/m/g', t5xxl: '/m/t5' }

const parameters = (sampler: 'euler_a' | 'dpm++2s_a' | 'euler') =>
  toAddonParameters(imageRequest(modelOf('/m'), { sampler }), sd)

describe('the settings of the addon', () => {
  it('name the files as the addon does', () => {
    expect(toAddonFiles(sd)).toEqual({ model: '/m/sd.safetensors' })
    expect(toAddonFiles(sd3)).toEqual({ model: '/m/sd3.gguf', clipL: '/m/l', clipG: '/m/g', t5Xxl: '/m/t5' })
    expect(toAddonFiles(flux2)).toEqual({ model: '/m/flux2.gguf', llm: '/m/llm', vae: '/m/vae' })
  })

  it('place the parts of the model', () => {
    const plain = toAddonConfig(modelOf('/m'), 3)
    expect(plain).toMatchObject({
      threads: 3,
      device: 'cpu',
      diffusion_conv_direct: false,
      vae_conv_direct: false,
    })
    expect(plain).not.toHaveProperty('backend')
    const placement = { device: 'auto', text_encoder: 'cpu', vae: 'cpu', offload: true } as const
    const spread = toAddonConfig({ files: sd, placement }, 1)
    expect(spread).toMatchObject({ device: 'gpu', backend: 'te=cpu,vae=cpu', offload_to_cpu: true })
  })

  it.each([
    ['a plain checkpoint', sd, { cfg_scale: 4 }],
    ['an SD3', sd3, { cfg_scale: 4 }],
    ['a FLUX', flux, { cfg_scale: 1, guidance: 4 }],
    ['a FLUX.2', flux2, { cfg_scale: 1, guidance: 4 }],
  ])('give the guidance to %s in its own way', (_, files, expected) => {
    const { cfg_scale, guidance } = toAddonParameters(imageRequest(modelOf('/m')), files)
    expect({ cfg_scale, ...(guidance === undefined ? {} : { guidance }) }).toEqual(expected)
  })

  it('let ancestral samplers add their noise, and no others', () => {
    expect(parameters('euler_a')['eta']).toBe(1)
    expect(parameters('dpm++2s_a')['eta']).toBe(1)
    expect(parameters('euler')).not.toHaveProperty('eta')
  })

  it('say the strength only with a source, and an empty prompt as a space', () => {
    const request = imageRequest(modelOf('/m'), { prompt: '', strength: 0.4 })
    expect(toAddonParameters(request, sd)).not.toHaveProperty('strength')
    expect(toAddonParameters({ ...request, init_image_base64: 'x' }, sd)['strength']).toBe(0.4)
    expect(toAddonParameters(request, sd)['prompt']).toBe(' ')
  })
})
