import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { placementSchema } from '../../../contracts/entities/engine.ts'
import { presetDefaultsSchema, type Preset } from '../../../contracts/entities/preset.ts'
import { ProductError, type ErrorCode } from '../../../contracts/errors.ts'

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mysticanvas-domain-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The code of the ProductError that something ends with. Anything else it throws fails the test. */
export async function codeOf(run: () => unknown): Promise<ErrorCode | 'no error'> {
  try {
    await run()
    return 'no error'
  } catch (error) {
    if (error instanceof ProductError) return error.code
    throw error
  }
}

/** A preset as tests want it. */
export function preset(changes: Partial<Preset> = {}): Preset {
  return {
    id: 'small',
    name: 'Small',
    description: '',
    built_in: false,
    family: 'sd1',
    files: { model: '/models/small.safetensors' },
    defaults: presetDefaultsSchema.parse({
      width: 512,
      height: 512,
      steps: 20,
      guidance: 4,
      negative_prompt: 'fog',
    }),
    placement: placementSchema.parse({}),
    max_side: 1024,
    vocabulary: null,
    availability: { state: 'ready', progress: null, problem: null },
    ...changes,
  }
}
