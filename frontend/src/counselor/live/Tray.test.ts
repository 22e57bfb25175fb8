import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import type { Component, ComponentProps } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeSocket } from '../../lib/fake-socket';
import type { CounselorStep, TrayItem } from '../../lib/live.gen';
import { provideRoom, Room } from './room.svelte';
import Tray from './Tray.svelte';

let room: Room;
let close: () => void;

const asked: TrayItem = { question: 1, from: 'one', text: 'When did it end?' };

/** The tray of a room whose counselor may do what is named. */
function show(tray: TrayItem[], may = ['tray']) {
  FakeSocket.last.welcomes({
    you_may: may,
    people: { counselor: 'Maria', one: 'Alex', two: 'Sam' },
  });
  const step = { key: '1.1.1', kind: 'ask', max_length: 500, tray } as unknown as CounselorStep;
  const InRoom: Component<ComponentProps<typeof Tray>> = (...given) => {
    provideRoom(room);
    return Tray(...given);
  };
  return render(InRoom, { props: { step }, context: new Map() });
}

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const dealt = () => FakeSocket.last.wrote('tray').map(({ id: _, do: __, ...fields }) => fields);

beforeEach(() => {
  FakeSocket.all = [];
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('fetch', () => new Promise(() => {}));
  room = new Room('s');
  close = room.open();
});
afterEach(() => {
  cleanup();
  close();
  vi.unstubAllGlobals();
});

describe('the question tray', () => {
  it('says that questions reach the counselor first, while there are none', () => {
    show([]);
    expect(screen.getByText(/They reach you before anyone else/)).toBeTruthy();
  });

  it('names who asks, and deals one question one way', async () => {
    show([asked, { question: 2, from: 'two', text: 'Do you want to stay?' }]);
    const [first, second] = screen.getAllByRole('listitem');
    expect(first?.textContent).toContain('Alex');
    expect(second?.textContent).toContain('Sam');
    if (second) await fireEvent.click(within(second).getByRole('button', { name: 'Prepare it' }));
    expect(dealt()).toEqual([{ step: '1.1.1', question: 2, to: 'prepare' }]);
  });

  it('begins a reshaping from the words that were asked, and sends the new ones', async () => {
    show([asked]);
    await press('Reshape it together');
    const field = screen.getByLabelText<HTMLInputElement>('The question as you three worded it');
    expect(field.value).toBe('When did it end?');
    await fireEvent.input(field, { target: { value: ' Is it over? ' } });
    await press('Use this wording');
    expect(dealt()).toEqual([{ step: '1.1.1', question: 1, to: 'reshape', text: 'Is it over?' }]);
  });

  it('sends no reshaping that is empty, and none that was given up', async () => {
    show([asked]);
    await press('Reshape it together');
    await fireEvent.input(screen.getByLabelText('The question as you three worded it'), {
      target: { value: '  ' },
    });
    const use = screen.getByRole<HTMLButtonElement>('button', { name: 'Use this wording' });
    expect(use.disabled).toBe(true);
    await press('Cancel');
    expect(dealt()).toEqual([]);
    expect(screen.getByText('When did it end?')).toBeTruthy();
  });

  it('shows what became of a question, and leaves an answered one alone', () => {
    show([
      { ...asked, dealt: 'now', how: 'by_date', reply: '2026-12-01' },
      { question: 2, from: 'two', text: 'Why?', reshaped: 'What was missing?', dealt: 'reshape' },
    ]);
    const [answered, reshaped] = screen.getAllByRole('listitem');
    expect(answered?.textContent).toContain('Will answer by');
    expect(answered?.textContent).toContain('December 1');
    expect(answered && within(answered).queryAllByRole('button')).toEqual([]);
    expect(reshaped?.textContent).toContain('What was missing?');
    expect(reshaped?.textContent).not.toContain('Why?');
  });

  it('offers nothing that the room would refuse', () => {
    show([asked], []);
    const buttons = screen.getAllByRole<HTMLButtonElement>('button');
    expect(buttons.map((button) => button.disabled)).toEqual([true, true, true, true]);
  });
});
