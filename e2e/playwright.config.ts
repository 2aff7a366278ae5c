/** Whole evenings in real browsers. Suites start and stop their own servers through the fixtures, so that they may also kill them. */
import { defineConfig } from '@playwright/test';
import { chromium } from '../scripts/chromium.ts';

const { args, executablePath } = chromium();

export default defineConfig({
  testDir: 'suites',
  testMatch: '**/*.ts',
  outputDir: '../test-results/e2e',
  timeout: 240_000,
  expect: { timeout: 30_000 },
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  reporter: 'list',
  use: {
    browserName: 'chromium',
    trace: 'retain-on-failure',
    launchOptions: { args: [...args], ...(executablePath ? { executablePath } : {}) },
  },
});
