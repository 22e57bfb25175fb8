import { announce } from '../../lib/announce';
import { t } from '../../lib/desk-words';
import { type Room, seats } from './room.svelte';

/** Keeps a room open while its page is, and tells of who comes and goes. Called as a page is made. */
export function attend(room: Room): void {
  $effect(() => room.open());

  // What the server says of presence goes through a calmer clock before it is shown.
  $effect(() => {
    for (const seat of seats) room.presence.hear(seat, room.live.partners[seat]);
  });
  // Going and coming are told once each; writing is not.
  const gone = $derived(seats.map((seat) => room.presence.of(seat).presence === 'away'));
  let told: readonly boolean[] = [true, true];
  $effect(() => {
    for (const [i, seat] of seats.entries()) {
      if (gone[i] === told[i] || room.view?.doors[seat] !== 'admitted') continue;
      const name = room.name(seat);
      announce(gone[i] ? t.presence.went({ name }) : t.presence.came({ name }));
    }
    told = gone;
  });
  $effect(() => {
    for (const seat of seats) if (room.view?.doors[seat] === 'knocking') room.knock(seat);
  });
}
