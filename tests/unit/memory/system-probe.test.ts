import { expect, test } from 'vitest'
import { readEngineLimit } from '../../../orchestrator/supervision/memory/process-limits.ts'
import { probeSystem } from '../../../orchestrator/supervision/memory/system-probe.ts'
import { availableBytes, machineWith, meminfo, totalBytes } from './machine-files.ts'

const gigabyte = 1024 ** 3

test('[memory-probes] the memory of this machine is told in bytes', async () => {
  const [reading] = await probeSystem()
  expect(reading.totalBytes).toBeGreaterThan(0)
  expect(reading.freeBytes).toBeGreaterThan(0)
  expect(reading.freeBytes).toBeLessThanOrEqual(reading.totalBytes)
})

test('[memory-probes] without limits, caches that give way count as free', async () => {
  const root = machineWith({
    'proc/meminfo': meminfo,
    'proc/self/cgroup': '0::/user.slice\n',
    'sys/fs/cgroup/user.slice/memory.max': 'max\n',
  })
  const [reading] = await probeSystem(root)
  expect(reading).toMatchObject({ totalBytes, freeBytes: availableBytes, limit: null })
})

test('[memory-probes] a limit of a control group counts, also one around our own, without its caches', async () => {
  const root = machineWith({
    'proc/meminfo': meminfo,
    'proc/self/cgroup': '0::/outer/inner\n',
    'sys/fs/cgroup/outer/memory.max': `${4 * gigabyte}\n`,
    'sys/fs/cgroup/outer/memory.current': `${3 * gigabyte}\n`,
    'sys/fs/cgroup/outer/memory.stat': `anon 1\ninactive_file ${gigabyte}\n`,
    'sys/fs/cgroup/outer/inner/memory.max': 'max\n',
  })
  const [reading] = await probeSystem(root)
  expect(reading).toMatchObject({ totalBytes: 4 * gigabyte, freeBytes: 2 * gigabyte })
  expect(reading.limit).toMatch(/container/)
})

test('[memory-probes] inside a container the group is the root of what can be seen', async () => {
  const root = machineWith({
    'proc/meminfo': meminfo,
    'proc/self/cgroup': '0::/\n',
    'sys/fs/cgroup/memory.max': `${2 * gigabyte}\n`,
    'sys/fs/cgroup/memory.current': `${gigabyte}\n`,
  })
  expect((await probeSystem(root))[0]).toMatchObject({ totalBytes: 2 * gigabyte, freeBytes: gigabyte })
})

test('[memory-probes] control groups of the first version are read too, and their "no limit" is none', async () => {
  const groups = {
    'proc/meminfo': meminfo,
    'proc/self/cgroup': '5:cpu,cpuacct:/a\n4:memory:/box\n0::/\n',
    'sys/fs/cgroup/memory/box/memory.limit_in_bytes': `${8 * gigabyte}\n`,
    'sys/fs/cgroup/memory/box/memory.usage_in_bytes': `${6 * gigabyte}\n`,
    'sys/fs/cgroup/memory/box/memory.stat': `cache 5\ntotal_inactive_file ${gigabyte}\n`,
  }
  expect((await probeSystem(machineWith(groups)))[0]).toMatchObject({
    totalBytes: 8 * gigabyte,
    freeBytes: 3 * gigabyte,
  })
  const unlimited = {
    ...groups,
    'sys/fs/cgroup/memory/box/memory.limit_in_bytes': '9223372036854771712\n',
  }
  expect((await probeSystem(machineWith(unlimited)))[0]).toMatchObject({ totalBytes, limit: null })
})

test('[memory-probes] a limit of single processes leaves what it does beyond the engine itself', async () => {
  const limits = (data: string) =>
    `Limit                     Soft Limit           Hard Limit           Units     \nMax data size             ${data}           unlimited            bytes     \nMax address space         unlimited            unlimited            bytes     \n`
  const status = 'VmSize:\t19481788 kB\nVmData:\t 1683952 kB\nRssAnon:\t  150000 kB\n'
  const root = machineWith({ 'proc/self/limits': limits('3000000000'), 'proc/77/status': status })
  expect(await readEngineLimit(null, root)).toMatchObject({ bytes: 3_000_000_000 - 1_750_000_000 })
  expect(await readEngineLimit(77, root)).toMatchObject({
    bytes: 3_000_000_000 - (1_683_952 - 150_000) * 1024,
    name: expect.stringContaining('data'),
  })
  expect(await readEngineLimit(null, machineWith({ 'proc/self/limits': limits('unlimited') }))).toBeNull()
  expect(await readEngineLimit(null, machineWith({}))).toBeNull()
})
