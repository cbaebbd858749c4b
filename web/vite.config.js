// SPDX-License-Identifier: Apache-2.0
// Builds the page into one file, dist/report.html, which holds its script and its style and fetches nothing. The
// synthv1 program has it embedded and puts the data in the place of "SYNTHV1_DATA".
import { createHash } from 'node:crypto';
import { defineConfig } from 'vite';

/** Only this very script may run: whatever the data hold, a script in them does not. */
const policyFor = (script) =>
  [
    "default-src 'none'",
    `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

/** Puts what the bundle holds into its page, and leaves nothing else. */
const oneFile = () => ({
  name: 'one-file',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const files = Object.values(bundle);
    const page = files.find((file) => file.fileName.endsWith('.html'));
    const script = files.filter((file) => file.type === 'chunk').map((file) => file.code.trim()).join('\n');
    const style = files
      .filter((file) => file.fileName.endsWith('.css'))
      .map((file) => String(file.source).trim())
      .join('\n');
    const inline = script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
    // Functions, since a replacement text would have its dollar signs read.
    page.source = String(page.source)
      .replace(/\s*<script type="module"[^>]*><\/script>/, '')
      .replace(/\s*<link rel="stylesheet"[^>]*>/, '')
      .replace('POLICY', () => policyFor(inline))
      .replace('</head>', () => `<style>${style}</style>\n</head>`)
      .replace('</body>', () => `<script type="module">${inline}</script>\n</body>`);
    page.fileName = 'report.html';
    for (const name of Object.keys(bundle)) if (bundle[name] !== page) delete bundle[name];
  },
});

export default defineConfig({
  plugins: [oneFile()],
  build: {
    target: 'es2021',
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1024,
  },
});
