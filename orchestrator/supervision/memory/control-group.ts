import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** What the control groups of this process allow. */
interface ControlGroup {
  readonly limitBytes: number
  readonly leftBytes: number
}

/** The files of one version of control groups. Caches count as use, though they give way. */
interface Layout {
  readonly folder: string
  readonly limit: string
  readonly usage: string
  readonly cache: string
}

const second: Layout = {
  folder: 'sys/fs/cgroup',
  limit: 'memory.max',
  usage: 'memory.current',
  cache: 'inactive_file',
}
const first: Layout = {
  folder: 'sys/fs/cgroup/memory',
  limit: 'memory.limit_in_bytes',
  usage: 'memory.usage_in_bytes',
  cache: 'total_inactive_file',
}

/**
 * Reads the tightest memory limit above this process: of its own group, or of one around that. Knows both versions.
 * Source: cgroups(7), and the kernel's documentation of the memory controllers.
 *
 * @param root the folder that stands for `/`, in tests
 * @returns null where nothing is limited
 */
export async function readControlGroup(root: string): Promise<ControlGroup | null> {
  const text = await readFile(join(root, 'proc/self/cgroup'), 'utf8').catch(() => '')
  const groups = [...groupsOf(/^0::(.*)$/m.exec(text)?.[1]), null].map((path) => ({ layout: second, path }))
  const older = groupsOf(/^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(.*)$/m.exec(text)?.[1])
  const all = [...groups, ...[...older, null].map((path) => ({ layout: first, path }))]
  const found = await Promise.all(
    all.map(({ layout, path }) => readGroup(join(root, layout.folder, path ?? ''), layout)),
  )
  const limits = found.filter((group) => group !== null)
  if (limits.length === 0) return null
  return {
    limitBytes: Math.min(...limits.map(({ limitBytes }) => limitBytes)),
    leftBytes: Math.min(...limits.map(({ leftBytes }) => leftBytes)),
  }
}

/** A group and those around it. */
function groupsOf(path: string | undefined): string[] {
  if (path === undefined || path === '/') return []
  return [path, ...groupsOf(dirname(path))]
}

async function readGroup(folder: string, layout: Layout): Promise<ControlGroup | null> {
  const limit = Number(await readText(join(folder, layout.limit)))
  // The first version says "no limit" by the largest number of pages there is; the second says "max".
  if (!Number.isSafeInteger(limit) || limit === 0) return null
  const usage = Number(await readText(join(folder, layout.usage)))
  const statistics = await readText(join(folder, 'memory.stat'))
  const cache = Number(new RegExp(`^${layout.cache} (\\d+)$`, 'm').exec(statistics)?.[1] ?? 0)
  return { limitBytes: limit, leftBytes: Math.max(0, limit - Math.max(0, usage - cache)) }
}

async function readText(path: string): Promise<string> {
  return (await readFile(path, 'utf8').catch(() => '')).trim()
}
