import { describe, expect, it } from 'vitest'
import {
  toAddonConfig,
  toAddonFiles,
  toAddonParameters,
} from '../../../workers/image/engines/embedded/addon-settings.ts'
import { imageRequest, modelOf } from '../../support/image-requests.ts'

const sd = { model: '/m/sd.safetensors' }
const flux2 = { model: '/m/flux2.gguf', llm: '/m/llm', vae: '/m/vae' }
const sd3 = { model: '/m/sd3.gguf', clip_l: '/m/l', clip_g: '/m/g', t5xxl: '/m/t5' }

const parameters = (sampler: 'euler_a' | 'dpm++2s_a' | 'euler') =>
  toAddonParameters(imageRequest(modelOf('/m'), { sampler }))

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

  it('give the guidance to each kind of model in its own way', () => {
    const guidanceOf = (guidance_kind: 'classifier_free' | 'distilled') => {
      const { cfg_scale, guidance } = toAddonParameters(imageRequest(modelOf('/m'), { guidance_kind }))
      return { cfg_scale, guidance }
    }
    expect(guidanceOf('classifier_free')).toEqual({ cfg_scale: 4, guidance: undefined })
    expect(guidanceOf('distilled')).toEqual({ cfg_scale: 1, guidance: 4 })
  })

  it('let ancestral samplers add their noise, and no others', () => {
    expect(parameters('euler_a')['eta']).toBe(1)
    expect(parameters('dpm++2s_a')['eta']).toBe(1)
    expect(parameters('euler')).not.toHaveProperty('eta')
  })

  it('say the strength only with a source, and an empty prompt as a space', () => {
    const request = imageRequest(modelOf('/m'), { prompt: '', strength: 0.4 })
    expect(toAddonParameters(request)).not.toHaveProperty('strength')
    expect(toAddonParameters({ ...request, init_image_base64: 'x' })['strength']).toBe(0.4)
    expect(toAddonParameters(request)['prompt']).toBe(' ')
  })
})
