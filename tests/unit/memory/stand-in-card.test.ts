import { chmodSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { memoryRungs, type MemoryRung } from '../../../contracts/entities/memory.ts'
import type { WorkerHealth } from '../../../contracts/worker.ts'
import { probeDevices } from '../../../orchestrator/supervision/memory/probe-devices.ts'
import { temporaryFolder } from '../storage/support.ts'
import { openMemory } from './service-support.ts'

const mebibyte = 1024 * 1024
const path = process.env['PATH'] ?? ''
let folder = ''

beforeEach(() => {
  folder = temporaryFolder()
  process.env['PATH'] = `${folder}${delimiter}${path}`
})
afterEach(() => {
  process.env['PATH'] = path
})

/** Puts a program on PATH that answers as `nvidia-smi` does on a machine with one card of 24 GB. */
function standIn({ freeMebibytes = 0, processes = '', fails = false } = {}): void {
  const script = `#!/bin/sh
${fails ? 'echo "NVIDIA-SMI has failed because it could not communicate with the driver."; exit 9' : ''}
case "$1" in
  --query-gpu=*) echo "0, GPU-1, NVIDIA GeForce RTX 4090, 24564, ${24_564 - freeMebibytes}, ${freeMebibytes}" ;;
  *) printf '%b' "${processes}" ;;
esac
`
  writeFileSync(join(folder, 'nvidia-smi'), script)
  chmodSync(join(folder, 'nvidia-smi'), 0o755)
}

const language = (softBytes: number, hardBytes: number) => ({
  name: 'the language model',
  softBytes: () => softBytes,
  hardBytes: () => hardBytes,
  soft: async () => softBytes,
  hard: async () => hardBytes,
})

test.runIf(process.platform !== 'win32')(
  '[memory-probes] a card is found by the program on PATH, with our share and that of others',
  async () => {
    standIn({
      freeMebibytes: 20_000,
      processes: `GPU-1, ${process.pid}, 1000\\nGPU-1, 1, 2000\\nGPU-2, 2, 9\\n`,
    })
    const { registry } = openMemory(probeDevices)
    const [card, machine] = await registry.read()
    expect(card).toMatchObject({
      id: 'nvidia-0',
      total_bytes: 24_564 * mebibyte,
      ours_bytes: 1000 * mebibyte,
      others_bytes: (24_564 - 20_000 - 1000) * mebibyte,
    })
    expect(machine?.kind).toBe('ram')
  },
)

test.runIf(process.platform !== 'win32')(
  '[memory-probes] a program that fails leaves the memory of the machine',
  async () => {
    standIn({ fails: true })
    expect((await openMemory(probeDevices).registry.read()).map(({ id }) => id)).toEqual(['ram'])
  },
)

/** The rungs a picture of 1024 x 1024 takes on a card as less and less of it is free. */
async function rungsOnTheWay(): Promise<MemoryRung[]> {
  const { memory, order } = openMemory(probeDevices, { releasables: [language(30e6, 60e6)] })
  const rungs: MemoryRung[] = []
  for (let freeMebibytes = 3200; freeMebibytes >= 0; freeMebibytes -= 24) {
    standIn({ freeMebibytes })
    const { decision } = await memory.foresee(order())
    if (rungs.at(-1) !== decision.rung) rungs.push(decision.rung)
  }
  return rungs
}

test.runIf(process.platform !== 'win32')(
  '[memory-ladder] as a card fills up, pictures go down the ladder rung by rung, and are refused at its end',
  async () => {
    const rungs = await rungsOnTheWay()
    expect(rungs[0]).toBe('proceed')
    expect(rungs.at(-1)).toBe('refuse')
    const depths = rungs.map((rung) => memoryRungs.indexOf(rung))
    expect(depths).toEqual(depths.toSorted((one, other) => one - other))
    expect(rungs).toEqual(expect.arrayContaining(['tile_vae', 'vae_on_cpu']))
  },
  60_000,
)

test.runIf(process.platform !== 'win32')(
  '[memory-ladder] a plan on a card says where each part goes, and an engine that computes elsewhere is believed',
  async () => {
    onTestFinished(() => void (process.env['PATH'] = path))
    standIn({ freeMebibytes: 600 })
    const { memory, order } = openMemory(probeDevices)
    const prepared = await memory.prepare(order())
    expect(prepared.plan).toMatchObject({ device: { id: 'nvidia-0' }, vae: prepared.placement.vae })
    prepared.end()
    const onProcessor = openMemory(probeDevices, {
      health: {
        device: 'cpu',
        engine: { name: 'one', version: '1' },
        models: [],
        memory: { worker_bytes: 0, engine_bytes: 0, engine_peak_bytes: 0 },
        engine_pid: null,
      } as unknown as WorkerHealth,
    })
    const { plan } = await onProcessor.memory.prepare(onProcessor.order())
    expect(plan.device.id).toBe('ram')
  },
)
