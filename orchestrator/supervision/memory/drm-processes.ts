import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProcessUse } from './device-probe.ts'

const units: Record<string, number> = { '': 1, KiB: 1024, MiB: 1024 ** 2 }

/**
 * What this user's processes hold on a card. Files of other users cannot be read; their share is what is left over.
 * Source: the kernel's "DRM client usage stats" (`/proc/<pid>/fdinfo`).
 *
 * @param address the card's address on the PCI bus; without one nobody can be told apart
 */
export async function probeDrmProcesses(root: string, address: string | null): Promise<ProcessUse[]> {
  if (address === null) return []
  const entries = await readdir(join(root, 'proc')).catch(() => [])
  const pids = entries.filter((name) => /^\d+$/.test(name)).map(Number)
  const uses = await Promise.all(
    pids.map(async (pid) => ({ pid, bytes: await readProcess(root, pid, address) })),
  )
  return uses.filter(({ bytes }) => bytes > 0)
}

async function readProcess(root: string, pid: number, address: string): Promise<number> {
  const folder = join(root, 'proc', String(pid), 'fdinfo')
  const files = await readdir(folder).catch(() => [])
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8').catch(() => '')))
  // One client may be open under several descriptors; each counts once.
  const clients = new Map(
    texts
      .filter((text) => fieldOf(text, 'drm-pdev') === address)
      .map((text) => [fieldOf(text, 'drm-client-id'), readDrmMemory(text)]),
  )
  return [...clients.values()].reduce((sum, bytes) => sum + bytes, 0)
}

/** The memory of the card that one description of a client names; the newer key where both are there. */
export function readDrmMemory(text: string): number {
  const told = ['drm-resident-vram', 'drm-resident-local0', 'drm-total-local0', 'drm-memory-vram']
    .map((key) => fieldOf(text, key))
    .find((value) => value !== null)
  const [figure = '0', unit = ''] = told?.split(/\s+/) ?? []
  return Number(figure) * (units[unit] ?? 0)
}

function fieldOf(text: string, key: string): string | null {
  return new RegExp(`^${key}:\\s*(.+?)\\s*$`, 'm').exec(text)?.[1] ?? null
}
