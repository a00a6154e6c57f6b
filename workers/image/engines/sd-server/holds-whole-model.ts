import { open } from 'node:fs/promises'

/** Both formats begin with the names of their tensors; those of the largest models take less than this. 8 MiB. */
const headerBytes = 8 * 1024 * 1024

/** How tensors are called in a checkpoint that holds more than the diffusion model alone. */
const checkpointNames = ['model.diffusion_model.', 'cond_stage_model.', 'first_stage_model.', 'conditioner.']

/**
 * True where a file is a checkpoint, which the program wants as `--model`; a diffusion model alone goes by another name there,
 * because its tensors lack the prefix.
 *
 * @throws where the file cannot be read
 */
export async function holdsWholeModel(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headerBytes), 0, headerBytes, 0)
    const header = buffer.subarray(0, bytesRead)
    return checkpointNames.some((name) => header.includes(name))
  } finally {
    await file.close()
  }
}
