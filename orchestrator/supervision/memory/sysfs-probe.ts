import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeviceReading } from './device-probe.ts'
import { probeDrmProcesses } from './drm-processes.ts'

/** Vendor numbers of PCI, and where the kernel's drivers tell the memory of a card: total, and used or free. */
const vendors = {
  '0x1002': {
    kind: 'amd',
    name: 'AMD graphics',
    total: 'device/mem_info_vram_total',
    used: 'device/mem_info_vram_used',
    free: null,
  },
  '0x8086': {
    kind: 'intel',
    name: 'Intel graphics',
    total: 'lmem_total_bytes',
    used: null,
    free: 'lmem_avail_bytes',
  },
} as const

/**
 * Looks at cards of AMD and Intel as Linux lists them. Cards without memory of their own, such as those inside processors,
 * use the memory of the machine and are not listed: what counts for them is `probeSystem`.
 * Source: the kernel's documentation of amdgpu (`mem_info_vram_*`) and of i915 with local memory (`lmem_*`).
 *
 * @param root the folder that stands for `/`, in tests
 */
export async function probeSysfs(root = '/'): Promise<readonly DeviceReading[]> {
  const folder = join(root, 'sys/class/drm')
  const cards = (await readdir(folder).catch(() => [])).filter((name) => /^card\d+$/.test(name))
  const readings = await Promise.all(cards.map((card) => readCard(root, join(folder, card), card)))
  return readings.filter((reading) => reading !== null)
}

async function readCard(root: string, folder: string, card: string): Promise<DeviceReading | null> {
  const vendor = vendors[(await readText(join(folder, 'device/vendor'))) as keyof typeof vendors]
  if (vendor === undefined) return null
  const total = await readFigure(join(folder, vendor.total))
  const used = vendor.used === null ? null : await readFigure(join(folder, vendor.used))
  const free = vendor.free === null ? null : await readFigure(join(folder, vendor.free))
  const left = free ?? (total === null || used === null ? null : total - used)
  if (total === null || total === 0 || left === null) return null
  return {
    id: `${vendor.kind}-${card.slice('card'.length)}`,
    kind: vendor.kind,
    name: (await readText(join(folder, 'device/product_name'))) || vendor.name,
    unified: false,
    totalBytes: total,
    freeBytes: Math.max(0, Math.min(total, left)),
    processes: await probeDrmProcesses(root, await readPciAddress(folder)),
    limit: null,
  }
}

/** The card's address on the bus, by which processes name it: the last part of PCI_SLOT_NAME. */
async function readPciAddress(folder: string): Promise<string | null> {
  const event = await readText(join(folder, 'device/uevent'))
  return /^PCI_SLOT_NAME=(\S+)$/m.exec(event)?.[1] ?? null
}

async function readFigure(path: string): Promise<number | null> {
  const text = await readText(path)
  return /^\d+$/.test(text) ? Number(text) : null
}

async function readText(path: string): Promise<string> {
  return (await readFile(path, 'utf8').catch(() => '')).trim()
}
