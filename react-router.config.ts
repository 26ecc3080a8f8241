import type { Config } from '@react-router/dev/config';

export default {
  appDirectory: 'src/web',
  buildDirectory: 'build',
  ssr: true,
  serverModuleFormat: 'esm',
  serverBuildFile: 'senacs.js',
  // Pages are loaded whole or not at all: no route discovery while browsing.
  routeDiscovery: { mode: 'initial' },
} satisfies Config;
