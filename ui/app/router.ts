import { createRouter, createWebHistory, type Router } from 'vue-router'

const pagesByPath = {
  generate: () => import('../features/generate/GeneratePage.vue'),
  gallery: () => import('../features/gallery/GalleryPage.vue'),
  picture: () => import('../features/gallery/PictureDialog.vue'),
  presets: () => import('../features/presets/PresetsPage.vue'),
  styles: () => import('../features/styles/StylesPage.vue'),
  system: () => import('../features/system/SystemPage.vue'),
  notFound: () => import('./NotFoundPage.vue'),
}

/** The pages, each loaded when it is first opened. */
export function createAppRouter(): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/', redirect: '/generate' },
      { path: '/generate', component: pagesByPath.generate, meta: { title: 'Generate' } },
      {
        path: '/gallery/:bin(bin)?',
        component: pagesByPath.gallery,
        meta: { title: 'Gallery' },
        children: [{ path: ':id(\\d+)', component: pagesByPath.picture, props: true }],
      },
      { path: '/presets', component: pagesByPath.presets, meta: { title: 'Presets' } },
      { path: '/styles', component: pagesByPath.styles, meta: { title: 'Styles' } },
      { path: '/system', component: pagesByPath.system, meta: { title: 'System' } },
      { path: '/:path(.*)*', component: pagesByPath.notFound, meta: { title: 'Nothing here' } },
    ],
  })
  return router
}
