import { expect, test } from 'vitest'
import { BufferReader } from '../../../workers/image/engines/embedded/buffer-reader.ts'
import { saysOutOfMemory } from '../../../workers/image/engines/out-of-memory.ts'

test.each([
  'ggml_aligned_malloc: insufficient memory (attempted to allocate 1665.00 MB)',
  'ggml_backend_cpu_buffer_type_alloc_buffer: failed to allocate buffer of size 1745879104',
  'vae alloc compute buffer failed',
  'ggml_backend_cuda_buffer_type_alloc_buffer: allocating 8192.00 MiB on device 0: cudaMalloc failed: out of memory',
  'CUDA error: out of memory\n  current device: 0, in function alloc at ggml-cuda.cu:412',
  'ggml_vulkan: Device memory allocation of size 1073741824 failed.',
  'ggml_vulkan: vk::Device::allocateMemory: ErrorOutOfDeviceMemory',
  'hipErrorOutOfMemory',
  "terminate called after throwing an instance of 'std::bad_alloc'",
  '# Fatal process out of memory: Failed to reserve virtual memory for CodeRange',
  'error: Insufficient Memory (00000008:kIOGPUCommandBufferCallbackErrorOutOfMemory)',
  'fork: Cannot allocate memory',
])('[memory-told] a lack of memory is heard in "%s"', (words) => {
  expect(saysOutOfMemory(words)).toBe(true)
})

test.each([
  'GGML_ASSERT failed',
  'total params memory size = 77.44MB (VRAM 0.00MB, RAM 77.44MB)',
  'vae compute buffer size: 104.06 MB(RAM)',
  'model manager prepared params backend buffer ( 77.44 MB, 304 tensors, RAM)',
  'failed to load libqvac-diffusion-ggml-zendnn.so',
  'Segmentation fault',
])('[memory-told] no lack of memory is heard in "%s"', (words) => {
  expect(saysOutOfMemory(words)).toBe(false)
})

const log = (text: string) => ({ type: 'log', level: 2, text }) as const

test('[memory-told] where a model lies and what its buffers took is read from the log of the engine', () => {
  const reader = new BufferReader()
  expect(reader.device).toBeNull()
  reader.read(
    log('total params memory size = 100.00MB (VRAM 90.00MB, RAM 10.00MB): text_encoders 10.00MB(RAM)'),
  )
  reader.read(log('unet compute buffer size: 5.00 MB(VRAM)'))
  reader.read(log('vae compute buffer size: 20.00 MB(VRAM)'))
  reader.read(log('clip compute buffer size: 80.00 MB(RAM)'))
  reader.read({ type: 'beat' })
  expect(reader).toMatchObject({ device: 'gpu', cardPeakBytes: 110 * 1024 * 1024 })
  reader.begin()
  expect(reader.cardPeakBytes).toBe(90 * 1024 * 1024)
})

test('[memory-told] an engine on the processor holds nothing on a card', () => {
  const reader = new BufferReader()
  reader.read(log('total params memory size = 77.44MB (VRAM 0.00MB, RAM 77.44MB)'))
  expect(reader).toMatchObject({ device: 'cpu', cardPeakBytes: null })
})
