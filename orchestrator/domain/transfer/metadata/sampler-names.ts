import { samplers, schedulers, type Sampler, type Scheduler } from '../../../../contracts/entities/engine.ts'

/**
 * Samplers by the names other tools give them, without spaces, hyphens and underscores, in lower case.
 * Sources: `sd_samplers_kdiffusion.py` of AUTOMATIC1111's web UI, `SAMPLER_NAMES` in `samplers.py` of ComfyUI,
 * `SCHEDULER_NAME_VALUES` of InvokeAI, `sample_method_to_str` of stable-diffusion.cpp.
 */
const samplerAliases: Readonly<Record<string, Sampler>> = {
  keuler: 'euler',
  eulerancestral: 'euler_a',
  keulera: 'euler_a',
  keulerancestral: 'euler_a',
  kheun: 'heun',
  kdpm2: 'dpm2',
  dpmpp2m: 'dpm++2m',
  kdpmpp2m: 'dpm++2m',
  dpmpp2sancestral: 'dpm++2s_a',
  dpmpp2sa: 'dpm++2s_a',
  ddim: 'ddim_trailing',
}

/** Schedules by the names other tools give them, likewise. */
const schedulerAliases: Readonly<Record<string, Scheduler>> = {
  uniform: 'discrete',
  normal: 'discrete',
  alignyoursteps: 'ays',
  alignyourstepsgits: 'gits',
}

const samplersByName = new Map([
  ...samplers.map((name): [string, Sampler] => [normalize(name), name]),
  ...Object.entries(samplerAliases),
])
const schedulersByName = new Map([
  ...schedulers.map((name): [string, Scheduler] => [normalize(name), name]),
  ...Object.entries(schedulerAliases),
])

/** The schedule of a name; null for one that is not known here. */
export function findScheduler(name: string): Scheduler | null {
  return schedulersByName.get(normalize(name)) ?? null
}

/** The sampler of a name, and the schedule where the name ends with it as in "DPM++ 2M Karras"; null for unknown ones. */
export function findSampler(name: string): { sampler: Sampler; scheduler: Scheduler | null } | null {
  const plain = normalize(name)
  const sampler = samplersByName.get(plain)
  if (sampler !== undefined) return { sampler, scheduler: null }
  for (const [suffix, scheduler] of schedulersByName) {
    const found = plain.endsWith(suffix) ? samplersByName.get(plain.slice(0, -suffix.length)) : undefined
    if (found !== undefined) return { sampler: found, scheduler }
  }
  return null
}

function normalize(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, '')
}
