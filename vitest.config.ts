/** Two projects: `node` for everything that runs without a page, `browser` for components in a real Chromium. */
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromium } from './scripts/chromium.ts';

const { args, executablePath } = chromium();

/** A slow, busy machine is not a failure: whatever is waited for may take its time, and what never comes still fails. */
const patience = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 60_000 } } };

export default defineConfig({
  test: {
    coverage: { provider: 'v8', include: ['{relay,authority,packages/*}/src/**/*.ts'] },
    projects: [
      {
        test: {
          ...patience,
          name: 'node',
          environment: 'node',
          include: [
            '{relay,authority,bench,fuzz,soak,chaos,packages/*}/src/**/*.test.ts',
            'scripts/**/*.test.ts',
            'app/**/*.node.test.ts',
          ],
        },
      },
      {
        extends: './vite.config.ts',
        root: new URL('./app', import.meta.url).pathname,
        test: {
          ...patience,
          name: 'browser',
          include: ['**/*.svelte.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            expect: {
              toMatchScreenshot: {
                // One set for all machines: what differs between builds of a browser is within the tolerance.
                resolveScreenshotPath: ({ arg, ext, root, testFileDirectory }) =>
                  `${root}/${testFileDirectory}/pictures/${arg}${ext}`,
              },
            },
            provider: playwright({
              launchOptions: { args: [...args], ...(executablePath ? { executablePath } : {}) },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
