import type { Placement } from '../../../../contracts/entities/engine.ts'
import type { ModelFileRole, ModelFiles } from '../../../../contracts/entities/preset.ts'
import type { ModelSpecification } from '../../../../contracts/worker.ts'
import { holdsWholeModel } from './holds-whole-model.ts'

/** The program's names for the files of a model, as `sd-server --help` lists them. */
const fileFlags: Record<Exclude<ModelFileRole, 'model'>, string> = {
  vae: '--vae',
  clip_l: '--clip_l',
  clip_g: '--clip_g',
  t5xxl: '--t5xxl',
  llm: '--llm',
  control_net: '--control-net',
}

/** How it is to serve: on which loopback port, and with how many threads, at least 1. */
export interface Serving {
  readonly port: number
  readonly threads: number
}

/**
 * What the program is started with: one process serves one model in one placement.
 *
 * @throws where the model's file cannot be read
 */
export async function toArguments(model: ModelSpecification, serving: Serving): Promise<string[]> {
  // Whoever can reach it can use it: it knows no passwords and answers to every origin.
  const address = ['--listen-ip', '127.0.0.1', '--listen-port', String(serving.port)]
  const files = await toFileArguments(model.files)
  const placement = toPlacementArguments(model.placement)
  // Only when it is verbose does it tell the sizes of its buffers.
  return [...address, ...files, ...placement, '--threads', String(serving.threads), '--verbose']
}

async function toFileArguments(files: ModelFiles): Promise<string[]> {
  const parts = Object.entries(fileFlags).flatMap(([role, flag]) => {
    const path = files[role as keyof typeof fileFlags]
    return path === undefined ? [] : [flag, path]
  })
  const isAlone = parts.length > 0 && !(await holdsWholeModel(files.model))
  return [isAlone ? '--diffusion-model' : '--model', files.model, ...parts]
}

function toPlacementArguments({ device, text_encoder, vae, offload }: Placement): string[] {
  const backends =
    device === 'cpu'
      ? ['cpu']
      : [...(text_encoder === 'cpu' ? ['te=cpu'] : []), ...(vae === 'cpu' ? ['vae=cpu'] : [])]
  return [
    ...(backends.length > 0 ? ['--backend', backends.join(',')] : []),
    // Weights stay in system memory and come over a few layers at a time, into what is free but half a GiB.
    ...(offload ? ['--offload-to-cpu', '--max-vram', '-0.5', '--stream-layers'] : []),
  ]
}
