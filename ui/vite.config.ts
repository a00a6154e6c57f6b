import ui from '@nuxt/ui/vite'
import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const server = process.env['MYSTICANVAS_URL'] ?? 'http://127.0.0.1:7801'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [
    vue(),
    ui({
      // Imports are written out, so that every name can be followed to its file.
      autoImport: false,
      components: false,
      colorMode: false,
      experimental: { componentDetection: true },
      // Icons ride in the bundle: the page must work without a network.
      icon: {
        clientBundle: { scan: { globInclude: ['**/*.{ts,vue}'], globExclude: ['node_modules', 'dist*'] } },
      },
      ui: {
        colors: { primary: 'teal', neutral: 'zinc' },
        formField: { slots: { help: 'text-xs' } },
      },
    }),
  ],
  server: { port: 5173, proxy: { '/api': server, '/login': server } },
  build: { target: 'es2022', outDir: 'dist', emptyOutDir: true },
})
