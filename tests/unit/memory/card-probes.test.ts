import { expect, test } from 'vitest'
import { readApple } from '../../../orchestrator/supervision/memory/apple-probe.ts'
import { readDrmMemory } from '../../../orchestrator/supervision/memory/drm-processes.ts'
import { probeSysfs } from '../../../orchestrator/supervision/memory/sysfs-probe.ts'
import { machineWith } from './machine-files.ts'

const gigabyte = 1024 ** 3

test('[memory-probes] a card of AMD is read from the files of its driver, with what processes hold on it', async () => {
  const client =
    'pos:\t0\ndrm-driver:\tamdgpu\ndrm-client-id:\t12\ndrm-pdev:\t0000:03:00.0\ndrm-memory-vram:\t2048 KiB\n'
  const root = machineWith({
    'sys/class/drm/card1/device/vendor': '0x1002\n',
    'sys/class/drm/card1/device/mem_info_vram_total': `${16 * gigabyte}\n`,
    'sys/class/drm/card1/device/mem_info_vram_used': `${gigabyte}\n`,
    'sys/class/drm/card1/device/uevent': 'DRIVER=amdgpu\nPCI_SLOT_NAME=0000:03:00.0\n',
    'sys/class/drm/card1-DP-1/status': 'connected\n',
    'proc/55/fdinfo/3': client,
    'proc/55/fdinfo/4': client,
    'proc/56/fdinfo/3': client.replace('03:00', '04:00'),
  })
  expect(await probeSysfs(root)).toEqual([
    {
      id: 'amd-1',
      kind: 'amd',
      name: 'AMD graphics',
      unified: false,
      totalBytes: 16 * gigabyte,
      freeBytes: 15 * gigabyte,
      processes: [{ pid: 55, bytes: 2048 * 1024 }],
      limit: null,
    },
  ])
})

test('[memory-probes] a card of Intel is read where it has memory of its own, and no card without', async () => {
  const root = machineWith({
    'sys/class/drm/card0/device/vendor': '0x8086\n',
    'sys/class/drm/card1/device/vendor': '0x8086\n',
    'sys/class/drm/card1/lmem_total_bytes': `${8 * gigabyte}\n`,
    'sys/class/drm/card1/lmem_avail_bytes': `${7 * gigabyte}\n`,
    'sys/class/drm/card2/device/vendor': '0x1a03\n',
  })
  expect(await probeSysfs(root)).toMatchObject([{ id: 'intel-1', freeBytes: 7 * gigabyte, processes: [] }])
})

test('[memory-probes] a card whose driver is missing or says nonsense is none', async () => {
  const root = machineWith({
    'sys/class/drm/card0/device/vendor': '0x1002\n',
    'sys/class/drm/card1/device/vendor': '0x1002\n',
    'sys/class/drm/card1/device/mem_info_vram_total': 'N/A\n',
    'sys/class/drm/card1/device/mem_info_vram_used': '5\n',
  })
  expect(await probeSysfs(root)).toEqual([])
  expect(await probeSysfs(machineWith({}))).toEqual([])
})

test.each([
  ['drm-total-local0:\t3 MiB', 3 * 1024 ** 2],
  ['drm-memory-vram:\t10 KiB\ndrm-resident-vram:\t4 KiB', 4096],
  ['drm-total-local0:\t77', 77],
  ['drm-total-local0:\t77 parsecs', 0],
  ['pos:\t0', 0],
])('[memory-probes] the kernel\'s description "%s" means %d bytes', (text, bytes) => {
  expect(readDrmMemory(text)).toBe(bytes)
})

const statistics = `Mach Virtual Memory Statistics: (page size of 16384 bytes)
Pages free:                               100000.
Pages active:                             500000.
Pages inactive:                           200000.
Pages speculative:                         10000.
Pages purgeable:                            5000.
`

test('[memory-probes] a Mac shares its memory with graphics, up to a share or a limit that was set', () => {
  const available = 315_000 * 16_384
  expect(readApple(statistics, '0\n', 32 * gigabyte)).toMatchObject({
    kind: 'apple',
    unified: true,
    totalBytes: 24 * gigabyte,
    freeBytes: available,
  })
  expect(readApple(statistics, '4096\n', 32 * gigabyte)).toMatchObject({
    totalBytes: 4 * gigabyte,
    freeBytes: 4 * gigabyte,
  })
  expect(readApple('', '', 32 * gigabyte)).toBeNull()
})
