// A page stays open while a newer build takes the server's place. What it fetches later –
// a part that not everybody opens, another language – has another name there, and is not
// found under the old one. Trying again would never help: the page has to be loaded anew.

let found = $state(false);

/** Whether a part was missed because the server has a newer build by now. */
export const renewed = (): boolean => found;

/** The script that this page began with; its name changes with every build. */
const entry = () => document.querySelector('script[type="module"][src]')?.getAttribute('src') ?? '';

async function ask() {
  try {
    const answer = await fetch(location.pathname, { cache: 'no-store' });
    if (answer.ok && !(await answer.text()).includes(entry())) found = true;
  } catch {
    // No connection: then that is why, and trying again may help.
  }
}

// Vite's own event, for each part that could not be fetched.
addEventListener('vite:preloadError', () => void ask());
