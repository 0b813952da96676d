/** The browser of the tests is that of the screenshots. Failing to start fails the test. */
export { launchBrowser } from '../screenshots/browser.ts';
