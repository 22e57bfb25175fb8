import { announce, type Voice } from '../lib/announce';

/** Where a phone's screens stand: in a window of their own, or in a frame on the desk. */
export interface Stage {
  /** Says something to whoever does not look at the screen. */
  say(text: string, voice?: Voice): void;
  title(text: string): void;
  /** A new screen begins at its top, and reading at its heading. */
  toTop(): void;
  /** What has the focus, where that is on this screen. */
  field(): Element | null;
}

/** The phone itself: the page is its screen. */
export const ownWindow: Stage = {
  say: announce,
  title: (text) => {
    document.title = text;
  },
  toTop: () => {
    window.scrollTo(0, 0);
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  },
  field: () => document.activeElement,
};

/**
 * A frame beside other things: it never takes the focus from them, and says nothing
 * of its own, for one voice cannot tell of three screens.
 */
export function framed(box: () => HTMLElement | undefined): Stage {
  const field = () => {
    const active = document.activeElement;
    return active && box()?.contains(active) ? active : null;
  };
  return {
    say: () => undefined,
    title: () => undefined,
    toTop: () => {
      const screen = box();
      if (!screen) return;
      screen.scrollTop = 0;
      if (field()) screen.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    },
    field,
  };
}
