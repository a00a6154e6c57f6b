import { createRouter, createWebHistory, type Router, type RouteRecordRaw } from 'vue-router'

const pagesByPath = {
  chat: () => import('../features/chat/ChatPage.vue'),
  generate: () => import('../features/generate/GeneratePage.vue'),
  gallery: () => import('../features/gallery/GalleryPage.vue'),
  picture: () => import('../features/gallery/PictureDialog.vue'),
  compare: () => import('../features/gallery/compare/CompareDialog.vue'),
  collections: () => import('../features/gallery/collections/CollectionsPage.vue'),
  collection: () => import('../features/gallery/collections/CollectionPage.vue'),
  tags: () => import('../features/gallery/tags/TagsPage.vue'),
  presets: () => import('../features/presets/PresetsPage.vue'),
  styles: () => import('../features/styles/StylesPage.vue'),
  system: () => import('../features/system/SystemPage.vue'),
  trace: () => import('../features/system/trace/TracePage.vue'),
  notFound: () => import('./NotFoundPage.vue'),
}

/** What opens over a wall of pictures and leaves it as it is. */
const overTheWall: RouteRecordRaw[] = [
  {
    path: ':id(\\d+)',
    component: pagesByPath.picture,
    props: ({ params }) => ({ id: params['id'] }),
  },
  {
    path: 'compare/:one(\\d+)/:other(\\d+)',
    component: pagesByPath.compare,
    props: ({ params }) => ({ one: params['one'], other: params['other'] }),
  },
]

/** The pages, each loaded when it is first opened. */
export function createAppRouter(): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/', component: pagesByPath.chat, meta: { title: 'Chat' } },
      { path: '/generate', component: pagesByPath.generate, meta: { title: 'Generate' } },
      {
        path: '/gallery/:bin(bin)?',
        component: pagesByPath.gallery,
        meta: { title: 'Gallery' },
        children: overTheWall,
      },
      { path: '/gallery/collections', component: pagesByPath.collections, meta: { title: 'Collections' } },
      {
        path: '/gallery/collections/:collection(\\d+)',
        component: pagesByPath.collection,
        meta: { title: 'Collection' },
        props: true,
        children: overTheWall,
      },
      { path: '/gallery/tags', component: pagesByPath.tags, meta: { title: 'Tags' } },
      { path: '/presets', component: pagesByPath.presets, meta: { title: 'Presets' } },
      { path: '/styles', component: pagesByPath.styles, meta: { title: 'Styles' } },
      { path: '/system', component: pagesByPath.system, meta: { title: 'System' } },
      {
        path: '/system/requests/:request',
        component: pagesByPath.trace,
        meta: { title: 'What happened' },
        props: true,
      },
      { path: '/:path(.*)*', component: pagesByPath.notFound, meta: { title: 'Nothing here' } },
    ],
  })
  return router
}
