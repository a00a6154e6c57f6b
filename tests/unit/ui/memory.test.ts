import { expect, test } from 'vitest'
import type { MemoryDevice, MemoryPlan } from '../../../contracts/entities/memory.ts'
import { memoryShares } from '../../../ui/components/memory-shares.ts'
import { emptyHistory, withSample } from '../../../ui/features/system/memory-history.ts'
import { recordRows } from '../../../ui/generation/recipe-rows.ts'
import { generation } from './support.ts'

const device: MemoryDevice = {
  id: 'ram',
  kind: 'ram',
  name: 'Memory of this machine',
  unified: false,
  total_bytes: 1000,
  free_bytes: 600,
  ours_bytes: 150,
  others_bytes: 250,
  reserved_bytes: 200,
  projected_bytes: 350,
  limit: null,
  models: [],
}

test('[memory-shown] a memory is divided into ours, what is reserved, others and what is left', () => {
  expect(memoryShares(device)).toEqual({ ours: 150, expected: 200, others: 250, free: 400 })
  expect(memoryShares({ ...device, reserved_bytes: 5000 })).toMatchObject({ expected: 600, free: 0 })
})

test('[memory-shown] the course of a memory keeps what a chart has room for', () => {
  let history = emptyHistory
  for (let sample = 0; sample < 300; sample += 1) history = withSample(history, device, sample * 1000)
  expect(history.times).toHaveLength(240)
  expect(history.times.at(-1)).toBe(299)
  expect(history.projected).toHaveLength(240)
})

test('[memory-shown] the details of a picture say what memory it took and what was done about it', () => {
  const plan: MemoryPlan = {
    rung: 'tile_vae',
    device: { id: 'ram', kind: 'ram', name: 'Memory of this machine' },
    predicted_bytes: 2 * 1024 ** 3,
    error_bytes: 1024 ** 3 / 2,
    compared: 0,
    available_bytes: 1024 ** 3,
    actual_bytes: 1024 ** 3,
    tile_side: 592,
    vae: 'device',
    text_encoder: 'device',
    offload: false,
    retried_after: null,
    reasons: [{ rung: 'tile_vae', needed_bytes: 1, available_bytes: 1, message: 'It is decoded in tiles.' }],
  }
  const rows = recordRows(generation(1, { memory_plan: plan }))
  expect(rows).toContainEqual({
    label: 'Memory',
    value: '1 GB taken, 2 GB ± 512 MB expected (Memory of this machine)',
  })
  expect(rows).toContainEqual({ label: 'Made to fit', value: 'It is decoded in tiles.' })
  expect(recordRows(generation(1)).some(({ label }) => label === 'Memory')).toBe(false)
})
