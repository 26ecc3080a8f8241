import { reactRouter } from '@react-router/dev/vite';
import { defineConfig } from 'vite';

// The command line is the one entry of the server bundle: `serve` imports the server, which imports the pages, so that every room
// of the house exists once in a process.
export default defineConfig({
  plugins: [reactRouter()],
  build: { target: 'es2022' },
  // A module worker may load the spreadsheet library only when it is needed.
  worker: { format: 'es' },
  environments: { ssr: { build: { rollupOptions: { input: './src/cli/main.ts' } } } },
  css: { modules: { generateScopedName: '[name]-[local]' } },
});
