import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** Real processes and browsers share ports, memory and two cores: one file at a time, with patience. */
const oneAtATime = { fileParallelism: false, testTimeout: 120_000, hookTimeout: 120_000 }

export default defineConfig({
  plugins: [vue()],
  test: {
    projects: [
      {
        extends: true,
        // Patience for a machine that is busy with other things; nothing here waits by itself.
        test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 30_000 },
      },
      {
        extends: true,
        test: { name: 'process', include: ['tests/process/**/*.test.ts'], ...oneAtATime },
      },
      {
        extends: true,
        test: { name: 'browser', include: ['tests/browser/**/*.test.ts'], ...oneAtATime },
      },
    ],
  },
})
