/** The pages there are, in the order of the navigation. */
export const navigation = [
  { label: 'Chat', icon: 'i-lucide-message-circle', to: '/' },
  { label: 'Generate', icon: 'i-lucide-wand-sparkles', to: '/generate' },
  { label: 'Gallery', icon: 'i-lucide-images', to: '/gallery' },
  { label: 'Presets', icon: 'i-lucide-box', to: '/presets' },
  { label: 'Styles', icon: 'i-lucide-palette', to: '/styles' },
  { label: 'System', icon: 'i-lucide-activity', to: '/system' },
] as const
